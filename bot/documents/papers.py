"""Makes the papers of a dialogue from its journal: for ``export``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from advice.kinds import AllPages
from advice.model import Journal
from advice.papers import registry
from advice.papers.evaluation import evaluation
from advice.papers.letter import is_answered, letter
from advice.papers.newsletter import Newsletter, newsletter
from advice.papers.newsletter import name as name_of
from advice.papers.paper import TOWN_JOURNAL, Paper
from advice.papers.paragraph import paragraph
from advice.published import iso
from bot.documents.agenda import NO_LINKS
from bot.documents.handover import Handed
from dialogues import events as ev
from dialogues.newsletter_events import NewsletterReleased
from dialogues.record import TOWN
from storage.reader import Reader


class NoAnswer(Exception):  # noqa: N818 - says what is missing
    """There is no answer yet to write a letter about."""


def papers(
    reader: Reader,
    pages: AllPages,
    handed: Handed,
    wanted: Iterable[Paper],
    links: Mapping[str, str] = NO_LINKS,
    young: Collection[str] = (),
) -> dict[str, bytes]:
    """The files of these papers, beside the bundle that was ``handed`` over; ``links`` lead to the
    town's rooms, and ``young`` are those of young people. Raises ``NoAnswer``."""
    files: dict[str, bytes] = {}
    for paper in sorted(wanted):
        model = _model(reader, handed, paper, links, young)
        files |= registry.written(paper.value, model, pages)
    return files


def _model(
    reader: Reader, handed: Handed, paper: Paper, links: Mapping[str, str], young: Collection[str]
) -> Any:
    """The model of a paper. What comes after the document is told as it is now."""
    name = handed.dialogue.id
    if paper is Paper.PARAGRAPH:
        return paragraph(handed.result, handed.dialogue, reader.meetings())
    now = reader.folded(name)
    assert now is not None
    if paper is Paper.EVALUATION:
        destroyed = (e.at for e in reader.journal(name) if isinstance(e.event, ev.LinksDestroyed))
        return evaluation(handed.result, now.dialogue, next(destroyed, None))
    if not is_answered(now.dialogue):
        raise NoAnswer
    journal = Journal(name, now.dialogue.position, now.head, iso(now.at))
    room = now.dialogue.room
    link = links.get(room, "")
    return letter(handed.result, now.dialogue, journal, reader.words, link, room in young)


def released(reader: Reader) -> dict[str, Newsletter]:
    """Every newsletter that was released by the name of its files, the newest version of each
    month."""
    return {
        name_of(line.event.month): newsletter(line.event, line.at)
        for line in reader.journal(TOWN)
        if isinstance(line.event, NewsletterReleased)
    }


def newsletters(reader: Reader, pages: AllPages, clerk: bool = False) -> dict[str, bytes]:
    """The files of every newsletter that was released; for the ``clerk`` with the town's own
    journal, which says so. None where none was."""
    files: dict[str, bytes] = {}
    for name, model in released(reader).items():
        files |= registry.written(name, model, pages)
    if files and clerk:
        files[TOWN_JOURNAL] = b"".join(line + b"\n" for line in reader.lines(TOWN))
    return files
