"""Closing by mistake: what would be lost is asked about first, and ``ja`` does it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from dialogues.dialogue import Status
from tests.engine.noted import spoken
from tests.replay.cases import case
from tests.replay.playing import Evening, played
from tests.replay.test_charter import dialogue


def after(lines: Evening, file: Path) -> Any:
    played(lines.data, file)
    return dialogue(file)


def evening(format: str = "gesprek", start: str = "", more: str = "") -> Evening:
    lines = Evening()
    lines.open(format, start=start, more=more)
    lines.say("anna", "stelling Er moeten meer bomen komen.")
    return lines


HOUR = ' tot="vandaag 22:00"'

#: What is lost: the lines before the word, and the word.
LOSSES = {
    "rounds": (evening(), "sluit"),
    "an hour of start": (evening("stellingenronde", HOUR), "sluit"),
    "an hour, going on": (evening("gesprek", HOUR), "volgende"),
    "what waits": (evening("stellingenronde", more="toetsing=vooraf"), "sluit"),
    "what waits, going on": (evening("gesprek", more="toetsing=vooraf"), "volgende"),
    "in English": (evening("gesprek", HOUR), "close"),
}


def copy(lines: Evening) -> Evening:
    made = Evening()
    made.__dict__.update(lines.__dict__)
    made.rows = list(lines.rows)
    return made


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize(
    ("answers", "closes"),
    [
        ([], False),
        (["nee"], False),
        (["nee", "ja"], False),
        (["ja"], True),
        (["Ja!"], True),
        (["status", "ja"], True),
        (["misschien", "ja"], True),
    ],
)
def test_it_is_asked_first(name: str, answers: list[str], closes: bool, tmp_path: Path) -> None:
    before, word = LOSSES[name]
    lines = copy(before)
    for text in (word, *answers):
        lines.staff(text)
    frame = after(lines, tmp_path / "r.db").frames[0]
    assert (frame.closed_at is not None) is closes


@pytest.mark.parametrize("name", LOSSES)
def test_yes_behind_the_word_asks_nothing(name: str, tmp_path: Path) -> None:
    before, word = LOSSES[name]
    lines = copy(before)
    lines.staff(f"{word} ja")
    assert after(lines, tmp_path / "r.db").frames[0].closed_at is not None


@pytest.mark.parametrize(("seconds", "closes"), [(599, True), (601, False)])
def test_the_question_stands_ten_minutes(seconds: int, closes: bool, tmp_path: Path) -> None:
    lines = evening()
    lines.staff("sluit")
    lines.staff("ja", later=seconds)
    found = after(lines, tmp_path / "r.db")
    assert (found.status is Status.CLOSED) is closes


def test_the_yes_of_a_colleague_is_none(tmp_path: Path) -> None:
    lines = evening()
    lines.staff("sluit")
    lines.add("wim", "staf", roles=["moderator"], text="ja")
    assert after(lines, tmp_path / "r.db").status is Status.OPEN


def test_a_question_about_a_round_is_over_with_it(tmp_path: Path) -> None:
    lines = evening()
    lines.staff("sluit")
    lines.add("wim", "staf", roles=["moderator"], text="volgende ja")
    lines.staff("ja")
    assert after(lines, tmp_path / "r.db").status is not Status.DISCARDED
    lines = evening()
    lines.staff('peiling soort=een vraag="Wat?" opties="Bomen; Bankjes"')
    lines.staff("sluit")
    lines.add("wim", "staf", roles=["moderator"], text="volgende")
    lines.staff("ja")
    found = after(lines, tmp_path / "two.db")
    assert (found.status, found.current) == (Status.OPEN, 1)


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (evening("stellingenronde"), "sluit"),  # a default length is no promise
        (evening("gesprek"), "volgende"),
        (evening("stellingenronde", ' tot="over 9 minuten"'), "sluit"),
        (evening("gesprek", ' tot="over 9 minuten"'), "volgende"),
    ],
)
def test_nothing_lost_is_not_asked_about(lines: Evening, word: str, tmp_path: Path) -> None:
    lines.staff(word)
    assert after(lines, tmp_path / "r.db").frames[0].closed_at is not None


MOMENTS = ("vrijdag 20:00", "over 10 minuten", "om 20:00", "20.00 uur", "2026-12-04T20:00")
TAKES_NONE = ("start", "volgende", "sluit", "verzamelen stop", "advies", "werk")


@pytest.mark.parametrize(
    ("word", "moment"),
    [pair for pair in product(TAKES_NONE, MOMENTS) if pair != ("start", "om 20:00")],  # that plans
)
def test_a_moment_behind_a_word_that_takes_none_is_refused(
    word: str, moment: str, tmp_path: Path
) -> None:
    lines = evening("gesprek", HOUR)
    if word == "start":
        lines = Evening()
        lines.staff(
            "gesprek nieuw gesprek Ons gesprek niveau=meedenken beslisser=x antwoord=2026-12-15"
            " vast=x open=y fase=voorbereiding"
        )
    before = after(lines, tmp_path / "before.db")
    lines.staff(f"{word} {moment}")
    chat = played(lines.data, tmp_path / "after.db", chat=True).chat
    assert dialogue(tmp_path / "after.db").position == before.position
    said = str(chat[-1]["text"])
    assert chat[-1]["by"] == "bot"
    if word == "start":
        assert "start om=" in said
        assert "start tot=" in said


def test_the_case_of_a_start_at_an_hour(tmp_path: Path) -> None:
    done = played(case("start_moment.jsonl").read_bytes(), tmp_path / "r.db", chat=True)
    assert dialogue(tmp_path / "r.db", "vrijdag").current == -1
    assert any("start om=" in str(row["text"]) for row in done.chat)


def changes(found: Any) -> list[tuple[str, str, str, str]]:
    return [(c.what, c.item, c.was, c.now) for c in found.changes]


def test_changes_of_hours_stand_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = evening("gesprek", HOUR)
    lines.staff("tot vandaag 21:00")
    lines.staff("tot vandaag 21:30")
    lines.staff('peiling soort=een vraag="Wat?" opties="Bomen; Bankjes"')
    lines.staff("volgende ja")
    lines.staff("sluit ja")
    lines.staff("advies")
    told = spoken(monkeypatch)
    done = played(lines.data, tmp_path / "r.db", chat=True)
    found = changes(dialogue(tmp_path / "r.db"))
    closed = lines.rows[-3]["at"].replace("+00:00", "Z")
    assert found == [
        ("hour", "1", "2026-12-01T21:00:00Z", "2026-12-01T20:00:00Z"),
        ("hour", "1", "2026-12-01T20:00:00Z", "2026-12-01T20:30:00Z"),
        ("early", "1", "2026-12-01T20:30:00Z", closed),
    ]
    (handed,) = done.bundles.values()
    page = handed.files["verslag.md"].decode()
    assert "Ronde 1 eerder gesloten" in page
    assert page.count("Sluiting van ronde 1") == 2
    assert "21.00 uur" in page
    room = [notice.template for place, notice in told if place == "zomerstraat"]
    assert room.count("hour_earlier") == 1  # not the later hour


def test_a_round_of_a_default_length_is_not_closed_early(tmp_path: Path) -> None:
    lines = evening("stellingenronde")
    lines.staff("sluit")
    assert changes(after(lines, tmp_path / "r.db")) == []
