"""Which meetings fit behind a word while somebody fills it in. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.desk import youth
from bot.desk.services import Services
from bot.platforms.menu import Searched, Suggestion
from bot.platforms.places import PlaceKind
from commands.word import Meets
from dialogues.core import Text
from meetings import announce
from meetings.meeting import Meeting, Phase

#: How long one reads at most.
_LABEL = 100


def meetings(services: Services, searched: Searched) -> Iterator[Suggestion]:
    """The meetings in sight that fit, in the order of their hours, each with its title and when it
    begins."""
    which = Meets(searched.suggests.partition(":")[2])
    mine = _mine(services, searched)
    found = [
        meeting
        for meeting in _in_sight(services, searched, mine)
        if _FIT[which](meeting, meeting.of(mine.get(meeting.id, ())) is not None)
        and (which is not Meets.OWN or meeting.made_by in mine.get(meeting.id, ()))
    ]
    for meeting in sorted(found, key=lambda one: (one.hours is None, _begins(one), one.number)):
        yield Suggestion(meeting.name, _label(services, meeting))


def _begins(meeting: Meeting) -> str:
    return meeting.hours.begins_at.isoformat() if meeting.hours is not None else ""


def _label(services: Services, meeting: Meeting) -> str:
    """What a meeting reads as, with its local hour: titles can be alike."""
    title = meeting.title
    words = services.words(title) if isinstance(title, Text) else title
    when = ""
    if meeting.hours is not None:
        wall = datetime.fromisoformat(meeting.hours.wall)
        when = f" ({wall.day}-{wall.month} {wall:%H:%M})"
    room = _LABEL - len(meeting.name) - len(when) - 1
    return f"{meeting.name} {words if len(words) <= room else f'{words[: room - 1]}…'}{when}"


def _mine(services: Services, searched: Searched) -> dict[str, tuple[str, ...]]:
    """Every participant that somebody is or was, by meeting."""
    platform = searched.place.platform if searched.place is not None else ""
    person = services.store.people.known(platform, searched.account)
    found: dict[str, tuple[str, ...]] = {}
    for name, participant in services.store.participants.participations(person) if person else ():
        if name in services.ledger.meetings.by_id:
            found[name] = (*found.get(name, ()), participant)
    return found


def _in_sight(
    services: Services, searched: Searched, mine: dict[str, tuple[str, ...]]
) -> Iterator[Meeting]:
    """The meetings of the room or the staff room's rooms; where it is neither, all but those of
    young people, unless somebody is in them. What waits for review only staff sees, and its
    author."""
    place, rooms = searched.place, services.town.rooms
    here: set[str] | None = None
    if place is not None and place.kind is PlaceKind.STAFF:
        here = set(rooms.rooms_of_staff(place))
    elif place is not None and place.kind is PlaceKind.ROOM:
        here = {str(rooms.room_at(place))}
    for meeting in services.ledger.meetings.by_id.values():
        near = (
            meeting.room in here if here is not None else not youth.is_youth(services, meeting.room)
        )
        if not near and meeting.id not in mine:
            continue
        own = meeting.made_by in mine.get(meeting.id, ())
        if announce.is_seen(meeting) or own or searched.roles:
            yield meeting


def _coming(meeting: Meeting, _signed: bool) -> bool:
    return meeting.phase is Phase.PLANNED and not meeting.begun and meeting.missed is None


#: Whether a meeting fits, and whether with a sign-up of whoever looks for it.
_FIT: dict[Meets, Callable[[Meeting, bool], bool]] = {
    Meets.ANY: lambda one, _signed: one.phase in (Phase.PROPOSED, Phase.PLANNED),
    Meets.BEGUN: lambda one, _signed: one.begun or one.phase is Phase.HELD,
    Meets.COMING: _coming,
    Meets.OWN: lambda one, _signed: one.phase is Phase.PROPOSED,
    Meets.PLANNED: lambda one, _signed: one.phase is Phase.PLANNED,
    Meets.PROPOSED: lambda one, _signed: one.phase is Phase.PROPOSED,
    Meets.SHOWN: lambda one, _s: one.phase is Phase.PROPOSED and one.reviewed and one.threshold > 0,
    Meets.SIGNED: lambda one, signed: signed and _coming(one, signed),
}
