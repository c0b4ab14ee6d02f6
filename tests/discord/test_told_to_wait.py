"""Discord refuses for a while, fails, or its answer is lost: everything happens, and once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.discord import errors
from bot.platforms.live import Doubtful, NotYet
from bot.platforms.messages import Message
from tests.discord.double.house import STREET, House, choosing, offered, played, tokens, until
from tests.discord.double.rest import Interaction
from tests.discord.double.server import Cut, Double, Request, limited, page, told
from tests.documents import words

TEXTS = ("Er moeten meer bomen komen.",)
VOTERS = ("anna", "bram", "carla", "dirk", "eva", "fien")


def cut() -> web.StreamResponse:
    raise Cut


#: What comes in the place of an answer.
REFUSED = {
    "429": lambda: limited(0.05),
    "429 everywhere": lambda: limited(0.05, everywhere=True),
    "429 in HTML": lambda: page(429),
    "503 in HTML": lambda: page(503),
    "cut": cut,
}
LOST = {
    "503 in HTML": lambda: page(503),
    "a page instead": lambda: page(200),
    "half a body": lambda: web.Response(body=b'{"id": "1', content_type="application/json"),
    "nothing": lambda: told(None),
    "cut": cut,
}


async def answered(pressed: Interaction) -> None:
    await until(lambda: pressed.answers)


def route(request: Request) -> str:
    return f"{request.method} {re.sub('[0-9]{10,}|token-[0-9]+', '#', request.path)}"


class Each:
    """Fails the first two requests of each route, but for those of logging in."""

    def __init__(self, answer: Callable[[], web.StreamResponse]) -> None:
        self._answer = answer
        self.failed: Counter[str] = Counter()

    async def __call__(self, request: Request) -> web.StreamResponse | None:
        name = route(request)
        if "@me" in name or self.failed[name] >= 2:
            return None
        self.failed[name] += 1
        return self._answer()


@pytest.mark.parametrize(
    ("carried_out", "answer"),
    [(False, name) for name in REFUSED] + [(True, name) for name in LOST],
)
def test_everything_arrives_once(
    carried_out: bool, answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where Discord knows no nonce any more, so that only what stands there says so."""
    monkeypatch.setattr(errors, "_AGAIN", 0.05)
    each = Each((LOST if carried_out else REFUSED)[answer])

    async def work(double: Double) -> None:
        async def lost(request: Request) -> web.StreamResponse | None:
            double.rest.forget_nonces()
            return await each(request)

        if carried_out:
            double.after = lost
        else:
            double.before = each
        async with House(tmp_path, double) as house:
            await house.opens(TEXTS[0])
            for who in VOTERS:
                message = await offered(house.people, who)
                pressed = await house.people.press(who, message, choosing(message)["S1", "agree"])
                await answered(pressed)
            await house.people.command("vera", "status")
            await until(lambda: house.tally() == {"agree": 6})
            await until(lambda: double.made("PATCH", "/channels/"))
            stand = tokens([*house.people.room(), *house.people.staff()])
            assert stand
            assert max(Counter(stand).values()) == 1
            assert set(house.log) <= {"Doubtful", "NotYet"}
            assert double.town.commands
        assert len(each.failed) > 4

    played(monkeypatch, work)


def test_a_long_wait_is_not_sat_out_in_the_request(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.until_ready()
            asked = {45.0: lambda: limited(45.0), 77.0: lambda: page(429, {"Retry-After": "77"})}
            for seconds, answer in asked.items():

                async def before(
                    _request: Request, made: Callable[[], web.Response] = answer
                ) -> web.Response:
                    return made()

                double.before = before
                with pytest.raises(NotYet) as later:
                    await house.platform.send(Message(STREET, "0" * 20, words("Dag.")))
                assert not isinstance(later.value, Doubtful)
                assert later.value.seconds == seconds

    played(monkeypatch, work)
