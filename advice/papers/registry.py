"""Every paper with its model and how its page is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from advice.document import Document
from advice.kinds import AllPages
from advice.papers import evaluation, letter, letter_page, newsletter, paragraph, paragraph_page
from advice.papers.paper import NEWSLETTER, Paper
from advice.papers.writing import files
from advice.words import Words


@dataclass(frozen=True, slots=True)
class Made:
    """The type of a paper's model, its schema, and how a document is made of it; the model has the
    ``language`` of the document."""

    model: type[msgspec.Struct]
    schema: str
    document: Callable[[Any, Words], Document]


MADE: dict[str, Made] = {
    Paper.LETTER.value: Made(letter.Letter, letter.SCHEMA, letter_page.document),
    Paper.EVALUATION.value: Made(evaluation.Evaluation, evaluation.SCHEMA, evaluation.document),
    NEWSLETTER: Made(newsletter.Newsletter, newsletter.SCHEMA, newsletter.document),
    Paper.PARAGRAPH.value: Made(paragraph.Paragraph, paragraph.SCHEMA, paragraph_page.document),
}


def decoded(name: str, data: bytes) -> Any:
    """The model of a file; raises ``msgspec.ValidationError`` where it is none of that paper."""
    made = _made(name)
    model = msgspec.json.decode(data, type=made.model)
    if model.schema != made.schema:  # type: ignore[attr-defined]
        raise msgspec.ValidationError(f"another schema than {made.schema}")
    return model


def written(name: str, model: Any, pages: AllPages) -> dict[str, bytes]:
    """The files of a paper, from its model."""
    document = _made(name).document(model, pages.words(model.language))
    return files(name, model, document)


def document_of(name: str, data: bytes, pages: AllPages) -> Document:
    """The document of a paper, from the bytes of its model."""
    model = decoded(name, data)
    return _made(name).document(model, pages.words(model.language))


def _made(name: str) -> Made:
    """How a paper of this name is made; a newsletter's name ends in its month."""
    return MADE[name.partition("-")[0]]
