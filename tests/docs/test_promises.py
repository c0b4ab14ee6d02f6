"""promises.md: which promises hold, how each is tried, and a test file that is there."""

from __future__ import annotations

import re

import pytest

from tests.docs import pages
from tests.docs.pages import DOCS, ROOT

PAGE = pages.text("docs/promises.md")
(HOLDING,) = pages.tables(
    pages.section(PAGE, "Holding now, on the console, on Matrix and on Discord")
)
(LATER,) = pages.tables(pages.section(PAGE, "Not yet"))


def test_every_promise_is_there_once() -> None:
    numbers = [int(row["no."]) for row in (*HOLDING, *LATER)]
    assert sorted(numbers) == list(range(1, 37))
    assert {1, 2, 3, 4, 11, 15, 16, 17, 18, 20, 24, 25, 28, 32, 35, 36} <= {
        int(row["no."]) for row in HOLDING
    }


@pytest.mark.parametrize("row", HOLDING, ids=lambda row: row["no."])
def test_a_promise_has_a_trial_a_figure_and_a_test(row: dict[str, str]) -> None:
    assert all(row.values())
    links = re.findall(r"\]\(([^)]+)\)", row["shown in"])
    assert links
    for link in links:
        file = (DOCS / link).resolve()
        assert file.is_file(), link
        assert file.is_relative_to(ROOT / "tests")
        assert "def test_" in file.read_text(encoding="utf-8")


def test_code_and_tests_cite_headings_that_are_there() -> None:
    assert "Figures about people" in pages.headings(PAGE)
