"""Tables: equally large, mixed by role, the same for the same seed, and else by chance alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.tables import (
    Person,
    Table,
    listing,
    listing_hash,
    people,
    split,
    tables_for,
)

ROLES = ("residents", "council", "officials", "youth")
SIGN_UPS = st.lists(st.tuples(st.sampled_from(ROLES), st.integers(0, 5)), min_size=1, max_size=40)
SEEDS = st.binary(min_size=1, max_size=32).map(bytes.hex)

#: Eight residents and four of the council, at three tables.
TWELVE = people([(n, "council" if n % 3 == 0 else "residents", 1) for n in range(1, 13)])


def everybody(sign_ups: Sequence[tuple[str, int]]) -> tuple[Person, ...]:
    return people((number, role, count) for number, (role, count) in enumerate(sign_ups, 1))


def by_hand(all_of_them: Sequence[Person], seed: str, tables: int) -> dict[str, int]:
    """Who sits where, by the words of the docstring and nothing of the code."""

    def lot(name: str) -> str:
        return hashlib.sha256(f"{seed}|{name}".encode()).hexdigest()

    row: list[str] = []
    for role in sorted({person.role for person in all_of_them}):
        names = [person.name for person in all_of_them if person.role == role]
        row += sorted(names, key=lot)
    order = sorted(range(1, tables + 1), key=lambda table: lot(f"tafel {table}"))
    return dict(zip(row, cycle(order), strict=False))


def seated(tables: Sequence[Table]) -> dict[str, int]:
    return {one.name: number for number, table in enumerate(tables, 1) for one in table}


@given(SIGN_UPS, SEEDS, st.integers(1, 50))
def test_tables_are_equally_large_and_mixed(
    sign_ups: list[tuple[str, int]], seed: str, wanted: int
) -> None:
    found = everybody(sign_ups)
    if wanted > len(found):
        with pytest.raises(ValueError, match=seed):
            split(found, seed, wanted)
        return
    tables = split(found, seed, wanted)
    assert len(tables) == wanted
    assert sorted((p for table in tables for p in table), key=found.index) == list(found)
    sizes = [len(table) for table in tables]
    assert max(sizes) - min(sizes) <= 1
    for role in ROLES:
        of_role = [sum(person.role == role for person in table) for table in tables]
        assert max(of_role) - min(of_role) <= 1
    assert all(list(table) == sorted(table, key=found.index) for table in tables)
    assert seated(tables) == by_hand(found, seed, wanted)


@given(SIGN_UPS.filter(lambda sign_ups: any(n for _, n in sign_ups)), SEEDS, st.data())
def test_the_seed_alone_decides(
    sign_ups: list[tuple[str, int]], seed: str, data: st.DataObject
) -> None:
    found = everybody(sign_ups)
    tables = max(1, len(found) // 3)
    other_order = data.draw(st.permutations(found))
    assert split(other_order, seed, tables) == split(found, seed, tables)


def seeds(count: int) -> Iterator[str]:
    """Seeds of 32 bytes that are the same at every run."""
    for number in range(count):
        yield hashlib.sha256(f"seed {number}".encode()).hexdigest()


def chi_square(found: Counter[int], chances: dict[int, float], draws: int) -> float:
    return sum((found[key] - draws * p) ** 2 / (draws * p) for key, p in chances.items())


#: Chi-square with two degrees of freedom and with one: what is above it by chance once in a
#: million draws.
TWO_FREE, ONE_FREE = 27.6, 23.9
DRAWS = 3_000


def test_everybody_has_the_same_chance_of_every_table_and_of_everybody() -> None:
    draws = [seated(split(TWELVE, seed, 3)) for seed in seeds(DRAWS)]
    for person in TWELVE:
        at = Counter(draw[person.name] for draw in draws)
        assert chi_square(at, {1: 1 / 3, 2: 1 / 3, 3: 1 / 3}, DRAWS) < TWO_FREE, person
    # Of eight residents three, three and two sit together: 7 of 28 pairs; of four of the council
    # two, one and one: 1 of 6.
    for role, chance in (("residents", 7 / 28), ("council", 1 / 6)):
        names = [person.name for person in TWELVE if person.role == role]
        for one, other in combinations(names, 2):
            together = Counter(int(draw[one] == draw[other]) for draw in draws)
            chances = {1: chance, 0: 1 - chance}
            assert chi_square(together, chances, DRAWS) < ONE_FREE, (one, other)


def test_the_list_and_its_hash() -> None:
    found = people([(7, "council", 2), (2, "officials", 1), (10, "residents", 1), (3, "youth", 0)])
    assert listing(found) == "2 officials\n7-1 council\n7-2 council\n10 residents\n"
    assert listing_hash(found) == hashlib.sha256(listing(found).encode()).hexdigest()
    assert listing_hash(found) != listing_hash(found[1:])


@pytest.mark.parametrize(
    "sign_ups", [[(1, "council", 1), (1, "youth", 1)], [(1, "a b", 1)], [(1, "", 1)]]
)
def test_a_list_that_two_can_read_differently_is_none(sign_ups: list[tuple[int, str, int]]) -> None:
    with pytest.raises(ValueError, match="1"):
        people(sign_ups)


@pytest.mark.parametrize("seed", ["", "ABC", "0x1", "zaad", "ab\n"])
def test_a_seed_is_in_small_hex_digits(seed: str) -> None:
    with pytest.raises(ValueError, match="2"):
        split(TWELVE, seed, 2)


@pytest.mark.parametrize(
    ("count", "most", "tables"), [(12, 6, 2), (13, 6, 3), (5, 8, 1), (8, 1, 8)]
)
def test_how_many_tables_so_many_people_need(count: int, most: int, tables: int) -> None:
    assert tables_for(count, most) == tables
