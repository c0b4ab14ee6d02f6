"""Yes and no to recommendations as they are typed: one alone with a reason, several by place."""

from __future__ import annotations

import pytest

from commands.choices import Answers
from commands.wrong import Wrong, wrong
from rounds.closing.words import Consent, consent, offer_answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ja", Consent("yes")),
        ("J", Consent("yes")),
        ("yes", Consent("yes")),
        ("ja!", Consent("yes")),
        ("ja, want het is nodig", Consent("yes", "want het is nodig")),
        ("nee", Consent("no")),
        ("n te duur", Consent("no", "te duur")),
        ("nee, te duur\nen lelijk", Consent("no", "te duur\nen lelijk")),
        ("Nee: “te duur”", Consent("no", "te duur")),
        ("no too dear", Consent("no", "too dear")),
        ("niets", Consent("none")),
        ("nothing", Consent("none")),
        ("misschien", wrong("consent_unreadable", value="misschien")),
        ("", wrong("consent_unreadable", value="")),
        ("neee", wrong("consent_unreadable", value="neee")),
        ("1", wrong("consent_unreadable", value="1")),
    ],
)
def test_consent(text: str, expected: Consent | Wrong) -> None:
    assert consent(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 ja 2 nee", Answers(((1, "yes"), (2, "no")))),
        ("1: ja, 3: niets", Answers(((1, "yes"), (3, "none")))),
        ("A2 nee", Answers(((2, "no"),))),
        ("1j 2n", Answers(((1, "yes"), (2, "no")))),
        ("4 ja", wrong("place_unknown", place=4, places=3)),
        ("1 ja 1 nee", wrong("place_twice", place=1)),
        ("ja", None),
        ("1 ja maar niet te veel", None),
        ("", None),
        ("1 ja " * 200, None),
    ],
)
def test_consent_by_place(text: str, expected: Answers | Wrong | None) -> None:
    assert offer_answers(text, 3) == expected
