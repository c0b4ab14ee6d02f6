"""What staff does with meetings, and residents with proposals: plan, take, move, call off, note."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.desk import series, tying
from bot.desk.asker import Asker
from bot.desk.meetings import PLANNERS, about, meant, mine, planner
from bot.desk.services import Services
from bot.desk.votes import read
from commands import groups, moments
from commands import said_meetings as words
from commands.filling_meetings import meeting_in
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Notice, Refused, Role, Text
from meetings import announce
from meetings import intents as it
from meetings.meeting import Hours, Meeting, Phase, Places, Plan

#: Who holds a meeting: what may be typed, and what it is called.
_HOSTS = {
    "gemeente": "gemeente",
    "town": "gemeente",
    "municipality": "gemeente",
    "college": "college",
    "executive": "college",
    "raad": "raad",
    "council": "raad",
    "bewoners": "bewoners",
    "residents": "bewoners",
}


def new(services: Services, asker: Asker, said: words.NewMeeting) -> list[Notice]:
    """Plan a meeting; what a councillor plans waits for the clerk."""
    room = _room(services, asker, said.values.get("in", ""))
    mine_there = asker.roles_in(room)
    if not mine_there & PLANNERS:
        raise Refused("word_not_yours", word="moment nieuw")
    town, zone, language = services.town.name, services.town.zone.key, services.town.language
    plan = _plan(services, asker, said.values, Plan())
    if "elke" in said.values:
        return [_repeated(services, asker, said, room, plan)]
    hours = _hours(asker, zone, said.values, None)
    name = services.ledger.meetings.fresh_id()
    by = services.store.participants.participant(name, asker.person)
    context = services.context_of(asker, by)
    alone = mine_there & PLANNERS == {Role.COUNCILLOR}
    intent: object = it.PlanMeeting(said.title, room, zone, language, hours, plan, town)
    if alone:
        text = Text(said.title)
        why = Text("")
        intent = it.ProposeMeeting(text, why, room, zone, language, 0, hours, plan, True, town)
    services.ledger.act(name, intent, context)
    meeting = about(asker, services.ledger.meetings.by_id[name])
    if alone:
        return [Notice("meeting_asked", mine(services, asker, meeting))]
    tying.opened(services, asker, meeting)
    return [_now(services, asker, meeting, "meeting_planned")]


def _repeated(
    services: Services, asker: Asker, said: words.NewMeeting, room: str, plan: Plan
) -> Notice:
    """Plan the same meeting several times."""
    if plan.dialogue:
        raise Refused("series_dialogue")
    if asker.roles_in(room) & PLANNERS == {Role.COUNCILLOR}:
        raise Refused("series_councillor")
    found = series.times(asker, services.town.zone.key, said.values)
    every = series.hours(found, tying.length_of(said.values))
    return series.plan_all(services, asker, said.title, room, plan, every)


def propose(services: Services, asker: Asker, said: words.ProposeMeeting) -> list[Notice]:
    """A resident's proposal, which a moderator reads before others see it."""
    if asker.counted:
        raise Refused("meeting_staff_proposes")
    room = _room(services, asker, said.values.get("in", ""))
    town, zone, language = services.town.name, services.town.zone.key, services.town.language
    hours = _hours(asker, zone, said.values, None) if "wanneer" in said.values else None
    name = services.ledger.meetings.fresh_id()
    by = services.store.participants.participant(name, asker.person)
    title, why = Text(said.title), Text(said.values.get("waarom", ""))
    threshold = services.town.limits.meeting_support
    intent = it.ProposeMeeting(title, why, room, zone, language, threshold, hours, town=town)
    services.ledger.act(name, intent, services.context_of(asker, by))
    meeting = about(asker, services.ledger.meetings.by_id[name])
    return [Notice("meeting_proposed", mine(services, asker, meeting))]


def show(services: Services, asker: Asker, said: words.ShowMeeting) -> list[Notice]:
    """Let the room see a proposal; the clerk's ok to what a councillor planned."""
    meeting = meant(services, asker, said.meeting)
    if meeting.phase is Phase.PROPOSED and not meeting.threshold:
        if Role.CLERK not in asker.roles_in(meeting.room):
            raise Refused("word_not_yours", word="ok")
        return take(services, asker, words.TakeMeeting(meeting.number, {}))
    if not asker.roles_in(meeting.room) & {Role.MODERATOR, Role.YOUTH_WORKER}:
        raise Refused("word_not_yours", word="ok")
    services.act(asker, meeting, it.ShowProposal())
    return [Notice("meeting_shown", mine(services, asker, meeting))]


def hide(services: Services, asker: Asker, said: words.HideMeeting) -> list[Notice]:
    return decline(services, asker, words.DeclineMeeting(said.meeting, said.reason))


def take(services: Services, asker: Asker, said: words.TakeMeeting) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PROPOSED)
    planner(asker, meeting, "moment neem")
    values = said.values
    hours = _hours(asker, meeting.zone, values, meeting.hours) if "wanneer" in values else None
    plan = _plan(services, asker, values, meeting.plan)
    services.act(asker, meeting, it.TakeProposal(hours, plan))
    tying.opened(services, asker, meeting)
    return [_now(services, asker, meeting, "meeting_planned")]


def decline(services: Services, asker: Asker, said: words.DeclineMeeting) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PROPOSED)
    planner(asker, meeting, "moment weiger")
    services.act(asker, meeting, it.DeclineProposal(said.reason))
    return [Notice("meeting_declined_now", mine(services, asker, meeting))]


