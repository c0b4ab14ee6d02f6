"""The words of a circle, which count only while one is open: asking for a turn, ending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from commands.cleaning import whole_number
from commands.filling import Typed, missing, text_alone
from commands.keyvalues import absent, pairs
from commands.said import Said
from commands.terms import paired
from commands.vocabulary import KindWords
from commands.word import (
    BACKSTAGE,
    MODERATOR,
    OUT_FRONT,
    RESIDENT,
    RUNNING,
    TEXT,
    Parameter,
    Shape,
    Word,
)
from commands.wrong import Wrong, wrong
from rounds.circle.rules import LETTER
from rounds.circle.state import LONGEST, SHORTEST


@dataclass(frozen=True, slots=True)
class Speak:
    """Ask for a turn."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Give the turn up."""


@dataclass(frozen=True, slots=True)
class Done:
    """The speaker ends their turn."""


@dataclass(frozen=True, slots=True)
class Onward:
    """The moderator goes on to the next turn."""


@dataclass(frozen=True, slots=True)
class TurnLength:
    minutes: int


@dataclass(frozen=True, slots=True)
class Words:
    text: str


#: What may be typed, and the canonical key.
KEYS = {"minuten": "minuten", "minutes": "minuten"}


def _alone(said: type) -> Callable[[Typed], Said]:
    """Reads a word with nothing after it."""
    return lambda _typed: said()


def _turn_length(typed: Typed) -> Said:
    found = pairs(typed.rest, KEYS)
    if isinstance(found, Wrong):
        return found
    if absent(found, ("minuten",)):
        return missing(typed, "minuten")
    value = found["minuten"]
    minutes = whole_number(value) or 0
    if not SHORTEST <= minutes <= LONGEST:
        return wrong(
            "value_out_of_range", key="minuten", value=value[:40], low=SHORTEST, high=LONGEST
        )
    return TurnLength(minutes)


def _resident(dutch: str, english: str, help: str, said: type) -> Word:
    return Word(dutch, english, help, RESIDENT, OUT_FRONT, _alone(said), while_open=True)


WORDS = KindWords(
    letters=(LETTER,),
    words=(
        _resident("spreken", "speak", "help_speak", Speak),
        _resident("pas", "pass", "help_pass", Pass),
        _resident("klaar", "done", "help_done", Done),
        Word(
            "door",
            "onward",
            "help_onward",
            MODERATOR,
            BACKSTAGE,
            _alone(Onward),
            while_open=True,
            among=RUNNING,
        ),
        Word(
            "kring",
            "circle",
            "help_turn_length",
            MODERATOR,
            BACKSTAGE,
            _turn_length,
            parameters=(Parameter("minuten", Shape.PAIRS),),
            while_open=True,
        ),
        Word(
            "woord",
            "word",
            "help_word",
            RESIDENT,
            OUT_FRONT,
            text_alone(Words),
            parameters=(TEXT,),
            while_open=True,
        ),
    ),
    no_errors=frozenset({"words", "circles", "spreker"}),
    terms=paired(KEYS),
)
