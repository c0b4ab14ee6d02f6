"""What goes along with a message.

With an answer in person: what is planned, as a file for one's own calendar, or all that is kept of
that person. With the tables of a meeting, for staff: a page for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import nsmallest

from advice.town.calendar_file import Entry
from advice.town.planned import CALENDAR, Named, Shown, calendar_of, entries_of
from advice.town.table_pages import pages_of
from bot.desk import everything
from bot.desk.services import Services
from bot.platforms.messages import Attachment
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.aggregates import State
from dialogues.core import Notice
from storage.rows import Row

#: The answers that it goes along with: of all that is planned, and of one meeting.
_ALL, _ONE = "agenda", "meeting_now"

#: The message to staff with which the pages go.
_TABLES = "meeting_tables_staff"

#: The file holds so many entries, the next ones.
_NEXT = 10

#: The file with all that is kept of somebody.
_KEPT = "mijn-gegevens.txt"

_MIME = "text/calendar; charset=utf-8"


def enclosed(
    services: Services,
    renderer: Renderer,
    place: Place,
    notices: Sequence[Notice],
    now: datetime,
    language: str = "",
) -> tuple[Attachment, ...]:
    """The files of an answer that one person sees: what is ahead, and all that is kept of them.
    None where there is neither, or the platform takes no files. What stands in no public file
    stands in a calendar neither."""
    can = services.capabilities[place.platform]
    alone = place.kind is PlaceKind.PERSONAL or (
        place.kind is PlaceKind.ROOM and can.private_replies
    )
    if not alone or not can.upload:
        return ()
    kept = [n for n in notices if n.template == everything.TOLD]
    if kept:
        return tuple(_kept(renderer, notice, language) for notice in kept)
    if not any(n.template in (_ALL, _ONE) for n in notices):
        return ()
    shown = Shown(services.town.rooms.is_published, services.store.texts.words)
    here = services.town.rooms.room_at(place)
    states = [state for state in _meant(services, notices) if here in (None, state.room)]
    coming = [one for state in states for one in entries_of(state, shown) if _ahead(one, now)]
    if not coming:
        return ()
    town = services.town
    named = Named(town.name, town.zone.key, town.language)
    some = nsmallest(_NEXT, coming, key=lambda one: (one.begins_at, one.uid))
    return (Attachment(CALENDAR, calendar_of(named, some), _MIME),)


def _kept(renderer: Renderer, notice: Notice, language: str) -> Attachment:
    """All that is kept of somebody, as a text."""
    document = renderer.render(everything.FILE, notice.data, language or None, "")
    return Attachment(_KEPT, f"{plain(document)}\n".encode(), "text/plain; charset=utf-8")


def pages_for(services: Services, row: Row, notice: Notice) -> tuple[Attachment, ...]:
    """The pages for the tables that a message to staff lists; none where there are newer ones, or
    nobody can tell any more who signed up."""
    meeting = services.ledger.meetings.by_id.get(row.dialogue)
    if notice.template != _TABLES or meeting is None or meeting.draw is None:
        return ()
    if meeting.draw.seed != notice.data["seed"]:
        return ()
    link = services.town.links.get(meeting.room, "")
    files = pages_of(meeting, link, services.store.texts.words)
    return tuple(Attachment(name, data, "text/html") for name, data in files.items())


def _meant(services: Services, notices: Sequence[Notice]) -> Iterator[State]:
    """The meetings and dialogues that an answer is about."""
    ledger = services.ledger
    for notice in notices:
        if notice.template == _ALL:
            yield from ledger.meetings.by_id.values()
            yield from ledger.states.values()
        elif notice.template == _ONE:
            name = str(notice.data["meeting"])
            yield from (m for m in ledger.meetings.by_id.values() if m.name == name)


def _ahead(entry: Entry, now: datetime) -> bool:
    return entry.ends_at > now
