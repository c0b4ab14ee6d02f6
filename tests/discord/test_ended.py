"""What only the keeper can mend ends Discord with a sentence, and never the other platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.discord import client as connection
from bot.platforms.live import Ended, Impossible
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.discord.double.house import House, choosing, offered, played, until
from tests.discord.double.other import Other
from tests.discord.double.server import TOKEN, Double, Request, told
from tests.documents import words

TEXT = "Er moeten meer bomen komen."


async def closed(double: Double) -> None:
    """The gateway ends the connection, as after the token was reset."""
    double.token = "een-ander"
    await double.gateway.end(4004)


async def refused(double: Double) -> None:
    """The next request is refused; the gateway has not heard of it yet."""
    double.token = "een-ander"
    await double.people.command("zoe", "stelling", tekst="De bus moet vaker rijden.")


Revokes = Callable[[Double], Awaitable[None]]


@pytest.mark.parametrize("revokes", [closed, refused])
def test_a_revoked_token_ends_with_what_to_do(
    revokes: Revokes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            await revokes(double)
            with pytest.raises(Ended) as ended:
                async with asyncio.timeout(20):
                    await house.running
            assert "discord.token_file" in str(ended.value)
            assert TOKEN not in str(ended.value)

    played(monkeypatch, work)


def test_a_token_that_never_was_right_ends_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        double.token = "een-ander"
        house = House(tmp_path, double)
        with pytest.raises(Ended):
            async with asyncio.timeout(20):
                await house.running
        assert double.gateway.identified == []

    played(monkeypatch, work)


@pytest.mark.parametrize("revokes", [closed, refused])
def test_the_other_platform_goes_on_without_discord(
    revokes: Revokes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        other = Other()
        async with House(tmp_path, double, others=(other,)) as house:
            await house.opens(TEXT)
            await revokes(double)
            await until(lambda: "platform_ended" in house.log)
            assert not house.running.done()
            await other.asks("anna", "hulp")
            await until(lambda: other.sent)

    played(monkeypatch, work)


@pytest.mark.parametrize("end", [Ended("Het wachtwoord klopt niet."), ValueError("stuk")])
def test_discord_goes_on_without_the_other(
    end: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        other = Other()
        async with House(tmp_path, double, others=(other,)) as house:
            await house.opens(TEXT)
            other.fails(end)
            await until(lambda: set(house.log) & {"platform_ended", "platform_failed"})
            message = await offered(house.people, "anna")
            await house.people.press("anna", message, choosing(message)["S1", "agree"])
            await until(lambda: house.tally() == {"agree": 1})

    played(monkeypatch, work)


def test_an_interaction_whose_time_is_over_is_no_revoked_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Discord refuses it with the same status as a bot's token that is not valid, and a code."""

    async def work(double: Double) -> None:
        async def before(request: Request) -> web.StreamResponse | None:
            over = "/webhooks/" in request.path or request.path.endswith("/callback")
            return told({"code": 50027, "message": "Invalid Webhook Token"}, 401) if over else None

        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            double.before = before
            anna = Place("discord", PlaceKind.PERSONAL, str(house.people.named("anna").id))
            later = Message(anna, "1" * 20, words("Meer bussen?"), edits=message["id"])
            with pytest.raises(Impossible):
                await house.platform.send(later)
            double.before = _fine
            await house.people.answered(await house.people.command("bram", "hulp"))
            assert not house.running.done()

    played(monkeypatch, work)


async def _fine(_request: Request) -> web.StreamResponse | None:
    return None


# -- connecting again -----------------------------------------------------------------------------


def test_a_first_connect_that_fails_is_tried_again_after_the_pause(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async def before(_request: Request) -> web.StreamResponse | None:
            return web.Response(status=503)

        double.before = before
        async with House(tmp_path, double, pause=0.4) as house:
            await until(lambda: len(double.made("GET", "/users/@me")) >= 3)
            double.before = _fine
            await house.until_ready()
            tried = [one.at for one in double.made("GET", "/users/@me")]
            assert min(then - first for first, then in pairwise(tried)) >= 0.4
            assert len(double.gateway.identified) == 1

    played(monkeypatch, work)


def test_two_identifies_are_never_close(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the gateway counts them, however often it forgets the session. The first is at once."""
    monkeypatch.setattr(connection, "_APART", 0.5)

    async def work(double: Double) -> None:
        identified = double.gateway.identified
        began = asyncio.get_running_loop().time()
        async with House(tmp_path, double, pause=0.1):
            await until(lambda: len(identified) == 1)
            assert asyncio.get_running_loop().time() - began < 5
            for number in range(2, 5):
                double.gateway.forget()
                await double.gateway.cut()
                await until(lambda wanted=number: len(identified) == wanted)
        gaps = [then - first for first, then in pairwise(identified)]
        assert min(gaps) >= 0.5

    played(monkeypatch, work)
