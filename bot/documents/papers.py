"""Makes the papers of a dialogue from its journal: for ``export``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advice.kinds import AllPages
from advice.papers import registry
from advice.papers.evaluation import evaluation
from advice.papers.newsletter import name as name_of
from advice.papers.newsletter import newsletter
from advice.papers.paper import Paper
from advice.papers.paragraph import paragraph
from bot.documents.handover import Handed
from dialogues import events as ev
from dialogues.newsletter_events import NewsletterReleased
from dialogues.record import TOWN
from storage.reader import Reader


def papers(
    reader: Reader, pages: AllPages, handed: Handed, wanted: Iterable[Paper]
) -> dict[str, bytes]:
    """The files of these papers, beside the bundle that was ``handed`` over."""
    files: dict[str, bytes] = {}
    for paper in sorted(wanted):
        files |= registry.written(paper.value, _model(reader, handed, paper), pages)
    return files


def _model(reader: Reader, handed: Handed, paper: Paper) -> Any:
    """The model of a paper. What comes after the document is told as it is now."""
    if paper is Paper.EVALUATION:
        name = handed.dialogue.id
        now = reader.folded(name)
        assert now is not None
        destroyed = (e.at for e in reader.journal(name) if isinstance(e.event, ev.LinksDestroyed))
        return evaluation(handed.result, now.dialogue, next(destroyed, None))
    return paragraph(handed.result, handed.dialogue, reader.meetings())


def newsletters(reader: Reader, pages: AllPages) -> dict[str, bytes]:
    """The files of every newsletter that was released, the newest version of each month."""
    files: dict[str, bytes] = {}
    for line in reader.journal(TOWN):
        if isinstance(line.event, NewsletterReleased):
            model = newsletter(line.event, line.at)
            files |= registry.written(name_of(line.event.month), model, pages)
    return files
