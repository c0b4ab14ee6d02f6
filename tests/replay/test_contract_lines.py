"""What ``stadsgesprek replay`` promises about bad lines, expectations and its exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.cli.play import play_transcript
from tests.replay.playing import TRANSCRIPTS, Evening, jsonl
from tests.replay.replaying import AT, GOOD, line, replay

LATER = "2026-12-01T19:31:00+01:00"


def without(key: str, **keys: Any) -> dict[str, Any]:
    return {name: value for name, value in line(**keys).items() if name != key}


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
