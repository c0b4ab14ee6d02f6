"""Discord asks to wait at one place: nothing waits there that it did not ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.live import Crowded, NotYet
from bot.platforms.messages import Message
from tests.discord.double.house import STREET, House, choosing, offered, played, until
from tests.discord.double.server import Counted, Double, Request, limited, page
from tests.discord.double.town import ROOM, Json
from tests.documents import words
from tests.replay.playing import LIVE_CHARTER as CHARTER

TEXT = "Er moeten meer bomen komen."

#: So long Discord asks to wait: what the library would sit out in the request, and what not.
WAITS = (20.0, 45.0)

#: So soon everything else has its answer, in seconds.
SOON = 5.0


class Full:
    """Requests with this method under the room take no more, for so long as is asked."""

    def __init__(self, method: str, seconds: float) -> None:
        self.method, self.seconds, self.met = method, seconds, 0

    async def __call__(self, request: Request) -> web.StreamResponse | None:
        if request.method != self.method or f"/channels/{ROOM}/messages" not in request.path:
            return None
        self.met += 1
        return limited(self.seconds)


@pytest.mark.parametrize("seconds", WAITS)
def test_an_edit_of_the_card_that_waits_holds_up_nothing_else(
    seconds: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As where a message of an hour ago was edited too often: a vote is answered, staff too, and
    what is new is posted in the same room."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            double.before = full = Full("PATCH", seconds)
            began = asyncio.get_running_loop().time()
            await house.people.answered(
                await house.people.command("bram", "stelling", tekst="De bus moet vaker rijden.")
            )
            await until(lambda: full.met)
            pressed = await house.people.press("anna", message, choosing(message)["S1", "agree"])
            await until(lambda: pressed.answers)
            await house.people.answered(await house.people.command("vera", "status"))
            before = len(house.people.room())
            await house.people.writes("vera", "sluit ja", called=True)
            await until(lambda: len(house.people.room()) > before)
            assert asyncio.get_running_loop().time() - began < SOON
            assert full.met == 1
            assert house.tally() == {"agree": 1}

    played(monkeypatch, work)


@pytest.mark.parametrize("seconds", WAITS)
def test_a_room_that_waits_holds_up_no_person_and_no_staff(
    seconds: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            double.before = full = Full("POST", seconds)
            began = asyncio.get_running_loop().time()
            await house.people.writes("vera", 'tot "over 2 uur"', called=True)
            await until(lambda: full.met)
            pressed = await house.people.press("anna", message, choosing(message)["S1", "agree"])
            await until(lambda: pressed.answers)
            await house.people.answered(await house.people.command("vera", "status"))
            assert asyncio.get_running_loop().time() - began < SOON
            assert full.met == 1

    played(monkeypatch, work)


def test_a_question_of_staff_loses_its_buttons_after_the_wait(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is done beside everything else is done when Discord takes it again."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.until_ready()
            people = house.people
            agreed = {"format": "bewonersavond", "titel": "Ons gesprek", "afspraken": CHARTER}
            await people.answered(await people.command("vera", "gesprek nieuw", **agreed))
            await people.answered(await people.command("vera", "gesprek start"))
            asked = await people.answered(await people.command("vera", "gesprek sluit"))
            (yes,) = [one for one in pressable(asked) if one["label"] == "Ja"]
            path, tried = f"/messages/{asked['id']}", list[Request]()

            async def before(request: Request) -> web.StreamResponse | None:
                if request.method != "PATCH" or not request.path.endswith(path):
                    return None
                tried.append(request)
                return limited(1.5) if len(tried) == 1 else None

            double.before = before
            await people.press("vera", asked, yes["custom_id"])
            await until(lambda: len(tried) == 2)
            await until(lambda: yes not in pressable(double.town.messages[asked["id"]]))
            assert tried[1].at - tried[0].at >= 1.5

    played(monkeypatch, work)


def pressable(message: Json) -> list[Json]:
    """The buttons of a message."""
    return [one for row in message["components"] for one in row.get("components", ())]


#: The limit of messages that Discord has in a channel: so many in so many seconds.
MOST, IN = 5, 5.0


def test_messages_of_a_room_within_its_limit_hold_up_no_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In an open ballot twelve people give a statement, each of which is shown in the room: these
    come as Discord takes them, and whoever votes meanwhile is answered at once."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            people = house.people
            await house.until_ready()
            charter = f"{CHARTER} stemming=open"
            agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": charter}
            await people.answered(await people.command("vera", "gesprek nieuw", **agreed))
            await people.answered(await people.command("vera", "gesprek start"))
            await people.answered(await people.command("zoe", "stelling", tekst=TEXT))
            await until(lambda: len(people.room()) == 2)
            message = await offered(people, "anna")
            double.counts = counts = Counted(_posted, MOST, IN)
            given = [
                await people.command(
                    f"buur{n}", "stelling", tekst=f"Plan {n}: {n * 7} bomen en {n + 3} bankjes."
                )
                for n in range(12)
            ]
            await until(lambda: len(people.room()) >= 2 + MOST)
            began = asyncio.get_running_loop().time()
            pressed = await people.press("anna", message, choosing(message)["S1", "agree"])
            await until(lambda: pressed.answers)
            for one in given:
                await people.answered(one)
            assert asyncio.get_running_loop().time() - began < SOON / 2
            assert len(people.room()) < 2 + 12
            await until(lambda: len(people.room()) == 2 + 12)
            assert counts.exceeded == 0

    played(monkeypatch, work)


def _posted(request: Request) -> bool:
    return request.method == "POST" and request.path == f"/channels/{ROOM}/messages"


def test_all_of_discord_waits_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And where something in between answers, which knows of no limits of Discord's own."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.until_ready()
            answers = (
                lambda: limited(45.0, everywhere=True),
                lambda: limited(7.0, everywhere=True),
                lambda: page(429, {"Retry-After": "77"}),
                lambda: limited(45.0),
                lambda: limited(7.0),
            )
            kinds = []
            for answer in answers:

                async def before(
                    _request: Request, made: Callable[[], web.Response] = answer
                ) -> web.Response:
                    return made()

                double.before = before
                with pytest.raises(NotYet) as later:
                    async with asyncio.timeout(SOON):
                        await house.platform.send(Message(STREET, "0" * 20, words("Dag.")))
                kinds.append((isinstance(later.value, Crowded), later.value.seconds))
            assert kinds == [(False, 45.0), (False, 7.0), (False, 77.0), (True, 45.0), (True, 7.0)]

    played(monkeypatch, work)
