"""Which meeting is meant, and what everybody can do with it: sign up and off, support it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.ledger.names import slug
from commands.meetings import groups
from commands.meetings import said as words
from commands.said import Where
from commands.times import moments
from commands.wrong import Wrong
from dialogues.core import Context, Notice, Refused, Role, Text, Value
from meetings import announce
from meetings import intents as it
from meetings.meeting import Group, Meeting, Phase, Stand

#: Who plans meetings.
PLANNERS = frozenset({Role.MODERATOR, Role.OFFICIAL, Role.CLERK, Role.COUNCILLOR})

_GROUPS = {
    Role.COUNCILLOR: Group.COUNCIL,
    Role.OFFICIAL: Group.OFFICIALS,
    Role.CLERK: Group.OFFICIALS,
}

#: What has the form of a meeting's number and is none.
_NO_NUMBER = re.compile(r"[Mm] ?[0-9]+")

#: The phases in which something can still be done with a meeting.
COMING = frozenset({Phase.PROPOSED, Phase.PLANNED})


def in_sight(services: Services, asker: Asker) -> list[Meeting]:
    """The meetings of this room, of a staff room's rooms, or in person of all rooms but those of
    young people, unless somebody speaks from there or signed up. What waits for review is seen by
    staff alone."""
    found = list(services.ledger.meetings.by_id.values())
    if asker.where is Where.ROOM:
        here = {services.town.rooms.room_at(asker.place)}
    elif asker.where is Where.STAFF:
        here = set(services.town.rooms.rooms_of_staff(asker.place))
    else:
        near = asker.origin.near
        here = {services.town.rooms.room_at(near) if near is not None else None}
        found = [m for m in found if _open_to(services, asker, m) or m.room in here]
        return [m for m in found if _may_see(asker, m)]
    return [m for m in found if m.room in here and _may_see(asker, m)]


def _open_to(services: Services, asker: Asker, meeting: Meeting) -> bool:
    if not youth.is_youth(services, meeting.room):
        return True
    return meeting.id in services.store.participants.current(asker.person)


def _may_see(asker: Asker, meeting: Meeting) -> bool:
    return announce.is_seen(meeting) or bool(asker.roles_in(meeting.room))


def _is_there(services: Services, asker: Asker, meeting: Meeting) -> bool:
    """Whether somebody may name a meeting from here. One of young people is for who is in their
    room: it was typed there, or this person did something with it there before."""
    if _open_to(services, asker, meeting) or asker.roles_in(meeting.room):
        return True
    place = asker.place if asker.where is Where.ROOM else asker.origin.near
    return place is not None and services.town.rooms.room_at(place) == meeting.room


def meant(
    services: Services, asker: Asker, number: int, fits: Callable[[Meeting], bool] | None = None
) -> Meeting:
    """The meeting with this number; without one (0) the only one in sight that fits. Raises
    ``Refused`` with those there are."""
    named = services.ledger.meetings.get(number)
    if named is not None and _may_see(asker, named):
        if not _is_there(services, asker, named):
            raise Refused("meeting_from_group", meeting=named.name)
        return about(asker, named)
    known = in_sight(services, asker)
    if number:
        raise Refused("no_such_meeting", meeting=f"M{number}", options=_options(known))
    fitting = [m for m in known if m.phase in COMING and (fits is None or fits(m))]
    if len(fitting) != 1:
        raise Refused("which_meeting" if fitting else "no_meeting", options=_options(fitting))
    return about(asker, fitting[0])


def _options(meetings: list[Meeting]) -> list[dict[str, Value]]:
    coming = [m for m in meetings if m.phase in COMING]
    return [{"id": m.name, "title": m.title, "at": _at(m)} for m in coming[:10]]


def _at(meeting: Meeting) -> datetime | None:
    return meeting.hours.begins_at if meeting.hours is not None else None


def named(
    services: Services, asker: Asker, number: int, words: str, fits: Callable[[Meeting], bool]
) -> Meeting:
    """The meeting with this number; else the only one that words name, by its title or its day.
    Raises ``Refused`` with those that it may be."""
    if number or not words:
        return meant(services, asker, number, fits)
    if _NO_NUMBER.fullmatch(words):  # M0
        options = _options(in_sight(services, asker))
        raise Refused("no_such_meeting", meeting=words.upper(), options=options)
    coming = [m for m in in_sight(services, asker) if m.phase in COMING and fits(m)]
    found = [m for m in coming if _is_named(services, asker, m, words)]
    if len(found) == 1:
        return about(asker, found[0])
    if not coming:
        raise Refused("no_meeting", options=[])
    raise Refused("which_meeting", options=_options(found or coming), named=True)


def _is_named(services: Services, asker: Asker, meeting: Meeting, words: str) -> bool:
    title = services.words(meeting.title) if isinstance(meeting.title, Text) else meeting.title
    if title and slug(title) == slug(words):
        return True
    zone = ZoneInfo(meeting.zone)
    day = moments.parse_day(words, asker.at, zone)
    if isinstance(day, Wrong) or meeting.hours is None:
        return False
    return meeting.hours.begins_at.astimezone(zone).date() == day


def about(asker: Asker, meeting: Meeting) -> Meeting:
    """Set roles and language of the answer to those for a meeting; returns it."""
    asker.about_room(meeting.room, meeting.language)
    return meeting


def planner(asker: Asker, meeting: Meeting, word: str) -> None:
    """Raise ``Refused`` for who plans no meetings in its room."""
    if not asker.roles_in(meeting.room) & PLANNERS:
        raise Refused("word_not_yours", word=word)


def own_planner(services: Services, asker: Asker, meeting: Meeting, word: str) -> None:
    """Raise ``Refused`` for who may not move a meeting or call it off: a moderator may, and who
    planned it."""
    planner(asker, meeting, word)
    mine_ = {*services.context(asker, meeting).names} & {meeting.made_by, meeting.taken_by}
    if Role.MODERATOR not in asker.roles_in(meeting.room) and not mine_:
        raise Refused("meeting_of_other", meeting=meeting.name, title=meeting.title)


def only(asker: Asker, meeting: Meeting, roles: frozenset[Role], word: str) -> None:
    """Raise ``Refused`` for who has none of these roles in the room of a meeting. What a councillor
    planned is the clerk's to agree with, whatever the word."""
    mine_ = asker.roles_in(meeting.room)
    if meeting.phase is Phase.PROPOSED and not meeting.threshold:
        if Role.CLERK not in mine_:
            raise Refused("meeting_clerk", meeting=meeting.name, title=meeting.title)
    elif not mine_ & roles:
        raise Refused("word_not_yours", word=word)


