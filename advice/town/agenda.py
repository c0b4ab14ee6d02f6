"""What stands in a calendar: an entry for each meeting, and for each round that was planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from advice.town.calendar_file import Entry
from advice.town.moments import Meeting
from advice.words import Words, catalogue, known
from dialogues.announced import Announced
from dialogues.dialogue import Dialogue

#: How long the entry of a round is whose end is not planned, or is days away: it is about the
#: opening alone.
_OPENING = timedelta(minutes=30)
_DAY = timedelta(days=1)

_OFF = ("called_off", "lapsed")


def calendar_name(town: str, language: str) -> str:
    """What the calendar of a town is called."""
    return _words(language).text("calendar.name", town=town)


def of_dialogue(dialogue: Dialogue) -> Iterator[Entry]:
    """The entries of the rounds that were planned."""
    words = _words(dialogue.charter.language or dialogue.language)
    for index, one in sorted(dialogue.announced.items()):
        yield Entry(
            uid=_uid(f"{dialogue.id}.{index + 1}", dialogue.town),
            sequence=one.sequence,
            title=_title(one.title, one.off, words),
            begins_at=one.begins_at,
            ends_at=_end(one),
            zone=dialogue.zone,
            changed_at=one.changed_at,
            where=words.text("calendar.chat", room=dialogue.room),
            about=words.text("calendar.opens"),
            cancelled=one.off,
        )


def of_meeting(meeting: Meeting) -> Iterator[Entry]:
    """The entry of a meeting that was planned; none of a proposal."""
    if not meeting.planned or meeting.begins_at is None or meeting.ends_at is None:
        return
    words, off = _words(meeting.language), meeting.state in _OFF
    title = meeting.title or words.text("calendar.untitled")
    yield Entry(
        uid=_uid(f"m{meeting.number}", meeting.town),
        sequence=meeting.sequence,
        title=_title(title, off, words),
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        changed_at=meeting.changed_at,
        where=meeting.where or words.text("calendar.chat", room=meeting.room),
        about=words.text("calendar.sign_up", number=f"M{meeting.number}"),
        cancelled=off,
    )


@cache
def _words(language: str) -> Words:
    return catalogue(known(language))


def _uid(name: str, town: str) -> str:
    """The name that an entry keeps for ever, and shares with none of another town."""
    return f"{name}@{re.sub('[^a-z0-9]+', '-', town.lower()).strip('-') or 'stad'}.stadsgesprek"


def _title(title: str, off: bool, words: Words) -> str:
    return words.text("calendar.off", title=title) if off else title


def _end(one: Announced) -> datetime:
    """When the entry of a round ends."""
    if one.ends_at is None or one.ends_at - one.begins_at > _DAY:
        return one.begins_at + _OPENING
    return max(one.ends_at, one.begins_at)
