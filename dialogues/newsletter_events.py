"""The event that somebody said ok to a newsletter; it stands in the town's chain."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.news import NewsItem


@dataclass(frozen=True, slots=True)
class NewsletterReleased:
    """The newsletter of a ``month`` (2026-11) as it was shown and released. ``version`` counts from
    1; a later one replaces it. ``zone`` is the town's time zone."""

    month: str
    version: int
    town: str
    zone: str
    language: str
    items: tuple[NewsItem, ...]
