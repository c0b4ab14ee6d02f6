"""A meeting that is planned in the chat stands in the server's list of events, and follows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.town.alarms import alarm_words
from tests.discord.test_evening import House
from tests.discord.test_events import allow, listed

DAY = timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    allow(made.world)
    return made


async def new(house: House, title: str = "Bewonersavond") -> None:
    at = house.world.env.now() + 3 * DAY
    await house.command(
        "vera", "moment nieuw", titel=title, wanneer=f"{at:%Y-%m-%d} 20:00", waar="Wijkhuis"
    )


def events(house: House) -> list[tuple[Any, ...]]:
    return [(event.name, event.status) for event in listed(house.world)]


def test_a_meeting_stands_there_is_moved_and_called_off(house: House) -> None:
    async def life(house: House) -> None:
        await new(house)
        await house.until(lambda: events(house) == [("Bewonersavond", 1)])
        (event,) = listed(house.world)
        assert event.entity_metadata == {"location": "Wijkhuis"}
        assert "/aanmelden" in event.description
        before = event.scheduled_start_time
        at = house.world.env.now() + 4 * DAY
        await house.command(
            "vera", "moment verzet", bijeenkomst="M1", wanneer=f"{at:%Y-%m-%d} 21:00", want="Vol"
        )
        await house.until(lambda: listed(house.world)[0].scheduled_start_time != before)
        await house.again()
        await house.command("vera", "moment afzeggen", bijeenkomst="M1", reden="De zaal is dicht.")
        await house.until(lambda: events(house) == [("Bewonersavond", 4)])

    house.run(life)
    house.world.close()


def test_meetings_of_young_people_do_not(house: House) -> None:
    """All who are in the server read that list."""
    rooms = replace(house.town.rooms, youth={"zomerstraat": alarm_words([])})
    house.town = replace(house.town, rooms=rooms)

    async def life(house: House) -> None:
        await new(house)
        await house.until(house.shown)
        assert events(house) == []

    house.run(life)
    house.world.close()


def test_who_asks_for_the_agenda_alone_gets_it_as_a_file_too(house: House) -> None:
    async def asked(house: House) -> None:
        await new(house)
        await house.until(house.shown)
        answer = await house.command("anna", "agenda")
        (file,) = answer.attachments
        assert file.filename == "agenda.ics"
        staff = await house.command("vera", "agenda")
        assert not staff.attachments

    house.run(asked)
    house.world.close()
