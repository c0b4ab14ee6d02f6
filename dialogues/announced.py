"""The hours of rounds as a calendar has them: what was planned, what became of it, and how often it
changed.

A round whose opening was planned stands in it for good, also once it is over or called off. One
that somebody opens by hand, without any plan, never comes into it, nor one whose hours are those of
a meeting: the meeting stands there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from dialogues import events as ev
from dialogues.joining import ends
from dialogues.pauses import lasts

if TYPE_CHECKING:
    from dialogues.dialogue import Dialogue
    from dialogues.machine import Frame

#: Events after which the hours of rounds may be others. While a pause lasts they stand as they were
#: before it: nobody knows yet how long it takes.
MOVES = frozenset(
    {
        ev.DialogueClosed,
        ev.HourSet,
        ev.RoundOpened,
        ev.RoundResumed,
        ev.ScheduleSet,
        ev.StartMissed,
        ev.StartPlanned,
        ev.TitleChanged,
    }
)

#: A round that opens later than this was not on time.
_LATE = timedelta(minutes=1)

_Hours: TypeAlias = "tuple[datetime, datetime | None]"


@dataclass(frozen=True, slots=True)
class Announced:
    """When a round is open, as it was announced last; without ``ends_at`` its end is not planned.
    ``sequence`` counts the changes since the first plan, ``changed_at`` is the last one. ``off``:
    it does not open, or not at an hour that is known."""

    begins_at: datetime
    ends_at: datetime | None
    title: str
    sequence: int
    changed_at: datetime
    off: bool = False


def follow(dialogue: Dialogue, at: datetime) -> None:
    """Note what an event changed of the hours of rounds; ``at``: when it happened."""
    planned = _planned(dialogue)
    for index in sorted(planned.keys() | dialogue.announced.keys()):
        was = dialogue.announced.get(index)
        hours = planned.get(index) or _begun(dialogue.frames[index], was)
        title = _title(dialogue, index)
        if was is None:
            assert hours is not None
            if not dialogue.schedule.meeting:
                dialogue.announced[index] = Announced(*hours, title, 0, at)
            continue
        begins_at, ends_at = hours or (was.begins_at, was.ends_at)
        now = replace(was, begins_at=begins_at, ends_at=ends_at, title=title, off=hours is None)
        if now != was:
            dialogue.announced[index] = replace(now, sequence=was.sequence + 1, changed_at=at)


def _title(dialogue: Dialogue, index: int) -> str:
    """What a round is called in a calendar: its dialogue, and which round where there are more."""
    title, frames = dialogue.title, dialogue.frames
    if len(frames) == 1:
        return title
    return f"{title}{'' if ends(title) else ':'} {frames[index].plan.title}"


def _planned(dialogue: Dialogue) -> dict[int, _Hours]:
    """The hours of rounds that open by themselves, by the index of the round."""
    if dialogue.closed_at is not None:
        return {}
    if dialogue.current < 0:
        planned = dialogue.planned
        if planned is None:
            return {}
        if not dialogue.schedule.openings:
            return {0: (planned.opens_at, planned.closes_at)}
    found: dict[int, _Hours] = {}
    held = _held(dialogue.frame)
    for opening in dialogue.schedule.openings:
        end = dialogue.schedule.after(opening.round)
        found[opening.round] = opening.at - held, end.at - held if end is not None else None
    return found


def _held(frame: Frame | None) -> timedelta:
    """How much later the hours stand for as long as the pause of a round lasts."""
    now = lasts(frame.pauses) if frame is not None else None
    return now.longest if now is not None else timedelta()


def _begun(frame: Frame, was: Announced | None) -> _Hours | None:
    """The hours of a round that was planned and has begun; None for one that has not."""
    if was is None or frame.opened_at is None:
        return None
    late = abs(frame.opened_at - was.begins_at) >= _LATE
    ends_at = frame.closes_at - _held(frame) if frame.closes_at is not None else None
    return frame.opened_at if late else was.begins_at, ends_at
