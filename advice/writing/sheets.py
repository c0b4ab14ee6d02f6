"""The sheets of a workbook, from the parts of the neutral document: what they are called, their
columns and their rows.

Words are words and figures are figures: a cell is a number only where all of it was written by us.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from advice import course
from advice.document import (
    Block,
    Column,
    Document,
    Entries,
    Line,
    Paragraph,
    Quote,
    Section,
    Table,
    Typed,
    plain,
)
from advice.kinds import AllPages
from advice.model import Recommendation, Result
from advice.phrases import Phrases
from advice.register import CLOSED, SHOWN, Register
from advice.rounds import Tables
from advice.words import Words
from advice.writing.lettering import visible
from dialogues.items import REASON

Cell: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """``wide``: the columns that hold sentences, by their place."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: frozenset[int]


def sheets(result: Result, pages: AllPages, document: Document) -> tuple[Sheet, ...]:
    """Every sheet that has rows; what stands on the page is the first."""
    words = pages.words(result.dialogue.language)
    phrases = Phrases(Register.of(result, pages), words)
    made = _Sheets(phrases, words)
    found = (
        made.front(document),
        made.asked(),
        made.results(),
        made.texts(),
        made.people(),
        *made.told(),
    )
    return tuple(sheet for sheet in found if sheet.rows)


