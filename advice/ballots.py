"""The votes of a dialogue as the bundles hold them, from its state alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advice.tables import Cast, OpenVote
from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.machine import Frame, Stage
from rounds.poll.rules import PollKind

_SIGNS = {"agree": 1, "disagree": -1, "pass": 0}


def started(dialogue: Dialogue) -> Iterator[tuple[int, Frame]]:
    """The rounds of a result with their numbers there, from 1."""
    frames = (frame for frame in dialogue.frames if frame.stage is not Stage.WAITING)
    return enumerate(frames, 1)


def open_votes(dialogue: Dialogue) -> Iterator[OpenVote]:
    """Of an open ballot: every last vote on a statement that is shown, in closed rounds."""
    if dialogue.confidential:
        return
    for number, frame in started(dialogue):
        if frame.plan.kind is not Kind.STATEMENTS or frame.stage is not Stage.CLOSED:
            continue
        for item, book in dialogue.states[frame.index].box.books.items():
            if not dialogue.items.shown(item):
                continue
            for ballot, cast in book.votes.items():
                if cast[2] is not None:
                    yield OpenVote(number, ballot, item, _SIGNS[str(cast[2])])


def casts(dialogue: Dialogue) -> Iterator[Cast]:
    """Every ballot's last vote, for the clerk; of a confidential round once it is closed."""
    for number, frame in started(dialogue):
        box = dialogue.machine(frame.index).box(dialogue.states[frame.index])
        if box is None or (dialogue.confidential and frame.stage is not Stage.CLOSED):
            continue
        for item, book in box.books.items():
            for ballot, cast in sorted(book.votes.items()):
                if cast[2] is not None:
                    choice = _typed(dialogue.states[frame.index], cast[2])
                    yield Cast(number, ballot, item, choice)


def _typed(state: Any, choice: str | tuple[int, ...]) -> str:
    if isinstance(choice, str):
        return choice
    filled = getattr(state, "poll", None)
    if filled is not None and filled.kind is PollKind.POINTS:
        return " ".join(f"{n}={points}" for n, points in enumerate(choice, 1) if points)
    return " ".join(str(number) for number in choice)
