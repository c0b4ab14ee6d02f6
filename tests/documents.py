"""Makes small documents for tests."""

from __future__ import annotations

from bot.platforms.document import Document, Paragraph, Run


def words(text: str) -> Document:
    """One paragraph, of words of the catalogue."""
    return Document((Paragraph((Run(text),)),))
