"""Where the config says so, what is said of a dialogue stands in one thread under its first
card, or in one post of a forum; what has to be found later stands in the channel itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.platforms.discord import Discord
from bot.platforms.messages import Message
from storage.posts import Post
from tests.discord.test_evening import ROOM, House, words
from tests.discord.world import GUILD, text_of
from tests.documents import words as said
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


# -- one thread for a dialogue --------------------------------------------------------------------


def threads(house: House) -> list[Any]:
    return list(house.world.room.threads)


def staff_reads(house: House, code: str) -> bool:
    every = house.world.stored(house.world.staff).values()
    return any(says(text_of(one), code) for one in every)


def test_a_dialogue_has_one_thread_with_its_title(threaded: House) -> None:
    """Also after a restart, and in a later round, which has another card."""

    async def evening(house: House) -> None:
        card = await begin(house)
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: len(inside(house, card)) == 1)
        await house.again()
        await house.command("bram", "stelling", tekst="De bus moet vaker rijden.")
        await house.until(lambda: len(inside(house, card)) == 2)
        first, other = str(card.id), str(card.id + 1)
        later = Message(
            ROOM, "b" * 20, said("Nog tien minuten."), dialogue="ons-gesprek", thread=other,
            opening=first, subject="Ons gesprek",
        )  # fmt: skip
        assert (await house.world.platform.send(later)).startswith(first)
        assert [one.name for one in threads(house)] == ["Ons gesprek"]

    threaded.run(evening)


def test_the_first_card_is_known_though_it_was_posted_again(threaded: House) -> None:
    async def evening(house: House) -> None:
        card = await begin(house)
        known, place = house.app._store.posts, str(ROOM)
        await house.until(lambda: known.standing("ons-gesprek", "card-0", place))
        for number in range(30):  # far more than are remembered otherwise
            post = Post("ons-gesprek", "card-0", place, str(number))
            known.step_down(post)
            known.stands(f"card{number}", post, 0)
            known.take_former(post)
        assert known.first("ons-gesprek", "card-*", place) == str(card.id)

    threaded.run(evening)


ASLEEP, LOCKED, UNKNOWN, NO_RIGHT = 50083, 160005, 10003, 50013


def test_a_thread_that_sleeps_is_woken_up(threaded: House) -> None:
    """For a new message, and to change one that stands there."""

    async def evening(house: House) -> None:
        card, env = await begin(house), house.world.env
        # SimCord asks for more than Discord, where who may write in a thread may wake it up
        own = env.backend.guilds[GUILD].roles[house.world.own.id]
        own.permissions |= discord.Permissions(manage_channels=True).value
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: len(inside(house, card)) == 1)
        for method, path in (("POST", "messages"), ("*", "messages/*")):
            env.inject_error(method, f"/channels/{card.id}/{path}", status=400, code=ASLEEP)
        await house.command("bram", "stelling", tekst="De bus moet vaker rijden.")
        await house.until(lambda: len(inside(house, card)) == 2)
        await house.command("vera", "verberg", item="S1", reden="reclame")
        await house.until(lambda: not any("bomen" in one for one in inside(house, card)))
        woken = [one for one in house.world.sent if one[2] == {"archived": False}]
        assert [one[1] for one in woken] == [f"/channels/{card.id}"] * 2
        assert len(outside(house)) == 1

    threaded.run(evening)


@pytest.mark.parametrize("code", [LOCKED, UNKNOWN, NO_RIGHT])
def test_where_a_thread_is_locked_or_gone_all_stands_in_the_channel(
    code: int, threaded: House
) -> None:
    """Staff reads so once."""

    async def evening(house: House) -> None:
        card, env = await begin(house), house.world.env
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: len(inside(house, card)) == 1)
        for path in (f"/channels/{card.id}/messages*", f"/channels/{card.id}"):
            env.inject_error("*", path, status=403, code=code, times=None)
        for who, text in (("bram", "De bus moet vaker rijden."), ("anna", "De markt moet open.")):
            await house.command(who, "stelling", tekst=text)
        await house.until(lambda: len(outside(house)) == 3)
        await house.until(lambda: staff_reads(house, "trouble_thread_closed"))
        # what stood there cannot be changed any more; nothing waits for it
        await house.command("vera", "verberg", item="S1", reden="reclame")
        await house.command("vera", "verberg", item="S2", reden="reclame")
        await house.until(lambda: not any("vaker" in one for one in outside(house)))
        told = house.world.stored(house.world.staff).values()
        assert sum(says(text_of(one), "trouble_thread_closed") for one in told) == 1

    threaded.run(evening)


# -- a forum --------------------------------------------------------------------------------------


@pytest.fixture
def forum(house: House) -> Any:
    """The forum channel of the room; the bot posts there."""
    world = house.world
    made = world.guild.create_forum_channel("gesprekken")
    world.settings = replace(world.settings, forums={"zomerstraat": made.id})
    world.platform = Discord(world.settings, world.alarms.append)
    return made


def posts(house: House, forum: Any) -> dict[str, list[str]]:
    """What all see in each post of a forum, by its title; the first message says what it is."""
    found = {}
    for thread in forum.threads:
        every = house.world.env.backend.messages.get(thread.id, {}).values()
        found[thread.name] = [text_of(one) for one in every if not one.is_ephemeral]
    return found


def test_a_dialogue_is_one_post_in_a_forum(house: House, forum: Any) -> None:
    """Found again after a restart; what is pressed there is pressed in the room."""

    async def evening(house: House) -> None:
        await begin(house)
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.until(lambda: len(posts(house, forum).get("Ons gesprek", ())) == 2)
        assert "S1" in posts(house, forum)["Ons gesprek"][1]
        assert len(outside(house)) == 1
        await house.again()
        await house.command("bram", "stelling", tekst="De bus moet vaker rijden.")
        await house.until(lambda: len(posts(house, forum)["Ons gesprek"]) == 3)
        assert len(posts(house, forum)) == 1
        (thread,) = forum.threads
        shown = list(house.world.env.backend.messages[thread.id].values())[1]
        await house.press("anna", shown, "Oneens")
        state = house.app._engine.ledger.states["ons-gesprek"]
        await house.until(lambda: state.states[0].box.turnout == 1)

    house.run(evening)
