"""The picture of a round of statements: one bar each, from most agreed to most rejected."""

from __future__ import annotations

from advice.document import Bar, Picture
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.picture import fitting
from advice.register import CLOSED, SHOWN
from advice.rounds import Tables
from advice.words import Words
from rounds.statements import ranking
from rounds.statements.rules import MACHINE, opinions

#: With more statements the picture shows only the clearest and the most divided.
PICTURED = 30

#: On the page it shows so many: a councillor has one minute.
ON_PAGE = 5


def picture(tables: Tables) -> Picture | None:
    """The picture of the statements with figures, or None; of a long round only the clearest and
    the most divided."""
    return _drawn(tables.words, tables.round, f"beeld-{tables.index}", tables.index, PICTURED)


def on_page(phrases: Phrases) -> Picture | None:
    """The picture for the page: of the first round that has one, its clearest and most divided."""
    for index, round_ in enumerate(phrases.result.rounds, 1):
        if round_.state == CLOSED and round_.kind == MACHINE.kind:
            found = _drawn(phrases.words, round_, "beeld", index, ON_PAGE)
            if found is not None:
                return found
    return None


def _drawn(words: Words, round_: Round, anchor: str, index: int, most: int) -> Picture | None:
    counted = [i for i in round_.items if i.state == SHOWN and i.counts and i.text]
    items = ranking.by_agreement(counted)
    if not items:
        return None
    key = "picture"
    if len(items) > most:
        key = "picture_some"
        items = ranking.by_agreement(ranking.telling(items, most))
    if most == ON_PAGE:
        key += "_page"
    return Picture(
        anchor=anchor,
        title=words.text("picture.title", n=index),
        description=_description(words, items),
        caption=words.text(f"picture.{key}", n=len(items), of=len(counted)),
        agree=words.text("table.agree"),
        passed=words.text("table.pass"),
        disagree=words.text("table.disagree"),
        bars=tuple(_bar(words, item) for item in items),
    )


def _description(words: Words, items: list[Item]) -> str:
    found = [words.text("picture.order")]
    for item in items:
        agree, disagree, passed = opinions(item.counts or {})
        values = {"agree": agree, "disagree": disagree, "passed": passed}
        found.append(
            f"{words.text('picture.item', item=item.number, **values)}{_note(words, item)}."
        )
    return " ".join(found)


def _note(words: Words, item: Item) -> str:
    return words.text("picture.few") if item.result == "too_few" else ""


def _bar(words: Words, item: Item) -> Bar:
    agree, disagree, passed = opinions(item.counts or {})
    words_of = fitting(item.text or "")
    return Bar(item.number, words_of, _note(words, item), agree, passed, disagree)
