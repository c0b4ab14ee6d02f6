"""Plain talk is not lost: by the menu of a message it goes along, once its author agreed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import discord
from simcord import results

from tests.discord.test_evening import House, words
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import says, wording

WORDS = "Er moeten kastanjes langs de Zomerstraat."
YES, NO = (wording(f"choice_gather_{one}").capitalize() for one in ("yes", "no"))
TAKE, MINE, TURN = (wording(f"message_{one}") for one in ("take", "statement", "word"))


async def begin(house: House, format: str = "stellingenronde") -> Any:
    agreed = {"format": format, "titel": "Ons gesprek", "afspraken": CHARTER}
    await house.command("vera", "gesprek nieuw", **agreed)
    await house.command("vera", "gesprek start")
    await house.until(house.shown)
    return house.app._engine.ledger.states["ons-gesprek"]


async def chooses(house: House, who: str, entry: str, message: Any) -> str:
    """Choose in the menu of a message in the room; what only they read then."""
    result = await house.world.person(who).context_menu(house.world.room, entry, message)
    answer = await house.until(lambda: result.response if result.response is not None else None)
    await house.until(lambda: answer.components or answer.content)
    assert answer.ephemeral
    return words(answer)


def told(text: str, code: str) -> bool:
    """Whether this was said; people's programs are in English here."""
    return says(text, code, "en")


def asking(house: House) -> Any:
    """The message that asks the author, if it stands."""
    return next((one for one in house.shown() if "gather_yes" in str(one.components)), None)


async def presses(house: House, who: str, label: str) -> str:
    return words(await house.press(who, asking(house), label))


def kept(house: House) -> bytes:
    return b"".join(one.read_bytes() for one in house.file.parent.glob("town.db*"))


def items(state: Any) -> list[str]:
    return list(state.items.by_number)


def run(
    house: House, work: Callable[[House, Any, Any], Any], format: str = "stellingenronde"
) -> None:
    """A dialogue, in whose room anna says something."""

    async def evening(house: House) -> None:
        state = await begin(house, format)
        said = await house.world.person("anna").send(house.world.room, WORDS)
        await work(house, state, said)

    house.run(evening)


def test_only_the_author_s_yes_counts(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        house.world.person("bram")
        assert told(await chooses(house, "vera", TAKE, said), "gather_looking")
        question = await house.until(lambda: asking(house))
        # it names and pings nobody, and leads to the message
        assert "anna" not in text_of(question).lower()
        assert "@" not in text_of(question)
        assert WORDS not in text_of(question)
        assert f"/{said.channel.id}/{said.id}" in str(question.components)
        assert b"kastanjes" not in kept(house)
        for who in ("bram", "vera"):
            assert told(await presses(house, who, YES), "gather_not_yours")
        assert items(state) == []
        assert asking(house)
        assert b"kastanjes" not in kept(house)
        assert "S1" in await presses(house, "anna", YES)
        assert items(state) == ["S1"]
        await house.until(lambda: asking(house) is None)

    run(house, work)


def test_a_no_keeps_nothing(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        await chooses(house, "vera", TAKE, said)
        await house.until(lambda: asking(house))
        assert told(await presses(house, "anna", NO), "gather_no")
        await house.until(lambda: asking(house) is None)
        assert items(state) == []
        assert b"kastanjes" not in kept(house)

    run(house, work)


def test_a_question_that_nobody_answers_is_gone_after_a_day(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        await chooses(house, "vera", TAKE, said)
        await house.until(lambda: asking(house))
        await house.world.env.advance_time(timedelta(hours=25).total_seconds())
        await house.app._thread.call(house.app._chores.clean)
        house.app._couriers.after(())
        await house.until(lambda: asking(house) is None)
        assert items(state) == []

    run(house, work)


def test_what_was_changed_since_is_not_taken(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        await chooses(house, "vera", TAKE, said)
        await house.until(lambda: asking(house))
        await house.world.person("anna").edit(said, "Toch liever geen bomen.")
        assert says(await presses(house, "anna", YES), "gather_gone")
        assert items(state) == []

    run(house, work)


def test_who_may_ask_and_for_what(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        # who may manage messages sees the entry, and is no moderator by that
        tidies = discord.Permissions(manage_messages=True)
        house.world.roles["tidies"] = house.world.guild.create_role("Opruimer", permissions=tidies)
        house.world.person("bram", "tidies")
        assert told(await chooses(house, "bram", TAKE, said), "gather_moderators_only")
        own = await house.until(house.shown)
        card = results.to_discord_message(house.world.env, own[0])
        assert told(await chooses(house, "vera", TAKE, card), "message_no_words")
        mine = await house.world.person("vera").send(house.world.room, "Ik leid het gesprek hier.")
        await chooses(house, "vera", TAKE, mine)
        staff = house.world.staff

        def told_staff() -> bool:
            seen = map(text_of, house.world.stored(staff).values())
            return any(says(one, "gather_residents_only") for one in seen)

        await house.until(told_staff)
        assert asking(house) is None
        assert items(state) == []

    run(house, work)


def test_the_author_gives_their_own(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        house.world.person("bram")
        assert told(await chooses(house, "bram", MINE, said), "message_not_yours")
        assert items(state) == []
        assert b"kastanjes" not in kept(house)
        assert re.search(r"\bS1\b", await chooses(house, "anna", MINE, said))
        assert items(state) == ["S1"]

    run(house, work)


def test_a_circle_s_word(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        assert "turn" in await chooses(house, "anna", TURN, said)
        assert items(state) == []
        await house.command("anna", "spreken")
        await house.command("vera", "door")
        assert "W1" in await chooses(house, "anna", TURN, said)
        assert items(state) == ["W1"]

    run(house, work, "kring")


def test_a_reply_to_the_card(house: House) -> None:
    async def work(house: House, state: Any, said: Any) -> None:
        card = results.to_discord_message(house.world.env, house.shown()[0])
        anna = house.world.person("anna")
        await anna.send(house.world.room, WORDS, reply_to=card)
        question = await house.until(lambda: asking(house))
        assert WORDS not in text_of(question)
        assert b"kastanjes" not in kept(house)
        assert "S1" in await presses(house, "anna", YES)
        assert items(state) == ["S1"]

    run(house, work)
