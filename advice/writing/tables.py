"""The CSV tables of a bundle, for spreadsheets.

UTF-8 with a byte order mark and ``;`` between cells; Polis files (``polis.py``) ``,`` and no mark.
Items without published figures are in teksten.csv alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from advice.kinds import AllPages
from advice.model import Result
from advice.objections import ADJUSTED
from advice.register import SHOWN
from advice.writing.cells import formula_guarded, guarded
from dialogues.items import OBJECTION, REASON

RESULTS = ("round", "item", "option", "count", "number", "text")
TEXTS = ("item", "kind", "state", "text")
RECEIPTS = ("round", "code")
BALLOTS = ("round", "ballot", "item", "choice", "text")

Cell: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Cast:
    """The last vote of a ballot on an item, for the clerk: the choice as it is typed, and the words
    of the options that it names by number."""

    round: int
    ballot: str
    item: str
    choice: str
    text: str = ""


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]], polis: bool = False) -> bytes:
    """A table as bytes; text is guarded, numbers we write ourselves stay numbers. ``polis``: for
    programs, so that only formulas are guarded."""
    guard = cache(formula_guarded if polis else guarded)  # most cells of a table come again
    file = io.StringIO(newline="")
    table = csv.writer(file, delimiter="," if polis else ";", lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue().encode("utf-8" if polis else "utf-8-sig")


def results(result: Result, pages: AllPages) -> bytes:
    """uitslag.csv: every published count, one a line."""
    rows = (
        (index, item.number, row.option, row.people, row.number, row.text)
        for index, round_ in enumerate(result.rounds, 1)
        for item in round_.items
        if item.state == SHOWN and item.counts is not None
        for row in pages.by_kind[round_.kind].rows(item)
    )
    return written(RESULTS, rows)


def texts(result: Result, pages: AllPages) -> bytes:
    """teksten.csv: every text that was shown, and the state of what is not."""
    return written(TEXTS, _texts(result, pages))


def _texts(result: Result, pages: AllPages) -> Iterator[tuple[str, str, str, str]]:
    voted = set()
    for round_ in result.rounds:
        for item in round_.items:
            voted.add(item.number)
            yield item.number, _name(pages, item.number), item.state, item.text or ""
            for told in pages.by_kind[round_.kind].texts(item):
                yield item.number, told.name, told.state, told.text or ""
            for reason in item.reasons:
                yield item.number, REASON.name, SHOWN, reason.text
    for recommendation in result.recommendations:
        if recommendation.number not in voted:
            state = SHOWN if recommendation.text else "erased"
            name = _name(pages, recommendation.number)
            yield recommendation.number, name, state, recommendation.text or ""
    for objection in result.objections:
        yield objection.number, OBJECTION.name, objection.state, objection.text or ""
        if objection.ruling is not None and objection.ruling.text:
            yield objection.item, ADJUSTED, SHOWN, objection.ruling.text


def _name(pages: AllPages, number: str) -> str:
    """The name of an item's type, by its letter."""
    letter = pages.letters.get(number[:1])
    return letter.name if letter else "item"


def receipts(codes: Mapping[int, Sequence[str]]) -> bytes:
    """ontvangstcodes.csv: the codes of each round, sorted. The caller leaves small rounds out."""
    return written(RECEIPTS, ((n, code) for n in sorted(codes) for code in sorted(codes[n])))


def ballots(casts: Iterable[Cast]) -> bytes:
    """stemmen.csv, for the clerk only: the last vote of each ballot on each item."""
    rows = sorted((c.round, c.ballot, c.item, c.choice, c.text) for c in casts)
    return written(BALLOTS, rows)
