"""import-polis against a recount of its own: last votes from votes.csv, worked out naively here.

Real conversations (CC BY 4.0, The Computational Democracy Project) are read where they lie beside
the project; a small made-up export shows the rules whether they are there or not.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from advice.bundle import write
from bot.documents.handover import Handed
from bot.playback.polis import BadExport, take
from bot.playback.replay import Settings
from tests.verifying import verified

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"
REAL = sorted(DATA.iterdir()) if DATA.is_dir() else []

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def imported(folder: Path) -> Handed:
    return take(folder, Settings(clerk=True, simulated=False), lambda _done, _total: None)


def recounted(folder: Path) -> tuple[list[tuple[str, dict[str, int]]], int]:
    """Kept comments in order with their counts, and how many people have a vote that counts."""
    comments = [row for row in rows(folder / "comments.csv") if row["moderated"] != "-1"]
    comments.sort(key=lambda row: int(row["timestamp"]))  # stable: then by row
    kept = {row["comment-id"] for row in comments}
    last: dict[tuple[str, str], str] = {}
    votes = sorted(rows(folder / "votes.csv"), key=lambda row: int(row["timestamp"]))
    for vote in votes:
        if vote["comment-id"] in kept:
            last[vote["comment-id"], vote["voter-id"]] = vote["vote"]
    told = {name: Counter[str]() for name in kept}
    for (comment, _), vote in last.items():
        told[comment][vote] += 1
    counts = [
        (
            row["comment-body"],
            {side: told[row["comment-id"]][sign] for side, sign in SIDES.items()},
        )
        for row in comments
    ]
    return counts, len({voter for _, voter in last})


SIDES = {"agree": "1", "disagree": "-1", "pass": "0"}


def held(folder: Path, handed: Handed) -> None:
    """The result is what the recount says, to the letter and the figure."""
    counts, voters = recounted(folder)
    (held_round,) = handed.result.rounds
    assert held_round.voters == (voters if voters >= 5 or not voters else None)
    assert [item.text for item in held_round.items] == [text for text, _ in counts]
    for item, (_, told) in zip(held_round.items, counts, strict=True):
        if sum(told.values()) < 5:
            assert (item.counts, item.voters, item.suppressed) == (None, None, True)
        else:
            assert (item.counts, item.voters) == (told, sum(told.values()))
    assert handed.result.simulated is False
    assert handed.result.dialogue.charter["ballot"] == "open"


@pytest.mark.skipif(not REAL, reason="no real Polis conversations beside the project")
@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.name)
def test_real_conversations_count_as_they_are(folder: Path, tmp_path: Path) -> None:
    handed = imported(folder)
    held(folder, handed)
    write(handed.files, tmp_path / "out")
    verdict = verified(tmp_path / "out")
    assert verdict.ok, [found.sentence() for found in verdict.differences]
    assert verdict.bundle == "clerk"


def export(folder: Path, comments: str, votes: str) -> Path:
    (folder / "comments.csv").write_text(COMMENTS + comments, encoding="utf-8")
    (folder / "votes.csv").write_text(VOTES + votes, encoding="utf-8")
    return folder


def test_the_last_vote_counts_and_what_was_moderated_out_does_not(tmp_path: Path) -> None:
    comments = (
        '2000,x,7,1,0,0,1,"Twee regels\nin één zin, met een komma"\n'
        "1000,x,3,2,0,0,0,stelling die met een woord van ons begint\n"
        "1500,x,5,3,0,0,-1,Dit staat er niet in\n"
    )
    votes = "".join(f"{3000 + n},x,3,{n},1\n" for n in range(6))
    votes += "4000,x,3,0,-1\n3500,x,3,0,0\n3600,x,5,1,1\n" + "5000,x,7,9,-1\n"
    folder = export(tmp_path, comments, votes)
    handed = imported(folder)
    held(folder, handed)
    first, second = handed.result.rounds[0].items
    assert first.counts == {"agree": 5, "disagree": 1, "pass": 0}
    assert second.text == "Twee regels\nin één zin, met een komma"
    assert second.suppressed


@pytest.mark.parametrize(
    ("comments", "votes", "said"),
    [
        ("1,x,1,1,0,0,1,Zin\n", "2,x,1,1,5\n", "votes.csv, row 2"),
        ("1,x,1,1,0,0,1,Zin\n", "2,x,8,1,1\n", "no such comment"),
        ("een,x,1,1,0,0,1,Zin\n", "", "timestamp"),
        ("1,x,1,1,0,0,1,Zin\n2,x,1,1,0,0,1,Zin\n", "", "twice"),
        ("1,x,1,1,0,0,-1,Zin\n", "", "no comment that was kept"),
        ("1,x,1\n", "", "a cell is missing"),
    ],
)
def test_what_is_no_export_is_refused(comments: str, votes: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadExport, match=said):
        imported(export(tmp_path, comments, votes))


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExport, match="cannot be read"):
        imported(tmp_path)
