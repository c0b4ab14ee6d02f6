"""Makes the papers of a dialogue from its journal: for ``export``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advice.kinds import AllPages
from advice.papers import registry
from advice.papers.paper import Paper
from advice.papers.paragraph import paragraph
from bot.documents.handover import Handed
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
    return paragraph(handed.result, handed.dialogue, reader.meetings())
