"""The picture of a round of statements: one bar each, from most agreed to most rejected."""

from __future__ import annotations

from advice.document import Bar, Picture
from advice.drawing.picture import fitting
from advice.model import Item
from advice.register import SHOWN
from advice.rounds import Tables
from advice.words import Words
from rounds.statements import ranking
from rounds.statements.rules import opinions

#: With more statements the picture shows only the clearest and the most divided.
PICTURED = 30


def picture(tables: Tables) -> Picture | None:
    """The picture of the statements with figures, or None; of a long round only the clearest and
    the most divided."""
    words, index = tables.words, tables.index
    counted = [i for i in tables.round.items if i.state == SHOWN and i.counts and i.text]
    items = ranking.by_agreement(counted)
    if not items:
        return None
    key = "picture"
    if len(items) > PICTURED:
        key = "picture_some"
        items = ranking.by_agreement(ranking.telling(items, PICTURED))
    return Picture(
        anchor=f"beeld-{index}",
        title=words.text("picture.title", n=index),
        description=_description(words, items),
        caption=words.line(f"picture.{key}", n=len(items), of=len(counted)),
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
