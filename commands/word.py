"""How a word that people can type is declared: its forms, who may say it where, what follows it.

The words of no kind of round stand in ``commands/words.py`` and ``commands/staff_words.py``, those
of a kind in its ``words.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from commands.said import Said, Where
from dialogues.dialogue import Status

if TYPE_CHECKING:
    from commands.filling import Typed

#: A row of numbers or items longer than this, in characters, is not read.
LIST_LIMIT = 2_000


class Who(StrEnum):
    """Who may use a word.

    ``ALL``, ``RESIDENT`` and ``AUTHOR`` words may be typed by everybody: that staff has no ballot,
    and that an item has one author, is checked by the dialogue, which knows what to answer.
    """

    ALL = "all"
    RESIDENT = "resident"
    AUTHOR = "author"
    MODERATOR = "moderator"
    OFFICIAL = "official"
    CLERK = "clerk"
    YOUTH_WORKER = "youth_worker"
    COUNCILLOR = "councillor"


class Shape(StrEnum):
    """The form of a parameter."""

    ITEM = "item"
    ITEMS = "items"
    TARGET = "target"
    TARGETS = "targets"
    WORD = "word"
    CODE = "code"
    NUMBER = "number"
    MOMENT = "moment"
    TEXT = "text"
    CHOICE = "choice"
    PAIRS = "pairs"


class Fits(StrEnum):
    """Which items a parameter accepts: any, those that can be voted on, those whose votes can have
    a reason, those that can become a recommendation, or recommendations."""

    ANY = "any"
    VOTABLE = "votable"
    WITH_REASONS = "with_reasons"
    RECOMMENDABLE = "recommendable"
    RECOMMENDATION = "recommendation"


class Meets(StrEnum):
    """Which meetings a parameter accepts: those to come, those that one signed up for, proposals to
    support, one's own, those that staff has not decided on, what is planned, what has begun, or
    any."""

    COMING = "coming"
    SIGNED = "signed"
    SHOWN = "shown"
    OWN = "own"
    PROPOSED = "proposed"
    PLANNED = "planned"
    BEGUN = "begun"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Parameter:
    """``name`` is the Dutch name shown in help; ``fits`` or ``letters`` say which items fit, and
    ``meets`` which meetings.
    ``keys`` are those of pairs, for a menu in which each has a place of its own: the key, its
    English form, and the text that explains it. ``values`` are the few that it, or a key of it,
    can have ("" for the parameter itself): what is typed, and the text that says it, where that is
    not the same."""

    name: str
    shape: Shape
    required: bool = True
    fits: Fits = Fits.ANY
    letters: str = ""
    meets: Meets | None = None
    keys: tuple[tuple[str, str, str], ...] = ()
    values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def known(self, key: str = "") -> tuple[tuple[str, str], ...]:
        """The values of a key, or without one of the parameter itself."""
        return next((values for its, values in self.values if its == key), ())


Filler: TypeAlias = "Callable[[Typed], Said]"


@dataclass(frozen=True, slots=True)
class Word:
    """``dutch`` is the canonical form; ``also`` are other forms with the same meaning; ``fill``
    reads what follows it.

    With ``dialogue`` the word may follow "gesprek" or "dialogue" too. With ``while_open`` it counts
    only where a round of its kind is open; elsewhere it is talk. ``among``: what a dialogue can be
    for the word to be about it, where it is not named. ``asked`` is what people say for it too, and
    is asked about first: never done at once. ``names``: the dialogue may be named behind the word
    too ("voortgang @zomerstraat A1 …"). ``example``: the text that shows how to type it to
    somebody who left something out, where that is not ``help``.
    """

    dutch: str
    english: str
    help: str
    who: frozenset[Who]
    where: frozenset[Where]
    fill: Filler
    also: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    dialogue: bool = False
    while_open: bool = False
    among: frozenset[Status] = frozenset(Status)
    asked: tuple[str, ...] = ()
    names: bool = False
    example: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to type this word, the canonical one first."""
        own = (self.dutch, self.english, *self.also)
        heads = ("gesprek", "dialogue") if self.dialogue else ()
        return tuple(dict.fromkeys((*own, *(f"{head} {form}" for head in heads for form in own))))

    @property
    def parted(self) -> tuple[str, ...]:
        """The forms of a word of two of which the first part says nothing alone: its own, and those
        that differ in that part."""
        dutch = self.dutch.split()
        own = (self.dutch, self.english)
        forms = (f for f in self.forms if f in own or f.split()[1:] == dutch[1:])
        return tuple(forms) if len(dutch) > 1 else ()


#: What a dialogue is for words that belong to a part of its life.
BEFORE = frozenset({Status.PREPARING})
RUNNING = frozenset({Status.OPEN})
UNFINISHED = frozenset({Status.PREPARING, Status.OPEN})
BEGUN = frozenset({Status.OPEN, Status.CLOSED})
OVER = frozenset({Status.CLOSED})

CLOSED = frozenset({Status.CLOSED})

ALL = frozenset({Who.ALL})
EVERYBODY = frozenset({Who.ALL, Who.RESIDENT, Who.AUTHOR})
AUTHOR = frozenset({Who.AUTHOR})
CLERK = frozenset({Who.CLERK})
MODERATOR = frozenset({Who.MODERATOR})
OFFICIAL = frozenset({Who.OFFICIAL})
ANSWERER = frozenset({Who.OFFICIAL, Who.CLERK})
REPORTER = frozenset({Who.CLERK, Who.MODERATOR})
RESIDENT = frozenset({Who.RESIDENT})
WORKER = frozenset({Who.MODERATOR, Who.YOUTH_WORKER})

ANYWHERE = frozenset(Where)
BACKSTAGE = frozenset({Where.STAFF, Where.PERSONAL})
OUT_FRONT = frozenset({Where.ROOM, Where.PERSONAL})
STAFF_ROOM = frozenset({Where.STAFF})

ITEM = Parameter("item", Shape.ITEM)
REASON = Parameter("reden", Shape.TEXT)
TEXT = Parameter("tekst", Shape.TEXT)
