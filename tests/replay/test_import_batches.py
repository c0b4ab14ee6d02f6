"""An import takes a hundred rows at a time, whatever their order, and makes its document once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.documents import handover, workshop
from bot.engine.engine import Engine, Received
from bot.engine.reception import Cursor
from bot.platforms.facts import Fact
from dialogues.dialogue import Dialogue
from tests.replay.test_polis import export, held, imported


def test_comments_and_votes_that_take_turns_share_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """150 comments, each with a vote behind it: 300 rows are three full batches, with a few more
    calls for the closing, what was posted and the document."""
    calls: list[int] = []
    receive = Engine.receive

    def counted(engine: Engine, batch: Sequence[Fact], cursor: Cursor | None = None) -> Received:
        calls.append(len(batch))
        return receive(engine, batch, cursor)

    monkeypatch.setattr(Engine, "receive", counted)
    comments = "".join(f"{2 * n},x,{n},1,0,0,1,Zin {n}\n" for n in range(1, 151))
    votes = "".join(f"{2 * n + 1},x,{n},{n % 7},1\n" for n in range(1, 151))
    handed = imported(export(tmp_path, comments, votes))
    held(tmp_path, handed)
    assert calls.count(100) >= 3
    assert len(calls) < 15


def test_the_document_of_an_import_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    public = handover.public

    def counted(dialogue: Dialogue, *rest: Any) -> dict[str, bytes]:
        made.append(dialogue.id)
        return public(dialogue, *rest)

    monkeypatch.setattr(handover, "public", counted)
    monkeypatch.setattr(workshop, "public", counted)
    votes = "".join(f"{n},x,1,{n},1\n" for n in range(2, 9))
    handed = imported(export(tmp_path, "1,x,1,1,0,0,1,Zin\n", votes))
    assert len(made) == 1
    assert handed.posted
