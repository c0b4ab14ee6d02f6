"""A start at an hour (``start om=…``) and the hours of all rounds (``gesprek rooster``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.votes import read
from commands import said as words
from commands.times import moments
from dialogues import announce_planned
from dialogues import intents as it
from dialogues.core import Notice, Refused, Value
from dialogues.dialogue import Dialogue, Planned
from dialogues.intents import Hour
from dialogues.schedule import END


def check_room(services: Services, dialogue: Dialogue, opens: Hour, closes: Hour | None) -> None:
    """Raise ``Refused`` where another dialogue will be open in the room at that hour. ``closes`` is
    when this one closes again, as far as that is known."""
    mine = Planned(opens.at, closes.at if closes else None)
    for other in services.ledger.in_room(dialogue.room):
        if other is not dialogue and _open_then(other, dialogue, mine):
            raise Refused("room_taken_then", room=dialogue.room, title=other.title, at=opens.at)


def _open_then(other: Dialogue, dialogue: Dialogue, mine: Planned) -> bool:
    """Whether another dialogue is open, or will be, at some moment of a planned one."""
    frame = other.open_frame
    end = other.schedule.end
    if other.planned is not None:
        ends, theirs = _ends(dialogue, mine), other.planned
        until = end.at if end is not None else _ends(other, theirs)
        return theirs.opens_at < ends and mine.opens_at < until
    if frame is None:
        return False
    if end is not None:
        return end.at > mine.opens_at
    more = frame.index + 1 < len(other.frames)
    return more or frame.closes_at is None or frame.closes_at > mine.opens_at


def _ends(dialogue: Dialogue, planned: Planned) -> datetime:
    """Until when a planned dialogue is open at least."""
    days = timedelta(days=dialogue.frames[0].plan.days)
    return planned.closes_at or planned.opens_at + days


def schedule(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.SetSchedule
) -> list[Notice]:
    """Set hours at which rounds open by themselves, or show them."""
    if said.hours:
        hours = _hours(asker, dialogue, said)
        if 0 in hours:
            youth.before_start(services, asker, dialogue)
            check_room(services, dialogue, hours[0], hours.get(END) or hours[max(hours)])
        services.act(asker, dialogue, it.SetSchedule(hours, said.want))
    return [scheduled(dialogue)]


def _hours(asker: Asker, dialogue: Dialogue, said: words.SetSchedule) -> dict[int, it.Hour]:
    """The typed moments by the index of their round. An hour alone is that of the day of the round
    before it. Raises ``Refused``."""
    zone, found = ZoneInfo(dialogue.zone), dict[int, it.Hour]()
    known = {one.round: one.at for one in dialogue.schedule.hours()}
    for number, typed in sorted(said.hours.items(), key=lambda one: (one[0] == 0, one[0])):
        index = number - 1  # of the end: ``END``
        before = max((r for r in known if r != END and (index == END or r < index)), default=None)
        after = known[before] if before is not None else None
        moment = read(moments.parse_after(typed, after, asker.at, zone))
        found[index] = it.Hour(moment.at, moment.wall)
        known[index] = moment.at
    return found


def scheduled(dialogue: Dialogue) -> Notice:
    """The notice of the hours at which rounds open by themselves."""
    frame = dialogue.open_frame
    data: dict[str, Value] = {
        "title": dialogue.title,
        "rounds": announce_planned.hours(dialogue, dialogue.schedule.hours()),
        "round": frame.index + 1 if frame is not None else 0,
        "closes_at": frame.closes_at if frame is not None else None,
        **_example(dialogue),
    }
    return Notice("schedule_now", data)


def _example(dialogue: Dialogue) -> dict[str, Value]:
    """An example of what to type for these rounds: the ``first`` one that it gives an hour (0:
    none is left), the ``more`` hours that go with it, and the ``end``. Of a schedule that is there
    it is the last hour, a little later."""
    known = dialogue.schedule.openings
    if known:
        later = (known[-1].at + timedelta(minutes=5)).astimezone(ZoneInfo(dialogue.zone))
        return {"first": known[-1].round + 1, "more": f"{later:%H:%M}", "end": "", "alone": True}
    first, last = dialogue.current + 2, len(dialogue.frames)
    hours = [f"{20 + half // 2}:{half % 2 * 30:02}" for half in range(1, last - first + 2)]
    rest = [f'{number}="{hour}"' for number, hour in enumerate(hours[:-1], first + 1)]
    end = hours[-1] if hours else ""
    return {
        "first": first if hours else 0,
        "more": " ".join(rest),
        "end": end,
        "alone": not rest,
    }


def planned(dialogue: Dialogue) -> Notice:
    """The notice of when a dialogue opens by itself."""
    assert dialogue.planned is not None
    data: dict[str, Value] = {
        "title": dialogue.title,
        "opens_at": dialogue.planned.opens_at,
        "closes_at": dialogue.planned.closes_at,
    }
    return Notice("start_planned", data)
