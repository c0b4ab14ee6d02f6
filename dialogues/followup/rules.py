"""Decides on what staff says of an advice: received, answered, postponed, how far it is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialogues import answer_day
from dialogues.core import Context, Refused, Role
from dialogues.dialogue import Advice, Dialogue, Status
from dialogues.followup import events as ev
from dialogues.followup import intents as it
from dialogues.followup.days import asks, day_of, recommended, unanswered
from dialogues.followup.events import Body, Outcome
from dialogues.items import ItemState, check_length

#: How long the words of an answer, or of how far something is, can be, in characters.
LENGTH = 2000


def issued(dialogue: Dialogue) -> Advice:
    """The newest version of the document that was made; refuses where there is none."""
    versions = dialogue.advice.versions() if dialogue.advice is not None else ()
    found = next((each for each in versions if each.manifest), None)
    if found is None:
        raise Refused("no_document", title=dialogue.title)
    return found


def receive(dialogue: Dialogue, intent: it.ReceiveAdvice, _context: Context) -> list[object]:
    version, known = issued(dialogue).version, dialogue.follow_up.received
    if known is not None and (known.version, known.case) == (version, intent.case):
        raise Refused("received_already", version=version, case=known.case, at=known.at)
    return [ev.AdviceReceived(version, intent.case)]


def respond(dialogue: Dialogue, intent: it.GiveResponse, context: Context) -> list[object]:
    """The answer; the room hears it at once where it is the last of all that are asked for."""
    check_response(dialogue, intent, context)
    due = intent.due.isoformat() if intent.due is not None else ""
    event = ev.ResponseGiven(
        intent.item,
        intent.outcome,
        intent.text,
        intent.body,
        intent.source,
        due,
        intent.due_unknown,
    )
    given = dialogue.follow_up.responses
    if any(item not in given for item in recommended(dialogue) if item != intent.item):
        return [event]
    told = dict.fromkeys((*dialogue.follow_up.untold, intent.item))
    return [event, ev.AnswersTold(tuple(sorted(told, key=recommended(dialogue).index)))]


def check_response(dialogue: Dialogue, intent: it.GiveResponse, context: Context) -> None:
    """Raise ``Refused`` for an answer that cannot be given, or lacks something."""
    _recommendation(dialogue, intent.item)
    issued(dialogue)
    if intent.body is Body.COUNCIL and Role.CLERK not in context.roles:
        raise Refused("council_clerk_alone", item=intent.item)
    check_length(intent.text, LENGTH)
    before = dialogue.follow_up.response(intent.item)
    if before is not None and before.decided and not intent.source:
        raise Refused("correction_source", item=intent.item, source=before.source)
    dated = intent.due is not None or intent.due_unknown
    if intent.outcome is Outcome.NOT and dated:
        raise Refused("not_adopted_no_day", item=intent.item)
    if intent.outcome is not Outcome.NOT and not dated:
        raise Refused("day_wanted", item=intent.item, outcome=intent.outcome.value)
    if intent.due is not None and intent.due < _today(dialogue, context.at):
        raise Refused("day_past", day=intent.due)


def postpone(dialogue: Dialogue, intent: it.PostponeAnswer, context: Context) -> list[object]:
    if intent.item:
        _recommendation(dialogue, intent.item)
        if dialogue.follow_up.answered(intent.item):
            raise Refused("answer_stands", item=intent.item)
    elif recommended(dialogue) and not unanswered(dialogue):
        raise Refused("answers_complete", title=dialogue.title)
    if dialogue.status is not Status.CLOSED:
        raise Refused("not_closed_yet", title=dialogue.title)
    if not intent.want:
        raise Refused("charter_needs_reason")
    if answer_day.missing_from(dialogue, intent.until) <= context.at:
        raise Refused("day_past", day=intent.until)
    now = day_of(dialogue, intent.item) if intent.item else dialogue.charter.answer_by
    if now == intent.until:
        raise Refused("charter_same")
    return [ev.AnswerPostponed(intent.until.isoformat(), intent.want, intent.item)]


def note(dialogue: Dialogue, intent: it.NoteProgress, _context: Context) -> list[object]:
    _recommendation(dialogue, intent.item)
    response = dialogue.follow_up.response(intent.item)
    if response is None:
        raise Refused("no_answer_yet", item=intent.item)
    if response.outcome is Outcome.NOT:
        raise Refused("not_adopted", item=intent.item)
    check_length(intent.text, LENGTH)
    return [ev.ProgressNoted(intent.item, intent.state, intent.text, intent.source)]


def _recommendation(dialogue: Dialogue, number: str) -> None:
    """Raise ``Refused`` unless this is a recommendation of a dialogue that is closed."""
    item = dialogue.items.get(number)
    if item is None and dialogue.status is Status.CLOSED and not asks(dialogue):
        raise Refused("nothing_recommended", item=number, title=dialogue.title)
    if item is None:
        raise Refused("no_such_item", item=number)
    if not dialogue.letter(number).recommendation:
        raise Refused("no_recommendation", item=number)
    if item.state is not ItemState.SHOWN:
        raise Refused("item_not_shown", item=number)
    if dialogue.status is not Status.CLOSED:
        raise Refused("not_closed_yet", title=dialogue.title)


def _today(dialogue: Dialogue, at: datetime) -> date:
    return at.astimezone(ZoneInfo(dialogue.zone)).date()
