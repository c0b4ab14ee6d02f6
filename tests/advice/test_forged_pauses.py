"""A journal with a pause, written by hand: what the rules would never have given is refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from test_forged_journals import PEOPLE, Forgery, Rows, changed, forged, place

from tests.replay.playing import CHARTER, Evening, played


@cache
def paused() -> tuple[Rows, bytes]:
    """The journal and the texts of an evening with a pause."""
    made = Evening()
    made.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    made.staff("start")
    made.say("buur0", "stelling Er moeten meer bomen komen.")
    for who in PEOPLE[:-1]:
        made.say(who, "stem S1 eens")
    made.staff("pauze Het alarm gaat.")
    made.say(PEOPLE[-1], "stem S1 oneens")
    made.staff("hervat")
    made.say(PEOPLE[-1], "stem S1 oneens")
    made.say("buur1", "stelling De bus moet vaker rijden.")
    made.staff("sluit ja")
    made.staff("advies")
    with TemporaryDirectory() as folder:
        (handed,) = played(made.data, Path(folder) / "t.db", clerk=True).bundles.values()
    rows = [json.loads(line) for line in handed.files["journal.jsonl"].splitlines()]
    return rows, handed.files["texts.jsonl"]


def within(event: str, **data: Any) -> Forgery:
    """The last event of this name happens in the pause instead."""

    def forge(rows: Rows) -> None:
        last = max(number for number, row in enumerate(rows) if row[2] == f"{event}/1")
        row = rows.pop(last)
        at = place(rows, "RoundPaused")
        row[3], row[5] = rows[at][3], row[5] | data
        rows.insert(at + 1, row)

    return forge


def dropped(event: str) -> Forgery:
    return lambda rows: rows.__delitem__(place(rows, event))


FORGERIES: dict[str, Forgery] = {
    "a vote in the pause": within("VoteCast"),
    "a statement in the pause": within("StatementGiven"),
    "a pause that began before it was asked for": changed(
        "RoundPaused", began="2026-12-01T18:30:00Z"
    ),
    "a pause that took nothing": changed("RoundResumed", ended="2026-12-01T18:30:00Z"),
    "an hour that moved further": changed("RoundResumed", closes_at="2026-12-20T19:30:00Z"),
    "another local hour": changed("RoundResumed", wall="2026-12-20T20:30"),
    "a pause that never ended": dropped("RoundResumed"),
}


def test_the_same_journal_is_right(tmp_path: Path) -> None:
    rows, texts = paused()
    assert forged(json.loads(json.dumps(rows)), texts, tmp_path / "b") == ()


@pytest.mark.parametrize("name", FORGERIES)
def test_what_the_rules_would_not_give_is_refused(name: str, tmp_path: Path) -> None:
    rows, texts = paused()
    rows = json.loads(json.dumps(rows))
    FORGERIES[name](rows)
    assert "unrecompiled" in forged(rows, texts, tmp_path / "b")
