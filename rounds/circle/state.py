"""What a circle is made of: what people ask of it, what happened in it, its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dialogues.core import Text
from dialogues.format import setting
from dialogues.machine import Scope

#: How long a turn can be, in minutes.
SHORTEST, LONGEST = 1, 30


@dataclass(frozen=True, slots=True)
class Settings:
    """A turn takes ``minutes`` at most; a moderator can change it with ``kring``."""

    minutes: int = setting(3, SHORTEST, LONGEST)


@dataclass(frozen=True, slots=True)
class AskTurn:
    """Somebody wants to speak."""


@dataclass(frozen=True, slots=True)
class GiveTurnUp:
    """Somebody who asked wants to speak no more; who speaks, ends the turn."""


@dataclass(frozen=True, slots=True)
class EndTurn:
    """Who speaks is done."""


@dataclass(frozen=True, slots=True)
class Onward:
    """The moderator begins the first turn, or ends this one."""


@dataclass(frozen=True, slots=True)
class SetTurnLength:
    """How long turns take from the next one on, in minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class GiveWord:
    """Words said in a turn, which their speaker lets go along."""

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
    """The turn took from its beginning to the ``at`` of its line in the journal."""

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
    """Whose turn it is, since when, and until when at most."""

    participant: str
    began: datetime
    until: datetime


@dataclass(slots=True)
class State:
    """``numbers`` gives everybody who ever asked a number, in the order of asking. ``waiting`` are
    those who wait, each with how many asked before; ``turns`` and ``seconds`` how often and
    how long somebody spoke. ``begun`` is whether the order was drawn; those of ``drawn`` asked
    before that. ``words`` are the numbers of the words that were kept."""

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
