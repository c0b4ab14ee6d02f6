"""Writes the document as a PDF for everybody: PDF/UA-1, and PDF/A-2a so that it can be kept.

The template (``templates/advies.typ``) is ours and never anything else. What people wrote goes to
it as data, and it puts data in as strings alone; the typesetter is given no folder, no package and
no font but ours. The same document, day and theme give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import Any, Literal

from advice.document import (
    Code,
    Document,
    Drawn,
    Entries,
    Inline,
    Line,
    Link,
    Paragraph,
    Quote,
    Ref,
    Section,
    Table,
    Typed,
    plain,
)
from advice.drawing import pdf_pictures
from advice.writing.lettering import breakable, isolated, one_line, visible
from advice.writing.letters import FAMILIES, LACKING, latin, printable
from advice.writing.theme import NEUTRAL, Theme

#: The standards of which every rule that a program can check is held, or no file is written.
STANDARDS = ("a-2a", "ua-1")

_TEMPLATE = "advies.typ"

#: A run of more letters than this can be broken, in a line of text.
LONGEST_RUN = 24


class NoTypesetter(Exception):  # noqa: N818 - says what is missing
    """The typesetter is not installed."""


def pdf(document: Document, at: datetime, lacking: Line, theme: Theme = NEUTRAL) -> bytes:
    """The whole document. ``at``: the moment that it is of; ``lacking`` is said at its end where a
    letter of it is in none of our fonts."""
    typst = _typst()
    try:
        made: bytes = _set(_Writing(printable, theme).whole(document, at, lacking))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        made = _set(_Writing(latin, theme).whole(document, at, lacking))
    return made


def key(document: Document, at: datetime, lacking: Line, theme: Theme = NEUTRAL) -> str:
    """A hash of all that the bytes of ``pdf`` follow from: what stands in it, our template, our
    fonts, the typesetter. What has the same key need not be made again."""
    whole = _made_with().copy()
    whole.update(_data(_Writing(printable, theme).whole(document, at, lacking)).encode())
    digest: str = whole.hexdigest()
    return digest


@lru_cache(maxsize=1)
def _made_with() -> Any:
    """The hash of what every PDF is made with."""
    whole = hashlib.sha256(f"{version('typst')} {STANDARDS}\n".encode())
    whole.update(files("advice").joinpath("templates", _TEMPLATE).read_bytes())
    for font in sorted(files("advice").joinpath("fonts").iterdir(), key=lambda one: one.name):
        whole.update(font.read_bytes())
    return whole


def _data(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _typst() -> Any:
    try:
        import typst
    except ImportError as error:
        raise NoTypesetter from error
    return typst


@lru_cache(maxsize=1)
def _fonts() -> Any:
    with as_file(files("advice").joinpath("fonts")) as folder:
        return _typst().Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )


def _set(data: dict[str, Any], form: Literal["pdf", "png"] = "pdf") -> Any:
    """The data in the template, as the bytes of a PDF, or of a picture of each sheet."""
    folder = files("advice").joinpath("templates")
    return _typst().compile(
        folder.joinpath(_TEMPLATE).read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": _data(data)},
        pdf_standards=list(STANDARDS) if form == "pdf" else [],
        format=form,
        ppi=100,
    )


@dataclass
class _Writing:
    """Turns a document into data. ``fit`` makes letters printable; ``lacks``: one was not."""

    fit: Callable[[str], str]
    theme: Theme
    lacks: bool = False
    known: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)

    def whole(self, document: Document, at: datetime, lacking: Line) -> dict[str, Any]:
        page = document.page
        every = [*page.sections, *document.sections]
        tables = [b for section in every for b in section.blocks if isinstance(b, Table)]
        self.known = frozenset(row.anchor for table in tables for row in table.rows) - {""}
        sections = [self.section(section, 2) for section in page.sections]
        behind = [self.section(section, 3) for section in document.sections]
        title = one_line(page.title.text).strip() or "…"
        data = {
            "language": document.language,
            "fonts": list(FAMILIES),
            "colours": self.theme.print.tokens(),
            "date": {key: getattr(at, key) for key in _MOMENT},
            "logo": self.logo(),
            "title": self.words(title),
            "footer": self.words(isolated(title)),
            "heading": self.line((Typed(title, page.title.cut),)),
            "kicker": self.line(page.kicker),
            "facts": self.line(page.facts),
            "notices": [self.line(notice) for notice in page.notices],
            "drawn": [one for drawn in page.drawn for one in pdf_pictures.drawn(self, drawn)],
            "sections": sections,
            "appendix": self.words(document.appendix),
            "behind": behind,
        }
        last = behind or sections
        if self.lacks and last:
            last[-1]["blocks"].append(self.block(Paragraph(lacking)))
        return data

    def logo(self) -> dict[str, Any] | None:
        """A PNG as its bytes, an SVG as text."""
        logo = self.theme.logo
        if logo is None:
            return None
        data: Any = list(logo.data) if logo.kind == "png" else logo.data.decode("utf-8", "replace")
        return {"data": data, "format": logo.kind, "text": self.words(logo.text)}

    def section(self, section: Section, level: int) -> dict[str, Any]:
        blocks: list[dict[str, Any]] = []
        for block in section.blocks:
            if isinstance(block, Drawn):
                blocks += pdf_pictures.drawn(self, block)
            elif isinstance(block, Link):
                blocks.append(self.block(Paragraph((Code(block.address),))))
            else:
                blocks.append(self.block(block))
        return {"level": level, "title": self.line(section.title), "blocks": blocks}

    def block(self, block: Paragraph | Entries | Table) -> dict[str, Any]:
        match block:
            case Paragraph(line):
                return {"kind": "paragraph", "line": self.line(line)}
            case Entries(entries, look):
                told = [
                    {
                        "label": self.words(entry.label),
                        "line": self.line(entry.line),
                        "notes": [self.line(note) for note in entry.notes],
                    }
                    for entry in entries
                ]
                return {"kind": "entries", "look": look, "entries": told}
            case Table():
                return self.table(block)

    def table(self, table: Table) -> dict[str, Any]:
        columns = [
            {
                "title": self.words(c.title),
                "number": c.kind == "number",
                "bold": c.kind == "label",
                "width": width,
            }
            for c, width in zip(table.columns, widths(table), strict=True)
        ]
        rows = []
        for row in table.rows:
            anchor = "" if row.anchor in self.used else row.anchor  # a link leads to one place
            self.used.add(anchor)
            cells = [self.line(cell, 14) for cell in row.cells]
            rows.append({"anchor": anchor, "cells": cells})
        caption = self.line(table.caption)
        return {"kind": "table", "caption": caption, "columns": columns, "rows": rows}

    def line(self, line: Line, run: int = LONGEST_RUN) -> list[tuple[str, str]]:
        """The pieces of a line, each with what it is."""
        return [self.piece(piece, run) for piece in line]

    def piece(self, piece: Inline, run: int) -> tuple[str, str]:
        match piece:
            case str():
                return "ours", self.words(piece)
            case Quote(text, cut):
                said = isolated(f"«{breakable(visible(text), run)}»")
                return "quote", self.words(said + ("…" if cut else ""))
            case Typed(text, cut):
                said = isolated(breakable(visible(text), run))
                return "typed", self.words(said + ("…" if cut else ""))
            case Ref(number):
                return "ref" if number in self.known else "ours", self.words(number)
            case Code(text):
                return "code", self.words(breakable(one_line(text), run))

    def words(self, text: str) -> str:
        fit = self.fit(text)
        self.lacks = self.lacks or (LACKING in fit and LACKING not in text)
        return fit


_MOMENT = ("year", "month", "day", "hour", "minute", "second")


def widths(table: Table) -> list[int]:
    """How wide the columns of a table are, as shares: by their longest words and how much is in
    them, so that every table fits on the paper."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [plain(row.cells[place]) for row in table.rows]
        words = [min(len(word), 14) for text in (column.title, *cells) for word in text.split()]
        most = 45 if column.kind == "words" else 20
        long = min(max(map(len, cells), default=0), most)
        found.append(max([*words, long, 4]) + 3)
    return found
