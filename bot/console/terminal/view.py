"""The data that prompt, bar and completion show: immutable, made again after every line."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """``words`` are those this person can type here; ``items`` the item numbers of the dialogue."""

    who: str = ""
    where: str = ""
    id: str = ""
    card: str = ""
    words: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


def bar(card: str, width: int, most: int = 2) -> list[str]:
    """A card in few lines: its title, and how far the round is."""
    lines = [line.strip() for line in card.split("\n") if line.strip()]
    if not lines:
        return []
    title, _, _ = lines[0].partition(". ")
    text = " · ".join([title.rstrip("."), *lines[1:]])
    return textwrap.wrap(
        text, max(20, width - 2), max_lines=most, placeholder=" …", break_on_hyphens=False
    )
