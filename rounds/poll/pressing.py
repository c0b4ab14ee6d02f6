"""Polls by buttons: options to press, points to fill in, and an idea of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.ranking import following, one_by_one
from bot.desk.services import Services
from bot.desk.talk import Filling, Line, Sheet, press
from dialogues.core import Choice, Notice
from dialogues.dialogue import Dialogue
from rounds.poll.filling import OPTION_LENGTH
from rounds.poll.state import PollFilled, PollKind, State, open_options


def filled_in(dialogue: Dialogue, number: str) -> tuple[State, PollFilled]:
    """The state of a poll's round, and the poll as filled."""
    index = dialogue.round_of(number)
    assert index is not None
    state: State = dialogue.states[index]
    assert state.poll is not None
    return state, state.poll


def _chosen(state: State, number: str, ballot: str) -> tuple[int, ...]:
    """What a ballot chose, in numbers; empty where it has no vote."""
    choice = state.box.choice(number, ballot)
    return choice if isinstance(choice, tuple) else ()


def next_place(state: State, number: str, ballot: str) -> int:
    """Which place of a ranking is chosen next."""
    return len(following(_chosen(state, number, ballot), _most(state))) + 1


def _most(state: State) -> int:
    """How many options a ranking has at most."""
    assert state.poll is not None
    return min(state.poll.places, len(open_options(state)))


def presses(services: Services, dialogue: Dialogue, person: str, number: str) -> tuple[Choice, ...]:
    """The options as buttons: one, several at once, or one behind the other; points are filled
    in."""
    state, filled = filled_in(dialogue, number)
    there = {o.number: o.shown for o in open_options(state)}
    own = (press("", label="choice_other", form="other"),) if filled.other else ()
    if filled.kind is PollKind.POINTS:
        return (press("", label="choice_points", form="points"), *own)
    if filled.kind is PollKind.RANKED:
        index = dialogue.round_of(number) or 0
        ballot = services.store.participants.ballot_of(dialogue.id, person, index)
        return (*one_by_one(there, _chosen(state, number, ballot), _most(state)), *own)
    several = filled.kind in (PollKind.SEVERAL, PollKind.DATE)
    most = min(filled.at_most or len(there), len(there)) if several else 0
    return (*(press(str(n), text=text, number=n, together=most) for n, text in there.items()), *own)


def _points_sheet(services: Services, dialogue: Dialogue, person: str, number: str) -> Sheet | None:
    """Points for each option, with those of the vote so far."""
    state, filled = filled_in(dialogue, number)
    if filled.kind is not PollKind.POINTS:
        return None
    index = dialogue.round_of(number) or 0
    ballot = services.store.participants.ballot_of(dialogue.id, person, index)
    chosen = _chosen(state, number, ballot)
    lines = []
    for option in open_options(state):
        given = chosen[option.number - 1] if option.number <= len(chosen) else 0
        label = Notice("sheet_points_option", {"number": option.number, "text": option.text})
        lines.append(Line(str(option.number), label, 3, value=str(given or "")))
    return Sheet(Notice("sheet_points", {"points": filled.points}), tuple(lines))


def _points_given(values: Mapping[str, str]) -> str:
    given = {option: points.strip() for option, points in values.items()}
    return " ".join(f"{option}={points}" for option, points in given.items() if points)


def _other_sheet(
    _services: Services, dialogue: Dialogue, _person: str, number: str
) -> Sheet | None:
    filled = filled_in(dialogue, number)[1]
    title = Notice("sheet_other", {})
    line = Line("text", title, OPTION_LENGTH, 1, example=Notice("sheet_other_example", {}))
    return Sheet(title, (line,)) if filled.other else None


FORMS = {
    "other": Filling(_other_sheet, lambda values: f"anders: {values.get('text', '')}"),
    "points": Filling(_points_sheet, _points_given),
}
