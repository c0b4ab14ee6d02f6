"""The fixtures of tests against a double: a homeserver, and a bot on it. What they need of
matrix-nio is imported by them, for where that is not installed the files say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.matrix.platform.bots import Bot
    from tests.matrix.platform.double import Double


@pytest.fixture
def server() -> Iterator[Double]:
    """A double of a homeserver."""
    from tests.matrix.platform.double import Double

    found = Double()
    yield found
    found.close()


@pytest.fixture
def bot(server: Double, tmp_path: Path) -> Iterator[Bot]:
    """A bot on that server, which has not begun."""
    from bot.platforms.matrix import Settings
    from tests.matrix.platform.bots import Bot
    from tests.matrix.platform.double import ROOM, TOKEN, USER

    store, rooms = tmp_path / "store", {"straat": ROOM}
    found = Bot(Settings(server.url, USER, store, token=lambda: TOKEN, rooms=rooms, poll=0.2))
    yield found
    found.close()
