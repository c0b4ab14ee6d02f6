"""Accounts that were made a short while before count like any other, and staff is told how many
there are, once a round is over: of some accounts here the id says when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.discord.seam import Seam
from tests.engine.bots import START

DAYS = timedelta(days=1)


@pytest.fixture
def seam(tmp_path: Path) -> Iterator[Seam]:
    made = Seam(tmp_path / "town.db")
    made.begins("Er moeten meer bomen komen.")
    yield made
    made.close()


def account(made_at: datetime, number: int) -> str:
    """An id of Discord: the milliseconds since 2015 stand before its last 22 bits."""
    since = made_at.timestamp() * 1000 - 1_420_070_400_000
    return str(int(since) << 22 | number)


def votes(seam: Seam, *accounts: str) -> None:
    for one in accounts:
        seam.hears(seam.press(one, "S1", "agree"))


def told(seam: Seam) -> Any:
    """The figure that ``status`` gives staff."""
    (reply,) = seam.hears(seam.command("vera", "status"))
    (notice,) = [one for one in reply.notices or () if one.template == "status"]
    return notice.data["new_accounts"]


def test_staff_hears_of_new_accounts_once_the_round_is_over(seam: Seam) -> None:
    new = [account(START - 2 * DAYS, number) for number in range(6)]
    old = [account(START - 400 * DAYS, number) for number in range(7)]
    votes(seam, *new, *old)
    assert told(seam) == 0  # it would grow with whoever voted
    seam.hears(seam.command("vera", "gesprek sluit", zeker="ja"))
    assert told(seam) == 6
    state: Any = seam.dialogue.states[0]
    assert state.box.books["S1"].tally["agree"] == 13


@pytest.mark.parametrize(("new", "old"), [(4, 9), (9, 3), (0, 9)])
def test_one_to_four_people_are_no_figure(new: int, old: int, seam: Seam) -> None:
    """Nor by subtraction from all who took part; zoe did too, by a statement."""
    votes(seam, *(account(START, number) for number in range(new)))
    votes(seam, *(account(START - 8 * DAYS, number) for number in range(old)))
    seam.hears(seam.command("vera", "gesprek sluit", zeker="ja"))
    assert told(seam) == 0


def test_ids_that_do_not_say_it_are_not_new(seam: Seam) -> None:
    votes(seam, *(f"buur{number}" for number in range(9)))
    seam.hears(seam.command("vera", "gesprek sluit", zeker="ja"))
    assert told(seam) == 0
