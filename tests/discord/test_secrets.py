"""Promise 29 on Discord: whatever fails, no secret and no word of people reaches the log."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.discord.client import _safely
from tests.discord.double.house import choosing, offered, opened, played
from tests.discord.double.people import People, until
from tests.discord.double.running import Running
from tests.discord.double.server import TOKEN, Cut, Double, Request, limited, page, told
from tests.discord.double.town import text_of
from tests.sentences import says
from tests.storage import test_small_disk
from tests.storage.test_small_disk import full

#: A small disk.
disk = test_small_disk._disk

TEXT = "Er moeten meer kastanjes komen."

#: A line of the log about an event: a code, and the name of an error.
NAMES = re.compile(r"discord_[A-Za-z]+Error")

#: One after the other, each for some requests.
FAULTS = (
    lambda: limited(0.05),
    lambda: page(503),
    lambda: page(200),
    lambda: told({"code": 50035, "message": TOKEN, "errors": {"x": TEXT}}, 400),
    lambda: told({"code": 10062, "message": "Unknown interaction"}, 404),
    lambda: told({"code": 50027, "message": "Invalid Webhook Token"}, 401),
)


def test_nothing_secret_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def work(double: Double) -> None:
        async with Running(tmp_path, double, ends=2) as running:
            await opened(double.people, TEXT)
            message = await offered(double.people, "anna", running.key)
            choices = choosing(message, running.key)
            count = 0

            async def before(_request: Request) -> web.StreamResponse | None:
                nonlocal count
                count += 1
                if count % 7 == 6:
                    raise Cut
                return FAULTS[count % 7]()

            for after in (False, True):
                double.before, double.after = (_fine, before) if after else (before, _fine)
                for number in range(9):
                    who = f"buur{number}"
                    one = choices["S1", ("agree", "disagree", "pass")[number % 3]]
                    await double.people.press(who, message, one)
                    await double.people.command(who, "stelling", tekst=f"{TEXT} {number}")
                    await double.people.writes(who, TEXT, called=True)
                asked = count
                await until(lambda asked=asked: count > asked + 8)
            double.before = double.after = _fine
            await double.gateway.emit("INTERACTION_CREATE", {"token": TOKEN, "data": TEXT})
            await double.gateway.cut()
            await until(lambda: double.gateway.resumed)
            double.token = "een-ander"
            await double.gateway.end(4004)
            await running.ended()
        log = running.log
        secrets = [TOKEN, running.key.hex(), "kastanjes", "token-9", "anna", "buur"]
        secrets += [str(double.people.named(who).id) for who in ("anna", "buur0", "vera")]
        secrets += [*choices.values(), "agree", "oneens", "weet ik niet", "stelling"]
        assert "discord.token_file" in log
        assert [one for one in secrets if one in log] == []
        assert "Traceback" not in log

    played(monkeypatch, work)


def test_nothing_secret_is_written_while_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, disk: Path, tmp_path: Path
) -> None:
    async def work(double: Double) -> None:
        async with Running(disk, double, log=tmp_path / "log") as running:
            people = double.people
            await opened(people, TEXT)
            message = await offered(people, "anna", running.key)
            choices = choosing(message, running.key)
            asked = []
            with full(disk):
                for number in range(9):
                    who = f"buur{number}"
                    one = choices["S1", ("agree", "disagree", "pass")[number % 3]]
                    pressed = await people.press(who, message, one)
                    given = await people.command(who, "stelling", tekst=f"{TEXT} {number}")
                    asked.append((pressed, given))
                    await people.writes(who, TEXT, called=True)
                await until(lambda: all(each.kind for both in asked for each in both))
                await until(lambda: any(_waits(people, f"buur{n}") for n in range(9)))
            # what waits for one person may come as one answer, to the newest of what they asked
            await until(lambda: all(any(each.answers for each in both) for both in asked))
        secrets = [TOKEN, running.key.hex(), "kastanjes", "token-9", "anna", "buur"]
        secrets += [str(people.named(who).id) for who in ("anna", "buur0", "vera")]
        secrets += [*choices.values(), "agree", "oneens", "weet ik niet", "stelling"]
        assert [one for one in secrets if one in running.log] == []
        assert "Traceback" not in running.log

    played(monkeypatch, work)


def _waits(people: People, who: str) -> bool:
    """Whether somebody reads that it waits."""
    said = [text_of(one) for one in people.private(who)]
    return any(says(one, code) for one in said for code in ("not_now_vote", "not_now_written"))


async def _fine(_request: Request) -> web.StreamResponse | None:
    return None


def test_a_hundred_thousand_lines_of_events_that_cannot_be_read_say_nothing() -> None:
    """What the library raises over an event holds its words and tokens; the log names the error."""
    lines: list[str] = []
    chance = random.Random(29)
    errors: tuple[Callable[[str], Exception], ...] = (
        *(KeyError, ValueError, TypeError, AttributeError, IndexError, RuntimeError),
        lambda words: UnicodeDecodeError("utf-8", words.encode(), 0, 1, words),
    )

    def parse(data: dict[str, str]) -> None:
        raise chance.choice(errors)(f"{data}")

    safe = _safely(parse, lines.append)
    for number in range(100_000):
        safe({"token": TOKEN, "content": TEXT, "custom_id": f"c0|S{number}|agree"})
    assert len(lines) == 100_000
    assert {line for line in lines if not NAMES.fullmatch(line)} == set()
