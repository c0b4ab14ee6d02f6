"""The notices about what is planned: the opening of a dialogue, and the hours of its rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dialogues import events as ev
from dialogues.core import Audience, Notice, Value
from dialogues.dialogue import Dialogue
from dialogues.schedule import END, Opening
from dialogues.scheduling import known_outside


def _start_missed(dialogue: Dialogue, event: ev.StartMissed, _head: str) -> list[Notice]:
    data: dict[str, Value] = {
        "title": dialogue.title,
        "at": event.at,
        "why": event.why,
        "other": event.other,
    }
    return [Notice("start_missed", data, Audience.STAFF)]


def _start_told(dialogue: Dialogue, event: ev.StartTold, _head: str) -> list[Notice]:
    planned = dialogue.planned
    if not event.told or planned is None:
        return []
    data: dict[str, Value] = {
        "title": dialogue.title,
        "opens_at": planned.opens_at,
        "rounds": hours(dialogue, dialogue.schedule.hours()),
        "decider": dialogue.charter.decider,
    }
    return [Notice("start_coming", data, Audience.ROOM)]


def _schedule_set(dialogue: Dialogue, event: ev.ScheduleSet, _head: str) -> list[Notice]:
    """The room hears what changed, once it knows of the hours: was, now, because."""
    if not known_outside(dialogue) or event.meeting:  # of a meeting it is told itself
        return []
    told = dialogue.changes[-len(event.changed) :]
    now = {one.round: one for one in dialogue.schedule.hours()}
    rows = [
        {**_named(dialogue, index), "was": _moment(change.was), "at": now[index].at}
        for index, change in zip(event.changed, told, strict=True)
    ]
    data: dict[str, Value] = {"title": dialogue.title, "changes": rows, "want": event.want}
    return [Notice("schedule_changed", data, Audience.ROOM)]


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def hours(dialogue: Dialogue, openings: Sequence[Opening]) -> list[dict[str, Value]]:
    """The hours of a schedule for a template: the round and its title (the end: round 0), and
    when."""
    return [{**_named(dialogue, one.round), "at": one.at} for one in openings]


def _named(dialogue: Dialogue, index: int) -> dict[str, Value]:
    if index == END:
        return {"round": 0, "round_title": ""}
    return {"round": index + 1, "round_title": dialogue.frames[index].plan.title}


def following(dialogue: Dialogue, index: int) -> dict[str, Value]:
    """The round that begins by itself after this one, for a card; no title where none does."""
    opening = dialogue.schedule.opening(index + 1)
    if opening is None:
        return {"next_title": "", "next_at": None}
    title = dialogue.frames[index + 1].plan.title
    later = opening.at != dialogue.frames[index].closes_at
    return {"next_title": title, "next_at": opening.at if later else None}


HANDLERS: dict[type, Any] = {
    ev.ScheduleSet: _schedule_set,
    ev.StartMissed: _start_missed,
    ev.StartTold: _start_told,
}
