"""The files of what became of an advice: the model, its page, and what the clerk needs to prove it.

They lie beside the bundle of the advice with a list of their own: the hash that was posted is that
of the advice, whatever became of it later. The clerk's journal goes on where that of the bundle
ends, with the words of those lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advice import manifest
from advice.followup.model import FollowUp, encode
from advice.followup.page import document
from advice.words import Words
from advice.writing.html import html
from advice.writing.markdown import markdown

MODEL, MARKDOWN, HTML = "opvolging.json", "opvolging.md", "opvolging.html"

#: Of the clerk alone: the lines of the journal behind those of the bundle, and their words.
JOURNAL, TEXTS = "opvolging.jsonl", "opvolging-teksten.jsonl"

PUBLIC, CLERKS = (MODEL, MARKDOWN, HTML), (JOURNAL, TEXTS)

#: All of them, with their list.
NAMES = frozenset((*PUBLIC, *CLERKS, manifest.FOLLOW_UP))


def derived(found: FollowUp, words: Words) -> dict[str, bytes]:
    """The page, from the model alone."""
    made = document(found, words)
    return {MARKDOWN: markdown(made).encode(), HTML: html(made).encode()}


def files(
    found: FollowUp, words: Words, lines: Sequence[bytes] | None = None, texts: bytes = b""
) -> dict[str, bytes]:
    """The files; with ``lines``, the journal behind that of the bundle, also those of the clerk.
    ``texts`` are the words of these lines."""
    made: dict[str, bytes] = {MODEL: encode(found), **derived(found, words)}
    if lines is not None:
        made |= {JOURNAL: b"".join(line + b"\n" for line in lines), TEXTS: texts}
    return with_list(made)


def with_list(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """These files and the list of them."""
    return {**made, manifest.FOLLOW_UP: manifest.listing(made)}
