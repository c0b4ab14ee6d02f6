"""import-polis against a recount of its own: last votes from votes.csv, worked out naively here.

Real conversations (CC BY 4.0, The Computational Democracy Project) are read where they lie beside
the project; a small made-up export shows the rules whether they are there or not.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from bot.cli.output import MISUSED
from bot.cli.play import take_polis
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from bot.playback.polis import take
from bot.playback.polis_files import BadExport
from bot.playback.replay import Settings
from rounds.registry import pages, record
from storage.reader import Reader
from tests.generated import some
from tests.replay.cases import case
from tests.replay.playing import sound
from tests.verifying import verified

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"
REAL = sorted(DATA.iterdir()) if DATA.is_dir() else []

#: Where few are asked for, the smallest of them.
TRIED = sorted(REAL, key=lambda folder: (folder / "votes.csv").stat().st_size)[: some(len(REAL))]

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def imported(folder: Path) -> Handed:
    return take(folder, Settings(clerk=True, simulated=False), lambda _d, _t: None).handed


def recounted(folder: Path) -> tuple[list[tuple[str, dict[str, int]]], int]:
    """Kept comments in order with their counts, and how many people have a vote that counts."""
    comments = [row for row in rows(folder / "comments.csv") if float(row["moderated"]) >= 0]
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
@pytest.mark.parametrize("folder", TRIED, ids=lambda folder: folder.name)
def test_real_conversations_count_as_they_are(folder: Path, tmp_path: Path) -> None:
    handed = imported(folder)
    held(folder, handed)
    put_bundle(handed.files, tmp_path / "out")
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


@pytest.mark.parametrize("comment", ["ok", "👍", "https://example.org", "Thanks!"])
def test_a_comment_is_taken_as_it_is(comment: str, tmp_path: Path) -> None:
    handed = imported(export(tmp_path, f"1,x,1,1,0,0,1,{comment}\n", "2,x,1,1,1\n"))
    (item,) = handed.result.rounds[0].items
    assert item.text == comment


@pytest.mark.parametrize(
    ("comments", "votes", "said"),
    [
        ("1,x,1,1,0,0,1,Zin\n", "2,x,1,1,5\n", "votes.csv, row 2"),
        ("1,x,1,1,0,0,1,Zin\n", "2,x,8,1,1\n", "no such comment"),
        ("een,x,1,1,0,0,1,Zin\n", "", "timestamp"),
        ("1,x,1,1,0,0,1,Zin\n2,x,1,1,0,0,1,Zin\n", "", "twice"),
        ("1,x,1,1,0,0,-1,Zin\n", "", "no comment that was kept"),
        ("1,x,1\n", "", "a cell is missing"),
        ("1,x,1,1,0,0,1,Zin\n2,x,2,1,0,0,1,Bomen, en banken\n", "", "comments.csv, row 3: more"),
        ("1,x,1,1,0,0,1,Zin\n", "2,x,1,1,1,1\n", "votes.csv, row 2: more"),
        ('1,x,1,1,0,0,1,"Zin\n2,x,2,1,0,0,1,Twee\n', "", "comments.csv, row 2: this is no table"),
        ('1,x,1,1,0,0,1,"Zin" met\n', "", "comments.csv, row 2: this is no table"),
        ("1,x,1,1,0,0,1,Zin\n2,x,2,1,0,0,1,\n", "", "comments.csv, row 3: the comment is empty"),
        ("1,x,1,1,0,0,1, \u200b\n", "", "comments.csv, row 2: the comment is empty"),
        (f"1,x,1,1,0,0,1,{'x' * 2001}\n", "", "comments.csv, row 2: the comment is longer"),
        *(
            (f"1,x,1,1,0,0,1,Zin\n2,x,2,1,0,0,{odd},Twee\n", "", "row 3: moderated is 1, 0 or -1")
            for odd in ("", "\N{MINUS SIGN}1", "true", "rejected", "2", "-2.0", "0.5", "nan")
        ),
        ("1764600000,x,1,1,0,0,1,Zin\n1764600000000,x,2,1,0,0,1,Twee\n", "", "row 2: .* seconds"),
        ("0,x,1,1,0,0,1,Zin\n", "", "row 2: the timestamp is no moment"),
    ],
)
def test_what_is_no_export_is_refused(comments: str, votes: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadExport, match=said):
        imported(export(tmp_path, comments, votes))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("moderated_odd", "comments.csv, row 3: moderated"),
        ("unquoted_body", "comments.csv, row 2: more cells"),
        ("empty_body", "comments.csv, row 4: the comment is empty"),
        ("too_long_body", "comments.csv, row 4: the comment is longer"),
    ],
)
def test_what_would_be_lost_is_refused_and_nothing_is_written(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, db = tmp_path / "out", tmp_path / "kept.db"
    assert take_polis(case(f"polis/{name}"), out, True, 0, db, "", False) == MISUSED
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["seconds", "vote_before_comment"])
def test_every_vote_counts_and_the_year_is_right(name: str) -> None:
    handed = imported(case(f"polis/{name}"))
    held(case(f"polis/{name}"), handed)
    (only,) = handed.result.rounds
    assert [item.voters for item in only.items] == [6, 6]
    assert str(only.opened_at).startswith("2025-12-01")


def made_up(folder: Path, seed: int) -> Path:
    """An export as Polis or another tool might write it: votes before their comments, moments in
    seconds, equal moments, rows in any order."""
    draw = random.Random(seed)
    begin = draw.choice([1_764_600_000, 1_764_600_000_000])
    comments, votes = [], []
    for number in range(12):
        moderated = draw.choice(["1", "0", "1.0", "0.0", " 1", "-1", "-1.0"])
        at, odd = begin + draw.randrange(50), draw.choice(["plat", '"met ""tekens"""', '"a, b\nc"'])
        words = odd[:-1] + f' {number}"' if odd.endswith('"') else f"{odd} {number}"
        comments.append(f"{at},x,{number},{draw.randrange(4)},0,0,{moderated},{words}\n")
    for _ in range(150):
        at, vote = begin + draw.randrange(60), draw.choice(["1", "0", "-1"])
        votes.append(f"{at},x,{draw.randrange(12)},{draw.randrange(9)},{vote}\n")
    draw.shuffle(comments)
    return export(folder, "".join(comments), "".join(votes))


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_order_nothing_is_lost(seed: int, tmp_path: Path) -> None:
    folder = made_up(tmp_path, seed)
    taken = take(folder, Settings(clerk=True, simulated=False), lambda _d, _t: None)
    held(folder, taken.handed)
    kept = len(taken.handed.result.rounds[0].items)
    assert len(taken.left_out) == 12 - kept
    put_bundle(taken.handed.files, tmp_path / "out")
    assert verified(tmp_path / "out").ok


