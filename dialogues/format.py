"""A format (werkvorm): the row of rounds a dialogue follows, with every setting resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of rounds; each has one file in ``dialogues/rounds``."""

    STATEMENTS = "statements"
    POLL = "poll"
    QUESTIONS = "questions"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """One round of a format: its kind, its title (in English where the dialogue is), its settings.

    Lengths of time are minutes unless the name says otherwise; ``length`` is in characters,
    ``per_person`` a number of contributions (0: no limit). A kind uses the settings that concern
    it; ``bot/town/formats.py`` refuses the others in a format file.
    """

    kind: Kind
    title: str
    title_en: str = ""
    days: int = 7
    reminder: int = 10
    collecting_margin: int = 10
    length: int = 280
    per_person: int = 3
    offer: int = 5
    reason_every: int = 3
    near_duplicates: bool = True
    threshold: int = 80
    prepare: int = 60


@dataclass(frozen=True, slots=True)
class Format:
    """A format's id (its file name), title in Dutch and rounds, in order.

    ``imported``: for conversations held elsewhere, of which nobody knows what was agreed.
    """

    id: str
    title: str
    rounds: tuple[RoundPlan, ...]
    imported: bool = False
