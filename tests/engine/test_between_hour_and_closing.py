"""Between a closing hour and the closing itself: what is in counts, and nobody is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.platforms.places import PlaceKind
from dialogues.machine import Stage
from tests.engine.test_deliveries import Far, far


@pytest.fixture
def closing(tmp_path: Path) -> Far:
    """A round that was closed at 30 s; one vote is in, and something may still arrive."""
    bot = far(tmp_path / "town.db")
    bot.receive(bot.vote(6, "eens"))
    bot.read_back(20)
    bot.clock.set(bot.clock().replace(second=40))
    bot.receive(bot.staff(30, "sluit ja"))
    assert bot.dialogue.frames[0].stage is Stage.OPEN
    return bot


def answers(bot: Far, at: int, text: str, roles: tuple[str, ...] = ()) -> list[str]:
    fact = bot.said(at, "anna", text, PlaceKind.PERSONAL, roles)
    replies = bot.engine.receive([fact]).whole()
    return [notice.template for reply in replies for notice in reply.notices]


def test_being_forgotten(closing: Far) -> None:
    assert answers(closing, 35, "vergeetmij") == ["forget_ask"]
    assert answers(closing, 36, "ja, vergeet mij") == ["forgotten"]
    closing.read_back(60)
    assert closing.dialogue.frames[0].voters == 1  # it had closed already
    closing.close()


def test_becoming_staff(closing: Far) -> None:
    for at, word in ((35, "status"), (36, "hulp")):
        said = answers(closing, at, word, ("official",))
        assert said
        assert "failed" not in said
    closing.read_back(60)
    assert closing.dialogue.frames[0].voters == 1
    closing.close()


def test_before_the_hour_it_is_taken_back(closing: Far) -> None:
    """However late it is read."""
    assert answers(closing, 25, "vergeetmij") == ["forget_ask"]
    assert answers(closing, 26, "ja, vergeet mij") == ["forgotten"]
    closing.read_back(60)
    assert closing.dialogue.frames[0].voters == 0
    closing.close()
