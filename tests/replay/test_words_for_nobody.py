"""A replay renders only messages that somebody looks at, and its result is the same."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.playback.transcript import read
from bot.text.templates import Renderer
from tests.replay.playing import TRANSCRIPTS, played
from tests.replay.test_evening import evening


def kept(db: Path) -> list[tuple[object, ...]]:
    """The journal, and every text of it."""
    found = sqlite3.connect(db)
    try:
        lines = found.execute("SELECT * FROM journal ORDER BY row").fetchall()
        return [*lines, *found.execute("SELECT * FROM texts ORDER BY 1, 2").fetchall()]
    finally:
        found.close()


@pytest.mark.parametrize("ballot", ["vertrouwelijk", "open"])
def test_who_looks_changes_nothing(ballot: str, tmp_path: Path) -> None:
    data = evening(3, ballot).data
    seen = played(data, tmp_path / "seen.db", chat=True)
    unseen = played(data, tmp_path / "unseen.db")
    assert unseen.chat == []
    assert {n: b.files for n, b in unseen.bundles.items()} == {
        n: b.files for n, b in seen.bundles.items()
    }
    assert kept(tmp_path / "unseen.db") == kept(tmp_path / "seen.db")


def rendered(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many texts are rendered while these lines are played."""
    count = 0
    render = Renderer.render

    def counted(*given: object, **named: object) -> object:
        nonlocal count
        count += 1
        return render(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Renderer, "render", counted)
        played(data, tmp_path / f"{len(data)}.db")
    return count


def test_only_what_is_looked_at_is_put_into_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (TRANSCRIPTS / "stellingen.jsonl").read_bytes()
    lines = data.splitlines(keepends=True)
    bare = b"".join(line for line in lines if b'"expect"' not in line)
    assert len(read(bare.split(b"\n"))) < len(lines)
    assert rendered(bare, tmp_path, monkeypatch) * 4 < rendered(data, tmp_path, monkeypatch)
