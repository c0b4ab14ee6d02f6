"""The words beside the numbers of options, in the tables of whole evenings."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bot.documents.handover import Handed
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening, played

POLLS = ("peiling-een", "peiling-meer", "peiling-punten", "peiling-rangorde")
NUMBERED = ("poll", "priorities", "dilemma")


def table(handed: Handed, name: str) -> list[dict[str, str]]:
    text = handed.files[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("name", [*POLLS, "dilemma", "prioriteiten"])
def test_whoever_reads_a_number_reads_its_words(name: str, tmp_path: Path) -> None:
    data = (TRANSCRIPTS / f"{name}.jsonl").read_bytes()
    told = 0
    for handed in played(data, tmp_path / "a.db", clerk=True).bundles.values():
        kinds = {str(n): each.kind for n, each in enumerate(handed.result.rounds, 1)}
        for row in (*table(handed, "uitslag.csv"), *table(handed, "stemmen.csv")):
            if kinds[row["round"]] in NUMBERED and "neither" not in row.values():
                assert row["text"], row
                told += 1
    assert told


def test_what_is_not_shown_has_a_line_without_words(tmp_path: Path) -> None:
    """Options and ideas of residents too."""
    made = Evening()
    made.staff(f"gesprek nieuw peiling Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    made.staff('peiling soort=een vraag="Wat?" opties="bomen; banken" anders=ja')
    made.staff("gesprek start")
    for who, idea in (("a", "een kale fontein"), ("b", "een grote pomp"), ("c", "een hoge muur")):
        made.say(who, f"stem P1 anders {idea}")
    made.staff("ok X1 X2")
    made.staff("verberg X1 2")
    for n in range(6):
        made.say(f"k{n}", "stem P1 1")
    made.staff("sluit ja")
    made.staff("ja")  # where it is asked because an idea still waits
    made.staff("advies")
    (handed,) = played(made.data, tmp_path / "a.db").bundles.values()
    rows = [(r["item"], r["kind"], r["state"], r["text"]) for r in table(handed, "teksten.csv")]
    assert [row for row in rows if row[1] == "option"] == [
        ("P1", "option", "shown", "bomen"),
        ("P1", "option", "shown", "banken"),
        ("P1", "option", "hidden", ""),
        ("P1", "option", "shown", "een grote pomp"),
        ("P1", "option", "unreviewed", ""),
    ]
    for words in ("kale fontein", "hoge muur"):
        assert not any(words.encode() in data for data in handed.files.values())
