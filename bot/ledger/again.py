"""The next dialogue of a series: prepared as the one before it was, for the hours of a meeting."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ledger.aggregates import Acting
from bot.town.town import Town
from dialogues.charter import Charter
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue
from dialogues.intents import Hour, OpenDialogue, SetCharter, TieHours
from meetings.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Prepared:
    """The id of the dialogue, and the code of why it does not open by itself ("": it does)."""

    dialogue: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """The time before: its dialogue and its meeting."""

    dialogue: Dialogue
    meeting: Meeting


def prepared(
    states: Acting, town: Town, last: Before, meeting: Meeting, name: str, context: Context
) -> Prepared:
    """Prepare a dialogue with the format and the charter of the one before it, the day of the
    answer moved along, the numbers running on; it opens and closes with the meeting."""
    assert meeting.hours is not None
    before = last.dialogue
    opened = OpenDialogue(
        before.title,
        before.room,
        before.format,
        before.town,
        before.zone,
        before.language,
        town.simulated,
        before.objection_days,
        numbers=_last_numbers(before),
        reports=True,
        ruling_days=before.ruling_days,
    )
    states.act(name, opened, context)
    zone = ZoneInfo(meeting.zone)
    opens, ends = meeting.hours.begins_at, meeting.hours.ends_at
    wall = ends.astimezone(zone).replace(tzinfo=None).isoformat()
    hours = TieHours(meeting.name, Hour(opens, meeting.hours.wall), Hour(ends, wall))
    try:
        states.act(name, SetCharter(_values(_moved(last, opens, zone))), context)
        states.act(name, hours, context)
    except Refused as refusal:
        return Prepared(name, refusal.code)
    return Prepared(name)


def _last_numbers(before: Dialogue) -> dict[str, int]:
    """The last number of what people contribute, by letter."""
    letters = before.kinds.letters
    return {
        letter: count
        for letter, count in before.items.last.items()
        if letter in letters and letters[letter].contribution
    }


def _moved(last: Before, opens: datetime, zone: ZoneInfo) -> Charter:
    """The charter, with the day of the answer as many days later as the meeting is."""
    charter, hours = last.dialogue.charter, last.meeting.hours
    if charter.answer_by is None or hours is None:
        return charter
    later = opens.astimezone(zone).date() - hours.begins_at.astimezone(zone).date()
    return replace(charter, answer_by=charter.answer_by + later)


def _values(charter: Charter) -> dict[str, object]:
    """What was agreed, by field."""
    found = {field.name: getattr(charter, field.name) for field in fields(charter)}
    return {name: value for name, value in found.items() if value != getattr(Charter(), name)}
