"""``uitleg``: everything that the bot names can be explained, in both languages."""

from __future__ import annotations

import pytest

from bot.runtime.builtin import formats
from bot.town.formats import named
from commands.charter import CHOICES, TYPED_KEYS
from commands.explaining import EXPLAINED, TERMS, Sort, find
from rounds.registry import vocabulary
from tests.locales.made import CATALOGUES

KNOWN, FORMATS = vocabulary(), formats()
CHOSEN = [choice for field in EXPLAINED for choice in CHOICES[field]]


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("word", [*CHOSEN, *TYPED_KEYS, *TERMS])
def test_each_has_its_text(word: str, language: str) -> None:
    sort, what = find(KNOWN, named(FORMATS), f"{word.capitalize()}?")
    prefix = {Sort.CHOICE: "meaning", Sort.KEY: "agreement", Sort.TERM: "term"}[sort]
    assert f"{prefix}_{what}" in CATALOGUES[language].texts


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("meedenken", (Sort.CHOICE, "meedenken")),
        ("think along", (Sort.CHOICE, "meedenken")),
        ("evaluation", (Sort.CHOICE, "evaluatie")),
        ("besluit", (Sort.KEY, "besluit")),
        ("decision", (Sort.KEY, "besluit")),
        ("vertrouwelijk", (Sort.KEY, "stemming")),
        ("vooraf", (Sort.KEY, "toetsing")),
        ("stellingenronde", (Sort.FORMAT, "stellingenronde")),
        ("gesprek", (Sort.TERM, "dialogue")),
        ("sluit", (Sort.WORD, "sluit")),
        ("vergeet mij", (Sort.WORD, "vergeetmij")),
        ("meedenke", (Sort.UNKNOWN, "meedenken")),
        ("xyzzy", (Sort.UNKNOWN, "")),
        ("", (Sort.UNKNOWN, "")),
    ],
)
def test_what_a_word_is(asked: str, found: tuple[Sort, str]) -> None:
    assert find(KNOWN, named(FORMATS), asked) == found


@pytest.mark.parametrize("name", [n for n, plan in FORMATS.items() if not plan.imported])
def test_each_format_is_known(name: str) -> None:
    sort, what = find(KNOWN, named(FORMATS), name)
    assert (sort, what) in ((Sort.FORMAT, name), (Sort.TERM, TERMS.get(name)), (Sort.WORD, name))
