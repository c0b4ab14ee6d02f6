"""A journal with a draft, written by hand: what the rules would never have given is refused."""

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
def contested() -> tuple[Rows, bytes]:
    """The journal and the texts of an evening with a draft: O1 is adjusted, O2 undecided."""
    made = Evening()
    agreed = 'minimum=1 concept="1 uur"'
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} {agreed} in=zomerstraat")
    made.staff("start")
    made.say("buur0", "stelling Er moeten meer bomen komen.")
    for who in PEOPLE:
        made.say(who, "stem S1 eens")
    for _ in range(2):
        made.staff("volgende ja")
    for who in PEOPLE:
        made.say(who, "stem A1 ja")
    made.staff("sluit ja")
    made.say("buur1", "kloptniet A1 Ze staan er al.")
    made.say("buur2", "kloptniet A1 Wij vroegen om struiken.")
    made.staff('oordeel O1 aangepast Dat klopt. wordt="Er moeten nog meer bomen komen."')
    made.tick("2026-12-04T18:00:00+00:00")
    with TemporaryDirectory() as folder:
        (handed,) = played(made.data, Path(folder) / "t.db", clerk=True).bundles.values()
    rows = [json.loads(line) for line in handed.files["journal.jsonl"].splitlines()]
    return rows, handed.files["texts.jsonl"]


def put(event: str, behind: str, by: str, *, minutes: int = 0, **data: Any) -> Forgery:
    """An event right behind another, or so many minutes later."""

    def forge(rows: Rows) -> None:
        at = place(rows, behind)
        moment = rows[at][3]
        if minutes:
            hour, minute = divmod(int(moment[11:13]) * 60 + int(moment[14:16]) + minutes, 60)
            moment = f"{moment[:11]}{hour:02}:{minute:02}{moment[16:]}"
        who = by or rows[place(rows, "ObjectionMade")][4]
        rows.insert(at + 1, [rows[0][0], 0, f"{event}/1", moment, who, data])

    return forge


def dropped(event: str) -> Forgery:
    return lambda rows: rows.__delitem__(place(rows, event))


def issued_early(rows: Rows) -> None:
    """The document was asked for before the announced hour."""
    rows[place(rows, "AdviceRequested")][3] = rows[place(rows, "ObjectionRuled")][3]


def asked_by_a_moderator(rows: Rows) -> None:
    row = rows[place(rows, "AdviceRequested")]
    row[3], row[4] = rows[place(rows, "ObjectionRuled")][3], rows[0][4]


def ruled_too_late(rows: Rows) -> None:
    """The ruling, and the request for the document behind it, came after the announced hour."""
    over = rows[place(rows, "DraftPosted")][5]["ruled_until"]
    rows.append(rows.pop(place(rows, "ObjectionRuled")))
    rows.append(rows.pop(place(rows, "AdviceRequested")))
    rows[-2][3] = rows[-1][3] = over.replace("Z", ".5Z")


WORDS = ["tof-nobody", "00"]
FORGERIES: dict[str, Forgery] = {
    "heard for longer than was agreed": changed("DraftPosted", heard_until="2026-12-01T23:00:00Z"),
    "ruled on for longer": changed("DraftPosted", ruled_until="2026-12-04T09:00:00Z"),
    "a draft twice": put(
        "DraftPosted",
        "ObjectionMade",
        "clock",
        heard_until="2026-12-01T23:00:00Z",
        ruled_until="2026-12-03T23:00:00Z",
    ),
    "a draft that was not posted": dropped("DraftPosted"),
    "asked for before its hour": issued_early,
    "asked for by a moderator": asked_by_a_moderator,
    "an objection to a statement": changed("ObjectionMade", about="S1"),
    "an objection with another number": changed("ObjectionMade", number="O7"),
    "an objection that waits though nobody reads first": changed("ObjectionMade", pending=True),
    "a second one of the same person": put(
        "ObjectionMade", "ObjectionMade", "", number="O2", about="A1", text=WORDS, pending=False
    ),
    "an objection that came late": put(
        "ObjectionMade",
        "ObjectionRuled",
        "somebody",
        minutes=61,
        number="O3",
        about="A1",
        text=WORDS,
        pending=False,
    ),
    "a ruling on a statement": changed("ObjectionRuled", item="S1"),
    "a ruling that came too late": ruled_too_late,
    "withdrawn after its ruling": put("ItemWithdrawn", "ObjectionRuled", "", item="O1"),
    "withdrawn by another": put("ItemWithdrawn", "ObjectionRuled", "somebody", item="O2"),
}


def test_the_same_journal_is_right(tmp_path: Path) -> None:
    rows, texts = contested()
    assert forged(json.loads(json.dumps(rows)), texts, tmp_path / "b") == ()


@pytest.mark.parametrize("name", FORGERIES)
def test_what_the_rules_would_not_give_is_refused(name: str, tmp_path: Path) -> None:
    rows, texts = contested()
    rows = json.loads(json.dumps(rows))
    FORGERIES[name](rows)
    assert forged(rows, texts, tmp_path / "b") == ("unrecompiled",)
