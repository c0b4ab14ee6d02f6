"""What staff does with meetings, and residents with proposals: plan, take, move, call off, note."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.meetings import series, tying
from bot.desk.meetings.attending import PLANNERS, about, meant, mine, only, own_planner
from bot.desk.meetings.plan import became, hours_of, plan_of
from bot.desk.rooms import room_for
from bot.desk.services import Services
from bot.desk.votes import read
from commands.meetings import said as words
from commands.times import moments
from dialogues.core import Notice, Refused, Role, Text
from meetings import announce
from meetings import intents as it
from meetings.meeting import Meeting, Phase, Plan

#: Who reviews proposals, who divides over tables and counts people, and who notes what was agreed.
WORKERS = frozenset({Role.MODERATOR, Role.YOUTH_WORKER})
MODERATORS = frozenset({Role.MODERATOR})
NOTES = frozenset({Role.MODERATOR, Role.OFFICIAL, Role.CLERK})


def new(services: Services, asker: Asker, said: words.NewMeeting) -> list[Notice]:
    """Plan a meeting; what a councillor plans waits for the clerk."""
    room = room_for(services, asker, said.values.get("in", ""), staff=True)
    mine_there = asker.roles_in(room)
    if not mine_there & PLANNERS:
        raise Refused("word_not_yours", word="moment nieuw")
    town, zone, language = services.town.name, services.town.zone.key, services.town.language
    plan = plan_of(services, asker, said.values, Plan())
    if "elke" in said.values:
        return [_repeated(services, asker, said, room, plan)]
    hours = hours_of(services, asker, zone, said.values, None)
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
    room = room_for(services, asker, said.values.get("in", ""), staff=False)
    town, zone, language = services.town.name, services.town.zone.key, services.town.language
    hours = hours_of(services, asker, zone, said.values, None) if "wanneer" in said.values else None
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
    only(asker, meeting, WORKERS, "ok")
    if meeting.phase is Phase.PROPOSED and not meeting.threshold:
        return take(services, asker, words.TakeMeeting(meeting.number, {}))
    services.act(asker, meeting, it.ShowProposal())
    return [Notice("meeting_shown", mine(services, asker, meeting))]


def hide(services: Services, asker: Asker, said: words.HideMeeting) -> list[Notice]:
    return _declined(services, asker, said.meeting, said.reason, WORKERS, "verberg")


def take(services: Services, asker: Asker, said: words.TakeMeeting) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PROPOSED)
    only(asker, meeting, PLANNERS, "moment neem")
    values = said.values
    hours = (
        hours_of(services, asker, meeting.zone, values, meeting.hours)
        if values.keys() & {"wanneer", "uit"}
        else None
    )
    plan = plan_of(services, asker, values, meeting.plan)
    services.act(asker, meeting, it.TakeProposal(hours, plan))
    tying.opened(services, asker, meeting)
    return [_now(services, asker, meeting, "meeting_planned")]


def decline(services: Services, asker: Asker, said: words.DeclineMeeting) -> list[Notice]:
    return _declined(services, asker, said.meeting, said.reason, PLANNERS, "moment weiger")


def _declined(
    services: Services, asker: Asker, number: int, reason: str, roles: frozenset[Role], word: str
) -> list[Notice]:
    meeting = meant(services, asker, number, lambda m: m.phase is Phase.PROPOSED)
    only(asker, meeting, roles, word)
    services.act(asker, meeting, it.DeclineProposal(reason))
    return [Notice("meeting_declined_now", mine(services, asker, meeting))]


def move(services: Services, asker: Asker, said: words.MoveMeeting) -> list[Notice]:
    """Another hour, as long as before; a dialogue that is tied to it moves too."""
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PLANNED)
    own_planner(services, asker, meeting, "moment verzet")
    hours = hours_of(services, asker, meeting.zone, {"wanneer": said.moment}, meeting.hours)
    services.act(asker, meeting, it.MoveMeeting(hours, said.want))
    tying.opened(services, asker, meeting, said.want)
    return [_now(services, asker, meeting, "meeting_planned")]


def call_off(services: Services, asker: Asker, said: words.CallOffMeeting) -> list[Notice]:
    """Call a meeting off; a dialogue that is tied to it does not open."""
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PLANNED)
    own_planner(services, asker, meeting, "moment afzeggen")
    services.act(asker, meeting, it.CallOff(said.reason))
    tying.loosened(services, asker, meeting, said.reason)
    return [Notice("meeting_called_off_now", mine(services, asker, meeting))]


def attended(services: Services, asker: Asker, said: words.Attended) -> list[Notice]:
    meeting = _last(services, asker, said.meeting)
    only(asker, meeting, MODERATORS, "aanwezig")
    services.act(asker, meeting, it.SetAttended(said.people))
    return [Notice("meeting_attended", mine(services, asker, meeting))]


def agreed(services: Services, asker: Asker, said: words.Agreed) -> list[Notice]:
    """Note what was agreed; staff is asked later for what is lacking."""
    meeting = _last(services, asker, said.meeting)
    only(asker, meeting, NOTES, "afgesproken")
    day = ""
    if said.by:
        day = read(moments.parse_day(said.by, asker.at, ZoneInfo(meeting.zone))).isoformat()
    done = services.act(asker, meeting, it.Agree(said.text, said.who, day, said.table))
    number = done[0].number if done else len(meeting.agreements)
    noted = announce.agreements(meeting)[number - 1]
    commitment = became(services, meeting.number, number)["commitment"]
    data = {**mine(services, asker, meeting), **noted, "commitment": commitment}
    return [Notice("meeting_agreed", data)]


def tables(services: Services, asker: Asker, said: words.Tables) -> list[Notice]:
    """Divide who has a place over tables: the room gets the hash of the list, then the seed."""
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PLANNED)
    only(asker, meeting, MODERATORS, "tafels")
    services.act(asker, meeting, it.DivideTables(said.tables))
    data = {**mine(services, asker, meeting), **announce.drawn(meeting)}
    return [Notice("meeting_tables_now", data)]


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
