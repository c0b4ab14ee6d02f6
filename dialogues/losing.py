"""What is lost where a moderator closes a round or a dialogue now: asked about first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogues.course import unreviewed
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame, Stage
from dialogues.pauses import lasts

#: Closing so little before an hour that was chosen is not asked about.
NEAR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Loss:
    """``rounds`` are the titles of the rounds that will not take place; ``items`` what will count
    as not reviewed; ``hour`` the hour that was chosen and is not waited for."""

    rounds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    hour: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.rounds or self.items or self.hour)


def by_closing(dialogue: Dialogue, at: datetime) -> Loss:
    """What is lost by closing the dialogue now."""
    frame = dialogue.open_frame
    if dialogue.status is not Status.OPEN or (frame is not None and _is_over(frame, at)):
        return Loss()
    if frame is not None and lasts(frame.pauses):
        return Loss()  # it is refused until the round goes on
    left = [f for f in dialogue.frames[dialogue.current + 1 :] if f.stage is Stage.WAITING]
    loss = _by_leaving(dialogue, at)
    return Loss(tuple(frame.plan.title for frame in left), loss.items, loss.hour)


def by_going_on(dialogue: Dialogue, at: datetime) -> Loss:
    """What is lost by going on to the next round now."""
    frame = dialogue.open_frame
    if frame is not None and frame.machine.advance(dialogue.states[frame.index], at):
        return Loss()  # something opens in this round, and it does not close
    return _by_leaving(dialogue, at)


def _by_leaving(dialogue: Dialogue, at: datetime) -> Loss:
    frame = dialogue.open_frame
    if frame is None or lasts(frame.pauses) or _is_over(frame, at):
        return Loss()
    early = frame.chosen and frame.closes_at is not None and frame.closes_at - at > NEAR
    waiting = unreviewed(dialogue, frame.index, reasons=True)
    return Loss((), waiting, frame.closes_at if early else None)


def _is_over(frame: Frame, at: datetime) -> bool:
    """Whether the closing hour has come: then the round is closing anyhow."""
    return frame.closes_at is not None and frame.closes_at <= at
