"""The files of a town's agenda: what is planned and was, as a calendar and as data.

Rooms of young people and staff rooms stand in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from advice.town import agenda
from advice.town import moments as moment
from advice.town.calendar_file import Entry, calendar_bytes
from advice.town.moments import encode, moments
from dialogues.aggregates import State
from dialogues.core import Text
from dialogues.dialogue import Dialogue, Status
from meetings.meeting import Meeting

#: The names of the files.
CALENDAR, MOMENTS = "agenda.ics", "momenten.json"


@dataclass(frozen=True, slots=True)
class Named:
    """A town as its calendar names it."""

    town: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What may stand in public files. ``room`` says of a room whether what is planned there does;
    ``words`` gives those of a reference, None where they were erased."""

    room: Callable[[str], bool]
    words: Callable[[str], str | None]


def files_of(
    named: Named, rounds: Sequence[Entry], meetings: Iterable[Meeting], shown: Shown
) -> dict[str, bytes]:
    """Both files, from the entries of the rounds that were planned."""
    told = [one for meeting in meetings for one in _told(meeting, shown)]
    entries = [*rounds, *(entry for one in told for entry in agenda.of_meeting(one))]
    if not entries and not told:
        return {}
    return {CALENDAR: calendar_of(named, entries), MOMENTS: encode(moments(told))}


def calendar_of(
    named: Named, entries: Iterable[Entry], kept: dict[Entry, bytes] | None = None
) -> bytes:
    """The calendar of a town; for ``kept`` see ``calendar_bytes``."""
    name = agenda.calendar_name(named.town, named.language)
    return calendar_bytes(name, named.zone, entries, kept)


def entries_of(state: State, shown: Shown) -> Iterator[Entry]:
    """The entries of a dialogue or a meeting; none of a dialogue that was thrown away."""
    if isinstance(state, Meeting):
        for one in _told(state, shown):
            yield from agenda.of_meeting(one)
    elif isinstance(state, Dialogue) and _is_there(state, shown):
        yield from agenda.of_dialogue(state)


def _is_there(dialogue: Dialogue, shown: Shown) -> bool:
    return shown.room(dialogue.room) and dialogue.status is not Status.DISCARDED


def _told(meeting: Meeting, shown: Shown) -> Iterator[moment.Meeting]:
    """A meeting as the files tell of it; nothing of a proposal that nobody reviewed."""
    if not meeting.reviewed or not shown.room(meeting.room):
        return
    title, hours, plan = meeting.title, meeting.hours, meeting.plan
    assert meeting.changed_at is not None
    yield moment.Meeting(
        number=meeting.number,
        title=shown.words(title.ref) if isinstance(title, Text) else title,
        state=meeting.phase.value,
        planned=meeting.planned,
        room=meeting.room,
        language=meeting.language,
        town=meeting.town,
        by=plan.host,
        groups=[group.value for group in plan.audience],
        begins_at=hours.begins_at if hours is not None else None,
        ends_at=hours.ends_at if hours is not None else None,
        wall=hours.wall if hours is not None else "",
        zone=meeting.zone,
        where=plan.where,
        places={g.value: n for g, n in plan.places.by_group} or plan.places.most or None,
        signed_up=meeting.signed_up,
        waiting=meeting.waits,
        attended=meeting.attended,
        supports=len(meeting.supporters),
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        dialogue=plan.dialogue,
        tables=[len(there) for there in meeting.draw.drawn] if meeting.draw is not None else (),
        changes=[
            moment.Change(one.at, one.was.begins_at, one.now.begins_at, one.want)
            for one in meeting.changes
        ],
    )
