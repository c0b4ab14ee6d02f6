"""Makes the document of a result, checks its quotes, and writes it as Markdown and HTML."""

from __future__ import annotations

from advice import quotes
from advice.appendix import appendix
from advice.document import Document
from advice.kinds import AllPages
from advice.model import Result
from advice.page import page
from advice.writing.html import html
from advice.writing.markdown import markdown


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
    return {f"{file}.md": _as_markdown(whole), f"{file}.html": _as_html(whole)}


def _as_markdown(whole: Document) -> bytes:
    written = markdown(whole)
    quotes.check_markdown(written, whole)
    return written.encode()


def _as_html(whole: Document) -> bytes:
    written = html(whole)
    quotes.check_html(written, whole)
    return written.encode()


def name(result: Result) -> str:
    """What the files of the document are called, before the dot."""
    return "advies" if result.kind == "advies" else "verslag"
