"""The intents, events and state of a circle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dialogues.core import Text
from dialogues.format import setting
from dialogues.machine import Scope

#: How long a turn can be, in minutes.
SHORTEST, LONGEST = 1, 30


@dataclass(frozen=True, slots=True)
class Settings:
    """``minutes``: the longest time of a turn; a moderator can change it with ``kring``."""

    minutes: int = setting(3, SHORTEST, LONGEST)


@dataclass(frozen=True, slots=True)
class AskTurn:
    """Ask for a turn."""


@dataclass(frozen=True, slots=True)
class GiveTurnUp:
    """Give up a turn that was asked for, or end the present one."""


@dataclass(frozen=True, slots=True)
class EndTurn:
    """The speaker ends their turn."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A moderator begins the first turn, or ends the present one."""

    moderates: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class SetTurnLength:
    """Set the length of turns, from the next one on, in minutes."""

    moderates: ClassVar[bool] = True

    minutes: int


@dataclass(frozen=True, slots=True)
class GiveWord:
    """Contribute words that were said in one's turn."""

    text: Text


@dataclass(frozen=True, slots=True)
class TurnAsked:
    round: int
    participant: str


@dataclass(frozen=True, slots=True)
class TurnGivenUp:
    round: int
    participant: str


@dataclass(frozen=True, slots=True)
class TurnBegan:
    round: int
    participant: str
    until: datetime


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn lasted from its beginning to the ``at`` of this line in the journal."""

    round: int
    participant: str


@dataclass(frozen=True, slots=True)
class TurnLengthSet:
    round: int
    minutes: int


@dataclass(frozen=True, slots=True)
class WordGiven:
    round: int
    number: str
    author: str
    text: Text
    staff: bool
    pending: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """The present turn: whose it is, since when, and until when at most."""

    participant: str
    began: datetime
    until: datetime


@dataclass(slots=True)
class State:
    """``numbers`` gives everybody who ever asked a number, in the order of asking. ``waiting`` are
    those who wait, each with how many asked before; ``turns`` and ``seconds`` how often and how
    long each spoke. ``begun``: the order was drawn; those in ``drawn`` asked before that. ``words``
    are the item numbers of the contributed words."""

    scope: Scope
    minutes: int = 0
    seed: str = ""
    begun: bool = False
    turn: Turn | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    drawn: frozenset[str] = frozenset()
    asked: int = 0
    turns: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
