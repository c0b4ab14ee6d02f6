"""What happens to presses around an outage: what cannot be acknowledged any more is not counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.discord import acknowledging
from bot.platforms.discord import client as connection
from tests.discord.double.house import House, choosing, offered, played, until
from tests.discord.double.rest import Interaction
from tests.discord.double.server import Cut, Double, Request, page
from tests.discord.double.town import BOT, MODERATOR

TEXT = "Er moeten meer bomen komen."


def test_what_is_pressed_without_a_session_is_not_counted_and_nothing_stays_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a fresh session the same button works."""
    monkeypatch.setattr(connection, "_APART", 0.1)

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            agree = choosing(message)["S1", "agree"]
            double.gateway.shut = True
            double.gateway.forget()
            await double.gateway.cut()
            missed = await house.people.press("anna", message, agree)
            double.gateway.shut = False
            await until(lambda: len(double.gateway.identified) == 2)
            await until(lambda: house.platform._incoming._there.is_set())
            assert not missed.kind
            assert house.tally() == {}
            pressed = await house.people.press("anna", message, agree)
            await until(lambda: pressed.answers)
            assert house.tally() == {"agree": 1}

    played(monkeypatch, work)


@pytest.mark.parametrize(("ago", "counted"), [(0.0, True), (2.0, True), (60.0, False)])
def test_what_is_told_again_after_a_resume_counts_where_it_can_be_acknowledged(
    ago: float, counted: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            agree = choosing(message)["S1", "agree"]
            await double.gateway.cut()
            missed = await house.people.press("anna", message, agree, ago)
            await until(lambda: double.gateway.resumed)
            await house.people.answered(await house.people.command("bram", "hulp"))
            await until(lambda: str(missed.id) in "".join(one.path for one in double.requests))
            await until(lambda: missed.answers or not counted)
            assert bool(missed.kind) is counted
            assert house.tally() == ({"agree": 1} if counted else {})
            assert len(double.gateway.identified) == 1

    played(monkeypatch, work)


def test_who_presses_before_the_server_is_known_is_not_taken_for_a_resident(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Until Discord has told of the server, nobody knows whose roles stand for what: wim is
    staff, and has no ballot."""
    monkeypatch.setattr(connection, "_APART", 0.1)

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            agree = choosing(message)["S1", "agree"]
            double.town.person("wim", MODERATOR)
            double.gateway.whole = False
            double.gateway.forget()
            await double.gateway.cut()
            await until(lambda: len(double.gateway.identified) == 2)
            await until(lambda: double.gateway.session)
            early = await house.people.press("wim", message, agree)
            await double.gateway.heard()
            await double.gateway.emit("GUILD_CREATE", double.town.guild())
            later = await house.people.press("anna", message, agree)
            await until(lambda: later.answers)
            assert (early.kind, house.tally()) == (0, {"agree": 1})

    played(monkeypatch, work)


def test_a_press_right_after_the_start_is_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And the commands are registered: none of it waits for the library, which says that it is
    ready two seconds after it knows the server, and never here."""
    monkeypatch.setattr(connection.Client, "on_ready", _silent)

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await until(lambda: double.gateway.session)
            asked = await house.people.command("anna", "hulp")
            await house.people.answered(asked)
            await until(lambda: double.town.commands)
            assert house.platform._incoming._there.is_set()

    played(monkeypatch, work)


async def _silent(_client: connection.Client) -> None:
    pass


Fault = Callable[[Request], Awaitable[web.StreamResponse | None]]


def cut_before(request: Request) -> web.StreamResponse | None:
    raise Cut


@pytest.mark.parametrize("refuses", [cut_before, lambda _request: page(503)], ids=["cut", "503"])
@pytest.mark.parametrize("private", [True, False])
def test_what_cannot_be_acknowledged_is_not_counted(
    private: bool,
    refuses: Callable[[Request], web.StreamResponse | None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The very first press neither, under a message of one's own or with a command; as soon as
    acknowledgements arrive the same press counts."""
    monkeypatch.setattr(acknowledging, "_TRIES", (0.0, 0.0))

    async def work(double: Double) -> None:
        async def before(request: Request) -> web.StreamResponse | None:
            return refuses(request) if request.path.startswith("/interactions/") else None

        async def votes(choice: str) -> Interaction:
            if private:
                return await house.people.press("anna", message, choosing(message)["S1", choice])
            keuze = {"agree": "eens", "disagree": "oneens"}[choice]
            return await house.people.command("anna", "stem", item="S1", keuze=keuze)

        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            double.before = before
            lost = await votes("agree")
            await until(lambda: len(made(double, lost)) == 2)
            await until(lambda: "discord_not_acknowledged" in house.log)
            assert (lost.kind, house.tally()) == (0, {})
            double.before = _fine
            again = await votes("disagree")
            await until(lambda: house.tally() == {"disagree": 1})
            assert again.kind

    played(monkeypatch, work)


def test_a_press_is_acknowledged_before_it_is_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One that is acknowledged and counted takes two requests, and the second is the receipt."""

    async def work(double: Double) -> None:
        tallies = []

        async def before(request: Request) -> web.StreamResponse | None:
            if request.path.endswith("/callback"):
                tallies.append(house.tally())
            return None

        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            double.before = before
            pressed = await house.people.press("anna", message, choosing(message)["S1", "agree"])
            await until(lambda: len(made(double, pressed)) == 2)
            assert (tallies, house.tally()) == ([{}], {"agree": 1})
            assert made(double, pressed)[1].method == "PATCH"

    played(monkeypatch, work)


def made(double: Double, asked: Interaction) -> list[Request]:
    """The requests about an interaction."""
    return [one for one in double.requests if asked.token in one.path]


async def _fine(_request: Request) -> web.StreamResponse | None:
    return None


@pytest.mark.parametrize("ago", [0.0, 1.8])
def test_a_lost_answer_to_an_acknowledgement_does_not_undo_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ago: float
) -> None:
    """Discord acknowledged it, its answer was an error, and asked again it says that it was done
    already: it counts."""

    async def work(double: Double) -> None:
        lost = []

        async def after(request: Request) -> web.StreamResponse | None:
            if request.path.endswith("/callback") and not lost:
                lost.append(request)
                return page(502)
            return None

        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            agree = choosing(message)["S1", "agree"]
            double.after = after
            await house.people.press("anna", message, agree, ago)
            await until(lambda: house.tally() == {"agree": 1})
            assert lost

    played(monkeypatch, work)


def test_an_event_that_does_not_parse_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.until_ready()
            for bad in ({}, {"type": 3, "data": None, "id": "x"}, None, [], "tekst"):
                for name in ("INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_UPDATE"):
                    await double.gateway.emit(name, bad)
            await house.people.answered(await house.people.command("anna", "hulp"))
            assert len(double.gateway.identified) == 1
            assert house.log
            assert str(BOT) not in "".join(house.log)

    played(monkeypatch, work)


def test_heartbeats_are_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def work(double: Double) -> None:
        double.gateway.beat = 0.2
        async with House(tmp_path, double):
            await until(lambda: double.gateway.beats >= 4)

    played(monkeypatch, work)
