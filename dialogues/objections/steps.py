"""What happens by itself around a draft: it is posted, staff is told, the document is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogues.charter import Charter, Length
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import Due, Step
from dialogues.objections.events import DraftPosted, ObjectionsTold
from dialogues.objections.rules import recommended, undecided

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def comes(dialogue: Dialogue) -> bool:
    """Whether a draft was agreed on, and stands or is still to come: until it is over the document
    cannot be asked for. Without recommendations there is none."""
    if dialogue.draft is not None:
        return not dialogue.draft.over
    agreed = dialogue.charter.concept is not None and dialogue.status is Status.CLOSED
    return agreed and bool(recommended(dialogue))


def steps(dialogue: Dialogue) -> Iterator[Due]:
    """The next steps of the draft."""
    draft, closed_at = dialogue.draft, dialogue.closed_at
    if draft is None and closed_at is not None and dialogue.charter.concept is not None:
        if comes(dialogue):
            yield Due(closed_at, Step.DRAFT, opens=True)
        elif dialogue.advice is None:  # there is nothing to contest
            yield Due(closed_at, Step.ADVICE)
    if draft is None or draft.over:
        return
    waiting = undecided(dialogue)
    if draft.tells_at is not None and any(n in waiting for n in draft.untold):
        yield Due(draft.tells_at, Step.OBJECTIONS)
    if not draft.warned and waiting:
        yield Due(draft.warns_at, Step.RULING)
    yield Due(draft.ruled_until, Step.ADVICE)


def posted(dialogue: Dialogue, at: datetime) -> list[object]:
    """The draft is posted, and its hours are counted from now."""
    if dialogue.draft is not None or not comes(dialogue):
        return []
    return [DraftPosted(*_hours(dialogue, dialogue.charter, at))]


def told(dialogue: Dialogue, *, ending: bool) -> list[object]:
    draft, waiting = dialogue.draft, undecided(dialogue)
    if draft is None:
        return []
    items = waiting if ending else [number for number in waiting if number in draft.untold]
    return [ObjectionsTold(tuple(items), ending)]


def out_at(dialogue: Dialogue) -> datetime | None:
    """When the document of a draft goes out; None where there is no draft."""
    return dialogue.draft.ruled_until if dialogue.draft is not None else None


def goes_out(dialogue: Dialogue, charter: Charter, closes_at: datetime) -> datetime:
    """When the document goes out by itself after the last closing, where a draft was agreed on;
    else that closing."""
    if dialogue.draft is not None:
        return max(closes_at, dialogue.draft.ruled_until)
    none = dialogue.status is Status.CLOSED and not comes(dialogue)
    if charter.concept is None or none:
        return closes_at
    return _hours(dialogue, charter, closes_at)[1]


def _hours(dialogue: Dialogue, charter: Charter, at: datetime) -> tuple[datetime, datetime]:
    """Until when objections are heard, and until when they are ruled on."""
    assert charter.concept is not None
    zone = ZoneInfo(dialogue.zone)
    at = -(-at.timestamp() // 60) * _MINUTE + datetime.fromtimestamp(0, UTC)  # a whole minute
    heard = later(at, charter.concept, zone)
    return heard, later(heard, Length("", dialogue.ruling_days * 24 * 60), zone)


def later(at: datetime, length: Length, zone: ZoneInfo) -> datetime:
    """The moment (UTC) that is so much later; whole days at the same local time, whatever the clock
    change does."""
    time = timedelta(minutes=length.minutes)
    if time % _DAY:
        return at + time
    wall = at.astimezone(zone).replace(tzinfo=None) + time
    return wall.replace(tzinfo=zone).astimezone(UTC)
