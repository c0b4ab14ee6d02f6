"""Every kind of round, in alphabetical order: adding a kind is adding a line here.

A kind is a folder with up to four parts, each loaded when it is asked for: ``rules`` with its
``MACHINE``, ``words`` with its ``WORDS``, ``talk`` with its ``TALK``, ``pages`` with its ``PAGES``.
Only who puts the program together asks, and hands the parts on.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from commitments.events import EVENTS as COMMITMENTS
from dialogues.kinds import Kinds
from dialogues.machine import Machine
from dialogues.record import Record
from meetings.events import EVENTS

if TYPE_CHECKING:
    from advice.kinds import AllPages
    from bot.desk.talk import Talks
    from commands.vocabulary import Vocabulary

KINDS = (
    "circle",
    "closing",
    "dilemma",
    "poll",
    "priorities",
    "questions",
    "statements",
)


@cache
def kinds() -> Kinds:
    """The machines of every kind."""
    return Kinds(_machine(name) for name in KINDS)


def _machine(name: str) -> Machine:
    machine: Machine = import_module(f"rounds.{name}.rules").MACHINE
    return machine


@cache
def record() -> Record:
    """The reading and writing of events: of every kind, of meetings and of commitments."""
    return Record(kinds(), (*COMMITMENTS, *EVENTS))


@cache
def vocabulary() -> Vocabulary:
    """All words: those of no kind, and those of every kind."""
    from commands.vocabulary import Vocabulary
    from commands.words import WORDS

    own = [import_module(f"rounds.{name}.words").WORDS for name in KINDS]
    return Vocabulary(WORDS, own, kinds().letters)


@cache
def talks() -> Talks:
    """The ``Talk`` of every kind."""
    from bot.desk.talk import Talks

    return Talks({name: import_module(f"rounds.{name}.talk").TALK for name in KINDS})


@cache
def pages() -> AllPages:
    """The ``Pages`` of every kind."""
    from advice.kinds import AllPages

    return AllPages((import_module(f"rounds.{name}.pages").PAGES for name in KINDS), texts())


def texts() -> tuple[Path, ...]:
    """The folders with the texts of each kind, one file per language."""
    return tuple(Path(__file__).parent / name for name in KINDS)
