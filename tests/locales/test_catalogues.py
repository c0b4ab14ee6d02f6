"""Promise 32: every text exists in every language with the same placeholders, short and plain."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

import locales
from bot.platforms.discord.writing import markdown as discord
from bot.platforms.writing import html, plain
from bot.text.templates import ERASED, FEWER_THAN_5
from rounds.registry import KINDS
from tests.locales import gate
from tests.locales.made import CATALOGUES, DEFAULT, documents
from tests.locales.parts import nothing_to_say
from tests.locales.shapes import conditions, placeholders, shown_words

OTHERS = sorted(set(CATALOGUES) - {DEFAULT})
#: Parts in which a kind may have nothing to say.
MAY_BE_EMPTY = nothing_to_say(KINDS)
#: Texts that say nothing for some values: a recommendation always has a label or words.
MAY_SAY_NOTHING = MAY_BE_EMPTY | {"recommendation_said"}
GLOSSARY = tomllib.loads((Path(locales.__file__).parent / "glossary.toml").read_text("utf-8"))


def test_the_languages_are_there() -> None:
    assert {"nl", "en"} <= set(CATALOGUES)
    for catalogue in CATALOGUES.values():
        assert {ERASED, FEWER_THAN_5} <= set(catalogue.texts)


@pytest.mark.parametrize("language", OTHERS)
def test_every_code_is_in_every_language(language: str) -> None:
    dutch, other = set(CATALOGUES[DEFAULT].texts), set(CATALOGUES[language].texts)
    assert dutch - other == set(), f"missing in {language}"
    assert other - dutch == set(), f"extra in {language}"


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_the_same(language: str) -> None:
    dutch, other = CATALOGUES[DEFAULT].texts, CATALOGUES[language].texts
    wrong = {
        code: placeholders(dutch[code]) ^ placeholders(other[code])
        for code in dutch.keys() & other.keys()
        if placeholders(dutch[code]) != placeholders(other[code])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_told_apart_is_told_apart_in_every_language(language: str) -> None:
    dutch, other = CATALOGUES[DEFAULT].texts, CATALOGUES[language].texts
    wrong = {
        code: conditions(dutch[code]) ^ conditions(other[code])
        for code in dutch.keys() & other.keys()
        if conditions(dutch[code]) != conditions(other[code])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_it_can_be_made_and_says_something(language: str) -> None:
    """Whatever is wrong in any text is told by its code."""
    wrong = {}
    for code in CATALOGUES[language].texts:
        made = documents(language, code)
        outs = [write(document) for document in made for write in (plain, html, discord)]
        odd = [out for out in outs if "None" in out or "{" in out]
        if not made or odd or not (all(outs) or code in MAY_SAY_NOTHING):
            wrong[code] = odd
    assert wrong == {}


def test_only_a_kinds_parts_can_be_empty() -> None:
    texts = CATALOGUES[DEFAULT].texts
    empty = {code for code, text in texts.items() if not text.strip()}
    assert empty <= MAY_BE_EMPTY
    assert empty


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_sentences_are_short(language: str) -> None:
    wrong = {code: long for code in CATALOGUES[language].texts if (long := _long(language, code))}
    assert wrong == {}


def _long(language: str, code: str) -> dict[str, int]:
    """The sentences of a text that are too long, with how many words each has; and the whole text
    where its sentences are too long on average."""
    legal = code.startswith(gate.LEGAL)
    longest = gate.LONGEST_LEGAL if legal else gate.LONGEST
    wrong = {}
    for document in documents(language, code):
        lengths = {sentence: gate.length(sentence) for sentence in gate.sentences(document)}
        wrong |= {sentence: n for sentence, n in lengths.items() if n > longest}
        whole = sum(lengths.values())
        if len(lengths) > 1 and not legal and whole > gate.AVERAGE * len(lengths):
            wrong[plain(document)] = whole
    return wrong


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_sentences_are_short_on_average(language: str) -> None:
    lengths = [
        gate.length(sentence)
        for code in CATALOGUES[language].texts
        for sentence in gate.sentences(documents(language, code)[0])
    ]
    assert sum(lengths) / len(lengths) <= gate.AVERAGE


@cache
def _words(language: str, code: str) -> set[str]:
    """The words that a text can show."""
    found = gate.words_of(" ".join(shown_words(CATALOGUES[language].texts[code])))
    return found.union(*(gate.words(document) for document in documents(language, code)))


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_words_are_common_or_explained(language: str) -> None:
    explained = {word.casefold() for word in GLOSSARY[language.split("_")[0]]}
    wrong = {}
    for code in CATALOGUES[language].texts:
        found = _words(language, code)
        if rare := gate.rare(found, language, explained) | gate.stopped(found, language):
            wrong[code] = rare
    assert wrong == {}


@pytest.mark.parametrize("language", sorted(GLOSSARY))
def test_the_glossary_explains_what_is_used(language: str) -> None:
    used = {
        word.casefold() for code in CATALOGUES[language].texts for word in _words(language, code)
    }
    assert {word for word in GLOSSARY[language] if word.casefold() not in used} == set()
    assert all(explanation.strip() for explanation in GLOSSARY[language].values())