def context(services: Services, asker: Asker, meeting: Meeting) -> Context:
    return services.context(asker, meeting)


def mine(services: Services, asker: Asker, meeting: Meeting) -> dict[str, Value]:
    """What is said of a meeting to somebody, with what they have there themselves."""
    names = services.context(asker, meeting).names
    own = meeting.of(names)
    values = announce.values(meeting, staff=bool(asker.roles_in(meeting.room)))
    stand, draw = own.stand.value if own is not None else "", meeting.draw
    return {
        **values,
        "stand": stand,
        "number": own.number if own is not None else 0,
        "until": own.until if own is not None else None,
        "day": own is not None and own.day,
        "hour": own is not None and own.hour,
        "table": draw.table_of(own.number) if draw is not None and own is not None else 0,
        "named": own is not None and own.name is not None,
        "youth": youth.is_youth(services, meeting.room),
        "writes": asker.can.talk,
    }


# -- what everybody can do ------------------------------------------------------------------------


def tapped(services: Services, asker: Asker, meeting: Meeting) -> list[Notice]:
    """The sign under the card of a meeting: to sign up, or to support a proposal."""
    if meeting.phase is Phase.PROPOSED:
        return support(services, asker, words.SupportMeeting(meeting.number))
    return sign_up(services, asker, words.SignUp(meeting.number))


def sign_up(services: Services, asker: Asker, said: words.SignUp) -> list[Notice]:
    """Sign up, take an offered place, or give a name for the list at the door."""
    if said.group:
        return _sign_up_others(services, asker, said)
    meeting = named(services, asker, said.meeting, said.named, takes)
    if said.name and youth.is_youth(services, meeting.room):
        raise Refused("meeting_no_names", meeting=meeting.name)
    services.store.places.belongs(asker.conversation, asker.person)  # where it is told of changes
    before = meeting.of(services.context(asker, meeting).names)
    done = services.act(asker, meeting, it.SignUpFor(_group(services, asker, meeting)))
    if said.name:
        services.act(asker, meeting, it.GiveName(Text(said.name)))
    again = before is not None and not done and asker.tap is None  # a tap can be heard once more
    return [_signed(services, asker, meeting, again=again)]


