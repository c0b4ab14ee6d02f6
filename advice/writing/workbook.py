"""Writes the sheets of a result as a workbook (xlsx) for LibreOffice and Excel.

Every word is a cell of text: no formula, no link, no number or date is ever read from it. The same
result gives the same bytes.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from advice.writing.sheets import Sheet
from advice.writing.theme import NEUTRAL, Theme

#: The most characters of a cell, by the format.
LONGEST = 32_767

#: Letters that XML has no place for.
_NO_LETTER = re.compile("[\ud800-\udfff\ufffe\uffff]")

#: The width of a column in letters: at least, at most, and of one with sentences.
NARROWEST, WIDEST, SENTENCES = 8, 34, 70


class NoWriter(Exception):  # noqa: N818 - says what is missing
    """The library that writes workbooks is not installed."""


def workbook(sheets: tuple[Sheet, ...], title: str, at: datetime, theme: Theme = NEUTRAL) -> bytes:
    """The workbook. ``at`` is the moment that it is of: no clock is read."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise NoWriter from error
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"in_memory": True})
    made.set_properties({"title": cell(title)[:255], "created": at.replace(tzinfo=None)})
    colours = theme.print
    head = made.add_format(
        {"bold": True, "text_wrap": True, "valign": "bottom", "font_color": colours.accent}
        | {"bottom": 2, "bottom_color": colours.accent, "num_format": "@"}
    )
    # "@" keeps a cell text when somebody edits it.
    words = made.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    number = made.add_format({"valign": "top"})
    for sheet in sheets:
        _write(made.add_worksheet(sheet.name), sheet, head, words, number)
    made.close()
    return data.getvalue()


def _write(page: Any, sheet: Sheet, head: Any, words: Any, number: Any) -> None:
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, cell(column), head)
        page.set_column(place, place, _width(sheet, place))
    for line, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(line, place, cell(value), words)
            else:
                page.write_number(line, place, value, number)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _width(sheet: Sheet, place: int) -> int:
    if place in sheet.wide:
        return SENTENCES
    found = (len(str(row[place])) for row in sheet.rows)
    return min(WIDEST, max(NARROWEST, len(sheet.columns[place]) + 4, *found))


def cell(text: str) -> str:
    """Words that a cell can hold."""
    fit = _NO_LETTER.sub("\N{REPLACEMENT CHARACTER}", text)
    return fit if len(fit) <= LONGEST else fit[: LONGEST - 1] + "…"
