"""The fixtures of the engine's tests: a bot on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from tests.engine.bots import Bot
from tests.engine.drafts import until
from tests.engine.live import Live
from tests.engine.stepping import Hours


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test left open of its stores: a program that was killed, or several at once."""
    opened: list[Store] = []
    make = Store.__init__

    def made(store: Store, *given: Any, **named: Any) -> None:
        make(store, *given, **named)
        opened.append(store)

    monkeypatch.setattr(Store, "__init__", made)
    yield
    for store in opened:
        store.upkeep._sidecar.close()
        store._db.close()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A bot on the console, with nothing said yet."""
    made = Bot(tmp_path / "town.db")
    yield made
    made.close()


@pytest.fixture
def draft(bot: Bot) -> Bot:
    """The same, with the draft of a document that residents may object to."""
    return until(bot, "heard")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """A bot on a live platform that is a double, with nothing said yet."""
    found = Live(tmp_path / "t.db")
    yield found
    found.store._db.close()


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    """The clock of the couriers, which stands still until the test moves it."""
    return Hours(monkeypatch)
