"""What ``make test-quick`` leaves to ``make test`` is little of every table, and named."""

from __future__ import annotations

import re
from pathlib import Path

from tests.quarter import SHORT, left_out

ROOT = Path(__file__).parents[1]


def rows(name: str, count: int) -> list[str]:
    return [f"tests/test_one.py::{name}[{number}]" for number in range(count)]


def test_of_a_long_table_a_quarter_is_tried_and_every_test_is() -> None:
    short, long, alone = rows("short", SHORT), rows("long", 41), ["tests/test_one.py::test_alone"]
    left = left_out(short + long + alone)
    assert left < set(long)
    assert len(long) - len(left) == 11


def test_the_rows_are_the_same_for_every_worker_and_others_for_every_test() -> None:
    tests = rows("one", 40) + rows("other", 40)
    assert left_out(tests) == left_out(tests)
    one, other = ({name.partition("[")[2] for name in left_out(rows(n, 40))} for n in ("a", "b"))
    assert one != other


def test_a_quarter_has_some_of_both_sides_of_a_table() -> None:
    table = [f"t.py::test[{a}-{b}]" for a in range(4) for b in range(4)]
    tried = {name[len("t.py::test[") : -1] for name in set(table) - left_out(table)}
    assert len({row.partition("-")[2] for row in tried}) > 1


def test_what_is_left_out_by_name_is_there() -> None:
    """A name that was changed would be run after all, and nobody would see it."""
    (names,) = re.findall(r"(?m)^SLOW := ((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text("utf-8"))
    named = names.replace("\\\n", " ").split()
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
