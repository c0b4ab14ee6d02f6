"""The console through a pipe, as scripts use it. The last test starts an interpreter."""

from __future__ import annotations

import re
import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.console import console
from bot.console.terminal import slash
from bot.console.terminal.settings import key_of, settings
from bot.console.terminal.words import Words
from bot.runtime import clock as clocks
from bot.runtime import timekeeper
from bot.runtime.clock import VirtualClock
from storage.sqlite import lock
from tests import programs
from tests.programs import COMMAND
from tests.sentences import console_says, says, wording

ANSWER = date.today() + timedelta(days=60)  # noqa: DTZ011 - far enough in any zone
CHARTER = (
    f'niveau=meedenken beslisser="de gemeenteraad" antwoord={ANSWER} '
    'vast="de bus blijft" open="bomen" fase=voorbereiding'
)
OPENED = f"""/wie vera moderator
/plek staf
gesprek nieuw stellingenronde De Zomerstraat opnieuw {CHARTER}
gesprek start
"""


def words(folder: Path, *more: str) -> tuple[str, ...]:
    return "console", "--db", str(folder / "x.db"), *more


def played(folder: Path, typed: str | bytes, *more: str) -> subprocess.CompletedProcess[str]:
    data = typed if isinstance(typed, bytes) else typed.encode()
    return programs.run(*words(folder, *more), typed=data)


def told(done: subprocess.CompletedProcess[str], place: str) -> str:
    """What was said in a place, in order."""
    parts = re.split(r"(?m)^(?=\[\w+\] |· )", done.stdout)
    return "".join(part.partition("] ")[2] for part in parts if part.startswith(f"[{place}] "))


def test_a_dialogue_by_one_person_who_plays_everybody(tmp_path: Path) -> None:
    done = played(
        tmp_path,
        OPENED + "/wie anna\n/plek prive\nstelling Er moeten meer bomen komen\n"
        "/wie bert\nmeedoen\nja\n1 eens\n/klok +8d\n",
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert says(told(done, "zomerstraat"), "card", round=1)
    assert "anna: stelling Er moeten meer bomen komen (m3)" in told(done, "anna")
    assert "1. «Er moeten meer bomen komen» (S1)" in told(done, "bert")
    assert says(told(done, "bert"), "votes_noted")
    assert "- S1 eens: «Er moeten meer bomen komen»" in told(done, "bert")
    counted = wording("statements_card", statements=1, collecting=True)
    assert f"✎ {counted}" in told(done, "zomerstraat")
    assert says(told(done, "zomerstraat"), "round_result", round=1)
    assert says(told(done, "staf"), "dialogue_closed_staff", title="De Zomerstraat opnieuw")


def test_everything_is_there_at_the_next_start(tmp_path: Path) -> None:
    played(tmp_path, OPENED + "/plek plein\n/klok +1d\n")
    key = tmp_path / "town.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    done = played(tmp_path, "/plek\n/klok\n/wie vera\n/plek staf\nstatus\n/wie\n")
    assert key.read_bytes() == before
    assert console_says(done.stdout, "moved_before", ahead=Words("nl").ahead(86_400))
    assert console_says(done.stdout, "clock", ahead=Words("nl").ahead(86_400))
    assert console_says(done.stdout, "places", places="zomerstraat, plein, staf, prive")
    assert console_says(done.stdout, "who", who="vera", roles="moderator")
    assert says(told(done, "staf"), "status", round=1, rounds=1)
    assert "status (m3)" in done.stdout


def test_messages_are_edited_removed_and_reacted_on(tmp_path: Path) -> None:
    opened = OPENED.replace("fase=voorbereiding", "fase=voorbereiding stemming=open")
    done = played(
        tmp_path,
        opened + "/wie anna\n/plek zomerstraat\n!stelling De bus moet vaker rijden\n"
        "/wijzig m3 !stelling De bus moet elk uur rijden\n/wie bert\n/reageer 👍 S1\n"
        "/reageer s1 👎\n/weg m6\n/plek prive\nmijn\n/wie anna\nmijn\n"
        "/plek zomerstraat\n/verwijder m3\n/plek prive\nmijn\n",
    )
    assert "- S1: «De bus moet elk uur rijden» (te zien)" in done.stdout
    assert "- S1 eens: «De bus moet elk uur rijden»" in done.stdout
    assert "- S1 (ingetrokken)" in done.stdout


def test_slash_lines_that_are_none_say_what_to_do(tmp_path: Path) -> None:
    done = played(
        tmp_path,
        "/plak staf\n/xyzzy\n/\n/klok -1d\n/klok morgen\n/klok +99999w\n/wie a/b\n/wie staf\n"
        "/wie anna baas\n/plek een twee\n/plek anna\n/weg m1\n/weg x\n/weg\n/wijzig m1 x\n"
        "/wijzig m1\n/verwijder\n/reageer 👍\n/wie " + "x" * 5000 + "\n",
    )
    assert done.returncode == 0
    notes = [line for line in done.stdout.splitlines() if line.startswith("· ")]
    expected = (
        ("unknown_slash", {"word": "plak", "nearest": Words("nl")("meant", word="plek")}),
        ("unknown_slash", {"word": "xyzzy", "nearest": ""}),
        ("unknown_slash", {"word": ""}),
        ("clock_back", {}),
        ("bad_clock", {}),
        ("bad_clock", {}),
        ("bad_name", {}),
        ("room_taken", {"name": "staf"}),
        ("bad_role", {"role": "baas"}),
        ("bad_name", {}),
        ("person_taken", {"name": "anna"}),
        ("no_such_message", {"id": "m1"}),
        ("no_such_message", {"id": "x"}),
        ("usage", {"usage": "/weg m3"}),
        ("no_such_message", {"id": "m1"}),
        ("usage", {"usage": "/wijzig m3 TEKST"}),
        ("usage", {"usage": "/verwijder m3"}),
        ("usage", {"usage": "/reageer 👍 S3"}),
        ("bad_name", {}),
    )
    assert len(notes) == len(expected) + 1
    for note, (code, known) in zip(notes[1:], expected, strict=True):
        assert console_says(note, code, **known), note


def test_english_slash_words(tmp_path: Path) -> None:
    done = played(tmp_path, "/who bob moderator\n/place staff2\n/clock +1h\n/help\n/quit\nnooit\n")
    assert console_says(done.stdout, "who", who="bob", roles="moderator")
    assert console_says(done.stdout, "clock", ahead=Words("nl").ahead(3600))
    assert "nooit" not in done.stdout


def test_odd_bytes_are_no_crash(tmp_path: Path) -> None:
    done = played(
        tmp_path, b"\xef\xbb\xbf/plek prive\nstelling \xff\xfe\r\n\x1b[31mrood\n\x00\n/wie"
    )
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert console_says(done.stdout, "who", who="anna", roles=Words("nl").resident)


def test_two_processes_exclude_each_other(tmp_path: Path) -> None:
    with lock(tmp_path / "x.db"):
        done = played(tmp_path, "hallo\n")
    assert done.returncode == 2
    assert "is in use by another stadsgesprek; end that one first" in done.stderr
    assert not (tmp_path / "town.key").exists()


def test_a_database_without_its_key_is_refused(tmp_path: Path) -> None:
    played(tmp_path, "hallo\n")
    (tmp_path / "town.key").unlink()
    done = played(tmp_path, "hallo\n")
    assert done.returncode == 2
    assert "town.key is missing" in done.stderr


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "town.key").write_text("00" * 32 + "\n")
    (tmp_path / "x.db").write_text("geen database " * 100)
    done = played(tmp_path, "hallo\n")
    assert done.returncode == 2
    assert "is no database or is damaged" in done.stderr


