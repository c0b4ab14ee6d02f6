"""What ``stadsgesprek replay`` promises about its lines, its files and its exit code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.export import export_dialogue
from bot.cli.play import play_transcript
from tests import programs
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening, jsonl, played, result, sound

AT = "2026-12-01T19:30:00+01:00"
LATER = "2026-12-01T19:31:00+01:00"


def replay(folder: Path, data: bytes, **more: Any) -> tuple[int, Path]:
    """The command in this process: its exit code and its --out."""
    transcript, out = folder / "t.jsonl", folder / "out"
    transcript.write_bytes(data)
    given = {"clerk": False, "chat": None, "seed": 0, "db": None, "config": None, **more}
    code = play_transcript(transcript, out, *given.values(), False)
    return code, out


def line(**keys: Any) -> dict[str, Any]:
    return {"id": "m1", "at": AT, "user": "anna", "text": "hulp"} | keys


def without(key: str, **keys: Any) -> dict[str, Any]:
    return {name: value for name, value in line(**keys).items() if name != key}


GOOD = json.dumps(line(id="m0", at="2026-12-01T19:00:00+01:00")).encode()

BAD: dict[str, tuple[bytes, int]] = {
    "no JSON": (b"{" + GOOD, 1),
    "half a line": (GOOD + b"\n" + GOOD[:-1], 2),
    "a list": (b"[]", 1),
    "a number": (b"7", 1),
    "not UTF-8": (b'{"id": "m1\xff"}', 1),
    "deep JSON": (b"[" * 100_000, 1),
    "unknown key": (jsonl([line(mood="happy")]), 1),
    "unknown role": (jsonl([line(roles=["mayor"])]), 1),
    "roles no list": (jsonl([line(roles="moderator")]), 1),
    "no user": (jsonl([without("user")]), 1),
    "empty user": (jsonl([line(user="")]), 1),
    "no id": (jsonl([without("id")]), 1),
    "no at": (jsonl([without("at")]), 1),
    "no text": (jsonl([without("text")]), 1),
    "text is a number": (jsonl([line(text=7)]), 1),
    "text and react": (jsonl([line(react="👍", on="S1")]), 1),
    "react without on": (jsonl([without("text", react="👍")]), 1),
    "on without react": (jsonl([line(on="S1")]), 1),
    "edit without text": (GOOD + b"\n" + jsonl([without("text", edit="m0")]), 2),
    "two deeds": (GOOD + b"\n" + jsonl([without("text", remove="m0", unreact="m0")]), 2),
    "at without offset": (jsonl([line(at="2026-12-01T19:30:00")]), 1),
    "at is no moment": (jsonl([line(at="vrijdag")]), 1),
    "at a day": (jsonl([line(at="2026-12-01")]), 1),
    "at a number": (jsonl([line(at=0)]), 1),
    "at goes back": (jsonl([line(at=LATER), line(id="m2")]), 2),
    "clock goes back": (jsonl([line(at=LATER), {"at": AT}]), 2),
    "clock without offset": (jsonl([{"at": "2026-12-01T19:30:00"}]), 1),
    "same id, other text": (jsonl([line(), line(text="status")]), 2),
    "same id, other at": (jsonl([line(), line(at=LATER)]), 2),
    "same id, other roles": (jsonl([line(), line(roles=["clerk"])]), 2),
    "edit of an unknown id": (jsonl([line(edit="m7")]), 1),
    "remove of an unknown id": (jsonl([without("text", remove="m7")]), 1),
    "unreact of an unknown id": (jsonl([without("text", unreact="m7")]), 1),
    "edit of a later id": (jsonl([line(edit="m2"), line(id="m2")]), 1),
    "expect without text": (jsonl([{"expect": "anna"}]), 1),
    "expect with more": (jsonl([{"expect": "anna", "text": "…", "at": AT}]), 1),
    "expect nobody": (jsonl([{"expect": "", "text": "…"}]), 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, number = BAD[name]
    db, chat = tmp_path / "kept.db", tmp_path / "chat.jsonl"
    code, out = replay(tmp_path, data, db=db, chat=chat)
    said = capsys.readouterr()
    assert code == 2
    assert f"line {number}:" in said.err
    assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["t.jsonl"]
    assert not out.exists()


def test_bad_line_after_good_ones_writes_nothing(tmp_path: Path) -> None:
    good = (TRANSCRIPTS / "stellingen.jsonl").read_bytes()
    code, _ = replay(tmp_path, good + b'{"id": "zz"}\n', db=tmp_path / "kept.db")
    assert code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["t.jsonl"]


def test_no_file_and_no_dialogue(tmp_path: Path) -> None:
    assert (
        play_transcript(tmp_path / "none", tmp_path / "o", False, None, 0, None, None, False) == 2
    )
    code, out = replay(tmp_path, jsonl([line()]))
    assert code == 0
    assert not out.exists()


def test_failing_expectation_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = replay(tmp_path, jsonl([line(), {"expect": "anna", "text": "Iets anders."}]))
    said = capsys.readouterr().err
    assert code == 1
    assert "line 2" in said
    assert "Iets anders." in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("…", 0),
        ("English? Type english.…", 0),
        ("…stadsgesprek.", 0),
        ("…Dit kan nu:…Mijn adres is stadsgesprek.", 0),
        ("Dit kan nu:", 1),
        ("…Mijn adres is", 1),
        ("", 1),
        (".*", 1),
    ],
)
def test_ellipsis_stands_for_anything(text: str, code: int, tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("anna", "hulp")
    evening.expect("anna", text)
    assert replay(tmp_path, evening.data)[0] == code


def test_expectation_sees_what_was_said_since_the_last_one(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.expect("anna", "")
    evening.say("anna", "hulp")
    evening.expect("anna", "…Dit kan nu:…")
    evening.expect("anna", "")
    evening.say("anna", "dag, ik kom praten")
    evening.expect("anna", "Fijn dat u meedoet…Typ: ja.")
    evening.say("anna", "ja")
    evening.say("anna", "onzin")
    evening.expect("anna", "…Dat begrijp ik niet.…")
    assert replay(tmp_path, evening.data)[0] == 0


def evening_of_votes() -> Evening:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in ("anna", "bram", "carla", "daan", "eva"):
        evening.say(who, "stem S1 eens")
    evening.staff("sluit ja")
    return evening


def figures(data: bytes, folder: Path) -> dict[str, Any]:
    """uitslag.json without what follows from the bytes of the journal."""
    found = result(next(iter(played(data, folder / "r.db").bundles.values())).files)
    found["journal"]["head"] = ""
    for round_ in found["rounds"]:
        round_["receipts_sha256"] = None
    return found


@pytest.mark.parametrize("place", ["at once", "later", "at the end", "everything twice"])
def test_a_repeated_line_is_a_double_delivery(place: str, tmp_path: Path) -> None:
    rows = evening_of_votes().rows
    again = {
        "at once": [*rows[:5], rows[4], rows[4], *rows[5:]],
        "later": [*rows[:7], rows[2], rows[3], *rows[7:]],
        "at the end": [*rows, *rows],
        "everything twice": [row for row in rows for _ in (1, 2)],
    }[place]
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    once = played(jsonl(rows), tmp_path / "1" / "r.db").bundles
    twice = played(jsonl(again), tmp_path / "2" / "r.db").bundles
    assert {name: handed.files for name, handed in once.items()} == {
        name: handed.files for name, handed in twice.items()
    }


def test_a_repeated_line_moves_no_clock_and_sets_no_roles(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    evening.add("wim", roles=["official"], text="status")
    first = evening.rows[-1]
    evening.add("wim", roles=[], text="status")
    evening.rows.append(first)
    evening.say("wim", "stem S1 eens")
    evening.expect("wim", "…S1 eens…Uw code: …")
    assert replay(tmp_path, evening.data)[0] == 0


def test_lines_at_the_same_moment_count_in_the_order_of_the_file(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in ("anna", "bram", "carla", "daan", "eva", "femke", "gijs", "hanna", "iris", "jan"):
        evening.say(who, "stem S1 eens", later=0)
        evening.say(who, "stem S1 oneens", later=0)
    evening.say("anna", "stem S1 eens", later=0)
    item = figures(evening.data + b"", tmp_path)
    assert item["interim"]
    evening.staff("sluit ja")
    (tmp_path / "closed").mkdir()
    item = figures(evening.data, tmp_path / "closed")["rounds"][0]["items"][0]
    assert item["counts"] == {"agree": 1, "disagree": 9, "pass": 0}


def test_a_vote_and_then_the_closing_at_one_moment(tmp_path: Path) -> None:
    rows = [row | {"at": AT} for row in evening_of_votes().rows]
    rows.append(line(id="late", user="gijs", text="stem S1 oneens"))
    found = figures(jsonl(rows), tmp_path)["rounds"][0]
    assert found["voters"] == 5
    assert found["items"][0]["counts"] == {"agree": 5, "disagree": 0, "pass": 0}


@pytest.mark.parametrize("gone", ["forgotten", "staff"])
def test_votes_given_at_that_very_moment_are_taken_back_too(gone: str, tmp_path: Path) -> None:
    evening = evening_of_votes()
    closing = evening.rows.pop()
    evening.say("gijs", "stem S1 oneens")
    if gone == "forgotten":
        evening.say("gijs", "vergeetmij", later=0)
        evening.say("gijs", "ja, vergeet mij", later=0)
        evening.say("gijs", "stem S1 oneens", later=0)
    else:
        evening.add("gijs", later=0, roles=["official"], text="status")
    evening.wait(1)
    evening.rows.append(closing | {"at": evening.at})
    counts = figures(evening.data, tmp_path)["rounds"][0]["items"][0]["counts"]
    assert counts == {"agree": 5, "disagree": int(gone == "forgotten"), "pass": 0}


def test_a_lone_surrogate_is_a_valid_line_and_refused_in_the_chat(tmp_path: Path) -> None:
    evening = evening_of_votes()
    closing = evening.rows.pop()
    evening.say("gijs", "stelling \ud83d half")
    evening.expect("gijs", "In dit bericht staat een teken dat niet klopt.…")
    evening.rows.append(closing | {"at": evening.at})
    chat = tmp_path / "chat.jsonl"
    code, out = replay(tmp_path, evening.data, chat=chat)
    assert code == 0
    assert (
        len(result({"uitslag.json": (out / "uitslag.json").read_bytes()})["rounds"][0]["items"])
        == 1
    )
    said = [json.loads(row) for row in chat.read_bytes().splitlines()]
    assert "stelling \ud83d half" in [row["text"] for row in said]


def test_the_clock_stands_still_after_the_last_line(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde", start=' tot="vandaag 21:00"')
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    found = figures(evening.data, tmp_path)
    assert found["interim"]
    assert found["rounds"][0]["state"] == "open"
    assert found["rounds"][0]["items"] == []
    evening.tick("2026-12-01T20:00:00Z")
    (tmp_path / "later").mkdir()
    found = figures(evening.data, tmp_path / "later")
    assert not found["interim"]
    assert found["rounds"][0]["closed_at"] == "2026-12-01T20:00:00Z"
    assert found["journal"]["at"] == "2026-12-01T20:00:00Z"


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


# -- through the real command line ---------------------------------------------------------------


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
