"""A start at an hour (``start om=…``): the room has to be free then."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.services import Services
from dialogues.core import Notice, Refused, Value
from dialogues.dialogue import Dialogue, Planned
from dialogues.intents import Hour


def check_room(services: Services, dialogue: Dialogue, opens: Hour, closes: Hour | None) -> None:
    """Raise ``Refused`` where another dialogue will be open in the room at that hour."""
    mine = Planned(opens.at, closes.at if closes else None)
    for other in services.ledger.in_room(dialogue.room):
        if other is not dialogue and _open_then(other, dialogue, mine):
            raise Refused("room_taken_then", room=dialogue.room, title=other.title, at=opens.at)


def _open_then(other: Dialogue, dialogue: Dialogue, mine: Planned) -> bool:
    """Whether another dialogue is open, or will be, at some moment of a planned one."""
    frame = other.open_frame
    if other.planned is not None:
        ends, theirs = _ends(dialogue, mine), other.planned
        return theirs.opens_at < ends and mine.opens_at < _ends(other, theirs)
    if frame is None:
        return False
    more = frame.index + 1 < len(other.frames)
    return more or frame.closes_at is None or frame.closes_at > mine.opens_at


def _ends(dialogue: Dialogue, planned: Planned) -> datetime:
    """Until when a planned dialogue is open at least."""
    days = timedelta(days=dialogue.frames[0].plan.days)
    return planned.closes_at or planned.opens_at + days


def planned(dialogue: Dialogue) -> Notice:
    """The notice of when a dialogue opens by itself."""
    assert dialogue.planned is not None
    data: dict[str, Value] = {
        "title": dialogue.title,
        "opens_at": dialogue.planned.opens_at,
        "closes_at": dialogue.planned.closes_at,
    }
    return Notice("start_planned", data)
