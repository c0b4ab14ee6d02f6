"""Folds in what is planned: a start at an hour, and the hours of the rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogues import events as ev
from dialogues.changes import ModeratorChange, moment
from dialogues.dialogue import Dialogue, Planned, Status
from dialogues.schedule import END, Opening, Schedule, differences
from dialogues.scheduling import known_outside


def start_planned(dialogue: Dialogue, event: ev.StartPlanned, at: datetime, _by: str) -> None:
    dialogue.planned = Planned(event.at, event.closes_at, at)


def _hour(opening: Opening | None) -> str | None:
    return moment(opening.at) if opening is not None else None


def start_told(dialogue: Dialogue, event: ev.StartTold, _at: datetime, _by: str) -> None:
    assert dialogue.planned is not None
    dialogue.planned = replace(dialogue.planned, told=event.minutes)


def schedule_set(dialogue: Dialogue, event: ev.ScheduleSet, at: datetime, by: str) -> None:
    before, new = dialogue.schedule, Schedule(event.openings, event.end, event.meeting)
    if known_outside(dialogue):
        for index, was, now in differences(before, new):
            what, number = ("end", "") if index == END else ("opening", str(index + 1))
            told = ModeratorChange(what, number, by, at, event.want, _hour(was), _hour(now))
            dialogue.changes.append(told)
    dialogue.schedule = new
    first, after = new.opening(0), new.after(0)
    if dialogue.status is Status.PREPARING and first is not None:
        known = dialogue.planned
        same = known is not None and known.opens_at == first.at
        dialogue.planned = Planned(
            first.at,
            after.at if after is not None else None,
            known.since if known is not None and same else at,
            known.told if known is not None and same else 0,
        )
    elif dialogue.status is Status.PREPARING:
        dialogue.planned = None


def start_missed(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.planned = None
