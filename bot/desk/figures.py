"""What a result shows in figures, as a kind of round gives it for a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dialogues.core import Light, Text


class Figures(Light, frozen=True):
    """The figures of an item that a result shows: the item, its words, and what each is of (words,
    a moment, or the code of a text) with how many."""

    item: str
    text: Text | str | datetime
    figures: tuple[tuple[Text | str | datetime, int], ...]


def no_figures(_values: Mapping[str, Any]) -> Sequence[Figures]:
    """The default for a kind: its result is in words alone."""
    return ()
