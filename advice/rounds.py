"""The sections of the appendix about each finished round: its kind's tables, then the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advice.document import Block, Column, Entries, Entry, Line, Row, Section, Table
from advice.kind import Pages
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.register import CLOSED, SHOWN, plain
from advice.writing.lettering import quote, typed

#: To how many words a text is shortened where it stands whole in a table nearby.
REMINDER = 14


def sections_of(phrases: Phrases) -> Iterator[Section]:
    """A section for each finished round that is not empty."""
    for index, round_ in enumerate(phrases.result.rounds, 1):
        if round_.state != CLOSED:
            continue
        tables = Tables(phrases, index, round_)
        blocks = tables.pages.blocks(tables) + tables.reasons()
        if blocks:
            yield Section((f"{index}. ", typed(round_.title)), blocks)


class Tables:
    """One round with what its tables are made from: number, record, phrases."""

    def __init__(self, phrases: Phrases, index: int, round_: Round) -> None:
        self.phrases = phrases
        self.words = phrases.words
        self.index = index
        self.round = round_
        self.pages: Pages = phrases.register.pages.by_kind[round_.kind]

    def figures(self, what: str, caption: str, choices: Sequence[str]) -> tuple[Block, ...]:
        """A table of the round's items: one number for each choice, and the result if any item has
        one.

        ``what`` and ``choices`` are keys of column titles (``table.…``), ``caption`` that of the
        table's.
        """
        words = self.words
        columns = [
            Column(words.text("table.number"), "label"),
            Column(words.text(f"table.{what}"), "words"),
            *(Column(words.text(f"table.{choice}"), "number") for choice in choices),
            Column(words.text("table.result"), "short"),
        ]
        rows = []
        known: dict[str, Line] = {}  # most figures come again, and a cell for each is a lot

        def cell(text: str) -> Line:
            return known.setdefault(text, (text,))

        for item in self.round.items:
            counts = plain(item)
            blank = words.text("table.no_figure") if item.state == SHOWN else ""
            figures = [
                cell(words.number(counts[choice]) if counts else blank) for choice in choices
            ]
            row = ((item.number,), self.text(item), *figures, cell(self.result(item)))
            rows.append(Row(row, anchor=item.number))
        if not any(row.cells[-1][0] for row in rows):
            columns, rows = columns[:-1], [Row(row.cells[:-1], row.anchor) for row in rows]
        return (Table(self.caption(caption), tuple(columns), tuple(rows)),) if rows else ()

    def caption(self, key: str) -> Line:
        """The caption ``table.key`` with the round's number in it."""
        return self.words.line(f"table.{key}", n=self.index)

    def text(self, item: Item) -> Line:
        """The whole text, or the reason why it is not printed."""
        if item.state != SHOWN or not item.text:
            return (self.phrases.word(f"state.{item.state}", item.state),)
        mark = (self.words.text("table.staff"),) if item.staff else ()
        return (quote(item.text), *mark)

    def result(self, item: Item) -> str:
        """An item's outcome in our words, or that its figures are held back."""
        if item.suppressed:
            return self.words.text("result.suppressed")
        if item.state != SHOWN or not isinstance(item.result, str):
            return ""
        return self.words.get(f"result.{item.result}", item.result)

    def reasons(self) -> tuple[Block, ...]:
        """Blocks with the reasons on each item, by side."""
        if not self.phrases.register.quotable:
            return ()
        places = {side: place for place, side in enumerate(self.pages.sides)}
        entries = []
        for item in self.round.items:
            notes = tuple(
                (*self.pages.side(self.phrases, item, r.side), quote(r.text))
                for r in sorted(item.reasons, key=lambda r: places.get(r.side, len(places)))
                if r.text
            )
            if notes:
                reminder: Line = (quote(item.text, REMINDER),) if item.text else ()
                entries.append(Entry(item.number, reminder, notes))
        return (Entries(tuple(entries), "items"),) if entries else ()
