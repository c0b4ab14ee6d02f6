"""What is typed about a dilemma: the moderator's line, and choices with or without a reason."""

from __future__ import annotations

import pytest

from commands.choices import NONE
from commands.reading import read
from commands.said import Where
from commands.wrong import Wrong, wrong
from dialogues.core import Role
from rounds.dilemma.state import Option
from rounds.dilemma.words import NewDilemma, choice, with_reason
from rounds.registry import vocabulary

OPTIONS = ("12 bomen erbij", "3 bomen erbij, alle auto's blijven")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("a", "A", " a. ", "1", "1️⃣", "keuze A", "optie a", "option a", "12 bomen erbij",
          "12 Bomen Erbij!", "12"), "a"),
        (("b", "B", "2", "3 bomen erbij, alle auto's blijven", "alle auto's", "liever b"), "b"),
        (("geen", "Geen van beide", "3", "neither", "none", "3️⃣"), "neither"),
        (("niets", "nothing"), NONE),
        (("", "c", "4", "a b", "bomen", "erbij", "ja", "?", "x" * 500, "mbo"), None),
    ],
)  # fmt: skip
def test_one_choice(words: tuple[str, ...], expected: str | None) -> None:
    for word in words:
        assert choice(word, OPTIONS) == expected, word


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a want het is er warm", ("a", "het is er warm")),
        ("B, omdat ik daar werk", ("B", "ik daar werk")),
        ("geen van beide, because it is late", ("geen van beide", "it is late")),
        ("2 want\nwerk", ("2", "werk")),
        ("a het is er warm", ("a het is er warm", "")),
        ("a want", ("a want", "")),
    ],
)
def test_a_reason_behind_it(typed: str, expected: tuple[str, str]) -> None:
    assert with_reason(typed) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ('vraag="Wat?" a="bomen" b=auto', NewDilemma("Wat?", Option("bomen"), Option("auto"), "")),
        (('question="Wat?" a=bomen a-gives=lucht a-costs=geld b=auto b-geeft=plek b-kost=rust '
         'source="de kaart"'),
         NewDilemma("Wat?", Option("bomen", "lucht", "geld"), Option("auto", "plek", "rust"),
                    "de kaart")),
        ("vraag=Wat? a=bomen", wrong("missing", word="dilemma", what=("b",))),
        ("", wrong("missing", word="dilemma", what=("vraag", "a", "b"))),
        (f"vraag=Wat? a=bomen b={'x' * 121}", wrong("value_too_long", key="b", limit=120)),
        (f"vraag={'x' * 301} a=bomen b=auto", wrong("value_too_long", key="vraag", limit=300)),
        ("vraag=Wat? a=bomen a=auto", wrong("key_twice", key="a")),
    ],
)  # fmt: skip
def test_the_moderators_line(rest: str, expected: NewDilemma | Wrong) -> None:
    found = read(vocabulary(), f"dilemma {rest}", Where.STAFF, frozenset({Role.MODERATOR}))
    assert found is not None
    assert found.said == expected
