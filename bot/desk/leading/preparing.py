"""Rounds that a moderator has to fill before they open: finding them, and their to-do rows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.asker import Asker
from dialogues.charter import missing
from dialogues.core import Choice, Notice, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame, Stage


def to_fill(dialogue: Dialogue, kind: str) -> Frame | None:
    """The next round of a kind that cannot open yet; else the first that is not over; else None."""
    rounds = [
        frame
        for frame in dialogue.frames
        if frame.machine.kind == kind and frame.stage in (Stage.WAITING, Stage.OPEN)
    ]
    empty = (frame for frame in rounds if not is_ready(dialogue, frame))
    return next(empty, rounds[0] if rounds else None)


def is_ready(dialogue: Dialogue, frame: Frame) -> bool:
    """Whether a round has all that it needs to open."""
    return frame.machine.ready(dialogue.states[frame.index])


def begins(dialogue: Dialogue) -> bool:
    """Whether a round can open: all is agreed, and one has what it needs."""
    return not missing(dialogue.charter) and any(
        not is_empty(dialogue, frame) for frame in dialogue.frames
    )


def begin_button(dialogue: Dialogue) -> Choice:
    return Choice(dialogue.id, 0, "", "start", main=True)


def filled(asker: Asker, dialogue: Dialogue, code: str, data: Mapping[str, Value]) -> Notice:
    """The answer to a round that was filled; with the beginning, where that can be pressed now."""
    now = asker.can.press and dialogue.status is Status.PREPARING and begins(dialogue)
    return Notice(code, data, choices=(begin_button(dialogue),) if now else ())


def is_empty(dialogue: Dialogue, frame: Frame) -> bool:
    """Whether a round to come still has to be filled."""
    return frame.stage is Stage.WAITING and not is_ready(dialogue, frame)


def empty_notes(dialogue: Dialogue, frame: Frame, what: str) -> list[dict[str, Value]]:
    """A row for the list of what is to be prepared, when this round still has to be filled; else
    none."""
    return [{"what": what, "title": frame.plan.title}] if is_empty(dialogue, frame) else []


def empty_help(dialogue: Dialogue, frame: Frame, code: str) -> tuple[str, ...]:
    """The code of the help, when this round still has to be filled; else none."""
    wanted = is_empty(dialogue, frame) and dialogue.status is not Status.CLOSED
    return (code,) if wanted else ()
