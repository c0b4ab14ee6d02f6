"""The appendix of the document: charter, course, every item with its counts, and the method."""

from __future__ import annotations

from collections.abc import Iterator

from advice import contested, newer
from advice.course import changes, charter, course, hidden
from advice.document import Section
from advice.kinds import AllPages
from advice.method import check, counted
from advice.model import Result
from advice.phrases import Phrases
from advice.register import Register
from advice.rounds import sections_of


def appendix(result: Result, pages: AllPages, step: int) -> tuple[Section, ...]:
    """The sections that are not empty; ``step`` is how far the page was shortened."""
    words = pages.words(result.dialogue.language)
    return tuple(_sections(Phrases(Register.of(result, pages), words), step))


def _sections(phrases: Phrases, step: int) -> Iterator[Section]:
    if phrases.result.dialogue.charter:
        yield charter(phrases)
    if phrases.result.rounds:
        yield course(phrases)
    yield from sections_of(phrases)
    yield from contested.section(phrases)
    yield from hidden(phrases)
    yield from changes(phrases)
    yield from newer.section(phrases)
    yield counted(phrases, step)
    yield check(phrases)
