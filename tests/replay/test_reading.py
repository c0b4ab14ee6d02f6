"""Transcripts with odd times and expectations, and faults in what the bot itself posts."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.handling import Handling
from bot.platforms.facts import Posted
from bot.playback.replay import fits
from bot.playback.transcript import BadLine, read
from tests.engine.bots import Bot
from tests.generated import examples


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "1969-12-31T23:59:59Z",
        "9001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
    ],
)
@pytest.mark.parametrize("more", [{}, {"id": "a", "user": "anna", "text": "hulp"}])
def test_times_without_room_around_them(at: str, more: dict[str, str]) -> None:
    with pytest.raises(BadLine, match="out of range"):
        read([json.dumps({"at": at, **more}).encode()])


@examples()
@given(st.text("ab…", max_size=12), st.text("ab", max_size=12))
def test_an_expectation_fits_as_its_pattern_does(expected: str, said: str) -> None:
    pattern = ".*".join(map(re.escape, expected.split("…")))
    assert fits(expected, said) is (re.fullmatch(pattern, said, re.DOTALL) is not None)


def test_many_gaps_are_not_slow() -> None:
    """Tried one by one these would not end."""
    assert not fits("…a" * 5000 + "…b…", "a" * 20000)
    assert fits("…a" * 5000 + "…", "a" * 20000)


def test_of_a_clock_that_breaks_staff_hears_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open()
    monkeypatch.setattr(bot.session.engine.ledger, "run_due", lambda *_: 1 / 0)
    for _ in range(5):
        bot.tick(timedelta(seconds=1))
    assert bot.room_codes("staf").count("alarm") == 1
    bot.session.close()


def test_a_fault_in_what_the_bot_posts_posts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what tells of it would be posted, and so on."""
    bot = Bot(tmp_path / "town.db")
    bot.open()
    real = Handling.by_nobody

    def handle(self: Handling, fact: object, *more: object) -> object:
        if isinstance(fact, Posted):
            raise OverflowError
        return real(self, fact, *more)  # type: ignore[arg-type]

    before = len(bot.heard)
    with monkeypatch.context() as patch:
        patch.setattr(Handling, "by_nobody", handle)
        bot.say("anna", "!stelling Er moeten meer bomen komen.", "zomerstraat")
        bot.staff("werk")
    heard = bot.heard[before:]
    assert not any("alarm" in bot.reads(message).codes for message in heard)
    assert len(heard) < 10
    assert set(bot.alarms) == {"OverflowError"}
    bot.session.close()