@dataclass(frozen=True)
class _Sheets:
    phrases: Phrases
    words: Words

    def named(
        self, name: str, columns: Sequence[str], rows: Iterator[tuple[Cell, ...]], *wide: int
    ) -> Sheet:
        """A sheet with a name and column titles from the catalogue (``sheet.…``)."""
        titles = tuple(self.words.text(f"sheet.{column}") for column in columns)
        title = self.words.text(f"sheet.{name}")
        return Sheet(title, titles, tuple(rows), frozenset(wide))

    def front(self, document: Document) -> Sheet:
        """The page for the council, a row for each of its lines."""
        page = document.page
        above = [((page.title,), page.kicker), *(((page.title,), line) for line in page.notices)]
        above += [((page.title,), page.facts)] if page.facts else []
        below = [
            (section.title, line)
            for section in page.sections
            for block in section.blocks
            for line in _lines(block)
        ]
        rows = ((bare(title), bare(line)) for title, line in above + below)
        return self.named("front", ("part", "text"), rows, 1)

    def asked(self) -> Sheet:
        """The recommendations, with the vote on them."""
        rows = (self._asked(each) for each in self.phrases.result.recommendations)
        columns = ("number", "text", "from", "yes", "no", "opposed", "reason")
        return self.named("asked", columns, rows, 1, 6)

    def _asked(self, given: Recommendation) -> tuple[Cell, ...]:
        consent, minority = given.consent, given.minority
        quotable = self.phrases.register.quotable
        return (
            given.number,
            self.said(given.text),
            given.from_,
            consent.yes if consent else "",
            consent.no if consent else "",
            minority.opposed if minority else "",
            self.said(minority.reason, "") if minority and quotable else "",
        )

    def results(self) -> Sheet:
        """Every figure of the tables of finished rounds, one a row."""
        columns = ("round", "table", "number", "text", "figure", "people", "result")
        return self.named("results", columns, self._figures(), 1, 3)

    def _figures(self) -> Iterator[tuple[Cell, ...]]:
        for index, round_ in enumerate(self.phrases.result.rounds, 1):
            if round_.state == CLOSED:
                made = Tables(self.phrases, index, round_)
                for block in made.pages.blocks(made):
                    if isinstance(block, Table):
                        yield from self._counted(index, block)

    def _counted(self, index: int, table: Table) -> Iterator[tuple[Cell, ...]]:
        for row in table.rows:
            by_kind: dict[str, str] = {}
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.kind != "number":
                    before = by_kind.get(column.kind, "")
                    by_kind[column.kind] = f"{before} {bare(cell)}".strip()
            label, words, short = (by_kind.get(kind, "") for kind in ("label", "words", "short"))
            for column, cell in zip(table.columns, row.cells, strict=True):
                found = figure(self.words, column, cell)
                if column.kind == "number" and found != "":
                    named = (label, words, column.title, found, short)
                    yield (index, bare(table.caption), *named)

    def texts(self) -> Sheet:
        """Every text that is shown, and the state of what is not."""
        columns = ("round", "kind", "number", "state", "text")
        return self.named("texts", columns, self._texts(), 4)

    def _texts(self) -> Iterator[tuple[Cell, ...]]:
        register, phrases = self.phrases.register, self.phrases
        for index, round_ in enumerate(phrases.result.rounds, 1):
            kind = bare((phrases.word(f"kind.{round_.kind}", round_.kind),))
            for item in round_.items:
                number = item.number
                yield index, kind, number, self.state(item.state), self.said(item.text, "")
                for told in register.pages.by_kind[round_.kind].texts(item):
                    yield index, kind, number, self.state(told.state), self.said(told.text, "")
                for reason in item.reasons if register.quotable else ():
                    named = self.words.text(f"sheet.{REASON.name}")
                    yield index, named, number, self.state(SHOWN), self.said(reason.text, "")

    def people(self) -> Sheet:
        """How many took part, and what they did; a number that is not given is said in words."""
        people = self.phrases.result.participants
        told: list[tuple[str, int | None]] = [
            ("total", people.total),
            ("voted", people.voted),
            ("contributed", people.contributed),
            ("linked", people.linked),
            ("unlinked", people.unlinked),
        ]
        unknown = self.words.text("people.untold_number")
        rows = (
            (self.words.text(f"sheet.{key}"), unknown if number is None else number)
            for key, number in told
        )
        return self.named("who", ("part", "people"), rows)

    def told(self) -> Iterator[Sheet]:
        """The tables of the appendix that belong to no round."""
        phrases = self.phrases
        found: list[tuple[str, Section]] = []
        if phrases.result.rounds:
            found.append(("rounds", course.course(phrases)))
        if phrases.result.dialogue.charter:
            found.append(("charter", course.charter(phrases)))
        found += [("hidden", section) for section in course.hidden(phrases)]
        found += [("changes", section) for section in course.changes(phrases)]
        for name, section in found:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield self._table(name, block)

    def _table(self, name: str, table: Table) -> Sheet:
        rows = tuple(
            tuple(
                figure(self.words, c, cell)
                for c, cell in zip(table.columns, row.cells, strict=True)
            )
            for row in table.rows
        )
        wide = frozenset(n for n, c in enumerate(table.columns) if c.kind == "words")
        titles = tuple(column.title for column in table.columns)
        return Sheet(self.words.text(f"sheet.{name}"), titles, rows, wide)

    def state(self, state: str) -> str:
        return bare((self.phrases.word(f"state.{state}", state),))

    def said(self, text: str | None, instead: str | None = None) -> str:
        """The words of a contribution; where there are none, that they are gone."""
        if text:
            return visible(text)
        return self.words.text("item.no_text") if instead is None else instead


def figure(words: Words, column: Column, cell: Line) -> Cell:
    """A number where a cell of ours is one, else its words."""
    said = bare(cell)
    if column.kind != "number" or not all(isinstance(piece, str) for piece in cell):
        return said
    number = said.replace(words.text("format.thousands"), "")
    whole, sign, part = number.partition(words.text("format.decimal"))
    if not (whole.isascii() and whole.isdigit()):
        return said
    if not sign:
        return int(whole)
    return float(f"{whole}.{part}") if part.isascii() and part.isdigit() else said


def _lines(block: Block) -> Iterator[Line]:
    """The lines of a block on the page; an item's begin with its number."""
    match block:
        case Paragraph(line):
            yield line
        case Entries(entries):
            for entry in entries:
                yield (f"{entry.label} ", *entry.line) if entry.label else entry.line
                yield from entry.notes
        case _:
            return  # a picture says in figures what other sheets have


def bare(line: Line) -> str:
    """A line as words, fit for a cell."""
    shown = (
        type(piece)(visible(piece.text), piece.cut) if isinstance(piece, Quote | Typed) else piece
        for piece in line
    )
    return plain(tuple(shown))
