"""A format (werkvorm): the rounds of a dialogue in order, with all their settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def setting(default: Any, least: int = 0, most: int = 1) -> Any:
    """A field of a kind's settings: a switch, or a whole number from ``least`` to ``most``."""
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class NoSettings:
    """The settings of a kind of round that has none of its own."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """One round of a format: its kind, its title (in English where the dialogue is), its settings.

    ``days`` is how long a round without an hour lasts; ``reminder`` and ``collecting_margin`` are
    minutes before its end (0: none); ``length`` is the most characters of a contribution.
    ``settings`` are those of its kind, by name; ``bot/town/formats.py`` refuses others.
    """

    kind: str
    title: str
    title_en: str = ""
    days: int = 7
    reminder: int = 10
    length: int = 280
    collecting_margin: int = 10
    settings: Mapping[str, int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Format:
    """A format's id (its file name), its title in Dutch, and its rounds in order.

    ``imported``: for conversations held elsewhere, whose charter is not known. ``english``: the id
    in English, which may be typed too.
    """

    id: str
    title: str
    rounds: tuple[RoundPlan, ...]
    imported: bool = False
    english: str = ""
