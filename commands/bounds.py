"""How long words may be that somebody types for a title, a reason or another value."""

from __future__ import annotations

from collections.abc import Mapping

from commands.wrong import Wrong, wrong


def in_one_line(text: str) -> str:
    """A text with one space between its words."""
    return " ".join(text.split())


def too_long(limit: int, texts: Mapping[str, str]) -> Wrong | None:
    """What is wrong with the first of these texts, by key, that has more characters than that."""
    long = next((key for key, text in texts.items() if len(text) > limit), None)
    return wrong("value_too_long", key=long, limit=limit) if long is not None else None