def test_a_round_closes_at_its_hour_while_nobody_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clock stands still until all is typed, and then moves past the hour by itself."""
    now, closed = VirtualClock(datetime.now(UTC)), threading.Event()
    monkeypatch.setattr(clocks, "system", now)
    monkeypatch.setattr(timekeeper, "NAP", timedelta(milliseconds=5))
    write = console._write

    def written(text: str) -> None:
        write(text)
        if says(text, "round_result", round=1):
            closed.set()

    monkeypatch.setattr(console, "_write", written)

    def lines() -> Iterator[bytes]:
        typed = OPENED.replace("gesprek start", 'gesprek start tot="over 1 minuut"')
        for line in typed.splitlines():
            yield line.encode()
        assert not closed.is_set()
        now.set(now() + timedelta(minutes=1))
        assert closed.wait(60)

    given = settings(tmp_path / "x.db", None)
    playing = console.ConsoleThread(given, key_of(given.db), live=False)
    try:
        playing.through_a_pipe(lines())
    finally:
        playing.close()
    assert capsys.readouterr().err == ""


def test_the_database_of_a_config(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[town]\nname = "Ergens"\nlanguage = "en"\n[storage]\nfile = "x.db"\n'
        '[[rooms]]\nname = "square"\nstaff = "staff"\n[[staff_rooms]]\nname = "staff"\n'
    )
    done = subprocess.run(
        [*COMMAND, "console", "--config", str(config)],
        input="/place\nhi\n/who zoe clerk\n/nope\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    here = {"here": "square", "places": "square, staff, private"}
    assert console_says(done.stdout, "places", "en", **here)
    assert console_says(done.stdout, "who", "en", who="zoe", roles="clerk")
    assert console_says(done.stdout, "unknown_slash", "en", word="nope")
    assert (tmp_path / "x.db").exists()
    assert (tmp_path / "town.key").exists()


def test_a_role_is_called_as_it_was_typed() -> None:
    assert slash.IN_DUTCH == {
        "official": "ambtenaar",
        "clerk": "griffie",
        "youth_worker": "jongerenwerker",
        "councillor": "raadslid",
    }
