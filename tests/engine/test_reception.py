"""The hash of a chat event's id, as it is stored."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from tests.engine.bots import KEY, Bot


def test_what_is_kept_stays_the_same(tmp_path: Path) -> None:
    """Another value for an id would let everything handled before be handled again."""
    bot = Bot(tmp_path / "town.db")
    kept = blake2b(b"inbox/1$een-gebeurtenis", key=KEY, digest_size=16).digest()
    assert bot.session.engine.services.cause("$een-gebeurtenis") == kept
    bot.close()
