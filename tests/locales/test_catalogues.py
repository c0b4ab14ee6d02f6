"""Promise 32: every text exists in every language with the same placeholders, short and plain."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import locales
from bot.text.document import Document, discord, html, plain
from bot.text.templates import ERASED, FEWER_THAN_5, Renderer
from tests.locales import gate
from tests.locales.samples import placeholders, samples, shown_words

CATALOGUES = locales.load()
DEFAULT = "nl"
OTHERS = sorted(set(CATALOGUES) - {DEFAULT})
EVERY = [(language, code) for language, c in CATALOGUES.items() for code in c.texts]
NAMES = {
    "town": "Haarlem",
    "address": "@stadsgesprek:haarlem.example",
    "account": "",
    "prefix": "!",
}
RENDERER = Renderer(CATALOGUES, DEFAULT, ZoneInfo("Europe/Amsterdam"), NAMES, {}.get)
GLOSSARY = tomllib.loads((Path(locales.__file__).parent / "glossary.toml").read_text("utf-8"))


@cache
def documents(language: str, code: str) -> tuple[Document, ...]:
    texts = CATALOGUES[language].texts
    return tuple(
        RENDERER.render(code, data, language, prefix)
        for data in samples(code, texts)
        for prefix in ("!", "")
    )


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


@pytest.mark.parametrize(("language", "code"), EVERY)
def test_it_can_be_made_and_says_something(language: str, code: str) -> None:
    for document in documents(language, code):
        for out in (plain(document), html(document), discord(document)):
            assert out
            assert "None" not in out
            assert "{" not in out


@pytest.mark.parametrize(("language", "code"), EVERY)
def test_sentences_are_short(language: str, code: str) -> None:
    longest = gate.LONGEST_LEGAL if code.startswith(gate.LEGAL) else gate.LONGEST
    for document in documents(language, code):
        lengths = {sentence: gate.length(sentence) for sentence in gate.sentences(document)}
        assert {s: n for s, n in lengths.items() if n > longest} == {}
        if len(lengths) > 1 and not code.startswith(gate.LEGAL):
            assert sum(lengths.values()) <= gate.AVERAGE * len(lengths), plain(document)


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_sentences_are_short_on_average(language: str) -> None:
    lengths = [
        gate.length(sentence)
        for code in CATALOGUES[language].texts
        for sentence in gate.sentences(documents(language, code)[0])
    ]
    assert sum(lengths) / len(lengths) <= gate.AVERAGE


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_words_are_common_or_explained(language: str) -> None:
    explained = {word.casefold() for word in GLOSSARY[language.split("_")[0]]}
    wrong = {}
    for code, text in CATALOGUES[language].texts.items():
        found = gate.words_of(" ".join(shown_words(text)))
        found = found.union(*(gate.words(document) for document in documents(language, code)))
        if rare := gate.rare(found, language, explained) | gate.stopped(found, language):
            wrong[code] = rare
    assert wrong == {}


@pytest.mark.parametrize("language", sorted(GLOSSARY))
def test_the_glossary_explains_what_is_used(language: str) -> None:
    used = {
        word.casefold()
        for code, text in CATALOGUES[language].texts.items()
        for word in gate.words_of(" ".join(shown_words(text))).union(
            *(gate.words(document) for document in documents(language, code))
        )
    }
    assert {word for word in GLOSSARY[language] if word.casefold() not in used} == set()
    assert all(explanation.strip() for explanation in GLOSSARY[language].values())
