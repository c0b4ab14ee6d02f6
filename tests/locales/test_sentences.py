"""Tests that ask for words by a code find the text of that code, however it is filled, and no
other."""

from __future__ import annotations

from itertools import islice

import pytest

from bot.platforms.discord.writing import markdown
from bot.platforms.writing import plain
from tests.locales.made import CATALOGUES, renderer
from tests.locales.samples import samples
from tests.sentences import console_says, says, wording


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_every_text_is_found_by_its_code(language: str) -> None:
    lost = set()
    for code in CATALOGUES[language].texts:
        for data in islice(samples(code, CATALOGUES[language].texts), 5):
            made = renderer().render(code, data, language)
            try:
                found = [says(write(made), code, language) for write in (plain, markdown)]
            except AssertionError:  # nothing that it always says: such a text cannot be asked for
                break
            if not all(found):
                lost.add(code)
    assert lost == set()


def test_other_words_and_other_values_are_not_found() -> None:
    said = wording("not_understood", perhaps="")
    assert says(said, "not_understood")
    assert not says(said, "unknown_word")
    assert not says(said, "not_understood", "en")
    missing = wording("unknown_word", word="stemm", nearest="stem")
    assert says(missing, "unknown_word", word="stemm")
    assert not says(missing, "unknown_word", word="vraag")
    with pytest.raises(AssertionError, match="always"):
        says(said, "on_button")


def test_the_console_s_own() -> None:
    assert console_says("· Nieuwe groep: plein.", "new_room", room="plein")
    assert not console_says("· Nieuwe groep: plein.", "new_room", room="markt")
