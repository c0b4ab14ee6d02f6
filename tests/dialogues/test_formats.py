"""Format files: the built-in ones, a town's own folder, and what is refused with which reason."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.town import formats
from bot.town.formats import FormatError
from dialogues.format import RoundPlan
from rounds.registry import KINDS, kinds
from tests.rounds.surfaces import surface

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

#: The settings of statements where nothing is said.
STATEMENTS = {
    "per_person": 3,
    "offer": 5,
    "reason_every": 3,
    "near_duplicates": True,
    "threshold": 80,
}


def written(folder: Path, text: str, name: str = "buurt.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_built_in_formats() -> None:
    rounds = {name: [p.kind for p in f.rounds] for name, f in formats.load(kinds()).items()}
    ours = {
        "bewonersavond": ["questions", "statements", "poll", "closing"],
        "gesprek": ["statements", "poll", "closing"],
        "peiling": ["poll"],
        "polis": ["statements"],
        "stellingenronde": ["statements"],
        "vragenuur": ["questions"],
    }
    assert ours.items() <= rounds.items()
    assert list(rounds) == sorted(rounds)


def test_a_built_in_format_has_the_settings_of_the_contract() -> None:
    first, _, last = formats.load(kinds())["gesprek"].rounds
    assert (first.days, first.collecting_margin, first.length) == (7, 10, 280)
    assert first.settings["per_person"] == 3
    assert (last.settings["prepare"], last.collecting_margin) == (60, 0)


def test_polis_neither_asks_nor_refuses() -> None:
    (plan,) = formats.load(kinds())["polis"].rounds
    assert (plan.settings["per_person"], plan.length) == (0, 2000)
    assert plan.settings["near_duplicates"] is False


def test_a_towns_own_format(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    own = formats.load(kinds(), tmp_path)["buurt"]
    assert (own.id, own.title) == ("buurt", "Buurtgesprek")
    assert own.rounds == (
        RoundPlan("statements", "Stellingen", settings=STATEMENTS | {"per_person": 5}),
        RoundPlan("closing", "Aanbevelingen", collecting_margin=0, settings={"prepare": 30}),
    )
    assert "gesprek" in formats.load(kinds(), tmp_path)


def test_a_towns_own_file_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "gesprek.toml")
    assert formats.load(kinds(), tmp_path)["gesprek"].title == "Buurtgesprek"


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, "not a format", "README.md")
    assert set(formats.load(kinds(), tmp_path)) == set(formats.load(kinds()))


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
            "there is no such setting; statements has title",
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
            'kind = "chess"',
            "rounds[1].kind",
            "there is no such kind; the kinds are ",
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
            "a closing round needs one of these before it: poll, statements",
        ),
        ("[[rounds]]", "[[round]]", "round", "there is no such setting"),
        ("title", "title title", "", "this is no TOML"),
    ],
)
def test_what_is_refused(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(FormatError) as caught:
        formats.load(kinds(), tmp_path)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert caught.value.reason.startswith(reason)
    assert str(caught.value) == f"{file}: {key + ': ' if key else ''}{caught.value.reason}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_of_a_kind(kind: str) -> None:
    """The value where nothing is said, the least and the most, as the tests of the kind say."""
    found = {
        field.name: (field.default, field.metadata["least"], field.metadata["most"])
        for field in fields(kinds().machines[kind].settings)
    }
    assert found == surface(kind).settings


BOUNDS = [
    (kind, field.name, bound)
    for kind, machine in kinds().machines.items()
    for field in fields(machine.settings)
    if not isinstance(field.default, bool)
    for bound in ("least", "most")
]


@pytest.mark.parametrize(("kind", "name", "bound"), BOUNDS)
def test_every_setting_of_a_kind_has_its_bounds(
    tmp_path: Path, kind: str, name: str, bound: str
) -> None:
    before = '[[rounds]]\nkind = "statements"\ntitle = "x"\n'
    (field,) = (f for f in fields(kinds().machines[kind].settings) if f.name == name)
    edge = field.metadata[bound]
    file = f'title = "x"\n{before}[[rounds]]\nkind = "{kind}"\ntitle = "x"\n{name} = '
    written(tmp_path, f"{file}{edge}")
    assert formats.load(kinds(), tmp_path)["buurt"].rounds[1].settings[name] == edge
    written(tmp_path, f"{file}{edge + (1 if bound == 'most' else -1)}")
    with pytest.raises(FormatError) as caught:
        formats.load(kinds(), tmp_path)
    assert caught.value.key == f"rounds[1].{name}"


def test_rounds_have_to_be_a_list_of_rounds(tmp_path: Path) -> None:
    for text in (
        'title = "x"\nrounds = []',
        'title = "x"\nrounds = 3',
        'title = "x"\nrounds = [1]',
    ):
        written(tmp_path, text)
        with pytest.raises(FormatError) as caught:
            formats.load(kinds(), tmp_path)
        assert caught.value.key.startswith("rounds")


def test_a_name_that_cannot_be_typed_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "Buurt gesprek.toml")
    with pytest.raises(FormatError, match="small letters"):
        formats.load(kinds(), tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such folder"):
        formats.load(kinds(), tmp_path / "none")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "buurt.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="save it as UTF-8"):
        formats.load(kinds(), tmp_path)


@pytest.mark.parametrize("blank", [" ", "\u202e", "\u200b\u200b"])
@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("title", GOOD.replace("Buurtgesprek", "{}")),
        ("rounds[0].title", GOOD.replace("Stellingen", "{}")),
        ("rounds[1].title_en", GOOD + 'title_en = "{}"\n'),
    ],
)
def test_a_title_in_which_nothing_can_be_read_is_refused(
    key: str, own: str, blank: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError) as refused:
        formats.read(kinds(), written(tmp_path, own.replace("{}", blank)))
    assert (refused.value.key, refused.value.reason) == (key, "this is blank; write a title")


@pytest.mark.parametrize("english", ["statements", "stellingenronde", "own"])
def test_an_english_name_means_one_format(english: str, tmp_path: Path) -> None:
    written(tmp_path, f'english = "{english}"\n{GOOD}')
    written(tmp_path, GOOD, "own.toml")
    with pytest.raises(FormatError) as refused:
        formats.load(kinds(), tmp_path)
    assert (refused.value.key, refused.value.file.name) == ("english", "buurt.toml")


def test_a_format_in_the_place_of_a_built_in_one_keeps_its_english_name(tmp_path: Path) -> None:
    written(tmp_path, f'english = "statements"\n{GOOD}', "stellingenronde.toml")
    found = formats.load(kinds(), tmp_path)
    assert formats.named(found)["statements"] == "stellingenronde"
