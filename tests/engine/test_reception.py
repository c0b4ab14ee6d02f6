"""Who asks, and when: how a chat event's id is kept."""

from __future__ import annotations

import hmac
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.reception import _keyed
from tests.engine.bots import KEY, Bot


@given(st.binary(max_size=200), st.binary(max_size=40), st.binary(max_size=200))
def test_an_id_is_kept_as_its_hmac(key: bytes, beginning: bytes, rest: bytes) -> None:
    inner, outer = _keyed(key, beginning)
    inner.update(rest)
    outer.update(inner.digest())
    assert outer.digest() == hmac.digest(key, beginning + rest, "sha256")


def test_what_is_kept_stays_the_same(tmp_path: Path) -> None:
    """Another value for an id would let everything handled before be handled again."""
    bot = Bot(tmp_path / "town.db")
    kept = hmac.digest(KEY, b"inbox/1" + b"$een-gebeurtenis", "sha256")[:16]
    assert bot.session.engine.desk.cause("$een-gebeurtenis") == kept
    assert bot.session.engine.desk.cause("$een-gebeurtenis") == kept
    bot.close()
