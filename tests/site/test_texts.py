"""The site's texts: plain, whole in both languages, and about every way of counting."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from advice.site.looks import TEXTS
from bot.text.markup import parse
from dialogues.counting import RULES
from rounds import registry
from tests.locales import gate
from tests.site.made import looks, site

LANGUAGES = ("nl", "en")

#: Words that a frequency list lacks, which everybody knows or the page itself explains.
KNOWN = {
    "nl": {
        *(
            "atom",
            "atom-feed",
            "feeds",
            "kloptniet",
            "griffie",
            "hash",
            "ics",
            "json",
            "moderator",
            "nalezen",
        ),
        *("narekenen", "rangorde", "schermlezer", "slotstemming", "stadsgesprek", "stembiljet"),
        *("stembiljetten", "toezeggingen", "verify", "wcag"),
    },
    "en": {"aldermen", "json", "newsletters", "notright", "stadsgesprek", "wcag"},
}


def texts(language: str) -> dict[str, str]:
    """Every text of the site with its code, those of kinds of rounds too."""
    files = [(TEXTS, ("page",)), *((folder, ("page", "count")) for folder in registry.texts())]
    found: dict[str, str] = {}
    for folder, path in files:
        table: Any = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
        for name in path:
            table = table.get(name, {})
        found |= _flat(f"{folder.name}.", table)
    return found


def _flat(before: str, table: dict[str, Any]) -> dict[str, str]:
    def each() -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from _flat(f"{before}{key}.", value).items()
            elif isinstance(value, list):
                yield from ((f"{before}{key}.{n}", text) for n, text in enumerate(value, 1))
            else:
                yield f"{before}{key}", value

    return dict(each())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_words_are_common(language: str) -> None:
    wrong: list[str] = []
    met: set[str] = set()
    for code, text in texts(language).items():
        document = parse(text.replace("{", "«").replace("}", "»"))
        wrong += [
            f"{code}: {gate.length(sentence)} words: {sentence}"
            for sentence in gate.sentences(document)
            if gate.length(sentence) > gate.LONGEST
        ]
        words = gate.words_of(gate._ANY.join(_outside(text)))
        rare = gate.rare(words, language, KNOWN[language])
        met |= {word.casefold() for word in words}
        wrong += [f"{code}: {word}" for word in sorted(rare | gate.stopped(words, language))]
    assert wrong == []
    assert KNOWN[language] <= met


def _outside(text: str) -> list[str]:
    """The parts of a text that are its own, without the names of its places."""
    return [part.rpartition("}")[2] for part in text.split("{")]


def test_both_languages_have_the_same_texts() -> None:
    assert texts("nl").keys() == texts("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_kind_with_ballots_is_explained(language: str) -> None:
    page = site(language=language)["tellen.html"].decode()
    assert all(f"<code>{rule}</code>" in page for rule in RULES)
    for kind in registry.pages():
        if kind.ballots:
            assert looks(language).text(f"count.{kind.kind}.title") in page, kind.kind


def test_a_page_says_its_language() -> None:
    for language in LANGUAGES:
        for name, data in site(language=language).items():
            if name.endswith(".html"):
                assert f'<html lang="{language}">' in data.decode(), name
