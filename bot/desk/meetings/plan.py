"""What was typed of a meeting: its room, its hours, and the rest of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.meetings import tying
from bot.desk.meetings.attending import meant
from bot.desk.services import Services
from bot.desk.votes import read
from bot.desk.which import which
from commands.meetings import groups
from commands.meetings.filling import meeting_in
from commands.times import moments
from commands.wrong import Wrong
from commitments.commitment import State
from dialogues.core import Refused, Value
from dialogues.intents import Hour
from meetings import announce
from meetings.meeting import Hours, Meeting, Places, Plan

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


def hours_of(
    services: Services, asker: Asker, zone: str, values: Mapping[str, str], known: Hours | None
) -> Hours:
    """The typed hour and length; without a length that of before, or two hours."""
    if "wanneer" not in values:
        chosen = _chosen(services, asker, values["uit"])
        return Hours(chosen.at, chosen.at + tying.length_of(values, known), chosen.wall)
    moment = read(moments.parse(values["wanneer"], asker.at, ZoneInfo(zone)))
    lasts = tying.length_of(values, known)
    return Hours(moment.at, moment.at + lasts, moment.wall)


def _chosen(services: Services, asker: Asker, item: str) -> Hour:
    """The moment that won in a poll about dates."""
    number = item.strip().upper()
    dialogue = which(services, asker, "", None, number)
    index = dialogue.round_of(number)
    ask = services.talk(dialogue.frames[index]).dates if index is not None else None
    won = ask(dialogue, number) if ask is not None else ()
    if len(won) != 1:
        raise Refused("meeting_dates", item=number, dates=[hour.at for hour, _votes in won])
    return won[0][0]


def plan_of(services: Services, asker: Asker, values: Mapping[str, str], known: Plan) -> Plan:
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


def agreements_before(services: Services, asker: Asker, meeting: Meeting) -> list[dict[str, Value]]:
    """What was agreed at the meeting that this one follows; ``late``: its day has gone and
    it is not done;
    ``commitment`` is what it became, and ``state`` how that stands."""
    before = services.ledger.meetings.get(meeting.plan.previous)
    today = asker.at.astimezone(ZoneInfo(meeting.zone)).date()
    found = (
        [] if before is None else zip(announce.agreements(before), before.agreements, strict=True)
    )
    rows = []
    for one, each in found:
        stands = became(services, meeting.plan.previous, each.number)
        late = "" < each.by < today.isoformat() and stands["state"] != State.DONE.value
        rows.append({**one, "late": late, **stands})
    return rows


def became(services: Services, meeting: int, agreement: int) -> dict[str, Value]:
    """The commitment that an agreement is now, "" where it still lacks something."""
    one = services.ledger.commitments.of_agreement(meeting, agreement)
    return {
        "commitment": one.name if one is not None else "",
        "state": one.state.value if one is not None else "",
    }
