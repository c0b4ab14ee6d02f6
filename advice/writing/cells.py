"""Cells of a table that a spreadsheet leaves as they are.

A spreadsheet that opens a CSV file runs formulas and reads numbers, dates and hours: ``05`` becomes
5 and ``1-2`` a day in February. Quotes do not help, since they are CSV's own. An apostrophe before
the cell does, in LibreOffice and in Excel: the cell is text, with the apostrophe before it. Any
other reader gets the words with one sign more, always the first of the cell.
"""

from __future__ import annotations

import re
import unicodedata

#: Characters that begin a formula in a spreadsheet; NFKC turns look-alikes into them.
_FORMULA = frozenset("=+-@\u2212")

#: The letters that can stand in what is read as a number, a date, an hour or an amount.
_NAMES = (
    "e am pm uur u h eur usd kr waar onwaar true false"
    " januari februari maart april mei juni juli augustus september oktober november december"
    " january february march may june july august october"
    " jan feb mrt mar apr jun jul aug sep sept okt oct nov dec"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " monday tuesday wednesday thursday friday saturday sunday"
    " ma di wo do vr za zo mon tue wed thu fri sat sun"
)
_NAMED = frozenset(_NAMES.split())
_LETTERS = re.compile(r"[^\W\d_]+")

#: What is no letter in such a cell.
_OTHERS = re.compile(r"[\d\s.,:;/%€$£()'’+-]*")

#: A number that looks the same when read as one, and a row of small ones (a ranking).
_PLAIN = re.compile(r"(0|[1-9]\d{0,14})|[1-9]\d?( [1-9]\d?)+")


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would read it as anything but
    these words."""
    words = cell.lstrip("'")  # so that a cell which begins with one reads back as well
    read = _is_formula(words) or _is_read(words) or (words != cell and _is_read(cell))
    return "'" + cell if read else cell


def unguarded(cell: str) -> str:
    """The words of a cell."""
    return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) == cell else cell


def formula_guarded(cell: str) -> str:
    """The cell, guarded against being a formula only: for programs, which read no dates."""
    return "'" + cell if _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    if cell[:1] in ("\t", "\r"):
        return bool(cell)
    for letter in cell:
        if letter.isspace() or unicodedata.category(letter).startswith("C"):
            continue
        return unicodedata.normalize("NFKC", letter)[:1] in _FORMULA
    return False


def _is_read(cell: str) -> bool:
    """Whether it could be read as a number, a date, an hour, an amount, or as true or false."""
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if not text or _PLAIN.fullmatch(cell):
        return False
    rest = _LETTERS.sub("", text)
    known = all(name in _NAMED for name in _LETTERS.findall(text))
    has_figure = any(letter.isdigit() for letter in rest)
    return known and _OTHERS.fullmatch(rest) is not None and (has_figure or not rest.strip())
