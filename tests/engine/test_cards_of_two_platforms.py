"""Each platform's cards are looked at by that platform's own courier."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery import rows
from tests.engine.live import Live


def test_the_second_platform_is_looked_at_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the couriers of both ask within a second."""
    live = Live(tmp_path / "town.db")
    looked: list[str] = []
    monkeypatch.setattr(
        rows.cards, "renew_cards", lambda _ledger, platform, _at: looked.append(platform)
    )
    for _ in range(3):
        for platform in ("matrix", "discord"):
            live.rows._renew_cards(platform)
    assert looked == ["matrix", "discord"]
