"""Inserting many rows at once, of any number, in their order."""

from __future__ import annotations

import random

import pytest

from rounds.statements.rules import VoteCast
from storage.database import _SIZES, insert
from storage.store import Store
from tests.storage.kept import BEGIN, NAME, fill, rolled_back

NUMBERS = sorted(
    {0, 1, 2, *(n * rows + more for rows in _SIZES for n in (1, 2) for more in (-1, 0, 1))}
)


@pytest.mark.parametrize("number", NUMBERS)
def test_as_many_as_there_are(kept: Store, number: int) -> None:
    rows = [(f"k{place}", f"v{place}") for place in range(number)]
    with kept.transaction():
        values = [value for row in rows for value in row]
        insert(kept._db, "INSERT INTO settings (key, value) VALUES (?, ?)", values)
    found = kept._db.execute("SELECT key, value FROM settings").fetchall()
    assert sorted(found) == sorted(rows)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_batch_of_any_size_is_one_chain(kept: Store, number: int) -> None:
    """Two dialogues by turns, and somebody who looks at a head half-way."""
    fill(kept)
    fill(kept, name="het-plein")
    chance = random.Random(number)
    before = kept.journal.head(NAME).seq + kept.journal.head("het-plein").seq
    with kept.transaction():
        for place in range(number):
            name = chance.choice((NAME, "het-plein"))
            vote = VoteCast(0, "S1", chance.choice(("agree", "pass")), "")
            kept.journal.append(name, BEGIN, f"b{place}", vote)
            if chance.random() < 0.1:
                seen = kept.journal.head(name)
                assert (seen.seq > 0, len(seen.hash)) == (True, 32)
    heads = {name: (kept.journal.head(name).seq, kept.journal.head(name).hash) for name in _names()}
    again = kept.journal.read_all()  # checks every line's number and hash
    assert sum(again[name].position for name in _names()) == before + number
    assert heads == {n: (kept.journal.head(n).seq, kept.journal.head(n).hash) for n in _names()}


def test_a_head_seen_before_a_rollback_is_forgotten(kept: Store) -> None:
    fill(kept)
    before = kept.journal.head(NAME).seq, kept.journal.head(NAME).hash
    with rolled_back(kept):
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S1", "agree", ""))
        assert kept.journal.head(NAME).hash != before[1]
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S2", "agree", ""))
    assert (kept.journal.head(NAME).seq, kept.journal.head(NAME).hash) == before
    with kept.transaction():
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S2", "agree", ""))
    assert kept.journal.read_all()[NAME].position == before[0] + 1


def _names() -> tuple[str, ...]:
    return NAME, "het-plein"
