"""What all papers have in common: the names of their files, and how their documents are made.

A paper is a model as JSON and a page in Markdown and HTML that follows from the model alone, so
that anybody can write the page again and hold it against the one they got.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from advice.document import Document, Line, Page, Paragraph, Section
from advice.model import Result
from advice.words import Words
from advice.writing.lettering import typed


class Paper(StrEnum):
    """The papers by the names of their files, as they are asked for."""

    LETTER = "antwoordbrief"
    EVALUATION = "evaluatie"
    PARAGRAPH = "participatieparagraaf"


#: The paper of no dialogue: its files have their month in the name.
NEWSLETTER = "nieuwsbrief"

#: The clerk's file that newsletters are held against: the town's own journal.
TOWN_JOURNAL = "gemeente.jsonl"

#: The forms in which each paper is written.
FORMS = ("json", "md", "html")

_MONTHLY = re.compile(r"nieuwsbrief-[0-9]{4}-(?:0[1-9]|1[0-2])\.(?:json|md|html)")


def names(paper: Paper) -> tuple[str, ...]:
    """The names of a paper's files."""
    return tuple(f"{paper.value}.{form}" for form in FORMS)


#: The names of all papers of a dialogue.
NAMES = frozenset(name for paper in Paper for name in names(paper))


def is_paper(name: str) -> bool:
    """Whether a file can be one of a paper."""
    return name in NAMES or is_monthly(name)


class AboutDialogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a paper begins with: its ``schema``, and of the dialogue what uitslag.json says too."""

    schema: str
    dialogue: str
    title: str
    town: str
    room: str
    zone: str
    language: str
    simulated: bool


_About = TypeVar("_About", bound=AboutDialogue)


def as_told(result: Result, found: _About, **more: Any) -> _About:
    """A paper with what it says of its dialogue taken from uitslag.json, and ``more`` fields: it is
    the same where nothing was changed."""
    told = result.dialogue
    return msgspec.structs.replace(
        found,
        dialogue=told.id,
        title=told.title,
        town=told.town,
        room=told.room,
        zone=told.zone,
        language=told.language,
        simulated=result.simulated,
        **more,
    )


def is_monthly(name: str) -> bool:
    """Whether a file can be one of a newsletter."""
    return _MONTHLY.fullmatch(name) is not None


def sheet(
    words: Words, kind: str, kicker: Line, title: str, sections: Iterator[Section], **more: Line
) -> Document:
    """A document of one page. ``more``: its ``facts``; its one ``notice``."""
    notice = more.get("notice", ())
    page = Page(
        kicker=kicker,
        title=typed(title),
        notices=(notice,) if notice else (),
        sections=tuple(section for section in sections if section.blocks),
        facts=more.get("facts", ()),
    )
    return Document(words.language, kind, page, appendix="")


def section(title: Line, *lines: Line) -> Section:
    """A heading and a paragraph for each line; without lines it is left out of the sheet."""
    return Section(title, tuple(Paragraph(line) for line in lines if line))
