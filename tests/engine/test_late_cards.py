"""A changed card waits in the outbox without its text, which is made when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.delivery import courier
from bot.delivery.rows import Rows
from tests.engine.bots import Bot


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open()
    return made


def given(bot: Bot, number: int) -> None:
    """Commit another statement, without sending what is in the outbox."""
    bot.session.receive([bot.fact(f"zoe{number}", f"stelling Er moeten {number}0 bomen komen.")])


def waiting(bot: Bot) -> list[tuple[str, bytes, str]]:
    return [(row.slot, row.message, row.at) for row in bot.session.store.queue.waiting()]


def test_many_changes_are_one_message_with_the_last_of_them(bot: Bot) -> None:
    before = len(bot.in_room())
    given(bot, 1)
    first = waiting(bot)
    given(bot, 2)
    given(bot, 3)
    assert waiting(bot) == first  # it waits already: nothing is written again
    bot.session.settle()
    assert len(bot.in_room()) == before + 1
    assert bot.card()["statements"] == 3
    assert waiting(bot) == []
    given(bot, 4)
    assert len(waiting(bot)) == 1
    bot.session.settle()
    assert bot.card()["statements"] == 4
    bot.close()


class Ended(BaseException):
    """The program ends here."""


def ending(step: Callable[..., object]) -> Callable[..., object]:
    """A step after which the program ends."""

    def ends(*given: object) -> None:
        step(*given)
        raise Ended

    return ends


@pytest.mark.parametrize("last", ["freeze_all", "carried_at_once"])
def test_what_changes_while_a_card_is_on_its_way_comes_after_it(
    last: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off when it was frozen, and when it was sent: the next start tells the rest."""
    bot = Bot(tmp_path / "town.db")
    bot.open()
    given(bot, 1)
    bot.die()
    broken = Bot(bot.file, now=bot.clock())
    where = courier if last == "carried_at_once" else Rows
    with monkeypatch.context() as patch:
        patch.setattr(where, last, ending(getattr(where, last)))
        with pytest.raises(Ended):
            broken.session.settle()
    given(broken, 2)
    assert broken.session.store.outbox.counts() == {"flying": 1, "waiting": 1}
    broken.die()
    again = Bot(bot.file, now=broken.clock())
    again.session.settle()
    assert again.card()["statements"] == 2
    assert again.session.store.outbox.counts() == {}
    again.close()
