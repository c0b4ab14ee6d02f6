"""Every surface of every kind of round, walked: a place that a kind leaves out fails by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from rounds.registry import KINDS
from tests.rounds.walks import WALKS


@pytest.mark.parametrize("name", WALKS)
@pytest.mark.parametrize("kind", KINDS)
def test_surface(kind: str, name: str, tmp_path: Path) -> None:
    WALKS[name](kind, tmp_path)
