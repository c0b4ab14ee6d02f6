"""Pausing a round and going on: what is decided, what it changes, and what happens by itself.

Whether a round takes what was said at a moment is asked in one place, ``is_open`` of
``machine.py``; a kind of round has nothing to ask, and moves only the hours that are its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dialogues import intents as it
from dialogues.changes import ModeratorChange, moment
from dialogues.core import TAKE_PART, Audience, Context, Notice, Refused, Value
from dialogues.dialogue import Dialogue
from dialogues.intents import Due, Step
from dialogues.machine import Frame
from dialogues.pause_events import PauseEndTold, RoundPaused, RoundResumed
from dialogues.pauses import Pause, lasts
from dialogues.running import open_frame

#: So long before a pause ends by itself staff is told; of a short one half-way.
TOLD_BEFORE = timedelta(hours=1)

#: Staff is not told of an end that is nearer than this.
_TOO_NEAR = timedelta(minutes=2)


def pause(dialogue: Dialogue, intent: it.PauseRound, context: Context) -> list[object]:
    frame = open_frame(dialogue)
    now = lasts(frame.pauses)
    if now is not None:
        raise Refused("paused_already", since=now.began, until=now.until)
    began = context.at
    if frame.opened_at is not None and began < frame.opened_at:  # said of the round before it
        raise Refused("round_closed", round=frame.index, at=frame.opened_at, said=began)
    box = dialogue.boxes[frame.index]
    if box is not None and box.newest is not None:
        began = max(began, box.newest)  # a pause that arrives late takes back no vote that is in
    if frame.closes_at is not None and frame.closes_at <= began:
        raise Refused("closing_already", round=frame.index + 1)
    before = frame.pauses[-1].ended if frame.pauses else None
    if before is not None:
        began = max(began, before)
    return [RoundPaused(frame.index, began, max(intent.until, began), intent.want)]


def resume(dialogue: Dialogue, _intent: it.ResumeRound, context: Context) -> list[object]:
    frame = open_frame(dialogue)
    now = lasts(frame.pauses)
    if now is None:
        raise Refused("not_paused", title=dialogue.title)
    return _resumed(dialogue, frame, now, context.at)


def _resumed(dialogue: Dialogue, frame: Frame, now: Pause, at: datetime) -> list[object]:
    assert frame.closes_at is not None
    over = now.over(max(at, now.began))
    assert over.ended is not None
    closes_at = (frame.closes_at + over.moved).astimezone(UTC)
    local = closes_at.astimezone(ZoneInfo(dialogue.zone)).replace(tzinfo=None)
    wall = local.isoformat(timespec="minutes")
    return [RoundResumed(frame.index, over.ended, closes_at, wall)]


# -- what happens by itself --------------------------------------------------------------------


def steps(frame: Frame) -> list[Due]:
    """The end of a pause, and when staff is told of it."""
    now = lasts(frame.pauses)
    if now is None:
        return []
    found = [Due(now.until, Step.RESUME, frame.index, opens=True)]
    if not now.told:
        before = min(TOLD_BEFORE, (now.until - now.began) / 2)
        found.append(Due(now.until - before, Step.PAUSE_ENDS, frame.index))
    return found


def minutes_left(frame: Frame, now: datetime) -> int:
    """In how many minutes a pause ends, for who is told; 0 where that is too near."""
    left = frame.pauses[-1].until - now
    return left // timedelta(minutes=1) if left >= _TOO_NEAR else 0


def due(dialogue: Dialogue, intent: Due, at: datetime) -> list[object]:
    """The events of such a step; none where the pause is over."""
    frame = dialogue.frames[intent.round]
    now = lasts(frame.pauses)
    if now is None:
        return []
    if intent.step is Step.PAUSE_ENDS:
        return [PauseEndTold(frame.index, intent.minutes)]
    return _resumed(dialogue, frame, now, at)


# -- what it changes ---------------------------------------------------------------------------


def _paused(dialogue: Dialogue, event: RoundPaused, _at: datetime, by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.pauses = (*frame.pauses, Pause(event.began, event.until, event.want, by))
    _move(dialogue, frame)


def _end_told(dialogue: Dialogue, event: PauseEndTold, _at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.pauses = (*frame.pauses[:-1], replace(frame.pauses[-1], told=True))


def _goes_on(dialogue: Dialogue, event: RoundResumed, _at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    over = frame.pauses[-1].over(event.ended)
    frame.pauses = (*frame.pauses[:-1], over)
    _move(dialogue, frame)
    frame.closes_at, frame.wall = event.closes_at, event.wall
    was, now = moment(over.began), moment(event.ended)
    number = str(event.round + 1)
    dialogue.changes.append(
        ModeratorChange("pause", number, over.by, over.began, over.reason, was, now)
    )


def _move(dialogue: Dialogue, frame: Frame) -> None:
    """Move every hour of the round that lay ahead, and of what comes after it."""
    moved = frame.pauses[-1].moved
    for name in ("closes_at", "collecting_ends_at", "reminder_at", "next_closes_at"):
        hour = getattr(frame, name)
        if hour is not None:
            setattr(frame, name, hour + moved)
    dialogue.schedule = dialogue.schedule.moved(moved, dialogue.zone)


HANDLERS: dict[type, Any] = {
    PauseEndTold: _end_told,
    RoundPaused: _paused,
    RoundResumed: _goes_on,
}


# -- who hears of it ---------------------------------------------------------------------------


def _tell_pause(dialogue: Dialogue, event: RoundPaused, _head: str) -> list[Notice]:
    return [Notice("round_paused", {"want": event.want}, Audience.ROOM)]


def _tell_end(dialogue: Dialogue, event: PauseEndTold, _head: str) -> list[Notice]:
    if not event.minutes:
        return []
    data: dict[str, Value] = {
        "title": dialogue.title,
        "minutes": event.minutes,
        "until": dialogue.frames[event.round].pauses[-1].until,
    }
    return [Notice("pause_ends", data, Audience.STAFF)]


def _tell_on(dialogue: Dialogue, event: RoundResumed, _head: str) -> list[Notice]:
    data: dict[str, Value] = {"round": event.round + 1, "closes_at": event.closes_at}
    return [Notice("round_resumed", data, Audience.ROOM, choices=(TAKE_PART,))]


TELLS: dict[type, Any] = {
    PauseEndTold: _tell_end,
    RoundPaused: _tell_pause,
    RoundResumed: _tell_on,
}


def card_values(frame: Frame) -> dict[str, Value]:
    """What a card says of a pause: since when, None where the round is not paused."""
    now = lasts(frame.pauses)
    return {"paused_at": now.began if now is not None else None}
