"""Recommendations by place, an option of one's own, numbers of a list, reasons for hiding."""

from __future__ import annotations

import pytest

from commands.reasons import hide_reason
from commands.said import Wrong, wrong
from commands.several import ConsentAnswers, consent_answers, numbers, other_option


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 ja 2 nee", ConsentAnswers(((1, "yes"), (2, "no")))),
        ("1: ja, 3: niets", ConsentAnswers(((1, "yes"), (3, "none")))),
        ("A2 nee", ConsentAnswers(((2, "no"),))),
        ("1j 2n", ConsentAnswers(((1, "yes"), (2, "no")))),
        ("4 ja", wrong("place_unknown", place=4, places=3)),
        ("1 ja 1 nee", wrong("place_twice", place=1)),
        ("ja", None),
        ("1 ja maar niet te veel", None),
        ("", None),
        ("1 ja " * 200, None),
    ],
)
def test_consent_by_place(text: str, expected: ConsentAnswers | Wrong | None) -> None:
    assert consent_answers(text, 3) == expected


def test_an_option_of_ones_own() -> None:
    assert other_option("anders, namelijk een fontein") == "een fontein"
    assert other_option("Anders: een fontein") == "een fontein"
    assert other_option("other: a fountain") == "a fountain"
    assert other_option("anders") is None
    assert other_option("andersom parkeren") is None
    assert other_option("2") is None


def test_numbers_of_a_list() -> None:
    assert numbers("1") == (1,)
    assert numbers("1, 3 2️⃣") == (1, 3, 2)
    assert numbers("1 ja") is None
    assert numbers("") is None


def test_a_reason_for_hiding_is_from_the_list() -> None:
    first = hide_reason("1")
    assert not isinstance(first, Wrong)
    assert isinstance(hide_reason("፩"), Wrong)
    refused = hide_reason("zomaar")
    assert isinstance(refused, Wrong)
    assert refused.code == "reason_unknown"
