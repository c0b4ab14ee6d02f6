"""What people do with commitments: staff makes one, everybody sees how they stand."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.desk.asker import Asker, language_of
from bot.desk.meetings import attending
from bot.desk.services import Services
from bot.desk.votes import read
from bot.desk.which import which
from commands.followup import said_commitments as words
from commands.meetings.filling import meeting_in
from commands.said import Where
from commands.times import moments
from commitments import announce
from commitments import intents as it
from commitments.calling import kind_of_who
from commitments.commitment import Commitment, Source, State, What
from dialogues.core import Context, Notice, Refused, Value
from dialogues.dialogue import Dialogue

#: A list shows so many of each state.
MOST = 5

#: The states in the order in which a list has them; what was stopped stands with what was done.
_LISTED = (
    ("late", (State.LATE,)),
    ("open", (State.OPEN,)),
    ("done", (State.DONE, State.STOPPED)),
)


def make(services: Services, asker: Asker, target: str, said: words.Commit) -> list[Notice]:
    """Note what was promised or agreed; the room that it belongs to hears of it."""
    dialogue, source, room, zone, language = _belongs(services, asker, target, said.about)
    due = day_of(asker, said.by, zone)
    what = What(kind_of_who(said.who), said.text, due, said.who)
    ledger = services.ledger
    name = ledger.commitments.fresh_id()
    by = services.store.participants.participant(name, asker.person)
    town = dialogue.town if dialogue is not None else services.town.name
    intent = it.Make(what, source, room, zone, language, town, told=True)
    ledger.act(name, intent, services.context_of(asker, by))
    made = ledger.commitments.by_id[name]
    return [Notice("commitment_noted", {**announce.values(made), "room": made.room})]


def _belongs(
    services: Services, asker: Asker, target: str, about: str
) -> tuple[Dialogue | None, Source, str, str, str]:
    """What it belongs to: the dialogue if any, the source, the room ("": the whole town), the zone
    and the language."""
    meeting = meeting_in(about)
    if meeting is not None:
        found = attending.meant(services, asker, meeting[0])
        return None, Source(meeting=found.number), found.room, found.zone, found.language
    if about or target:
        dialogue = which(services, asker, target, None, about)
        if about and about not in dialogue.items.by_number:
            raise Refused("commitment_no_item", item=about, title=dialogue.title)
        source = Source(dialogue.id, about)
        return dialogue, source, dialogue.room, dialogue.zone, language_of(dialogue)
    room = _room(services, asker)
    return None, Source(), room, services.town.zone.key, services.town.language


def _room(services: Services, asker: Asker) -> str:
    """The room of a staff room that has one; "" where it has several: then it is the town's. What
    may be of young people alone is not made the town's without saying so."""
    if asker.where is not Where.STAFF:
        return ""
    rooms = services.town.rooms.rooms_of_staff(asker.place)
    if len(rooms) == 1:
        return rooms[0]
    if any(not services.town.rooms.is_published(room) for room in rooms):
        raise Refused("commitment_whose")
    return ""


def day_of(asker: Asker, typed: str, zone: str) -> str:
    """A typed day, as an ISO day."""
    found: date = read(moments.parse_day(typed, asker.at, ZoneInfo(zone)))
    return found.isoformat()


# -- seeing ---------------------------------------------------------------------------------------


def in_sight(services: Services, asker: Asker) -> list[Commitment]:
    """The commitments of this room, of a staff room's rooms, or in person of the town: what comes
    from a room that nothing is published of is seen there alone."""
    rooms = services.town.rooms
    if asker.where is Where.ROOM:
        here = {rooms.room_at(asker.place) or ""}
    elif asker.where is Where.STAFF:
        here = {*rooms.rooms_of_staff(asker.place), ""}
    else:
        near = asker.origin.near
        here = {room for room in rooms.rooms if rooms.is_published(room)} | {""}
        here |= {rooms.room_at(near) or ""} if near is not None else set()
    return [one for one in services.ledger.commitments.by_id.values() if one.room in here]


def meant(services: Services, asker: Asker, number: int) -> Commitment:
    """The commitment with this number, if it is in sight or of a room in which the asker has a
    role; raises ``Refused``."""
    one = services.ledger.commitments.get(number)
    if one is None or not (one in in_sight(services, asker) or _works_for(services, asker, one)):
        raise Refused("no_such_commitment", commitment=f"T{number}")
    return about(asker, one)


def _works_for(services: Services, asker: Asker, one: Commitment) -> bool:
    return one.room in services.town.rooms.rooms and bool(asker.roles_in(one.room))


def about(asker: Asker, one: Commitment) -> Commitment:
    """Set roles and language of the answer to those for a commitment; returns it."""
    asker.about_room(one.room, one.language)
    return one


def context(services: Services, asker: Asker, one: Commitment) -> Context:
    return services.context(asker, one)


def told(services: Services, one: Commitment) -> dict[str, Value]:
    """What is said of a commitment in a list: also which dialogue or meeting it comes from."""
    dialogue = services.ledger.states.get(one.source.dialogue)
    meeting = services.ledger.meetings.get(one.source.meeting)
    title = dialogue.title if dialogue is not None else ""
    return {
        **announce.values(one),
        "of": title or (meeting.title if meeting is not None else ""),
        "postponed": len(one.postponed),
        "was": one.due.fromisoformat(one.postponed[-1].was) if one.postponed else None,
        "want": one.postponed[-1].want if one.postponed else "",
    }


def register(services: Services, asker: Asker, said: words.Register) -> list[Notice]:
    """What is late, open and done; or one commitment."""
    if said.commitment:
        one = meant(services, asker, said.commitment)
        return [Notice("commitment_now", told(services, one))]
    known = in_sight(services, asker)
    groups: list[Value] = []
    for name, states in _LISTED:
        found = [one for one in known if one.state in states]
        found.sort(key=lambda one: (str(one.at), one.number), reverse=True)
        if name != "done":
            found.sort(key=lambda one: (one.said.due, one.number))
        if found:
            rows: list[Value] = [told(services, one) for one in found[:MOST]]
            groups.append({"state": name, "rows": rows, "more": max(len(found) - MOST, 0)})
    everywhere = asker.where is Where.PERSONAL
    return [Notice("register", {"groups": groups, "town": everywhere, "staff": asker.staff})]
