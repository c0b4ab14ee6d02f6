"""What staff says of an advice: received, answered, postponed, and how far it is.

An answer is repeated and counts after ``ja``. Which dialogue is meant: the one that is named, whose
item it is, or that waits for just this; where two fit, the bot asks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.desk import asked
from bot.desk.asker import Asker
from bot.desk.followup import promising
from bot.desk.leading import sure
from bot.desk.services import Services
from bot.desk.votes import read
from bot.desk.which import in_sight, option, which
from bot.ledger import offered_words
from commands.choices import agrees
from commands.followup import said as words
from commands.followup.filling import is_unknown
from commands.followup.filling_commitments import commitment_in
from commands.said import Where
from commands.times import moments
from dialogues.core import Notice, Refused, Role, Text, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.followup import intents as it
from dialogues.followup import rules
from dialogues.followup.announce import asked_for, stand
from dialogues.followup.days import recommended, unanswered
from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress
from storage.forms import Form

#: The kind of the question whether an answer is right as it was understood.
KIND = "response"

#: Who may answer.
_ANSWERERS = frozenset({Role.OFFICIAL, Role.CLERK})


# -- which dialogue ----------------------------------------------------------------------------


def _about(
    services: Services,
    asker: Asker,
    target: str,
    word: str,
    item: str,
    waits: Callable[[Dialogue], bool],
) -> Dialogue:
    """The dialogue that a word is about; ``waits`` says of one whether it waits for just this."""
    entry = services.known.by_dutch[word]
    known = [d for d in in_sight(services, asker) if d.status is Status.CLOSED]
    if target:
        exact = [d for d in known if d.id == target]
        known = exact or [d for d in known if d.room == target]
    fits = [d for d in known if item in d.items.by_number or (not item and _handed_over(d))]
    near = [d for d in fits if asker.where is not Where.PERSONAL or _is_near(services, asker, d)]
    fits = near or fits
    for meant in (_offered(services, asker, word), _chosen(services, asker)):
        if meant in fits:
            assert meant is not None
            return asker.about(meant)
    waiting = [d for d in fits if waits(d)] or fits
    if len(waiting) > 1:
        options = [option(d) for d in waiting]
        raise Refused("which_dialogue", options=options, staff=True)
    if waiting:
        return asker.about(waiting[0])
    return which(services, asker, target, entry, item)


def _handed_over(dialogue: Dialogue) -> bool:
    return dialogue.advice is not None and bool(dialogue.advice.manifest)


def _is_near(services: Services, asker: Asker, dialogue: Dialogue) -> bool:
    """Whether a dialogue is of the room from which somebody speaks in person, if any."""
    near = asker.origin.near
    return near is not None and services.town.rooms.room_at(near) == dialogue.room


def _offered(services: Services, asker: Asker, word: str) -> Dialogue | None:
    name = offered_words.about(services.store.offers, asker.here, word, asker.milliseconds)
    return services.ledger.states.get(name)


def _chosen(services: Services, asker: Asker) -> Dialogue | None:
    return services.ledger.states.get(services.store.places.dialogue(asker.here))


# -- the words ---------------------------------------------------------------------------------


def received(services: Services, asker: Asker, target: str, said: words.Received) -> list[Notice]:
    dialogue = _about(services, asker, target, "ontvangen", "", _not_received)
    services.act(asker, dialogue, it.ReceiveAdvice(said.case))
    now = dialogue.follow_up.received
    assert now is not None
    data: dict[str, Value] = {
        "title": dialogue.title,
        "version": now.version,
        "case": now.case,
        "asks": unanswered(dialogue),
        "answer_by": dialogue.charter.answer_by,
    }
    return [Notice("received_noted", data)]


def _not_received(dialogue: Dialogue) -> bool:
    known = dialogue.follow_up.received
    assert dialogue.advice is not None
    return known is None or known.version < dialogue.advice.version


def respond(services: Services, asker: Asker, target: str, said: words.Response) -> list[Notice]:
    """Repeat an answer, and ask whether it is right."""
    item = said.item
    dialogue = _about(
        services, asker, target, "reactie", item, lambda d: not d.follow_up.answered(item)
    )
    intent = _response(services, asker, dialogue, said)
    rules.check_response(dialogue, intent, services.context(asker, dialogue))
    form: dict[str, object] = {
        "item": item,
        "outcome": intent.outcome.value,
        "text": intent.text.words,
        "body": intent.body.value,
        "source": intent.source,
        "due": intent.due.isoformat() if intent.due is not None else "",
        "due_unknown": intent.due_unknown,
    }
    asked.ask(services, asker, KIND, dialogue.id, form)
    before = dialogue.follow_up.response(item)
    data: dict[str, Value] = {
        "item": item,
        **asked_for(dialogue, item),
        "outcome": intent.outcome.value,
        "words": intent.text.words,
        "body": intent.body.value,
        "source": intent.source,
        "due": intent.due,
        "due_unknown": intent.due_unknown,
        "was": before.outcome.value if before is not None else "",
        "corrects": before is not None and before.decided,
    }
    return [Notice("response_sure", data)]


def _response(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Response
) -> it.GiveResponse:
    """The answer that was typed; where only a day was, the answer there is with that day."""
    unknown = is_unknown(said.day)
    due: date | None = None
    if said.day and not unknown:
        due = read(moments.parse_day(said.day, asker.at, ZoneInfo(dialogue.zone)))
    if said.outcome is not None:
        assert said.body is not None
        text = Text(said.text)
        return it.GiveResponse(said.item, said.outcome, text, said.body, said.source, due, unknown)
    before = dialogue.follow_up.response(said.item)
    if before is None:
        raise Refused("no_answer_yet", item=said.item)
    text = Text(services.words(before.text))
    return it.GiveResponse(
        said.item, before.outcome, text, before.body, before.source, due, unknown
    )


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """Handle ``ja`` or ``nee`` to the question; None for other words, and where it has lapsed."""
    said = agrees(text)
    if said not in ("yes", "no") or asker.milliseconds - form.since > sure.LAPSES:
        return None
    asked.done(services, asker, KIND)
    dialogue, data = services.ledger.states.get(form.dialogue), form.data
    if dialogue is None:
        return None
    asker.about(dialogue)
    item = str(data["item"])
    if said == "no":
        return [Notice("response_not", {"item": item})]
    if not asker.roles & _ANSWERERS:
        raise Refused("word_not_yours", word="reactie")
    due = str(data["due"])
    intent = it.GiveResponse(
        item,
        Outcome(str(data["outcome"])),
        Text(str(data["text"])),
        Body(str(data["body"])),
        str(data["source"]),
        date.fromisoformat(due) if due else None,
        bool(data["due_unknown"]),
    )
    services.act(asker, dialogue, intent)
    given = dialogue.follow_up.responses
    row: dict[str, Value] = {
        "item": item,
        "waits": item in dialogue.follow_up.untold,
        "open": [each for each in recommended(dialogue) if each not in given],
        "decided": bool(intent.source),
        "follows": intent.outcome is not Outcome.NOT,
    }
    return [Notice("response_noted", row)]


def postpone(services: Services, asker: Asker, target: str, said: words.Postpone) -> list[Notice]:
    item = said.item
    if commitment_in(item):
        return promising.postpone(services, asker, said)
    dialogue = _about(services, asker, target, "uitstel", item, lambda d: _is_due(d, item))
    if Role.CLERK not in asker.roles:  # an official postpones their own commitments alone
        raise Refused("word_not_yours", word="uitstel")
    until = read(moments.parse_day(said.day, asker.at, ZoneInfo(dialogue.zone)))
    services.act(asker, dialogue, it.PostponeAnswer(until, said.want, item))
    now = dialogue.follow_up.postponed[-1]
    data: dict[str, Value] = {
        "items": [item] if item else unanswered(dialogue),
        "was": now.was,
        "now": now.now,
    }
    return [Notice("postponed", data)]


def _is_due(dialogue: Dialogue, item: str) -> bool:
    waiting = unanswered(dialogue)
    return item in waiting if item else bool(waiting)


def progress(
    services: Services, asker: Asker, target: str, said: words.NoteProgress
) -> list[Notice]:
    item = said.item
    if commitment_in(item):
        return promising.note_progress(services, asker, said)
    dialogue = _about(services, asker, target, "voortgang", item, lambda d: _goes_on(d, item))
    intent = it.NoteProgress(item, said.state, Text(said.text), said.source)
    services.act(asker, dialogue, intent)
    return [Notice("progress_noted", {"item": item, "state": said.state.value})]


def _goes_on(dialogue: Dialogue, item: str) -> bool:
    """Whether a recommendation was adopted and is not done."""
    response, noted = dialogue.follow_up.response(item), dialogue.follow_up.noted(item)
    adopted = response is not None and response.outcome is not Outcome.NOT
    return adopted and (noted is None or noted.state is Progress.UNDERWAY)


# -- what others see of it ---------------------------------------------------------------------


def followed(dialogue: Dialogue) -> list[Notice]:
    """What became of the advice, behind ``status`` and ``uitslag``; nothing before anything did."""
    follow_up = dialogue.follow_up
    if not follow_up.begun:
        return []
    now = follow_up.received
    data: dict[str, Value] = {
        "rows": [stand(dialogue, item) for item in recommended(dialogue)],
        "version": now.version if now is not None else 0,
        "case": now.case if now is not None else "",
    }
    return [Notice("followed", data)]


def hints(dialogue: Dialogue) -> tuple[str, ...]:
    """What help names to staff while an advice is followed."""
    if not recommended(dialogue) or not _handed_over(dialogue):
        return ()
    found = ["help_received"] if _not_received(dialogue) else []
    if unanswered(dialogue):
        found += ["help_response", "help_postpone"]
    if any(_goes_on(dialogue, item) for item in recommended(dialogue)):
        found.append("help_progress")
    return tuple(found)


def example_asked(dialogue: Dialogue | None) -> str:
    """A recommendation that something can be said of now, for the examples that help gives."""
    if dialogue is None:
        return "A1"
    going = [item for item in recommended(dialogue) if _goes_on(dialogue, item)]
    return next(iter([*unanswered(dialogue), *going]), "A1")
