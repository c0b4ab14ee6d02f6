"""Tables for a meeting: mixed by role, then by chance with a seed that was not known before.

This is how, and how a clerk does it again by hand:

1. Write down everybody with a place, a line each: the number of the sign-up, a space, the role.
   Somebody who signed up several people has a line for each: 7-1, 7-2, 7-3. The lines are in the
   order of the numbers. The SHA-256 of this list is told before the seed.
2. When the seed is there: the lot of a person is the SHA-256 of the seed, a "|" and the number; the
   lot of a table that of the seed, a "|", the word "tafel", a space and the number of the table.
3. Put the people in one row: role after role in alphabetical order, within a role by their lots,
   the lowest first. Put the tables in the order of their lots too.
4. Deal: the first of the row goes to the first table, the second to the second, and after the last
   table the first one is next. Who comes next in the row goes to the next table, also where a role
   ends.

So all tables are as large as each other, or one smaller; each has as many people of a role as any
other, or one fewer; and at which table somebody sits depends on the seed alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogues.lots import lot

_SEED = re.compile(r"[0-9a-f]+")
_ROLE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a place: the ``number`` of the sign-up, which ``one`` of several people in it
    (0: there is only one), and a role, one word."""

    number: int
    role: str
    one: int = 0

    @property
    def name(self) -> str:
        """How the lists call them: "7", or "7-2"."""
        return f"{self.number}-{self.one}" if self.one else str(self.number)


#: The people of one table, in the order of their numbers.
Table = tuple[Person, ...]


def people(sign_ups: Iterable[tuple[int, str, int]]) -> tuple[Person, ...]:
    """Everybody, in the order of the numbers. A sign-up is its number, a role, and for how many
    people it is. Raises ``ValueError`` for a number that is there twice, and for a role that is not
    one word."""
    found: list[Person] = []
    for number, role, count in sorted(sign_ups):
        if not _ROLE.fullmatch(role) or (found and found[-1].number == number):
            raise ValueError((number, role))
        ones = range(1, count + 1) if count > 1 else range(count)
        found += [Person(number, role, one) for one in ones]
    return tuple(found)


def listing(everybody: Iterable[Person]) -> str:
    """The list of which the hash is told before the seed: a line each, in the given order."""
    return "".join(f"{person.name} {person.role}\n" for person in everybody)


def listing_hash(everybody: Iterable[Person]) -> str:
    """The SHA-256 of the list, as hex digits."""
    return hashlib.sha256(listing(everybody).encode()).hexdigest()


def tables_for(count: int, most: int) -> int:
    """The fewest tables for so many people, when a table has at most ``most`` of them."""
    return -(-count // most)


def split(everybody: Sequence[Person], seed: str, tables: int) -> tuple[Table, ...]:
    """Who sits at each table, from table 1 on. Raises ``ValueError`` for a seed that is not in
    small hex digits, and unless every table gets somebody."""
    if not _SEED.fullmatch(seed) or not 1 <= tables <= len(everybody):
        raise ValueError((seed, tables))
    row = sorted(everybody, key=lambda person: (person.role, lot(seed, person.name)))
    order = sorted(range(tables), key=lambda table: lot(seed, f"tafel {table + 1}"))
    dealt: list[list[Person]] = [[] for _ in range(tables)]
    for place, person in enumerate(row):
        dealt[order[place % tables]].append(person)
    return tuple(tuple(sorted(table, key=_by_number)) for table in dealt)


def _by_number(person: Person) -> tuple[int, int]:
    return person.number, person.one


@dataclass(frozen=True, slots=True)
class Draw:
    """The division over tables: how many there are, the people in the order of the list whose hash
    was told ``at`` a moment, and once the ``seed`` is there who sits at each. ``seats`` are the
    tables by sign-up; of one for several people, the first."""

    tables: int
    listed: tuple[Person, ...]
    listing_hash: str
    at: datetime
    seed: str = ""
    drawn: tuple[Table, ...] = ()
    seats: Mapping[int, int] = field(default_factory=dict)

    def with_seed(self, seed: str) -> Draw:
        """The same division once it is drawn. Raises ``ValueError`` as ``split`` does."""
        drawn = split(self.listed, seed, self.tables)
        seats: dict[int, int] = {}
        for table, there in enumerate(drawn, 1):
            for person in there:
                seats.setdefault(person.number, table)
        return replace(self, seed=seed, drawn=drawn, seats=seats)

    def table_of(self, number: int) -> int:
        """The table of a sign-up, 0 where it has none (yet)."""
        return self.seats.get(number, 0)
