"""The pictures of Discord: the whole bot on the double of the tests, played by its residents.

What stands in the channels then is drawn by our own rendering (``discord_page.py``).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.discord_page import page
from tests.discord.double.house import House, choosing, offered, until
from tests.discord.double.server import Double
from tests.discord.double.town import MODERATOR, ROOM, Json, text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER

#: The width of a desk and of a phone, and the height of each picture on them, in dots.
DESK, PHONE = 900, 390
HEIGHTS = {"card": (380, 550), "flow": (630, 790), "staff": (400, 720)}

#: What Discord writes under a message that one person sees.
ONLY = "Alleen jij kunt dit zien"

STATEMENTS = {
    "bram": "Er moeten meer bomen in de straat komen.",
    "carla": "De bus moet ook 's avonds elk kwartier rijden.",
    "daan": "Er komt een zebrapad bij de school.",
}

#: Makes a picture of a page: the page, the name of the picture, and its width and height.
Shoot = Callable[[str, str, tuple[int, int]], None]


def pictures(shoot: Shoot) -> None:
    """Play a dialogue and take the pictures of it."""
    for name, (channel, messages) in asyncio.run(_played()).items():
        drawn = page(channel, messages, ONLY)
        desk, phone = HEIGHTS[name]
        shoot(drawn, f"discord-{name}", (DESK, desk))
        shoot(drawn, f"discord-{name}-phone", (PHONE, phone))


async def _played() -> dict[str, tuple[str, list[Json]]]:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        async with Double() as double:
            double.points(patch)
            async with House(Path(folder), double) as house:
                return await _evening(house)


async def _evening(house: House) -> dict[str, tuple[str, list[Json]]]:
    people = house.people
    people.named("vera").roles = (MODERATOR,)
    await house.until_ready()
    title = {"format": "stellingenronde", "titel": "De Zomerstraat opnieuw"}
    agreed = f"{CHARTER} toetsing=vooraf"
    await people.answered(await people.command("vera", "gesprek nieuw", **title, afspraken=agreed))
    await people.answered(await people.command("vera", "gesprek start"))
    for who, text in STATEMENTS.items():
        await people.answered(await people.command(who, "stelling", tekst=text))
    work = await people.answered(await people.command("vera", "werk"))
    staff = [dict(message) for message in people.staff()][-2:]
    staff = staff if work["id"] in [one["id"] for one in staff] else [*staff, dict(work)]
    await people.writes("vera", "ok S1 S2 S3", called=True)
    await until(lambda: "3 stellingen" in text_of(people.room()[0]))
    await people.writes("bram", "Goed dat we hierover praten!")
    offer = await offered(people, "anna")
    first = dict(offer)
    agree = next(one for (_, choice), one in choosing(offer).items() if choice == "agree")
    await people.press("anna", offer, agree)
    await until(lambda: text_of(offer) != text_of(first))
    room = [dict(message) for message in house.double.town.seen(ROOM)]
    return {
        "card": ("zomerstraat", room),
        "flow": ("zomerstraat", [first, dict(offer)]),
        "staff": ("staf", staff),
    }
