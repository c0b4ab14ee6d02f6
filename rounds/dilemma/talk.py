"""Dilemmas in the chat: filled by a moderator; answered with A, B, neither, or 1️⃣ 2️⃣ 3️⃣."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.desk.answering import choice_or_talk
from bot.desk.asked import ask_in_person
from bot.desk.asker import Asker
from bot.desk.figures import Figures
from bot.desk.leading.preparing import empty_help, empty_notes, filled, to_fill
from bot.desk.services import Services
from bot.desk.standing import words_of
from bot.desk.talk import (
    Cast,
    Chosen,
    NoChoice,
    Offered,
    Talk,
    Tappable,
    Wanted,
    press,
)
from bot.desk.views import has_voted
from bot.desk.youth import is_youth
from commands.choices import as_kept, keycap
from commands.help import Hints
from commands.said import Where
from dialogues.core import Choice, Notice, Refused, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from rounds.dilemma import words
from rounds.dilemma.rules import MACHINE, told
from rounds.dilemma.state import CHOICES, DilemmaFilled, FillDilemma, State


def _state(dialogue: Dialogue, number: str) -> tuple[State, DilemmaFilled]:
    """The state of a dilemma's round, and the dilemma as filled."""
    index = dialogue.round_of(number)
    assert index is not None
    state: State = dialogue.states[index]
    assert state.filled is not None
    return state, state.filled


def _values(frame: Frame, state: State) -> dict[str, Value]:
    assert state.filled is not None
    return {**told(state.filled), "round": frame.index + 1, "closes_at": frame.closes_at}


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, _wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    ballot = services.store.participants.ballot_of(dialogue.id, person, frame.index)
    data = _values(frame, state)
    number = str(data["item"])
    data["voted"] = state.box.choice(number, ballot) is not None
    return Offered(Notice("offer_dilemma", data), (number,))


def _presses(
    _services: Services, _dialogue: Dialogue, _person: str, _item: str
) -> tuple[Choice, ...]:
    return tuple(map(press, CHOICES))


def _taps(dialogue: Dialogue, number: str) -> list[Tappable]:
    _, filled = _state(dialogue, number)
    labels = {"a": f"A: {filled.a.text}", "b": f"B: {filled.b.text}"}
    return [Tappable(choice, choice, labels.get(choice, "")) for choice in CHOICES]


def _read(_services: Services, _asker: Asker, dialogue: Dialogue, number: str, rest: str) -> Chosen:
    _, filled = _state(dialogue, number)
    options = (filled.a.text, filled.b.text)
    typed, reason = words.with_reason(rest)
    choice = words.choice(rest, options)
    if choice is not None:
        return Chosen(as_kept(choice))
    choice = words.choice(typed, options)
    if choice is None:
        raise NoChoice("unknown_choice", item=number, kind=MACHINE.kind)
    return Chosen(as_kept(choice), reason)


def _ask_why(
    services: Services, asker: Asker, dialogue: Dialogue, casts: Sequence[Cast]
) -> list[Notice]:
    """Ask for a reason beside a first vote."""
    (cast,) = casts
    if cast.choice is None or not cast.first or is_youth(services, dialogue.room):
        return []
    if _has_reason(dialogue, cast):
        return []
    ask_in_person(services, asker, "why", dialogue.id, {"item": cast.item})
    item = words_of(dialogue.items.by_number[cast.item])
    asked: dict[str, Value] = {"item": cast.item, "choice": cast.choice, **item}
    return [Notice("ask_why_dilemma", {**asked, "quotes": dialogue.charter.quotes})]


def _has_reason(dialogue: Dialogue, cast: Cast) -> bool:
    reasons = dialogue.reasons.get(cast.item, ())
    return any(dialogue.items.by_number[number].author == cast.ballot for number in reasons)


def _wording(dialogue: Dialogue, number: str) -> str:
    return repr(_state(dialogue, number)[1])


def _meaning(_dialogue: Dialogue, _item: str, emoji: str) -> str | None:
    place = keycap(emoji) or 0
    return CHOICES[place - 1] if 1 <= place <= len(CHOICES) else None


def _on_card(state: State) -> str:
    return state.filled.number if state.filled is not None else ""


def _fill(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.NewDilemma
) -> list[Notice]:
    """Fill the next dilemma without a question; else replace the open one, if nobody voted in
    it."""
    frame = to_fill(dialogue, MACHINE.kind)
    if frame is None:
        raise Refused("no_dilemma_round", title=dialogue.title)
    intent = FillDilemma(said.question, said.a, said.b, said.source, frame.index)
    services.act(asker, dialogue, intent)
    values = _values(frame, dialogue.states[frame.index])
    return [filled(asker, dialogue, "dilemma_filled", values)]


def _notes(dialogue: Dialogue, frame: Frame) -> list[dict[str, Value]]:
    return empty_notes(dialogue, frame, "work_dilemma_empty")


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    resident: tuple[str, ...] = ()
    if frame is dialogue.open_frame and not asker.staff:
        voted = has_voted(services, asker, dialogue, frame.index)
        join = asker.where is Where.ROOM or not voted
        resident = ("help_join",) if join else ("help_vote", "help_why")
    return Hints(prepared=empty_help(dialogue, frame, "help_dilemma"), resident=resident)


def _figures(values: Mapping[str, Any]) -> list[Figures]:
    return [
        Figures(
            row["item"],
            row["text"],
            (
                (row["option_a"], row["a"]),
                (row["option_b"], row["b"]),
                ("choice_neither", row["neither"]),
            ),
        )
        for row in values["items"]
        if not row["few"]
    ]


TALK = Talk(
    figures=_figures,
    offer=_offer,
    wording=_wording,
    taps=_taps,
    answer=choice_or_talk,
    presses=_presses,
    read=_read,
    after=_ask_why,
    meaning=_meaning,
    on_card=_on_card,
    does={words.NewDilemma: _fill},
    notes=_notes,
    hints=_hints,
    perhaps=lambda _frame, _text: "dilemma_perhaps",
)
