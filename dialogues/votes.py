"""The votes of a round as numbers: a million take twelve bytes each where everybody votes.

A round gives every ballot a number when it first votes (``roll.py``). The votes on an item
(``Votes``) are columns by that number where many of the round voted on it, and a record each by it
where few did; which of the two is nobody's business but its own. A ``Given`` is made when it is
asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from sys import intern
from typing import Any, TypeAlias

from dialogues.core import Light
from dialogues.roll import NOTHING, Roll

#: A vote on one item: a word (statement, recommendation), option numbers (poll) or
#: points by option; None: taken back.
Choice: TypeAlias = "str | tuple[int, ...] | None"

#: Votes become columns from so many on, if at least one in so many ballots of the round is among
#: them; and records again when there is not even one in so many. A column takes twelve bytes a
#: ballot of the round, a record some 120 a vote.
_FEWEST, _ONE_IN, _NOT_ONE_IN = 16, 6, 16

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: Tie-breaks that are as many digits are kept as numbers, up to here; others by their place in
#: ``Roll.orders`` from here on.
_DIGITS, _ODD = 20, 1 << 63


class Given(Light, frozen=True):
    """A vote: when it was given, the tie-break of that moment, and the choice."""

    at: datetime
    order: str
    choice: Choice

    @property
    def when(self) -> tuple[datetime, str]:
        return self.at, self.order


@dataclass(slots=True)
class _Columns:
    """Votes by the number of their ballot: the code of the choice, 0 for no vote, the moment in
    seconds (a float tells microseconds apart until 2242) and, where any has one, the tie-break."""

    codes: array[int] = field(default_factory=lambda: array("I"))
    times: array[float] = field(default_factory=lambda: array("d"))
    orders: array[int] | None = None
    count: int = 0

    def reach(self, number: int) -> None:
        """Have room for a ballot of this number."""
        more = number + 1 - len(self.codes)
        self.codes.frombytes(bytes(4 * more))
        self.times.frombytes(bytes(8 * more))
        if self.orders is not None:
            self.orders.frombytes(bytes(8 * more))


class Votes(Mapping[str, Given]):
    """The newest vote of each ballot on one item, by ballot. Whoever casts votes knows the numbers
    of ballots, and uses ``put``, ``at`` and ``take``."""

    __slots__ = ("_columns", "_few", "_roll")

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._few: dict[int, Given] = {}
        self._columns: _Columns | None = None

    # -- by number ----------------------------------------------------------------------------

    def put(self, number: int, choice: Choice, at: datetime, order: str) -> Any:
        """Record a vote in place of the ballot's earlier one; returns the earlier choice, or
        ``NOTHING``."""
        columns = self._columns
        if columns is None:
            return self._put_one(number, choice, at, order)
        codes = columns.codes
        if number >= len(codes):
            if columns.count * _NOT_ONE_IN < number:
                self._thin()
                return self._put_one(number, choice, at, order)
            columns.reach(number)
        choices = self._roll.choices
        before, codes[number] = codes[number], choices.codes.get(choice) or choices.code(choice)
        since = at - _EPOCH  # ``timestamp`` takes twice as long
        columns.times[number] = since.days * 86_400 + since.seconds + since.microseconds / 1_000_000
        if not before:
            columns.count += 1
        if order or columns.orders is not None:
            self._put_order(columns, number, order)
        return choices.values[before]

    def _put_one(self, number: int, choice: Choice, at: datetime, order: str) -> Any:
        few = self._few
        earlier = few.get(number)
        few[number] = Given(at, order, intern(choice) if type(choice) is str else choice)
        if earlier is not None:
            return earlier.choice
        count = len(few)
        if count >= _FEWEST and count * _ONE_IN >= len(self._roll.names):
            self._thicken()
        return NOTHING

    def _put_order(self, columns: _Columns, number: int, order: str) -> None:
        if columns.orders is None:
            columns.orders = array("Q", bytes(8 * len(columns.codes)))
        columns.orders[number] = self._packed(order)

    def _packed(self, order: str) -> int:
        """A tie-break as a number: 0 for none."""
        if not order:
            return 0
        if len(order) == _DIGITS and order.isascii() and order.isdigit() and int(order) < _ODD - 1:
            return int(order) + 1
        return _ODD + self._roll.orders.code(order)

    def _unpacked(self, packed: int) -> str:
        if not packed:
            return ""
        if packed < _ODD:
            return f"{packed - 1:0{_DIGITS}}"
        return str(self._roll.orders.values[packed - _ODD])

    def at(self, number: int) -> Given | None:
        """The vote of the ballot of this number, None without one."""
        columns = self._columns
        if columns is None:
            return self._few.get(number)
        code = columns.codes[number] if number < len(columns.codes) else 0
        if not code:
            return None
        order = self._unpacked(columns.orders[number]) if columns.orders is not None else ""
        at = datetime.fromtimestamp(columns.times[number], UTC)
        return Given(at, order, self._roll.choices.values[code])

    def take(self, number: int) -> Given | None:
        """The same, and take it out."""
        found = self.at(number)
        if self._columns is None:
            self._few.pop(number, None)
        elif found is not None:
            self._columns.codes[number] = 0
            self._columns.count -= 1
        return found

    def numbered(self) -> Iterator[tuple[int, Choice]]:
        """The choice of each ballot by its number, those taken back too."""
        columns = self._columns
        if columns is None:
            return ((number, given.choice) for number, given in self._few.items())
        values = self._roll.choices.values
        return ((number, values[code]) for number, code in enumerate(columns.codes) if code)

    def _thicken(self) -> None:
        """Make columns of the records."""
        few, self._few = self._few, {}
        self._columns = _Columns()
        self._columns.reach(len(self._roll.names) - 1)
        for number, given in few.items():
            self.put(number, given.choice, given.at, given.order)

    def _thin(self) -> None:
        """Make records of the columns."""
        found = {number: self.at(number) for number, _ in self.numbered()}
        self._columns = None
        self._few = {number: given for number, given in found.items() if given is not None}

    # -- by ballot ----------------------------------------------------------------------------

    def chosen(self) -> Iterator[tuple[str, Choice]]:
        """The choice of each ballot, those taken back too, without its moment."""
        names = self._roll.names
        return ((names[number], choice) for number, choice in self.numbered())

    def choice_of(self, ballot: Any) -> Any:
        """The choice of a ballot, None where it was taken back; ``NOTHING`` without a vote. Every
        vote asks for it, so no record is made."""
        number = self._roll.numbers.get(ballot)
        if number is None:
            return NOTHING
        columns = self._columns
        if columns is None:
            given = self._few.get(number)
            return NOTHING if given is None else given.choice
        codes = columns.codes
        return self._roll.choices.values[codes[number]] if number < len(codes) else NOTHING

    def __getitem__(self, ballot: str) -> Given:
        number = self._roll.numbers.get(ballot)
        found = self.at(number) if number is not None else None
        if found is None:
            raise KeyError(ballot)
        return found

    def get(self, ballot: str, default: Any = None) -> Any:
        number = self._roll.numbers.get(ballot)
        found = self.at(number) if number is not None else None
        return default if found is None else found

    def __contains__(self, ballot: object) -> bool:
        return self.choice_of(ballot) is not NOTHING

    def __iter__(self) -> Iterator[str]:
        return (ballot for ballot, _ in self.chosen())

    def __len__(self) -> int:
        return self._columns.count if self._columns is not None else len(self._few)
