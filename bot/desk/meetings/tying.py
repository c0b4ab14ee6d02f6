"""The length of a meeting, and the dialogue that opens with it and follows its hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.leading.planning import check_room
from bot.desk.services import Services
from bot.desk.which import in_sight, option
from bot.ledger.names import slug
from commands.times.lengths import length
from dialogues.core import Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import Hour, TieHours
from meetings.meeting import Hours, Meeting

#: How long a meeting lasts where nothing was said, and at most.
DURATION, LONGEST = timedelta(hours=2), timedelta(days=3)


def length_of(values: Mapping[str, str], known: Hours | None = None) -> timedelta:
    """How long a meeting is to last: as typed, as before, or two hours."""
    if "duur" not in values:
        return known.ends_at - known.begins_at if known is not None else DURATION
    typed = length(values["duur"])
    if typed is None or not timedelta() < typed <= LONGEST:
        raise Refused("meeting_duration", value=values["duur"][:40])
    return typed


def found(services: Services, asker: Asker, typed: str) -> Dialogue:
    """The dialogue that was named, by its id or its title."""
    known = [d for d in in_sight(services, asker) if d.status is Status.PREPARING]
    named = typed.removeprefix("@").casefold()
    mine = [d for d in known if d.id == named] or [d for d in known if slug(d.title) == slug(typed)]
    if len(mine) != 1:
        options = [option(d) for d in mine or known]
        raise Refused("no_such_dialogue", target=typed[:40], options=options)
    return mine[0]


def opened(services: Services, asker: Asker, meeting: Meeting, want: str = "") -> None:
    """Have the tied dialogue open at the hour of the meeting, and close at its end."""
    dialogue = services.ledger.states.get(meeting.plan.dialogue)
    if dialogue is None or meeting.hours is None:
        return
    if dialogue.room != meeting.room:
        raise Refused("meeting_other_room", room=dialogue.room, title=dialogue.title)
    check(services, dialogue, meeting.hours)
    opens, ends = _hours(meeting.hours, meeting.zone)
    services.act(asker, dialogue, TieHours(meeting.name, opens, ends, want))


def check(services: Services, dialogue: Dialogue, hours: Hours) -> None:
    """Raise ``Refused`` where another dialogue will be open in the room at these hours."""
    check_room(services, dialogue, *_hours(hours, dialogue.zone))


def loosened(services: Services, asker: Asker, meeting: Meeting, want: str) -> None:
    """Leave the tied dialogue unopened; staff can start it otherwise."""
    dialogue = services.ledger.states.get(meeting.plan.dialogue)
    if dialogue is not None and dialogue.status is Status.PREPARING:
        services.act(asker, dialogue, TieHours(meeting.name, None, None, want))


def _hours(hours: Hours, zone: str) -> tuple[Hour, Hour]:
    ends = hours.ends_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return Hour(hours.begins_at, hours.wall), Hour(hours.ends_at, ends.isoformat())
