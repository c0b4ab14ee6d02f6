"""How soon the program is ready again that is killed and started from nothing, in a town of some
size: once somebody's vote is answered.

No test judges a time; a soak does, by the figure ``ready again by itself``: without what the
program waited for a processor that others had.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.town import keys
from tests.discord.conftest import OnDouble
from tests.discord.double.house import choosing, joining, tally
from tests.discord.double.people import People, until
from tests.discord.double.running import FromNothing, Running
from tests.discord.double.town import Json, custom_ids
from tests.discord.seam import Seam
from tests.discord.test_kills import pressed
from tests.engine.bots import KEY
from tests.generated import LONG, figure, some
from tests.replay.playing import LIVE_CHARTER

#: How many votes stand in the journal, and on what.
EVENTS = some(20_000, long=100_000)
TEXTS = (
    "Er moeten meer bomen komen.",
    "De bus moet vaker rijden.",
    "Het plein wordt groen.",
    "Auto's horen hier niet.",
    "Fietsers krijgen voorrang op de brug.",
    "De markt blijft op zaterdag.",
    "Wij willen een speeltuin bij de gracht.",
    "Lantaarns gaan om middernacht uit.",
)

KILLS = some(4, long=10)

#: How many votes are handled in one go.
_AT_ONCE = 500

CHOICES = ("agree", "disagree", "pass")


def fill(folder: Path) -> None:
    """A town in which so many votes were given yesterday: everybody on each statement."""
    keys.make(folder / "town.key", KEY)
    seam = Seam(folder / "stadsgesprek.db", start=datetime.now(UTC) - timedelta(days=1))
    agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": LIVE_CHARTER}
    seam.hears(seam.command("vera", "gesprek nieuw", **agreed, **{"in": "zomerstraat"}))
    seam.hears(seam.command("vera", "gesprek start"))
    for text in TEXTS:
        seam.hears(seam.command(f"zoe {text}", "stelling", tekst=text))
    told = (
        seam.press(f"buur{n // len(TEXTS)}", f"S{n % len(TEXTS) + 1}", CHOICES[n % 3])
        for n in range(EVENTS)
    )
    facts = asyncio.run(seam.facts(list(told)))
    for at in range(0, len(facts), _AT_ONCE):
        seam.puts(facts[at : at + _AT_ONCE])
    assert seam.dialogue.position > EVENTS
    seam.close()


async def offered(people: People, running: Running, who: str) -> Json:
    """The message with statements that the card brings somebody."""
    card = next(one for one in people.room() if "meedoen" in "".join(custom_ids(one)))
    asked = await pressed(running, who, card, joining(card, running.key))
    return await people.answered(asked)


@pytest.mark.timeout(2400 if LONG else 600)  # where others have the processors too
def test_ready_again_after_a_kill(on_double: OnDouble, tmp_path: Path) -> None:
    fill(tmp_path)
    votes: dict[str, int] = {}

    async def work(running: Running) -> None:
        assert isinstance(running, FromNothing)
        people = running.double.people
        await until(people.room, 60)
        message = await offered(people, running, "anna")
        shown = choosing(message, running.key)
        for number in range(KILLS):
            item, _ = next(iter(shown))
            running.kill()
            asked = await pressed(running, "anna", message, shown[item, CHOICES[number % 3]])
            took = time.monotonic() - running.began
            assert asked.answers
            figure("ready again", took)
            figure("ready again by itself", took - running.waited())
            votes[item] = number

    running = on_double(work, FromNothing)
    figure("starts", running.kills)
    assert running.kills == KILLS
    ((item, number),) = votes.items()
    everybody = EVENTS // len(TEXTS)
    assert sum(tally(running.dialogue(), item).values()) == everybody + 1
    assert running.cast().count(item) == everybody + number + 1
