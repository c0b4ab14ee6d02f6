"""Hostile texts by family, and which of them fit where people's words are shown or read.

A family is a file beside this one, ``NAME.jsonl``: a text a line, as a JSON string, since most of
what is hostile has no letters that an editor shows. A surface is a sort of place where words of
people come out, or go in; each has more than 300 texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tests.generated import FEW

FOLDER = Path(__file__).parent


class Surface(Enum):
    """A sort of place where words of people come out (the first eight), or go in."""

    CHAT = auto()
    """A message on Matrix or Discord: Markdown, HTML, mentions, links."""
    PAGE = auto()
    """A page of HTML or Markdown."""
    PDF = auto()
    """A document that typst makes."""
    TABLE = auto()
    """A cell of a CSV file or of a workbook."""
    FEED = auto()
    """Atom, the XML of an archive, a calendar file."""
    JSON = auto()
    """Data: JSON files, and lines of a journal or of a transcript."""
    NAME = auto()
    """A title of which the name of a file, a folder or an address is made."""
    LOG = auto()
    """What may never come into a line of a log or on a terminal."""
    WORDS = auto()
    """What looks like a word of staff, or of somebody else."""


#: What goes anywhere.
EVERYWHERE = (
    *("templates", "html", "markdown", "mentions"),
    *("links", "invisible", "directions", "imitation"),
)


class Fitting(NamedTuple):
    """The families of a surface: ``placed`` stand alone, in a sentence and on a line; the others
    alone."""

    placed: tuple[str, ...] = EVERYWHERE
    alone: tuple[str, ...] = ()


FITTING = {
    Surface.CHAT: Fitting(alone=("matrix",)),
    Surface.FEED: Fitting(alone=("calendar", "xml")),
    Surface.JSON: Fitting(("invisible", "json"), ("xml",)),
    Surface.LOG: Fitting(("invisible", "logs"), ("xml", "words")),
    Surface.NAME: Fitting(("names",), ("invisible", "directions")),
    Surface.PAGE: Fitting(alone=("xml",)),
    Surface.PDF: Fitting(alone=("typst",)),
    Surface.TABLE: Fitting(alone=("formulas",)),
    Surface.WORDS: Fitting(("words",)),
}


@cache
def family(name: str) -> tuple[str, ...]:
    """The texts of a family."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").split("\n")
    return tuple(json.loads(line) for line in lines if line)


def families() -> set[str]:
    """The names of all families."""
    return {path.stem for path in FOLDER.glob("*.jsonl")}


def placed(text: str) -> Iterator[str]:
    """A text alone, in the middle of a sentence, and on a line of its own."""
    yield text
    yield f"Ik vind {text} het best"
    yield f"Let op:\n{text}\n\nDank u."


@cache
def texts(surface: Surface) -> tuple[str, ...]:
    """Every text that fits a surface, once."""
    fitting = FITTING[surface]
    found = [one for name in fitting.placed for text in family(name) for one in placed(text)]
    found += [text for name in fitting.alone for text in family(name)]
    return tuple(dict.fromkeys(found))


def tried(surface: Surface) -> tuple[str, ...]:
    """What a test puts into whole documents: every text; where few are asked for each fourth, so
    that it has every family, and every place of a text in turn."""
    return tuple(islice(texts(surface), 0, None, 4 if FEW else 1))


def whole(text: str) -> bool:
    """Whether a text has no half of a letter: JSON, a database and a file can hold it."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
