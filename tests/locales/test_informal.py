"""What is said to young people: every Dutch text, with "je"."""

from __future__ import annotations

import re

import pytest

from bot.runtime.builtin import catalogues
from bot.text.informal import DUTCH, YOUNG, informal

FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
KEPT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`", re.DOTALL)


def test_no_text_says_u() -> None:
    young = catalogues()[YOUNG].texts
    assert young.keys() == catalogues()[DUTCH].texts.keys()
    said = {code: KEPT.sub("", text) for code, text in young.items()}
    assert {c for c, text in said.items() if FORMAL.search(text)} == set()


def test_only_words_of_ours_change() -> None:
    young = catalogues()[YOUNG].texts
    for code, text in catalogues()[DUTCH].texts.items():
        assert KEPT.findall(text) == KEPT.findall(young[code]), code


@pytest.mark.parametrize(
    ("formal", "said"),
    [
        ("U stemt. Stemt u mee?", "Je stemt. Stem je mee?"),
        ("Wilt u uw zin aanpassen?", "Wil je je zin aanpassen?"),
        ("Wat ziet u? Dat weet u.", "Wat zie je? Dat weet je."),
        ("Dat moet u zelf doen. Laat u het weten?", "Dat moet je zelf doen. Laat je het weten?"),
        ("Dank u. Dit is van u.", "Dank je. Dit is van jou."),
        ("Alleen u leest dit.", "Alleen jij leest dit."),
        ("Typ `u` en {{ u }} voor u.", "Typ `u` en {{ u }} voor jou."),
        ("Doet u niets?", "Doe je niets?"),
        ("U heeft er een.", "Je hebt er een."),
    ],
)
def test_how_it_is_said(formal: str, said: str) -> None:
    assert informal({"code": formal}) == {"code": said}
