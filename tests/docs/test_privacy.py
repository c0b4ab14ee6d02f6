"""privacy.md: what stands in every table, and that the links go when the page says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.cli.play import play_transcript
from storage.sqlite import connect
from tests.docs import pages
from tests.replay.playing import CHARTER, jsonl

PAGE = pages.text("docs/privacy.md")


def test_every_table_is_there_and_no_other(tmp_path: Path) -> None:
    database = connect(tmp_path / "t.db")
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    database.close()
    ours = {name for (name,) in names if not name.startswith(("_", "sqlite_"))}
    (described,) = pages.tables(pages.section(PAGE, "What stands where"))
    told = {name for row in described for name in pages.code(row["where"])}
    assert told - {"town.key", "journal.head"} == ours
    assert all(row["what"] and row["how long"] for row in described)


def test_the_links_are_gone_when_the_page_says_so(tmp_path: Path) -> None:
    """After the objection period nothing leads from an account to a ballot, a reason included."""
    transcript = tmp_path / "t.jsonl"
    transcript.write_bytes(jsonl(_lines()))
    file = tmp_path / "kept.db"
    assert play_transcript(transcript, tmp_path / "o", False, None, 0, file, None, False) == 0
    database = sqlite3.connect(file)
    journal = [bytes(row[0]) for row in database.execute("SELECT line FROM journal ORDER BY row")]
    assert any(b"LinksDestroyed" in line for line in journal)
    assert database.execute("SELECT count(*) FROM ballots").fetchone() == (0,)
    known = database.execute("SELECT item FROM sources JOIN persons USING (person)").fetchall()
    database.close()
    assert known == [("S1",)]


def _lines() -> list[dict[str, object]]:
    at = "2026-12-01T19:3{}:00+01:00".format
    new = f"gesprek nieuw stellingenronde Proef {CHARTER}"
    moderator = {"user": "vera", "in": "staf"}
    return [
        {"id": "1", "at": at(0), **moderator, "roles": ["moderator"], "text": new},
        {"id": "2", "at": at(1), **moderator, "text": "start"},
        {"id": "3", "at": at(2), "user": "anna", "text": "stelling Er moeten meer bomen komen."},
        {"id": "4", "at": at(3), "user": "bram", "text": "stem S1 oneens"},
        {"id": "5", "at": at(4), "user": "bram", "text": "waarom S1 Dat is te duur."},
        {"id": "6", "at": at(5), **moderator, "text": "sluit"},
        {"at": "2026-12-20T19:30:00+01:00"},
    ]
