"""A question that the bot asks back: what an answer to it has to be, and what it makes of the words
that were typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.desk.asker import Asker
from commands.reading import Reading


class Takes(StrEnum):
    """What an answer has to be, besides one of the options: nothing else, a choice on an item, a
    day, or that it is not known, a place of the list, a reason for hiding, a moment, how often
    something is, a sentence, or what makes a word complete."""

    NOTHING = ""
    CHOICE = "choice"
    DAY = "day"
    PLACE = "place"
    REASON = "reason"
    MOMENT = "moment"
    OFTEN = "often"
    SENTENCE = "sentence"
    REST = "rest"


#: What is asked of residents about their own contributions waits for as long as questions do.
PATIENT = frozenset({Takes.CHOICE, Takes.PLACE, Takes.SENTENCE})


#: What is asked for in words of one's own.
IN_WORDS = frozenset(
    {Takes.DAY, Takes.MOMENT, Takes.OFTEN, Takes.PLACE, Takes.REST, Takes.SENTENCE}
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: ``labels`` are what can be typed for it besides its number, ``text`` is what is
    meant with it; ``choose`` a dialogue that is chosen here with it. ``bare``: the text is no
    command, though it begins like one."""

    text: str
    labels: tuple[str, ...] = ()
    choose: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer makes of what was typed: the ``text`` of an option, or ``before`` + answer +
    ``after``. A single option is a question that "ja" and "nee" answer. ``wording``: which words of
    an item were read with it."""

    code: str
    options: tuple[Option, ...] = ()
    takes: Takes = Takes.NOTHING
    before: str = ""
    after: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, cleaned, and how it was read; ``asker`` typed it."""

    text: str
    reading: Reading
    asker: Asker


Data = Mapping[str, Any]
Asks = Callable[[Words, str, Data], "Question | None"]
