"""Format files: the built-in ones, a town's own folder, and what is refused with which reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.town import formats
from bot.town.formats import FormatError
from dialogues.format import Kind, RoundPlan

GOOD = """\
title = "Buurtgesprek"

[[rounds]]
kind = "statements"
title = "Stellingen"
per_person = 5

[[rounds]]
kind = "closing"
title = "Aanbevelingen"
prepare = 30
"""


def written(folder: Path, text: str, name: str = "buurt.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_built_in_formats() -> None:
    kinds = {name: [p.kind.value for p in f.rounds] for name, f in formats.load().items()}
    assert kinds == {
        "gesprek": ["statements", "poll", "closing"],
        "peiling": ["poll"],
        "polis": ["statements"],
        "stellingenronde": ["statements"],
        "vragenuur": ["questions"],
    }


def test_a_built_in_format_has_the_settings_of_the_contract() -> None:
    first, _, last = formats.load()["gesprek"].rounds
    assert (first.days, first.collecting_margin, first.length, first.per_person) == (7, 10, 280, 3)
    assert (last.prepare, last.collecting_margin) == (60, 0)


def test_polis_neither_asks_nor_refuses() -> None:
    (plan,) = formats.load()["polis"].rounds
    assert (plan.per_person, plan.length, plan.near_duplicates) == (0, 2000, False)


def test_a_towns_own_format(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    own = formats.load(tmp_path)["buurt"]
    assert (own.id, own.title) == ("buurt", "Buurtgesprek")
    assert own.rounds == (
        RoundPlan(Kind.STATEMENTS, "Stellingen", per_person=5),
        RoundPlan(Kind.CLOSING, "Aanbevelingen", prepare=30, collecting_margin=0),
    )
    assert "gesprek" in formats.load(tmp_path)


def test_a_towns_own_file_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "gesprek.toml")
    assert formats.load(tmp_path)["gesprek"].title == "Buurtgesprek"


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, "not a format", "README.md")
    assert set(formats.load(tmp_path)) == set(formats.load())


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            "per_person = 5",
            "prepare = 5",
            "rounds[0].prepare",
            "is a setting of closing, not of statements",
        ),
        (
            "prepare = 30",
            "threshold = 80",
            "rounds[1].threshold",
            "is a setting of questions and statements",
        ),
        (
            "per_person = 5",
            "perperson = 5",
            "rounds[0].perperson",
            "there is no such setting; statements has collecting",
        ),
        ("per_person = 5", 'per_person = "5"', "rounds[0].per_person", "expected `int`, got `str`"),
        ("per_person = 5", "per_person = -1", "rounds[0].per_person", "expected `int` >= 0"),
        ("per_person = 5", "days = 0", "rounds[0].days", "expected `int` >= 1"),
        (
            "per_person = 5",
            "near_duplicates = 1",
            "rounds[0].near_duplicates",
            "expected `bool`, got `int`",
        ),
        (
            'kind = "closing"',
            'kind = "circle"',
            "rounds[1].kind",
            "there is no such kind; the kinds are closing, poll",
        ),
        ('kind = "closing"\n', "", "rounds[1].kind", "is missing"),
        ('title = "Stellingen"\n', "", "rounds[0].title", "is missing"),
        ('title = "Stellingen"', 'title = ""', "rounds[0].title", "expected `str` of length >= 1"),
        ('title = "Buurtgesprek"\n', "", "title", "is missing"),
        ('title = "Buurtgesprek"', 'titel = "x"\ntitle = "y"', "titel", "there is no such setting"),
        (
            '"statements"\ntitle = "Stellingen"\nper_person = 5',
            '"questions"\ntitle = "x"',
            "rounds[1]",
            "a closing round needs statements or a poll",
        ),
        ("[[rounds]]", "[[round]]", "round", "there is no such setting"),
        ("title", "title title", "", "is not TOML"),
    ],
)
def test_what_is_refused(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(FormatError) as caught:
        formats.load(tmp_path)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert caught.value.reason.startswith(reason)
    assert str(caught.value) == f"{file}: {key + ': ' if key else ''}{caught.value.reason}"


def test_rounds_have_to_be_a_list_of_rounds(tmp_path: Path) -> None:
    for text in (
        'title = "x"\nrounds = []',
        'title = "x"\nrounds = 3',
        'title = "x"\nrounds = [1]',
    ):
        written(tmp_path, text)
        with pytest.raises(FormatError) as caught:
            formats.load(tmp_path)
        assert caught.value.key.startswith("rounds")


def test_a_name_that_cannot_be_typed_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "Buurt gesprek.toml")
    with pytest.raises(FormatError, match="small letters"):
        formats.load(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such folder"):
        formats.load(tmp_path / "none")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "buurt.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="cannot be read"):
        formats.load(tmp_path)
