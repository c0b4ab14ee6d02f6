"""Writes a moment in full, with its weekday, so that it can be shown and typed again."""

from __future__ import annotations

from datetime import datetime

from commands.times.days import ENGLISH_WEEKDAYS, MONTHS, WEEKDAYS


def in_full(wall: datetime, language: str) -> str:
    """A local time in Dutch ("nl") or in English, as the catalogues write it."""
    if language == "en":
        day = f"{ENGLISH_WEEKDAYS[wall.weekday()]} {wall.day} {MONTHS[1][wall.month - 1].title()}"
        return f"{day} {wall.year} at {wall:%H:%M}"
    day = f"{WEEKDAYS[wall.weekday()]} {wall.day} {MONTHS[0][wall.month - 1]}"
    return f"{day} {wall.year} om {wall.hour}.{wall:%M} uur"
