"""The whole bot in a server on SimCord."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discord.test_evening import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.world.close()
    assert made.log == []
    assert made.world.alarms == []
