"""Words that only show: status, results, privacy, language, help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.desk import keeping
from bot.desk.asked import asked
from bot.desk.asker import Asker
from bot.desk.followup import objecting
from bot.desk.followup.following import example_asked, followed
from bot.desk.followup.following import hints as follow_up_hints
from bot.desk.meetings.near import hints as meeting_hints
from bot.desk.new_accounts import new_accounts
from bot.desk.services import Services
from bot.desk.which import can_be_meant, in_sight, perhaps
from commands import said as words
from commands.help import Hints, Progress, Situation, things_to_do
from commands.word import EVERYBODY
from dialogues.announce import card
from dialogues.announce_agreed import charter_values
from dialogues.charter import missing
from dialogues.core import Choice, Notice, Refused, Value
from dialogues.dialogue import Dialogue
from dialogues.items import REASON, ItemState
from dialogues.machine import Stage
from dialogues.objections.notices import rewording
from dialogues.pauses import lasts
from dialogues.results import may_show, round_values


def status(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    frame = dialogue.frame
    data = charter_values(dialogue)
    data["status"] = dialogue.status.value
    if frame is None:
        data["opens_at"] = dialogue.planned.opens_at if dialogue.planned is not None else None
        data["staff"], data["lacking"] = asker.staff, list(missing(dialogue.charter))
        return [Notice("status_preparing", data)]
    now = card(dialogue, frame.index)
    values = {**now.data, "status": dialogue.status.value, "staff": asker.staff}
    values["held"] = dialogue.held if asker.staff else ""
    values["new_accounts"] = new_accounts(services, dialogue) if asker.staff else 0
    values |= objecting.standing(dialogue)
    return [Notice("status", values, choices=joining(asker, dialogue)), *followed(dialogue)]


def joining(asker: Asker, dialogue: Dialogue | None) -> tuple[Choice, ...]:
    """The button with which a resident takes part, where there are buttons and a round is open."""
    frame = dialogue.open_frame if dialogue is not None else None
    if dialogue is None or frame is None or asker.staff or not asker.can.press:
        return ()
    if lasts(frame.pauses):
        return ()
    return (Choice(dialogue.id, frame.index, "", "meedoen", main=True),)


def results(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Results
) -> list[Notice]:
    """The result of the named round, else of the last round that has one."""
    if said.round is not None:
        index = said.round - 1
        if not 0 <= index < len(dialogue.frames):
            raise Refused("no_such_round", round=said.round, rounds=len(dialogue.frames))
        if not may_show(dialogue, index):
            raise Refused("no_result_yet", round=said.round)
        return [_result(services, dialogue, index)]
    closed = [f.index for f in dialogue.frames if f.stage is Stage.CLOSED]
    shown = closed or [f.index for f in dialogue.frames if may_show(dialogue, f.index)]
    if dialogue.current < 0:
        raise Refused("not_started", title=dialogue.title)
    if not shown:
        raise Refused("no_result_yet", round=dialogue.current + 1)
    return [_result(services, dialogue, shown[-1]), *followed(dialogue)]


def _result(services: Services, dialogue: Dialogue, index: int) -> Notice:
    values: dict[str, Any] = round_values(dialogue, index)
    rows = [{**row, **rewording(dialogue, row["item"])} for row in values["items"]]
    head = services.ledger.head(dialogue.id)
    return Notice("results", {**values, "items": rows, "head": head})


def privacy(services: Services, asker: Asker, _said: Any) -> list[Notice]:
    data: dict[str, Value] = {
        "town": services.town.name,
        "address": services.town.address,
        "days": services.town.limits.objection_days,
        "kept_for_now": keeping.held(services, asker),
        "responsible": services.town.responsible or services.town.name,
        "complaints": services.town.complaints,
    }
    return [Notice("privacy", data)]


def language(services: Services, asker: Asker, said: words.Language) -> list[Notice]:
    dialogue = perhaps(services, asker)
    new = _is_new(services, asker, dialogue)
    services.store.people.set_language(asker.person, said.code)
    data: dict[str, Value] = {"language": said.code, "new": new}
    return [Notice("language_set", data, choices=joining(asker, dialogue))]


def _is_new(services: Services, asker: Asker, dialogue: Dialogue | None) -> bool:
    """Whether this is a resident who has not begun in the dialogue, nor chosen a language."""
    begun = dialogue is not None and services.store.places.begun(asker.conversation, dialogue.id)
    return not (asker.staff or begun or asker.known.language)


def quiet(services: Services, asker: Asker, said: words.Quiet) -> list[Notice]:
    services.store.people.set_quiet(asker.person, not said.off)
    return [Notice("quiet_set", {"quiet": not said.off})]


def help_for(services: Services, asker: Asker, dialogue: Dialogue | None) -> list[Notice]:
    """At most five things that this person can do in this place now."""
    things = things_to_do(services.known, _situation(services, asker, dialogue))
    data: dict[str, Value] = {
        "things": list(things),
        "example_item": example_item(dialogue),
        "example_asked": example_asked(dialogue),
        "address": services.town.address,
        "form": asked(services, asker, "charter") is not None,
        "new": _is_new(services, asker, dialogue) and not asker.origin.language,
    }
    return [Notice("help", data, choices=tuple(_pressed(services, asker, dialogue, things)))]


def _pressed(
    services: Services, asker: Asker, dialogue: Dialogue | None, things: Iterable[str]
) -> Iterator[Choice]:
    """What help names as buttons, where there are any: the words for everybody that need nothing
    behind them, and those that open a form. Those of staff would be done at once."""
    if not asker.can.press:
        return
    by_help = {word.help: word for word in services.known.words}
    frame = dialogue.open_frame if dialogue is not None else None
    giving = services.talk(frame).gives if frame is not None and frame.collecting else None
    name, index = (dialogue.id, dialogue.current) if dialogue is not None else ("", 0)
    for code in (code for code in things if code in by_help):
        word = by_help[code]
        if giving is not None and giving.word == word.dutch and asker.can.forms:
            yield Choice(name, index, "", word.dutch, form=giving.form)
        elif word.who & EVERYBODY and not any(one.required for one in word.parameters):
            main = word.dutch == "meedoen"
            yield Choice(name, index, "", word.dutch, label=code, main=main)


def example_item(dialogue: Dialogue | None) -> str:
    """The number of something that people gave in the open round, or could give there, for an
    example: one of a contribution, else of a reason; "" where none is known."""
    if dialogue is None or not dialogue.frames:
        return ""
    letters = dialogue.frames[max(dialogue.current, 0)].machine.letters
    given = [each.letter for each in letters if each.contribution] or [REASON.letter]
    shown = [n for n, item in dialogue.items.by_number.items() if item.state is ItemState.SHOWN]
    return next((n for n in reversed(shown) if n[0] in given), f"{given[0]}3")


def _situation(services: Services, asker: Asker, dialogue: Dialogue | None) -> Situation:
    if dialogue is None:
        several = bool(asker.held) and any(
            can_be_meant(asker, d) for d in in_sight(services, asker)
        )
        near = meeting_hints(services, asker)
        return Situation(asker.where, asker.roles, Progress.NONE, several=several, meetings=near)
    frame = dialogue.open_frame
    names = services.names(asker, dialogue)
    items = dialogue.items.by_number.values()
    return Situation(
        asker.where,
        asker.roles,
        Progress(dialogue.status.value),
        is_open=frame is not None,
        paused=frame is not None and lasts(frame.pauses) is not None,
        collecting=bool(frame and frame.collecting),
        given=any(item.author in names for item in items),
        waiting=sum(item.state is ItemState.PENDING for item in items),
        last=frame is not None and frame.index + 1 == len(dialogue.frames),
        results=any(f.stage is Stage.CLOSED for f in dialogue.frames),
        hints=_hints(services, asker, dialogue),
        meetings=meeting_hints(services, asker),
        draft=objecting.hints(asker, dialogue),
        follow_up=follow_up_hints(dialogue) if asker.staff else (),
    )


def _hints(services: Services, asker: Asker, dialogue: Dialogue) -> Hints:
    """What the rounds of a dialogue add to help."""
    found = [
        services.talk(frame).hints(services, asker, dialogue, frame) for frame in dialogue.frames
    ]
    return Hints(
        tuple(code for hints in found for code in hints.urgent),
        tuple(code for hints in found for code in hints.before),
        tuple(code for hints in found for code in hints.prepared),
        tuple(code for hints in found for code in hints.resident),
    )


def has_voted(services: Services, asker: Asker, dialogue: Dialogue, index: int) -> bool:
    """Whether this person has a vote in a round that counts now."""
    participant = services.participant(asker, dialogue)
    ballot = services.store.ballots.of(participant).get(index, "")
    box = dialogue.boxes[index]
    return box is not None and box.roll.stands(ballot)
