"""What a result with tens of thousands of items takes: its file is written some items at a time,
with the bytes of one go, and cells of its tables that read alike are one."""

from __future__ import annotations

import tracemalloc

import msgspec
import pytest
from handmade import PAGES, result, round_, said
from handmade_odd import ALL

from advice.document import Table
from advice.documents import document
from advice.indented import AT_ONCE
from advice.model import Reason, Result, encode


def in_one_go(made: Result) -> bytes:
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def of_items(count: int, rounds: int = 2) -> Result:
    """A result with rounds of so many items, whose words read like the JSON around them."""
    reasons = [Reason("agree", '\n "items": [\n  "rounds": []'), Reason("disagree", "[]\\n]")]
    items = [
        said(
            f"S{n}", f'Zin {n}:\n "items": [], {{"rounds": []}}\t«»', (3, 2, 1), 9, reasons=reasons
        )
        for n in range(1, count + 1)
    ]
    return result([round_("statements", "Ronde", items, 9, n) for n in range(1, rounds + 1)])


@pytest.mark.parametrize("name", ALL)
def test_the_bytes_of_every_result_are_those_of_one_go(name: str) -> None:
    made = ALL[name]()
    assert encode(made) == in_one_go(made)


@pytest.mark.parametrize("rounds", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 7])
def test_however_many_items_there_are(count: int, rounds: int) -> None:
    made = of_items(count, rounds)
    assert encode(made) == in_one_go(made)


def test_a_large_result_takes_little_more_than_its_file() -> None:
    made = of_items(100 * AT_ONCE, 1)
    tracemalloc.start()
    try:
        data = encode(made)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.3 * len(data)


def test_cells_that_read_alike_are_one() -> None:
    sections = document(of_items(20, 1), PAGES).sections
    tables = [b for section in sections for b in section.blocks if isinstance(b, Table)]
    (rows,) = [table.rows for table in tables if len(table.rows) == 20]
    assert {len(row.cells) for row in rows} == {6}
    figures = [cell for row in rows for cell in row.cells[2:]]
    assert len(figures) == 80
    assert len({id(cell) for cell in figures}) == len(set(figures)) == 4
