"""Where the config says so, what is said of a round stands in a thread under its card; what has to
be found later stands in the channel itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.discord import Discord
from tests.discord.test_evening import ROOM, House, words
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import says


@pytest.fixture
def threaded(house: House) -> House:
    world = house.world
    world.settings = replace(world.settings, threads=frozenset({"zomerstraat"}))
    world.platform = Discord(world.settings, world.alarms.append)
    return house


def inside(house: House, card: Any) -> list[str]:
    """What all see in the thread of a card."""
    every = house.world.env.backend.messages.get(card.id, {}).values()
    return [text_of(one) for one in every if not one.is_ephemeral]


def outside(house: House) -> list[str]:
    return list(map(text_of, house.shown()))


async def begin(house: House) -> Any:
    agreed = {
        "format": "gesprek",
        "titel": "Ons gesprek",
        "afspraken": f"{CHARTER} stemming=open",
    }
    await house.command("vera", "gesprek nieuw", **agreed)
    await house.command("vera", "gesprek start")
    (card,) = await house.until(house.shown)
    return card


def test_a_round_is_talked_about_in_its_thread(threaded: House) -> None:
    async def evening(house: House) -> None:
        card = await begin(house)
        state = house.app._engine.ledger.states["ons-gesprek"]
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: inside(house, card))
        assert "S1" in inside(house, card)[0]
        assert len(outside(house)) == 1
        # a press in the thread is one in the room
        (shown,) = house.world.env.backend.messages[card.id].values()
        await house.press("bram", shown, "Oneens")
        assert state.states[0].box.turnout == 1
        # so is a word in it
        person, thread = house.world.person("anna"), house.world.room.threads[0]
        voted = await person.slash(thread, "stem", item="S1", keuze="eens")
        await house.until(lambda: voted.response)
        await house.until(lambda: state.states[0].box.turnout == 2)
        # what is changed or hidden there is found there
        await house.command("vera", "verberg", item="S1", reden="reclame")
        await house.until(lambda: not any("bomen" in one for one in inside(house, card)))
        # the result stands in the channel
        asked = await house.command("vera", "gesprek sluit")
        await house.press("vera", asked._message, "Yes")
        await house.until(lambda: any(says(one, "round_result") for one in outside(house)))
        assert not any(says(one, "round_result") for one in inside(house, card))

    threaded.run(evening)


def test_what_stands_in_a_thread_is_found_after_a_restart(threaded: House) -> None:
    async def evening(house: House) -> None:
        card = await begin(house)
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: inside(house, card))
        row = house.app._store.posts.standing("ons-gesprek", "item-S1")[0]
        token = next(
            t for t, name in house.world.platform._sending._sent.items() if name == row.message
        )
        again = Discord(house.world.settings, house.world.alarms.append)
        again._wire.client = house.world.platform._wire.client
        assert await again.find(ROOM, token) == row.message

    threaded.run(evening)


def test_without_the_right_all_stands_in_the_channel(threaded: House) -> None:
    world = threaded.world
    for role in world.env.backend.guilds[world.guild.id].roles.values():
        role.permissions &= ~(1 << 35)

    async def evening(house: House) -> None:
        card = await begin(house)
        given = await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        assert "S1" in words(given)
        await house.until(lambda: len(outside(house)) == 2)
        assert inside(house, card) == []

    threaded.run(evening)
