"""The charter as a moderator makes and changes it: the form, its draft, what depends on what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dialogues.charter import Level
from rounds.registry import record
from storage.reader import Reader
from tests.engine.noted import spoken
from tests.replay.cases import case
from tests.replay.playing import CHARTER, Evening, played


def dialogue(file: Path, name: str = "ons-gesprek") -> Any:
    """The state of a dialogue in a database."""
    reader = Reader.of(file, record())
    try:
        folded = reader.folded(name)
        assert folded is not None
        return folded.dialogue
    finally:
        reader.close()


def after(lines: Evening, folder: Path, name: str = "ons-gesprek") -> Any:
    played(lines.data, folder / "r.db")
    return dialogue(folder / "r.db", name)


def form(*answers: str) -> Evening:
    lines = Evening()
    lines.staff("gesprek nieuw gesprek Ons gesprek")
    for answer in answers:
        lines.staff(answer)
    return lines


@pytest.mark.parametrize(
    "answers",
    [
        (f"gesprek afspraken {CHARTER}",),
        (CHARTER,),
        ("2", CHARTER),
        ("2", "de gemeenteraad", f"gesprek afspraken {CHARTER}"),
        ("2", "de raad", "15 december", "de bus", 'open="x" fase=evaluatie'),
        ("meedenken", "language=en", CHARTER),
        ("2", "de raad", "15 december", "de bus", "bomen", "1", "taal=en", "klaar", "ja"),
        ("2", "de raad", "stop", "gesprek afspraken", "15 december", "x", "y", "1", "klaar", "ja"),
        ("2", "stop", "gesprek afspraken", CHARTER),
    ],
)
def test_a_charter_that_is_complete_can_start(answers: tuple[str, ...], tmp_path: Path) -> None:
    lines = form(*answers, "gesprek start")
    found = after(lines, tmp_path)
    assert found.current == 0
    assert found.charter.level is Level.THINK
    english = any("=en" in answer for answer in answers)
    assert found.charter.language == ("en" if english else "")
    assert found.frames[0].plan.title == ("Statements" if english else "Stellingen")


def test_a_colleagues_keys_end_the_form_too(tmp_path: Path) -> None:
    lines = form("2")
    lines.add("wim", "staf", roles=["moderator"], text=f"gesprek afspraken {CHARTER}")
    lines.staff("start")
    assert after(lines, tmp_path).current == 0


def test_stop_keeps_a_draft(tmp_path: Path) -> None:
    found = after(form("2", "de gemeenteraad", "15 december", "stop"), tmp_path)
    assert found.charter.level is Level.THINK
    assert found.charter.decider == "de gemeenteraad"
    assert found.current == -1


def test_the_language_typed_in_full_is_that_language(tmp_path: Path) -> None:
    lines = Evening()
    lines.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} taal=english")
    found = after(lines, tmp_path)
    assert found.language == "en"
    assert found.frames[0].plan.title == "Statements"


def test_a_format_that_goes_too_far_is_refused_at_that_question(tmp_path: Path) -> None:
    found = after(form("1", "2", CHARTER, "start"), tmp_path)
    assert found.charter.level is Level.THINK
    assert found.current == 0


def test_who_decides_along_needs_the_decision_after_the_start_too(tmp_path: Path) -> None:
    played(case("charter_after_start.jsonl").read_bytes(), tmp_path / "r.db")
    found = dialogue(tmp_path / "r.db", "achteraf")
    assert found.charter.level is Level.THINK
    assert found.charter.answer_by.isoformat() == "2026-12-30"  # not the day before closing
    assert found.charter.decision == "12"
    assert [c.item for c in found.changes] == [
        "review", "reveal", "decision", "language", "minimum",
    ]  # fmt: skip


def test_the_answers_day_comes_after_the_closing(tmp_path: Path) -> None:
    played(case("answer_before_closing.jsonl").read_bytes(), tmp_path / "r.db")
    assert dialogue(tmp_path / "r.db", "datum").current == -1


@pytest.mark.parametrize(
    ("typed", "moves"),
    [
        ("tot dinsdag 15 december 20:00", False),
        ("tot maandag 14 december 20:00", True),
        ("gesprek afspraken antwoord=2026-12-04 want=x", False),
        ("gesprek afspraken antwoord=2026-12-05 want=x", True),
        ('volgende tot="zondag 20 december 20:00"', False),
    ],
)
def test_an_hour_and_the_answers_day_fit(typed: str, moves: bool, tmp_path: Path) -> None:
    lines = Evening()
    lines.open("gesprek", start=' tot="vrijdag 20:00"')
    before = after(lines, tmp_path)
    lines.staff(typed)
    (tmp_path / "again").mkdir()
    now = after(lines, tmp_path / "again")
    assert (now.position > before.position) is moves


def test_nobody_is_blamed_for_a_day_that_came_too_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an hour the round lasts a week, and so past the day that was promised."""
    lines = Evening()
    lines.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER}".replace("12-15", "12-03"))
    lines.staff("start")
    lines.tick("2026-12-08T20:00:00Z")
    lines.rows.append(
        {
            "id": "later",
            "at": "2026-12-09T10:00:00Z",
            "user": "vera",
            "in": "staf",
            "text": 'gesprek afspraken antwoord="15 december" want="Het duurde langer."',
        }
    )
    lines.tick("2026-12-14T20:00:00Z")
    told = spoken(monkeypatch)
    played(lines.data, tmp_path / "one.db", chat=True)
    assert "charter_changed" in [notice.template for _, notice in told]
    assert "answer_overdue" not in [notice.template for _, notice in told]
    found = dialogue(tmp_path / "one.db")
    assert not found.answer_overdue
    assert [(c.item, c.was, c.now) for c in found.changes] == [
        ("answer_by", "2026-12-03", "2026-12-15")
    ]
    lines.tick("2026-12-15T17:00:00Z")
    played(lines.data, tmp_path / "two.db", chat=True)
    assert [place for place, n in told if n.template == "answer_overdue"] == ["zomerstraat"]


def test_after_closing_only_the_answers_day_changes(tmp_path: Path) -> None:
    lines = Evening()
    lines.open("stellingenronde")
    lines.staff("sluit")
    for keys in ("open=x", "antwoord=2026-12-20 open=x", "antwoord=2026-12-01"):
        lines.staff(f"gesprek afspraken {keys} want=x")
    lines.staff("gesprek afspraken antwoord=2026-12-20")
    assert after(lines, tmp_path).changes == []
    lines.staff("gesprek afspraken antwoord=2026-12-20 want=x")
    (tmp_path / "again").mkdir()
    found = after(lines, tmp_path / "again")
    assert found.charter.answer_by.isoformat() == "2026-12-20"
