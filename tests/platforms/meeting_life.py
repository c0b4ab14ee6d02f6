"""The whole life of a meeting, lived on any platform: planned with places, signed up for by word
and by a press, full, moved, held and agreed; and another that is called off."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.text.informal import YOUNG
from meetings.meeting import Meeting, Phase, Stand
from tests.sentences import count_of, says, wording

_T = TypeVar("_T")

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

PLAN = 'moment nieuw Ons plein wanneer="over 3 dagen" plaatsen=2 waar="Buurthuis"'
MOVE = 'moment verzet M1 wanneer="over 2 dagen" want="De zaal is dicht."'

#: The formal "you".
FORMAL = re.compile(r"\b[Uu]w?\b")

#: What a meeting's journal says of its life; a free place is offered, or goes straight to who
#: waits.
BEFORE = ["MeetingPlanned", "SignedUp", "SignedUp", "SignedUp", "RemindersSet", "SignedOff"]
AFTER = ["RemindersGiven", "MeetingMoved", "RemindersGiven", "MeetingBegan", "MeetingHeld"]
ASKED, STRAIGHT = ["PlaceOffered", "PlaceGiven"], ["PlaceGiven"]
AT_LAST = ["Attended", "Agreed"]


class There(Protocol):
    """A platform with a room and a staff room. ``asks``: it can ask somebody something who did
    nothing lately."""

    asks: bool

    async def say(self, who: str, text: str) -> None:
        """Say something in person, or as vera in the staff room; until it was handled."""
        ...

    async def press(self, who: str, number: int) -> None:
        """Sign up for the meeting with this number by what its card offers for that."""
        ...

    async def go_to(self, at: datetime) -> None:
        """It is this moment, and what is due has happened."""
        ...

    async def until(self, true: Callable[[], _T]) -> _T: ...

    def now(self) -> datetime: ...

    def meeting(self, number: int) -> Meeting | None: ...

    def journal(self, number: int) -> list[str]:
        """The events of a meeting, by name."""
        ...

    def read(self, who: str) -> list[str]:
        """What the bot said to somebody alone, the oldest first."""
        ...

    def room(self) -> list[str]:
        """What stands in the room of the bot, as it is now."""
        ...

    def staff(self) -> list[str]: ...


def meeting(there: There, number: int = 1) -> Meeting:
    found = there.meeting(number)
    assert found is not None
    return found


def cards(there: There, number: int, language: str = "nl") -> list[str]:
    name = f"M{number}"
    return [
        one
        for one in there.room()
        if says(one, "meeting_card", language) and re.search(rf"\b{name}\b", one)
        if not any(says(one, told, language) for told in TOLD)
    ]


#: What else the room is told of a meeting.
TOLD = ("meeting_begins", "meeting_moved", "meeting_called_off")


async def card(there: There, number: int, holds: str, language: str = "nl") -> str:
    """The only card of a meeting, once these words stand on it."""
    await there.until(lambda: any(holds in one for one in cards(there, number, language)))
    (only,) = cards(there, number, language)
    return only


async def told(
    there: There, where: Callable[[], list[str]], code: str, times: int = 1, language: str = "nl"
) -> None:
    """A text is read somewhere so often, and no more."""

    def count() -> int:
        return sum(count_of(one, code, language) for one in where())

    await there.until(lambda: count() >= times)
    assert count() == times, where()


async def lives(there: There) -> None:
    """From its planning to what was agreed."""

    async def reads(who: str, code: str, times: int = 1) -> None:
        await told(there, lambda: there.read(who), code, times)

    await there.say("vera", PLAN)
    empty = await card(there, 1, "Buurthuis")
    await there.say("anna", "aanmelden M1")
    await reads("anna", "meeting_signed_up")
    await there.press("bram", 1)
    await reads("bram", "meeting_signed_up")
    await there.say("cor", "aanmelden M1")
    await reads("cor", "meeting_waits")
    await there.until(lambda: cards(there, 1) != [empty])  # it says that it is full
    assert meeting(there).full
    await there.say("bram", "herinner M1")
    await there.say("anna", "afmelden M1")
    await reads("anna", "meeting_signed_off")
    if there.asks:
        await reads("cor", "your_meeting_offer")
        await there.say("cor", "aanmelden M1")
        await reads("cor", "meeting_signed_up")
    await there.until(lambda: meeting(there).sign_ups[3].stand is Stand.PLACE)
    await _reminded_and_moved(there, reads)
    await _held(there, reads)
    given = ASKED if there.asks else STRAIGHT
    assert _apart(there.journal(1)) == [*BEFORE, *given, *AFTER, *AT_LAST]


def _apart(journal: list[str]) -> list[str]:
    """Reminders that came at once, as those of a meeting that moved, are one."""
    return [one for n, one in enumerate(journal) if not n or one != journal[n - 1] or n < 4]


async def _reminded_and_moved(there: There, reads: Callable[..., Awaitable[None]]) -> None:
    hours = meeting(there).hours
    assert hours is not None
    await there.go_to(hours.begins_at - DAY)
    await reads("bram", "your_meeting_soon")
    await there.say("vera", MOVE)
    await told(there, there.room, "meeting_moved")
    await reads("bram", "your_meeting_moved")
    await card(there, 1, "Buurthuis")
    if there.asks:
        await reads("cor", "your_meeting_moved")
    await there.say("cor", "mijn")
    await there.until(lambda: "De zaal is dicht." in there.read("cor")[-1])
    await reads("cor", "mine_meetings")
    hours = meeting(there).hours
    assert hours is not None
    await there.go_to(hours.begins_at - HOUR)
    await reads("bram", "your_meeting_soon", 2)


async def _held(there: There, reads: Callable[..., Awaitable[None]]) -> None:
    hours = meeting(there).hours
    assert hours is not None
    await there.go_to(hours.begins_at)
    await told(there, there.room, "meeting_begins")
    await there.say("dirk", "aanmelden M1")
    await reads("dirk", "refused_meeting_begun")
    await there.go_to(hours.ends_at)
    await told(there, there.staff, "meeting_held_staff")
    await there.say("vera", "aanwezig M1 5")
    await there.say("vera", 'afgesproken M1 "De bank wordt gemaakt." wie="gemeente"')
    await card(there, 1, "De bank wordt gemaakt.")
    assert meeting(there).phase is Phase.HELD


async def is_called_off(there: There) -> None:
    """Somebody signed up for it."""
    await there.say("vera", PLAN)
    await card(there, 2, "Buurthuis")
    await there.press("eva", 2)
    await told(there, lambda: there.read("eva"), "meeting_signed_up")
    await there.say("vera", "moment afzeggen M2 Er is ijzel.")
    await told(there, there.room, "meeting_called_off")
    if there.asks:
        await told(there, lambda: there.read("eva"), "your_meeting_called_off")
    await there.say("eva", "mijn")
    await there.until(lambda: says(there.read("eva")[-1], "mine_meetings"))
    assert "Er is ijzel." in there.read("eva")[-1]
    await card(there, 2, "Er is ijzel.")
    await there.say("fien", "aanmelden M2")
    await told(there, lambda: there.read("fien"), "refused_meeting_phase")


# -- young people ---------------------------------------------------------------------------------

YOUTH = ("noor", "sem", "yara")


async def of_young_people(there: There) -> None:
    """Nobody is asked a name or written to first, no name is shown, and changes are told in the
    room."""
    acts = dict.fromkeys(YOUTH, 0)

    async def does(who: str, text: str, code: str) -> None:
        acts[who] += 1
        if text:
            await there.say(who, text)
        else:
            await there.press(who, 1)
        await told(there, lambda: there.read(who), code, language=YOUNG)

    await there.say("vera", PLAN)
    await card(there, 1, "Buurthuis", YOUNG)
    await does("noor", "", "meeting_signed_up")
    await does("noor", 'aanmelden M1 naam="Noor Zonderling"', "refused_meeting_no_names")
    assert meeting(there).sign_ups[1].name is None
    await does("noor", "herinner M1", "refused_meeting_no_reminders")
    await does("sem", "", "meeting_signed_up")
    await does("yara", "", "meeting_waits")
    await does("noor", "afmelden M1", "meeting_signed_off")
    await there.until(lambda: meeting(there).sign_ups[3].stand is Stand.PLACE)
    await there.say("vera", MOVE)
    await told(there, there.room, "meeting_moved", language=YOUNG)
    await there.say("vera", "agenda M1")
    await there.until(lambda: any(wording("group_youth") in one for one in there.staff()))
    hours = meeting(there).hours
    assert hours is not None
    for at in (hours.begins_at - DAY, hours.begins_at - HOUR, hours.begins_at):
        await there.go_to(at)
    await told(there, there.room, "meeting_begins", language=YOUNG)
    await there.go_to(hours.ends_at)
    await told(there, there.staff, "meeting_held_staff")
    await does("yara", "mijn", "mine_meetings")
    heard = {who: len(there.read(who)) for who in YOUTH}
    assert heard == acts, "nothing came but the answers to what they did"
    _nobody_is_named(there)
    every = [*there.room(), *(one for who in YOUTH for one in there.read(who))]
    formal = [one for one in every if FORMAL.search(re.sub(r"`[^`]*`|«[^»]*»", "", one))]
    assert formal == []


def _nobody_is_named(there: There) -> None:
    for text in (*there.room(), *there.staff()):
        assert not any(re.search(rf"\b{who}", text, re.IGNORECASE) for who in YOUTH), text
        assert "Zonderling" not in text
    assert all(one.name is None for one in meeting(there).sign_ups.values())


async def begins(there: There, youth: bool) -> None:
    if youth:
        await of_young_people(there)
    else:
        await lives(there)
        await is_called_off(there)
