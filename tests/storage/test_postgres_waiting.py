"""Rows that wait for the next statement of their transaction: how few statements they become, and
that they come to what one after the other would."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.postgres_waiting import Values, Waiting

PERSON = "INSERT INTO persons (person) VALUES (?)"
ACCOUNT = "INSERT INTO accounts (account, person) VALUES (?, ?)"
ALONE = "INSERT INTO accounts (account) VALUES (?)"
COUNTED = "INSERT INTO accounts (account, person, times) VALUES (?, ?, 1)"
CLAIM = "INSERT INTO claims (cause) VALUES (?) ON CONFLICT DO NOTHING"
PLACE = (
    "INSERT INTO places (place, person) VALUES (?, ?) ON CONFLICT (place)"
    " DO UPDATE SET person = excluded.person WHERE places.person != excluded.person"
)
LAST = (
    "INSERT INTO places (place) VALUES (?) ON CONFLICT (place)"
    " DO UPDATE SET person = (SELECT max(person) FROM persons)"
)
COPY = (
    "INSERT INTO claims (cause) SELECT person || ? FROM persons WHERE TRUE ON CONFLICT DO NOTHING"
)

TABLES = """
CREATE TABLE persons (id INTEGER PRIMARY KEY, person TEXT);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, account TEXT, person TEXT, times INTEGER);
CREATE TABLE claims (cause TEXT PRIMARY KEY);
CREATE TABLE places (place TEXT PRIMARY KEY, person TEXT);
"""


def taken(*puts: tuple[str, Sequence[Values]]) -> list[tuple[str, Values]]:
    waiting = Waiting()
    for statement, rows in puts:
        waiting.put(statement, rows)
    assert bool(waiting) == bool(puts)
    found = list(waiting.taken())
    assert not waiting
    return found


def test_five_rows_each_of_twenty_five_newcomers_go_in_a_few_statements() -> None:
    puts = [
        put
        for n in range(25)
        for put in (
            (PERSON, [(f"p{n}",)]),
            (ACCOUNT, [(f"a{n}", f"p{n}")]),
            (PLACE, [(f"k{n}", f"p{n}")]),
            (CLAIM, [(f"c{n}",)]),
        )
    ]
    found = taken(*puts)
    assert len(found) == 3 * 4  # sixteen, eight and one
    assert found[0][0].count("(?)") == 16
    assert found[0][1] == tuple(f"p{n}" for n in range(16))
    assert found[6][0].endswith("(?, ?)" + PLACE.partition("(?, ?)")[2])


@pytest.mark.parametrize(
    ("puts", "then"),
    [
        pytest.param(
            [(PERSON, [("1",)]), (ACCOUNT, [("a", "1")]), (PERSON, [("2",)])],
            [("1", "2"), ("a", "1")],
            id="rows of one text",
        ),
        pytest.param(
            [(ACCOUNT, [("a", "1")]), (ALONE, [("b",)]), (ACCOUNT, [("c", "1")])],
            [("a", "1"), ("b",), ("c", "1")],
            id="another text of the same table is not passed",
        ),
        pytest.param(
            [(ACCOUNT, [("a", "1")]), (COUNTED, [("b", "1")]), (COUNTED, [("c", "1")])],
            [("a", "1"), ("b", "1"), ("c", "1")],
            id="nor does one go with others that has more than values",
        ),
        pytest.param(
            [(CLAIM, [("a",)]), (COPY, [("x",)]), (CLAIM, [("b",)]), (PERSON, [("1",)])],
            [("a",), ("x",), ("b",), ("1",)],
            id="nor one that reads",
        ),
        pytest.param(
            [(PERSON, [("1",)]), (COPY, [("x",)]), (PERSON, [("2",)])],
            [("1",), ("x",), ("2",)],
            id="whatever it reads",
        ),
        pytest.param(
            [(LAST, [("k",)]), (PERSON, [("1",)]), (LAST, [("l",)])],
            [("k",), ("1",), ("l",)],
            id="also where it reads for what is there",
        ),
        pytest.param(
            [(PLACE, [("k", "1")]), (PLACE, [("l", "1")]), (PLACE, [("k", "2")])],
            [("k", "1", "l", "1"), ("k", "2")],
            id="no row is changed twice in a statement",
        ),
        pytest.param(
            [(PLACE, [("k", "1"), ("k", "2"), ("l", "2")])],
            [("k", "1"), ("k", "2", "l", "2")],
            id="nor where they come together",
        ),
    ],
)  # fmt: skip
def test_what_goes_together(puts: list[tuple[str, list[Values]]], then: list[Values]) -> None:
    assert [values for _, values in taken(*puts)] == then


NAMES = st.sampled_from("abcd")
PUTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from((PERSON, CLAIM, COPY, LAST, ALONE)),
            st.lists(st.tuples(NAMES), min_size=1),
        ),
        st.tuples(
            st.sampled_from((ACCOUNT, COUNTED, PLACE)),
            st.lists(st.tuples(NAMES, NAMES), min_size=1),
        ),
    )
)


@given(PUTS)
def test_it_comes_to_what_one_after_the_other_would(puts: list[tuple[str, list[Values]]]) -> None:
    """A row that is changed twice in one statement, which the server refuses, is none here."""
    alone, together = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    for db in (alone, together):
        db.executescript(TABLES)
    for statement, rows in puts:
        alone.executemany(statement, rows)
    for statement, values in taken(*puts):
        together.execute(statement, values)
        if statement.startswith(PLACE.partition("VALUES")[0]):
            assert len(set(values[::2])) == len(values[::2])
    assert sorted(alone.iterdump()) == sorted(together.iterdump())


def test_nothing_is_left_of_what_was_dropped() -> None:
    waiting = Waiting()
    waiting.put(PERSON, [("1",)])
    waiting.clear()
    assert not waiting
    assert list(waiting.taken()) == []
