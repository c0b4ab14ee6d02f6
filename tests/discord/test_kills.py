"""The whole program is killed, and started again: each message stands once, each vote counts once.

What stands in a channel is known by the token in its ``custom_id`` alone: Discord forgets every
nonce here.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.discord.conftest import OnDouble
from tests.discord.double.house import choosing, offered, opened, tally, tokens, until
from tests.discord.double.rest import Interaction
from tests.discord.double.running import Running
from tests.discord.double.server import Cut, Request
from tests.discord.double.town import Json, text_of

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.")
VOTERS = ("anna", "bram", "carla", "dirk", "eva", "fien")

#: How long somebody waits before they press again, in seconds.
PATIENCE = 4.0


async def surely(
    running: Running, does: Callable[[], Coroutine[Any, Any, Interaction]]
) -> Interaction:
    """Do something until it is answered, as people do who read that it failed, or nothing."""
    while True:
        await running.there()
        asked = await does()
        with suppress(TimeoutError):
            await until(partial(_over, running, asked), PATIENCE)
        if asked.answers:
            return asked


def _over(running: Running, asked: Interaction) -> bool:
    return bool(asked.answers) or not running.ready.is_set()


async def pressed(running: Running, who: str, message: Json, one: str) -> Interaction:
    return await surely(running, partial(running.double.people.press, who, message, one))


@pytest.mark.parametrize("carried_out", [False, True], ids=["before", "after"])
def test_killed_between_a_press_and_its_answer(carried_out: bool, on_double: OnDouble) -> None:
    """Before Discord heard the acknowledgement, and after; who got no answer presses again."""

    async def work(running: Running) -> None:
        await opened(running.double.people, TEXTS[0])
        messages = {who: await offered(running.double.people, who, running.key) for who in VOTERS}

        async def kills(request: Request) -> web.StreamResponse | None:
            if request.path.endswith("/callback") and running.kills < 3:
                running.kill()
                raise Cut
            return None

        if carried_out:
            running.double.after = kills
        else:
            running.double.before = kills
        for number, (who, message) in enumerate(messages.items()):
            choice = "disagree" if number == 0 else "agree"
            await pressed(running, who, message, choosing(message, running.key)["S1", choice])
        await running.there()

    running = on_double(work, Running)
    assert running.kills == 3
    assert tally(running.dialogue()) == {"agree": 5, "disagree": 1}
    assert running.cast() == ["S1"] * 6


@pytest.mark.parametrize(
    ("point", "counted"),
    [
        ("after bot.ledger.states:States.act", False),
        ("after bot.engine.engine:Engine._in_transaction", True),
    ],
    ids=["before the commit", "after the commit"],
)
def test_killed_between_the_acknowledgement_and_the_answer(
    point: str,
    counted: bool,
    on_double: OnDouble,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Discord has heard that the answer comes, and it never does. Whoever presses again has one
    vote, and reads that it is in."""
    now = tmp_path / "now"
    monkeypatch.setenv("DOUBLE_DIES", f"{point}|{now}")
    cast: list[int] = []

    async def work(running: Running) -> None:
        people = running.double.people
        await opened(people, TEXTS[0])
        message = await offered(people, "anna", running.key)
        one = choosing(message, running.key)["S1", "agree"]
        now.touch()
        asked = await people.press("anna", message, one)
        await running.dies()
        assert asked.kind
        assert not asked.answers
        cast.append(len(running.cast()))
        again = await pressed(running, "anna", message, one)
        shown = text_of(await people.answered(again))
        assert "S1 eens" in shown
        assert "Uw code: " in shown

    running = on_double(work, Running)
    assert cast == [int(counted)]
    assert running.kills == 1
    assert tally(running.dialogue()) == {"agree": 1}
    assert running.cast() == ["S1"]


def test_killed_at_random_moments_while_people_press(on_double: OnDouble) -> None:
    chance = random.Random(11)

    last: dict[tuple[str, str], str] = {}

    async def work(running: Running) -> None:
        await opened(running.double.people, *TEXTS)
        messages = {who: await offered(running.double.people, who, running.key) for who in VOTERS}
        known = {}
        for who, message in messages.items():  # so that both were shown once
            known[who] = choosing(message, running.key)
            item = next(iter(known[who]))[0]
            await pressed(running, who, message, known[who][item, "pass"])
            last[who, item] = "pass"
            seen = running.double.people.private(who)
            known[who] |= {k: v for m in seen for k, v in choosing(m, running.key).items()}
        for number in range(18):
            who, item = VOTERS[number % 6], chance.choice(("S1", "S2"))
            choice = chance.choice(("agree", "disagree", "pass"))
            if number % 3 == 0:
                loop = asyncio.get_running_loop()
                loop.call_later(chance.random() * 0.03, running.kill)
            await pressed(running, who, messages[who], known[who][item, choice])
            last[who, item] = choice
        await running.there()

    running = on_double(work, Running)
    assert running.kills >= 4
    for item in ("S1", "S2"):
        wanted = Counter(choice for (_, where), choice in last.items() if where == item)
        assert tally(running.dialogue(), item) == wanted


def test_killed_between_posting_and_noting_that_it_stands(on_double: OnDouble) -> None:
    """After each of the first messages that the bot posts by itself."""

    async def work(running: Running) -> None:

        async def kills(request: Request) -> web.StreamResponse | None:
            posts = request.method == "POST" and request.path.startswith("/channels/")
            if posts and running.kills < 5:
                running.double.rest.forget_nonces()
                running.kill()
                raise Cut
            return None

        people = running.double.people
        await opened(people, start=False)
        running.double.after = kills
        await surely(running, partial(people.command, "vera", "gesprek start"))
        for text in TEXTS:
            await surely(running, partial(people.command, "zoe", "stelling", tekst=text))
        await until(lambda: people.room() and running.kills)
        await running.there()
        for who in VOTERS:
            await until(lambda: people.room() and running.ready.is_set(), 60)
            message = await offered(people, who, running.key)
            shown = choosing(message, running.key)
            one = next(one for (_, choice), one in shown.items() if choice == "agree")
            await pressed(running, who, message, one)
        await running.there()
        await people.writes("vera", "sluit ja", called=True)
        await until(lambda: len(people.room()) >= 2 and running.kills >= 2, 60)
        await running.there()
        await people.command("vera", "status")

    running = on_double(work, Running)
    people = running.double.people
    stand = tokens([*people.room(), *people.staff()], running.key)
    assert max(Counter(stand).values()) == 1
    assert max(Counter(map(text_of, people.room())).values()) == 1
    counted = [tally(running.dialogue(), item).get("agree", 0) for item in ("S1", "S2")]
    assert sum(counted) == 6
