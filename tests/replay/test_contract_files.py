"""What ``stadsgesprek replay`` promises about the files that it writes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.export import export_dialogue
from tests import programs
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening, jsonl, result, sound
from tests.replay.replaying import GOOD, evening_of_votes, line, replay


def test_several_dialogues_get_a_folder_each(tmp_path: Path) -> None:
    evening = Evening()
    evening.staff(f"gesprek nieuw stellingenronde Eerste {CHARTER} in=noord")
    evening.staff(f"gesprek nieuw stellingenronde Tweede {CHARTER} in=zuid")
    code, out = replay(tmp_path, evening.data)
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["eerste", "tweede"]
    assert (out / "eerste" / "SHA256SUMS").exists()


def test_one_dialogue_stands_straight_in_the_folder(tmp_path: Path) -> None:
    code, out = replay(tmp_path, evening_of_votes().data)
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "SHA256SUMS",
        "ontvangstcodes.csv",
        "teksten.csv",
        "uitslag.csv",
        "uitslag.json",
        "verslag.html",
        "verslag.md",
    ]


def test_clerk_adds_files_and_is_refused_while_a_confidential_round_is_open(
    tmp_path: Path,
) -> None:
    evening = evening_of_votes()
    code, out = replay(tmp_path, evening.data, clerk=True)
    assert code == 0
    names = {path.name for path in out.iterdir()}
    assert {"journal.jsonl", "texts.jsonl", "stemmen.csv", "SHA256SUMS.griffie"} <= names
    evening.rows.pop()
    (tmp_path / "open").mkdir()
    code, out = replay(tmp_path / "open", evening.data, clerk=True)
    assert code == 1
    assert not out.exists()


def test_same_file_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    data = (TRANSCRIPTS / "aanbevelingen.jsonl").read_bytes()
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        chat = tmp_path / name / "chat.jsonl"
        code, out = replay(tmp_path / name, data, clerk=True, chat=chat)
        assert code == 0
        files = {path.name: path.read_bytes() for path in out.iterdir()}
        found.append((files, chat.read_bytes()))
    assert found[0] == found[1]


def test_seed_changes_codes_and_keys_only(tmp_path: Path) -> None:
    data = (TRANSCRIPTS / "aanbevelingen.jsonl").read_bytes()
    found, codes = [], []
    for seed in (0, 1):
        (tmp_path / str(seed)).mkdir()
        _, out = replay(tmp_path / str(seed), data, seed=seed)
        codes.append((out / "ontvangstcodes.csv").read_text(encoding="utf-8-sig"))
        json_file = {"uitslag.json": (out / "uitslag.json").read_bytes()}
        made = result(json_file)
        made["journal"]["head"] = ""
        assert made["previous"] is None  # a document that did not change is not made again
        made["changes"] = [change | {"by": ""} for change in made["changes"]]
        for round_ in made["rounds"]:
            round_["receipts_sha256"] = None
        found.append(made)
    assert found[0] == found[1]
    assert codes[0] != codes[1]
    assert [len(c.splitlines()) for c in codes] == [31, 31]  # a heading, three rounds of ten


def test_chat_file(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    given = evening.say("zoe", "stelling Er moeten meer bomen komen.")
    evening.add("zoe", edit=given, text="stelling Er moeten veel bomen komen.")
    chat = tmp_path / "chat.jsonl"
    assert replay(tmp_path, evening.data, chat=chat)[0] == 0
    said = [json.loads(row) for row in chat.read_bytes().splitlines()]
    assert all(list(row) == ["at", "place", "by", "text", "edits"] for row in said)
    assert [row["at"] for row in said] == sorted(row["at"] for row in said)
    typed = [(row["place"], row["by"]) for row in said if row["by"] != "bot"]
    assert typed == [("staf", "vera"), ("staf", "vera"), ("zoe", "zoe"), ("zoe", "zoe")]
    edited = next(row for row in said if row["text"] == "stelling Er moeten veel bomen komen.")
    assert said[edited["edits"] - 1]["text"] == "stelling Er moeten meer bomen komen."
    cards = [row for row in said if row["place"] == "zomerstraat"]
    first = said.index(cards[0]) + 1
    assert [row["edits"] for row in cards] == [None] + [first] * (len(cards) - 1)
    assert len(cards) > 1


def test_db_keeps_the_database_and_export_gives_the_same_bytes(tmp_path: Path) -> None:
    db = tmp_path / "kept" / "kept.db"
    db.parent.mkdir()
    data = (TRANSCRIPTS / "aanbevelingen.jsonl").read_bytes()
    code, out = replay(tmp_path, data, db=db, clerk=True)
    assert code == 0
    sound(db)
    again = tmp_path / "again"
    assert export_dialogue("de-zomerstraat-opnieuw", again, True, db, None, False) == 0
    assert _contents(out) == _contents(again)
    assert replay(tmp_path, data, db=db)[0] == 2  # never over a database that is there


def test_a_database_that_was_removed_may_be_made_again(tmp_path: Path) -> None:
    db = tmp_path / "kept.db"
    data = evening_of_votes().data
    assert replay(tmp_path, data, db=db)[0] == 0
    db.unlink()
    code, _ = replay(tmp_path, data, db=db)
    assert code in (0, 2)


def test_what_is_not_ours_in_out_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "brief.txt").write_text("van mij")
    assert replay(tmp_path, evening_of_votes().data)[0] == 2
    assert _contents(tmp_path / "out") == {"brief.txt": b"van mij"}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        surroundings = {"HOME": str(tmp_path), "PATH": ""}
        return programs.run(*words, folder=tmp_path, surroundings=surroundings, timeout=120)

    return run


def test_the_command_line_whole(
    tmp_path: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    transcript = str(TRANSCRIPTS / "stellingen.jsonl")
    done = command("replay", transcript, "--out", "o", "--chat", "c.jsonl", "--db", "k.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert command("verify", "o").returncode == 0
    again = command("export", "de-zomerstraat-opnieuw", "--out", "p", "--db", "k.db", "--clerk")
    assert again.returncode == 0
    assert command("verify", "p").returncode == 0
    assert _contents(tmp_path / "o").items() <= _contents(tmp_path / "p").items()
    assert command("check", "--db", "k.db").returncode == 0


def test_the_command_line_says_which_line_is_wrong(
    tmp_path: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "t.jsonl").write_bytes(GOOD + b"\n" + jsonl([line(mood="happy")]))
    done = command("replay", "t.jsonl", "--out", "o")
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "o").exists()
