"""The fixtures of the engine's tests: a bot on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.engine.live import Live
from tests.engine.stepping import Hours


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A bot on the console, with nothing said yet."""
    made = Bot(tmp_path / "town.db")
    yield made
    made.close()


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
