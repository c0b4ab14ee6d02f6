"""Yes and no to a question of the bot, as people say them."""

from __future__ import annotations

import pytest

from commands.choices import agrees, yes_or_no


@pytest.mark.parametrize(
    "text",
    ["ja", "Ja!", "jaa", "ja hoor", "ja, doe maar", "doe maar", "Ja dat klopt.", "klopt", "jazeker",
     "yes", "yes please", "yeah", "sure", "ja graag"],
)  # fmt: skip
def test_yes(text: str) -> None:
    assert agrees(text) == "yes"


@pytest.mark.parametrize(
    "text",
    ["nee", "neee", "nee hoor", "nee wacht", "wacht even", "nee, toch niet", "laat maar", "no",
     "nope", "no thanks", "nee bedankt"],
)  # fmt: skip
def test_no(text: str) -> None:
    assert agrees(text) == "no"


@pytest.mark.parametrize(
    "text",
    ["", "misschien", "ja maar eerst de bomen", "nee ik wil bomen", "ja en nee", "jan", "nederland",
     "wat", "1", "ja " * 30],
)  # fmt: skip
def test_neither(text: str) -> None:
    assert agrees(text) is None


def test_a_vote_is_not_read_so_loosely() -> None:
    assert yes_or_no("doe maar") is None
    assert yes_or_no("nee wacht") is None
