"""texts.md: every filter a text may use, and every part that a kind of round has."""

from __future__ import annotations

import re

from bot.text.filters import FILTERS
from tests.docs import pages
from tests.locales.parts import PARTS

PAGE = pages.text("docs/texts.md")


def test_every_filter_is_there_and_no_other() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Writing one"))
    shown = " ".join(code for row in table for code in pages.code(row["write"]))
    named = set(re.findall(r"\|(\w+)", shown.replace("\\", "")))
    assert named == set(FILTERS) - {"lines"}  # how a part is written out that stands alone


def test_every_part_is_there_and_no_other() -> None:
    (table,) = pages.tables(pages.section(PAGE, "What a kind of round says in the texts of all"))
    rows = {code: row for row in table for code in pages.code(row["part"])}
    told = {code.removeprefix("KIND"): rows[code] for code in rows if code.startswith("KIND_")}
    assert set(told) == set(PARTS)
    for ending, part in PARTS.items():
        assert ("may be empty" in told[ending]["which kinds have it"]) == part.may_be_empty, ending