def test_what_is_left_out_is_counted_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comments = "1,x,1,1,0,0,1,Zin\n1,x,2,1,0,0,-1,Weg\n1,x,3,1,0,0,-1.0,\n"
    folder = export(tmp_path, comments, "2,x,1,1,1\n2,x,2,1,1\n2,x,2,2,0\n")
    assert take_polis(folder, tmp_path / "out", False, 0, None, "", False) == 0
    told = capsys.readouterr().err
    assert "left out: 2 comments" in told
    assert (
        "comments.csv, row 3: comment 2 was moderated out (-1); it is left out, with its 2" in told
    )
    assert (
        "comments.csv, row 4: comment 3 was moderated out (-1); it is left out, with its 0" in told
    )


def test_a_title_is_never_the_towns_own_chain(tmp_path: Path) -> None:
    folder = export(tmp_path, "1,x,1,1,0,0,1,Zin\n", "2,x,1,1,1\n")
    (folder / "summary.csv").write_text("topic,Town\n", encoding="utf-8")
    db = tmp_path / "kept.db"
    assert take_polis(folder, tmp_path / "out", True, 0, db, "", False) == 0
    assert verified(tmp_path / "out").ok
    reader = Reader.of(db, record())
    assert reader.dialogues() == ("town-2",)
    reader.close()
    sound(db)
    assert json.loads((tmp_path / "out" / "uitslag.json").read_text())["dialogue"]["id"] == "town-2"


@pytest.mark.parametrize("source", ["", "Voorbeeldstad <b>2025</b>, CC BY 4.0"])
def test_the_page_says_what_is_not_known_and_where_it_comes_from(
    source: str, tmp_path: Path
) -> None:
    folder = export(tmp_path, "1,x,1,1,0,0,1,Zin\n", "2,x,1,1,1\n")
    settings = Settings(clerk=True, simulated=False)
    handed = take(folder, settings, lambda _d, _t: None, source).handed
    dialogue = json.loads(handed.files["uitslag.json"])["dialogue"]
    assert dialogue["imported"] is True
    assert dialogue.get("source", "") == source
    assert "minimum" not in dialogue["charter"]
    words = worded("page.imported")
    for name in ("verslag.md", "verslag.html"):
        page = handed.files[name].decode()
        assert words in page
        assert ("CC BY 4.0" in page) is bool(source)
        assert "<b>2025" not in page
    put_bundle(handed.files, tmp_path / "out")
    assert verified(tmp_path / "out").ok


def worded(code: str) -> str:
    """A line of the document's words, as the page has it."""
    return pages().words("nl").text(code)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExport, match="cannot be read"):
        imported(tmp_path)
