"""The roll of a round: its ballots by number, and what was noted of each."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

#: The vote of a ballot that has none on an item, not even one taken back.
NOTHING: Any = object()


@dataclass(slots=True)
class Coded:
    """Values by a small number each, the same for equal ones; 0 stands for none."""

    codes: dict[Any, int] = field(default_factory=dict)
    values: list[Any] = field(default_factory=lambda: [NOTHING])

    def code(self, value: Any) -> int:
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(slots=True)
class Roll:
    """The ballots of a round, numbered in the order of their first vote.

    By number: how many votes of a ballot stand (``standing``), on how many items it said anything,
    taken back or not (``said``), and whether it holds or held any choice, whatever was hidden or
    taken back since (``held``). ``voters`` and ``turnout`` count the ballots of the first and the
    last. ``choices`` and ``orders`` are the different choices, and the tie-breaks that are not
    kept as numbers.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    standing: array[int] = field(default_factory=lambda: array("I"))
    said: array[int] = field(default_factory=lambda: array("I"))
    held: bytearray = field(default_factory=bytearray)
    voters: int = 0
    turnout: int = 0
    choices: Coded = field(default_factory=Coded)
    orders: Coded = field(default_factory=Coded)

    def number(self, ballot: str) -> int:
        """The number of a ballot, a new one for one that had none."""
        found = self.numbers.get(ballot)
        if found is None:
            found = self.numbers[ballot] = len(self.names)
            self.names.append(ballot)
            self.standing.append(0)
            self.said.append(0)
            self.held.append(0)
        return found

    def stand(self, number: int, difference: int) -> None:
        """One vote more or less of a ballot stands."""
        before = self.standing[number]
        self.standing[number] = before + difference
        if not before:
            self.voters += 1
        elif not before + difference:
            self.voters -= 1

    def holds(self, number: int) -> None:
        """A ballot holds a choice for the first time."""
        self.held[number] = 1
        self.turnout += 1

    def stands(self, ballot: str) -> bool:
        """Whether a ballot has a vote that counts now."""
        number = self.numbers.get(ballot)
        return number is not None and self.standing[number] != 0

    def has_held(self, ballot: str) -> bool:
        """Whether a ballot holds or held a choice."""
        number = self.numbers.get(ballot)
        return number is not None and self.held[number] != 0

    def said_by(self, ballot: str) -> int:
        """The number of items on which a ballot said anything, taken back or not."""
        number = self.numbers.get(ballot)
        return self.said[number] if number is not None else 0

    def stood(self) -> dict[str, int]:
        """How many votes count now of each ballot that has any."""
        each = zip(self.names, self.standing, strict=True)
        return {ballot: votes for ballot, votes in each if votes}

    def holders(self) -> set[str]:
        """The ballots that hold or held a choice."""
        return {name for name, held in zip(self.names, self.held, strict=True) if held}

    def merge(self, gone: int, kept: int) -> None:
        """What was noted of one ballot becomes that of another, but for what stands."""
        self.said[gone] = 0
        if self.held[gone]:
            self.held[gone] = 0
            self.turnout -= self.held[kept]
            self.held[kept] = 1
