"""Every kind of round has all the texts that other texts and the code name after it, no more."""

from __future__ import annotations

import pytest

from rounds.registry import KINDS, kinds, talks
from tests.locales.made import CATALOGUES
from tests.locales.parts import PARTS, in_code, in_text, wanted

WANTED = {kind: wanted(kind, kinds().machines[kind], talks().by_kind[kind]) for kind in KINDS}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_lacks_no_part(kind: str, language: str) -> None:
    lacking = WANTED[kind] - set(CATALOGUES[language].texts)
    assert lacking == set(), f"rounds/{kind}/{language}.toml lacks them"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_no_part_that_nobody_asks_for(kind: str) -> None:
    for language, catalogue in CATALOGUES.items():
        there = {f"{kind}{suffix}" for suffix in PARTS} & set(catalogue.texts)
        assert there - WANTED[kind] == set(), f"rounds/{kind}/{language}.toml"


def test_the_list_of_parts_is_that_of_the_texts_and_the_code() -> None:
    texts = [text for catalogue in CATALOGUES.values() for text in catalogue.texts.values()]
    asked = {ending for text in texts for ending in in_text(text)} | set(in_code(KINDS))
    assert asked == set(PARTS)
