"""The result of a poll about a date in a room of young people: a picture, with its words beside it
for who cannot see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.discord.council import RESIDENTS, Council
from tests.replay.playing import LIVE_CHARTER as CHARTER

OPTIONS = 'soort=datum vraag="Wanneer komen we samen?" opties="5 februari 20:00 | 6 februari 20:00"'


def described(parts: Any) -> list[str]:
    """What is said of each picture in a message."""
    found = []
    for one in parts:
        found += [item["description"] for item in one.get("items", ()) if "description" in item]
        found += described(one.get("components") or ())
    return found


def test_a_poll_about_a_date_has_its_picture_too(tmp_path: Path) -> None:
    house = Council(tmp_path, youth=True)

    async def evening(house: Council) -> None:
        for who in (*RESIDENTS, "vera"):
            await house.says(who, "nederlands")
        agreed = {"format": "peiling", "titel": "Wanneer", "afspraken": CHARTER}
        await house.says("vera", "gesprek nieuw", **agreed)
        await house.says("vera", "peiling", peiling=OPTIONS)
        await house.says("vera", "gesprek start")
        for who in RESIDENTS:
            choice = "2" if who == "femke" else "1"
            await house.says(who, "stem", item="P1", keuze=choice)
        await house.says("vera", "gesprek sluit")
        await house.until(lambda: any("plaatje" in text for text in house.reads()))
        room = house.world.stored(house.world.room).values()
        (said,) = [text for one in room for text in described(one.components)]
        assert "5 februari 2026 om 20.00 uur: 5" in said
        assert "6 februari 2026 om 20.00 uur: 1" in said

    house.run(evening)
    house.world.close()
    assert house.log == []
