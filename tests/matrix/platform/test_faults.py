"""A bad network, rate limits for minutes, and tokens that end: against a double."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from aiohttp import web

from bot.platforms.live import Impossible, NotYet
from tests.matrix.platform.bots import Bot, Waits, room
from tests.matrix.platform.double import (
    CUT,
    TRUNCATED,
    Double,
    limited,
    refused,
)


def test_a_server_that_keeps_no_spare_key_is_given_none(server: Double, bot: Bot) -> None:
    """By the answers of such a server nothing is said of it; each of them is not a reason to make
    one."""
    bot.start()
    bot.read()
    before = server.asked["keys"]
    for number in range(5):
        server.say(f"regel {number}")
        bot.read_until(lambda number=number: f"regel {number}" in bot.texts)  # type: ignore[misc]
    assert server.asked["keys"] == before


@pytest.mark.parametrize(
    "fault",
    [
        CUT,
        TRUNCATED,
        web.Response(status=500),
        web.Response(status=502, text="<html>Bad Gateway</html>"),
        web.Response(status=200, text='{"next_batch": "'),
        web.Response(status=200, text="[]"),
        web.Response(status=200, text="{}"),
        refused(503, "M_UNKNOWN"),
    ],
    ids=lambda fault: fault if isinstance(fault, str) else f"{fault.status}-{fault.text}"[:20],
)
def test_a_bad_answer_loses_nothing(
    server: Double, bot: Bot, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.start()
    bot.read()
    waits = Waits(monkeypatch)
    times = itertools.count()

    def faulty(_method: str, path: str) -> Any:
        if path != "sync" or next(times) >= 6:
            return None
        if isinstance(fault, str):
            return fault
        return web.Response(status=fault.status, text=fault.text, content_type=fault.content_type)

    server.fault = faulty
    server.say("een", "twee")
    before = server.asked["sync"]
    bot.read_until(lambda: "twee" in bot.texts)
    assert bot.texts == ["een", "twee"]
    assert server.asked["sync"] - before == 7
    pauses = [pause for pause in waits.taken if pause > 0.2]
    assert len(pauses) in ((3, 6) if fault == CUT else (6,))  # aiohttp tries a cut one twice
    assert all(0.5 <= later / (0.25 * 2**n) <= 1.5 for n, later in enumerate(pauses, 1))


def test_an_hour_without_the_server(
    server: Double, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.start()
    bot.read()
    waits = Waits(monkeypatch)

    def away(_method: str, _path: str) -> Any:
        return CUT if sum(waits.taken) < 3600 else None

    server.fault = away
    server.say("een")
    before = sum(server.asked.values())
    bot.read_until(lambda: "een" in bot.texts)
    assert sum(server.asked.values()) - before < 150
    assert max(waits.taken) <= 90


def test_stop_for_minutes(server: Double, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bot.start()
    bot.read()
    waits = Waits(monkeypatch)
    times = itertools.count()
    server.fault = lambda _m, path: limited(240) if path == "sync" and next(times) < 2 else None
    server.say("een")
    bot.read_until(lambda: "een" in bot.texts)
    long = [pause for pause in waits.taken if pause > 100]
    assert len(long) == 2
    assert all(240 <= pause <= 264 for pause in long)


def test_sending_says_when_it_cannot(server: Double, bot: Bot) -> None:
    bot.start()
    bot.read()
    answers: list[Any] = [limited(120), web.Response(status=502), CUT, CUT]

    def faulty(_method: str, path: str) -> Any:
        return answers.pop(0) if "/send/" in path and answers else None

    server.fault = faulty
    began = time.monotonic()
    with pytest.raises(NotYet) as stop:
        bot.send(room("straat"), "t1", "Hallo")
    assert stop.value.seconds == 120
    for _ in range(2):
        with pytest.raises(NotYet) as later:
            bot.send(room("straat"), "t1", "Hallo")
        assert 1 < later.value.seconds < 10
    answers[:] = [refused(403, "M_FORBIDDEN")]
    with pytest.raises(Impossible, match="M_FORBIDDEN"):
        bot.send(room("straat"), "t1", "Hallo")
    assert bot.send(room("straat"), "t1", "Hallo") == "$gezonden-t1"
    assert time.monotonic() - began < 100  # the 120 seconds are not waited
