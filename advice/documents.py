"""Makes the document of a result, checks its quotes, and writes it as Markdown and HTML."""

from __future__ import annotations

import io
from collections.abc import Iterator

from advice import quotes
from advice.appendix import appendix
from advice.document import Document
from advice.kinds import AllPages
from advice.model import Result
from advice.page import page
from advice.writing import html, markdown


def document(result: Result, pages: AllPages) -> Document:
    """The document of a result: the page for the councillor and the appendix."""
    words = pages.words(result.dialogue.language)
    front = page(result, pages)
    return Document(
        language=words.language,
        kind=result.kind,
        page=front,
        appendix=words.text("appendix.heading"),
        sections=appendix(result, pages, front.step),
    )


def written(result: Result, pages: AllPages) -> dict[str, bytes]:
    """``advies.md`` and ``advies.html``, or ``verslag.*``; raises ``quotes.Misquoted``."""
    whole = document(result, pages)
    quotes.check(whole, result, pages)
    file = name(result)
    return {
        f"{file}.md": _bytes(quotes.checked_markdown(markdown.pieces(whole), whole)),
        f"{file}.html": _bytes(quotes.checked_html(html.pieces(whole), whole)),
    }


def _bytes(pieces: Iterator[str]) -> bytes:
    """Piece by piece: as one string a large document would take four times its size."""
    written = io.BytesIO()
    for piece in pieces:
        written.write(piece.encode())
    return written.getvalue()


def name(result: Result) -> str:
    """What the files of the document are called, before the dot."""
    return "advies" if result.kind == "advies" else "verslag"
