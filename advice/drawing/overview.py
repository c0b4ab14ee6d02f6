"""The picture at the top of the page: agreement and division of everything that people could agree
or disagree with, one thin row each.

Rows stand under what they are: agreed, divided, rejected, and too few votes. Each has its number
and the first words of its text, of at most ``LETTERS`` letters, which are a verbatim prefix. With
more than ``ROWS`` of them the rows are lines without words, and the appendix has each in its table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advice.document import Band, Bar, Drawn, Line, Overview, Quote, Ref
from advice.phrases import Phrases
from advice.register import Place
from advice.words import Words
from advice.writing.lettering import letters_of

#: The most rows that have words.
ROWS = 30

#: How many letters of a text stand in its row, so that it is read on a phone.
LETTERS = 34

#: How many are told in words where nothing else of a report can be.
TOLD = 5

#: The outcomes in the order in which they are read, as an item names them.
OUTCOMES = ("agreed", "divided", "rejected", "too_few")

TOO_FEW = OUTCOMES[-1]


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many agreed, disagreed and had no opinion about an item, and its place."""

    number: str
    text: str
    outcome: str
    agree: int
    disagree: int
    passed: int
    place: int

    def key(self) -> tuple[int, float, int, int]:
        """The place in the picture: from most agreed to most rejected, of equals the one with the
        most votes first; what had too few votes stays in order."""
        outcome = OUTCOMES.index(self.outcome)
        if self.outcome == TOO_FEW:
            return outcome, 0.0, 0, self.place
        opinions = self.agree + self.disagree
        share = self.agree / opinions if opinions else 0.5
        return outcome, -share, -opinions - self.passed, self.place


def drawn(phrases: Phrases) -> tuple[Drawn, ...]:
    """The picture of a page; none where nothing with figures was agreed or disagreed with."""
    found = [*_found(phrases)]
    if not found:
        return ()
    first, words = found[0], phrases.words
    ordered = sorted(found, key=Opinions.key)
    dense = len(found) > ROWS
    bands = tuple(
        Band(words.text(f"overview.{outcome}", n=len(bars)), bars)
        for outcome in OUTCOMES
        if (bars := tuple(_bar(one) for one in ordered if one.outcome == outcome))
    )
    caption = f"overview.caption_{'dense' if dense else 'rows'}"
    picture = Overview(
        anchor="beeld",
        title=words.text("overview.title"),
        description=_dense(words, bands) if dense else " ".join(_described(words, ordered)),
        caption=words.line(caption, n=len(found), first=Ref(first.number)),
        agree=words.text("overview.agree"),
        passed=words.text("overview.passed"),
        disagree=words.text("overview.disagree"),
        bands=bands,
        dense=dense,
    )
    return (picture,)


def in_words(phrases: Phrases) -> Line:
    """The figures of the first few in words, for a report that has nothing else to tell."""
    ordered = sorted(_found(phrases), key=Opinions.key)[:TOLD]
    return (" ".join(_described(phrases.words, ordered)),) if ordered else ()


def beginning(text: str) -> Quote:
    """The words with which a text begins, of at most ``LETTERS`` letters; of a longer word as much
    as fits."""
    if len(text) <= LETTERS:
        return Quote(text)
    head = text[: LETTERS + 1]
    end = next((n for n in range(LETTERS, 0, -1) if head[n].isspace()), 0)
    if text[:end].strip():
        return Quote(text[:end].rstrip(), True)
    found = ""
    for letter in letters_of(text):
        if found and len(found) + len(letter) > LETTERS:
            break
        found += letter
    return Quote(found, True)


def _found(phrases: Phrases) -> Iterator[Opinions]:
    for n, place in enumerate(phrases.register.finished()):
        opinions = _opinions(place, n)
        if opinions is not None:
            yield opinions


def _opinions(place: Place, n: int) -> Opinions | None:
    item = place.item
    if not (place.told and item.text and item.counts and item.result in OUTCOMES):
        return None
    counted = place.pages.opinions(item)
    if counted is None:
        return None
    return Opinions(item.number, item.text, str(item.result), *counted, n)


def _bar(one: Opinions) -> Bar:
    return Bar(one.number, beginning(one.text), "", one.agree, one.passed, one.disagree)


def _described(words: Words, ordered: list[Opinions]) -> Iterator[str]:
    """The order and the figures of each row; an outcome is said before the first that has it."""
    yield words.text("overview.order")
    outcome = ""
    for one in ordered:
        if one.outcome != outcome:
            outcome = one.outcome
            yield words.text(f"overview.then_{outcome}")
        values = {"agree": one.agree, "passed": one.passed, "disagree": one.disagree}
        yield words.text("overview.item", item=one.number, **values)


def _dense(words: Words, bands: tuple[Band, ...]) -> str:
    """How many there are of each outcome."""
    told = [words.text("overview.order"), *(f"{band.title}." for band in bands)]
    return " ".join([*told, words.text("overview.in_appendix")])
