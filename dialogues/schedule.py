"""The schedule of a dialogue: at which hours its rounds open by themselves.

A round ends where the next one begins, and the last one at the end, where one was given. An hour
that the bot missed moves all later ones by as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogues.core import Refused

if TYPE_CHECKING:
    from dialogues.dialogue import Dialogue

#: The key of the end among the keys of a schedule, which else are rounds by index.
END = -1


@dataclass(frozen=True, slots=True)
class Opening:
    """When a round opens: its index (``END``: when the last one closes), the moment, and the local
    hour that was announced for it."""

    round: int
    at: datetime
    wall: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The openings of rounds that have not begun, in the order of the rounds, and the end; and the
    meeting whose hours they are, if any."""

    openings: tuple[Opening, ...] = ()
    end: Opening | None = None
    meeting: str = ""

    def hours(self) -> tuple[Opening, ...]:
        """Every hour, the end last."""
        return self.openings if self.end is None else (*self.openings, self.end)

    def opening(self, index: int) -> Opening | None:
        """When a round opens, or None where it has no hour (any more)."""
        return next((one for one in self.openings if one.round == index), None)

    def after(self, index: int) -> Opening | None:
        """The hour at which a round ends: that of the next one, or the end."""
        return next((one for one in self.openings if one.round > index), self.end)

    def late(self, index: int, at: datetime) -> timedelta:
        """How much later than its hour a round opens at this moment, in whole minutes, rounded
        up."""
        opening = self.opening(index)
        if opening is None or opening.at >= at:
            return timedelta()
        return rounded_up(at - opening.at)

    def begun(self, index: int) -> Schedule:
        """The schedule once this round has begun."""
        return replace(self, openings=tuple(o for o in self.openings if o.round > index))

    def moved(self, later: timedelta, zone: str) -> Schedule:
        """Every hour so much later."""
        return Schedule(
            tuple(_moved(one, later, zone) for one in self.openings),
            _moved(self.end, later, zone) if self.end is not None else None,
            self.meeting,
        )

    def changed(self, hours: Mapping[int, Opening]) -> Schedule:
        """The schedule with some hours set, by round or ``END``."""
        mine = {one.round: one for one in self.hours()} | dict(hours)
        end = mine.pop(END, None)
        return Schedule(tuple(mine[index] for index in sorted(mine)), end)


def rounded_up(length: timedelta) -> timedelta:
    """A length of time in whole minutes."""
    return -(-length // timedelta(minutes=1)) * timedelta(minutes=1)


def _moved(one: Opening, later: timedelta, zone: str) -> Opening:
    at = one.at + later
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return Opening(one.round, at.astimezone(UTC), local.isoformat(timespec="minutes"))


def differences(
    before: Schedule, now: Schedule
) -> tuple[tuple[int, Opening | None, Opening | None], ...]:
    """The hours in which two schedules differ, each with what it was and what it is."""
    was = {one.round: one for one in before.hours()}
    be = {one.round: one for one in now.hours()}
    order = sorted(was.keys() | be.keys(), key=lambda index: (index == END, index))
    return tuple(
        (index, was.get(index), be.get(index))
        for index in order
        if index not in was or index not in be or was[index].at != be[index].at
    )


def without_hour(dialogue: Dialogue, schedule: Schedule) -> tuple[int, ...]:
    """The rounds behind the first one of a schedule that have no hour in it, by index."""
    if not schedule.openings:
        return ()
    first = schedule.openings[0].round
    if dialogue.current >= 0:
        first = min(first, dialogue.current + 1)
    known = {one.round for one in schedule.openings}
    return tuple(index for index in range(first, len(dialogue.frames)) if index not in known)


def opened(dialogue: Dialogue, index: int, at: datetime) -> Schedule:
    """The schedule once a round opens at this moment: where that is late, all later hours move by
    as much."""
    known = dialogue.schedule.begun(index)
    late = dialogue.schedule.late(index, at)
    return known.moved(late, dialogue.zone) if late else known


def ends_of(dialogue: Dialogue, index: int, at: datetime) -> Opening | None:
    """The hour at which a round ends that opens at this moment; None where none is known, or it has
    gone."""
    until = opened(dialogue, index, at).after(index)
    return until if until is not None and until.at > at else None


def check_next(dialogue: Dialogue, index: int, until: datetime | None) -> None:
    """Raise ``Refused`` for the hour of a round behind that at which the next one begins."""
    following = dialogue.schedule.after(index)
    if until is not None and following is not None and until > following.at:
        raise Refused("schedule_first", round=following.round + 1, at=following.at)
