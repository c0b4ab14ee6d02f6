"""Phrases of the documents, filled with words of people."""

from __future__ import annotations

import pytest

from advice.document import Quote, Typed
from advice.words import LANGUAGES, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("reason", "stops"),
    [
        (Typed("Lampen staan al in een plan"), True),
        (Typed("Lampen staan al in een", cut=True), False),
        (Typed("Waarom niet?"), False),
        (Quote("Lampen staan al", cut=True), False),
        (Quote("Waarom niet?"), True),  # the guillemets hold that sign
    ],
)
def test_no_full_stop_follows_words_that_end_in_a_sign(
    language: str, reason: Typed | Quote, stops: bool
) -> None:
    line = catalogue(language).line("page.advice_add", number="A3", reason=reason)
    assert (line[-1] == ".") is stops
    assert reason in line
