"""``Kinds``: all kinds of rounds together, and which letter, intent and event belongs to which.

The one who puts the program together makes it of the machines (``rounds/registry.py``) and hands
it on; nothing below looks a kind up anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from dialogues.charter import Charter, Level
from dialogues.core import Context, Refused
from dialogues.format import Format
from dialogues.items import OBJECTION, REASON, Letter
from dialogues.machine import Machine, Promises


class Concerns(StrEnum):
    """Which round an intent concerns: that of its item; that of its item or else the open one (for
    an item without a number yet); the one it names; or the open one."""

    ITEM = auto()
    ITEM_OR_CURRENT = auto()
    NAMED = auto()
    CURRENT = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """How an intent of a kind is decided on: which round it concerns, whether that must be open,
    whether it is a moderator's, and the machine's own ``decide``."""

    machine: Machine
    concerns: Concerns
    open_only: bool
    moderates: bool
    decide: Callable[[Any, Any, Context], tuple[Any, ...]]


class Kinds:
    """``machines`` by name; ``letters`` of all kinds, R and O; ``routes`` by intent; ``casts`` are
    the intents of a vote, and ``votes`` the events that are one; ``quiet`` are the events that do
    not change a card; ``promises`` those with which an answer is promised, given, or missing."""

    def __init__(self, machines: Iterable[Machine]) -> None:
        self.machines: dict[str, Machine] = {machine.kind: machine for machine in machines}
        every = self.machines.values()
        self.letters: dict[str, Letter] = {
            letter.letter: letter for machine in every for letter in machine.letters
        } | {own.letter: own for own in (OBJECTION, REASON)}
        self.routes: dict[type, Route] = {
            intent: _route(intent, machine) for machine in every for intent in machine.intents
        }
        self.votes: frozenset[type] = frozenset(e for machine in every for e in machine.votes)
        self.casts: frozenset[Any] = frozenset(m.cast for m in every if m.cast is not None)
        self.quiet: frozenset[type] = frozenset(e for machine in every for e in machine.quiet)
        self.promises: tuple[Promises, ...] = tuple(m.promises for m in every if m.promises)

    def check_level(self, charter: Charter, format: Format) -> None:
        """Raise ``Refused`` for a format whose rounds go further than the level of participation
        allows."""
        if charter.level is Level.INFORM and not all(
            self.machines[plan.kind].informs for plan in format.rounds
        ):
            raise Refused("level_only_questions", format=format.id)


def _route(intent: type, machine: Machine) -> Route:
    if getattr(intent, "before_numbers", False):
        concerns = Concerns.ITEM_OR_CURRENT
    elif hasattr(intent, "item"):
        concerns = Concerns.ITEM
    else:
        concerns = Concerns.NAMED if hasattr(intent, "round") else Concerns.CURRENT
    open_only = not getattr(intent, "any_stage", False)
    moderates = getattr(intent, "moderates", False)
    return Route(machine, concerns, open_only, moderates, machine.decide)