def move(services: Services, asker: Asker, said: words.MoveMeeting) -> list[Notice]:
    """Another hour, as long as before; a dialogue that is tied to it moves too."""
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PLANNED)
    planner(asker, meeting, "moment verzet")
    hours = _hours(asker, meeting.zone, {"wanneer": said.moment}, meeting.hours)
    services.act(asker, meeting, it.MoveMeeting(hours, said.want))
    tying.opened(services, asker, meeting, said.want)
    return [_now(services, asker, meeting, "meeting_planned")]


def call_off(services: Services, asker: Asker, said: words.CallOffMeeting) -> list[Notice]:
    """Call a meeting off; a dialogue that is tied to it does not open."""
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PLANNED)
    planner(asker, meeting, "moment afzeggen")
    services.act(asker, meeting, it.CallOff(said.reason))
    tying.loosened(services, asker, meeting, said.reason)
    return [Notice("meeting_called_off_now", mine(services, asker, meeting))]


def attended(services: Services, asker: Asker, said: words.Attended) -> list[Notice]:
    meeting = _last(services, asker, said.meeting)
    services.act(asker, meeting, it.SetAttended(said.people))
    return [Notice("meeting_attended", mine(services, asker, meeting))]


def agreed(services: Services, asker: Asker, said: words.Agreed) -> list[Notice]:
    """Note what was agreed; staff is asked later for what is lacking."""
    meeting = _last(services, asker, said.meeting)
    planner(asker, meeting, "afgesproken")
    day = ""
    if said.by:
        day = read(moments.parse_day(said.by, asker.at, ZoneInfo(meeting.zone))).isoformat()
    services.act(asker, meeting, it.Agree(said.text, said.who, day))
    noted = announce.agreements(meeting)[-1]
    return [Notice("meeting_agreed", {**mine(services, asker, meeting), **noted})]


def _last(services: Services, asker: Asker, number: int) -> Meeting:
    """The meeting with this number, or the last one that has begun."""
    if not number:
        known = services.ledger.meetings.by_id.values()
        begun = [m for m in known if m.hours is not None and m.hours.begins_at <= asker.at]
        mine_ = [m for m in begun if asker.roles_in(m.room) & PLANNERS]
        there = [m for m in mine_ if m.phase in (Phase.PLANNED, Phase.HELD)]
        if there:
            number = max(there, key=lambda m: (m.hours.begins_at, m.number)).number  # type: ignore[union-attr]
    return meant(services, asker, number)


def _now(services: Services, asker: Asker, meeting: Meeting, template: str) -> Notice:
    return Notice(template, mine(services, asker, meeting))


# -- what was typed -------------------------------------------------------------------------------


def _room(services: Services, asker: Asker, named: str) -> str:
    """The room of a meeting: the one that was named, this one, or the only one."""
    rooms = list(services.town.rooms.rooms)
    if asker.where is Where.STAFF:
        rooms = list(services.town.rooms.rooms_of_staff(asker.place))
    name = named.lstrip("#@").casefold()
    if name:
        if name not in rooms:
            raise Refused("unknown_room", room=named, rooms=rooms)
        return name
    place = asker.origin.near if asker.where is Where.PERSONAL else asker.place
    here = services.town.rooms.room_at(place) if place is not None else None
    if here in rooms:
        return str(here)
    if len(rooms) != 1:
        raise Refused("which_room", rooms=rooms)
    return rooms[0]


def _hours(asker: Asker, zone: str, values: Mapping[str, str], known: Hours | None) -> Hours:
    """The typed hour and length; without a length that of before, or two hours."""
    moment = read(moments.parse(values["wanneer"], asker.at, ZoneInfo(zone)))
    lasts = tying.length_of(values, known)
    return Hours(moment.at, moment.at + lasts, moment.wall)


def _plan(services: Services, asker: Asker, values: Mapping[str, str], known: Plan) -> Plan:
    """What was typed of a meeting, over what was known of it."""
    audience = groups.audience(values["voor"]) if "voor" in values else known.audience
    places = groups.places(values["plaatsen"]) if "plaatsen" in values else known.places
    for found in (audience, places):
        if isinstance(found, Wrong):
            raise Refused(found.code, **found.data)
    assert isinstance(places, Places)
    assert not isinstance(audience, Wrong)
    dialogue = known.dialogue
    if "gesprek" in values:
        dialogue = tying.found(services, asker, values["gesprek"]).id
    return Plan(
        values.get("waar", known.where),
        places,
        audience,
        _host(values.get("door", "")) or known.host or "gemeente",
        dialogue,
        _previous(services, asker, values.get("vorige", "")) or known.previous,
    )


def _host(typed: str) -> str:
    if not typed:
        return ""
    found = _HOSTS.get(typed.casefold())
    if found is None:
        options = list(dict.fromkeys(_HOSTS.values()))
        raise Refused("value_unknown", key="door", value=typed[:40], options=options)
    return found


def _previous(services: Services, asker: Asker, typed: str) -> int:
    """The number of the meeting that this one follows."""
    if not typed:
        return 0
    named = meeting_in(typed)
    if named is None or named[1]:
        raise Refused("no_such_meeting", meeting=typed[:40], options=[])
    return meant(services, asker, named[0]).number


def agreements_before(services: Services, meeting: Meeting) -> list[dict[str, object]]:
    """What was agreed at the meeting that this one follows."""
    before = services.ledger.meetings.get(meeting.plan.previous)
    return [] if before is None else [dict(one) for one in announce.agreements(before)]