def takes(meeting: Meeting) -> bool:
    """Whether one can sign up for a meeting."""
    return meeting.phase is Phase.PLANNED and not meeting.begun


def _signed(services: Services, asker: Asker, meeting: Meeting, *, again: bool) -> Notice:
    values = mine(services, asker, meeting)
    template = "meeting_waits" if values["stand"] == Stand.WAITS.value else "meeting_signed_up"
    choices = (announce.button(meeting, "herinner"), announce.button(meeting, "afmelden"))
    return Notice(template, {**values, "again": again}, choices=choices)


def _group(services: Services, asker: Asker, meeting: Meeting) -> Group:
    """As whom somebody signs up: by their role, else as a resident or a young person."""
    for role, group in _GROUPS.items():
        if role in asker.roles_in(meeting.room):
            return group
    audience = meeting.plan.audience
    young = youth.is_youth(services, meeting.room)
    only_young = Group.YOUTH in audience and Group.RESIDENTS not in audience
    return Group.YOUTH if young or only_young else Group.RESIDENTS


def _sign_up_others(services: Services, asker: Asker, said: words.SignUp) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, takes)
    if not asker.roles_in(meeting.room) & {Role.MODERATOR, Role.CLERK}:
        raise Refused("word_not_yours", word="aanmelden")
    group = groups.group(said.group, "namens")
    if isinstance(group, Wrong):
        raise Refused(group.code, **group.data)
    services.act(asker, meeting, it.SignUpOthers(group, said.people))
    data = {**mine(services, asker, meeting), "group": group.value, "people": said.people}
    return [Notice("meeting_signed_up_others", data)]


def sign_off(services: Services, asker: Asker, said: words.SignOff) -> list[Notice]:
    fits = signed_for(services, asker)
    meeting = named(services, asker, said.meeting, said.named, fits)
    services.act(asker, meeting, it.SignOff())
    return [Notice("meeting_signed_off", mine(services, asker, meeting))]


def remind(services: Services, asker: Asker, said: words.Remind) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, signed_for(services, asker))
    if (said.day or said.hour) and youth.is_youth(services, meeting.room):
        raise Refused("meeting_no_reminders", meeting=meeting.name)
    services.act(asker, meeting, it.SetReminders(said.day, said.hour))
    return [Notice("meeting_reminds", mine(services, asker, meeting))]


def signed_for(services: Services, asker: Asker) -> Callable[[Meeting], bool]:
    """Whether somebody signed up for a meeting; for words that name none."""
    there = services.store.participants.current(asker.person)
    return lambda m: (
        m.id in there and m.of(services.context(asker, m).names) is not None and takes(m)
    )


def support(services: Services, asker: Asker, said: words.SupportMeeting) -> list[Notice]:
    meeting = meant(services, asker, said.meeting, lambda m: m.phase is Phase.PROPOSED)
    done = services.act(asker, meeting, it.SupportProposal())
    return [Notice("meeting_supported", {**mine(services, asker, meeting), "again": not done})]


def withdraw(services: Services, asker: Asker, said: words.WithdrawMeeting) -> list[Notice]:
    meeting = _keeps(services, asker, meant(services, asker, said.meeting))
    proposed = meeting.phase is Phase.PROPOSED
    services.act(asker, meeting, it.WithdrawProposal())
    if not proposed:
        return [Notice("kept_withdrawn", {"meeting": meeting.name})]
    return [Notice("meeting_withdrawn", mine(services, asker, meeting))]


def _keeps(services: Services, asker: Asker, meeting: Meeting) -> Meeting:
    """The time of a series where what somebody asked for this one waits now: a later one, where
    this one did not take place."""
    there = services.store.participants.current(asker.person)
    for each in services.ledger.meetings.of_series(meeting.plan.series):
        names = services.context(asker, each).names if each.id in there else ()
        later = each.number >= meeting.number
        if later and any(kept.by in names for kept in each.kept.values()):
            return each
    return meeting
