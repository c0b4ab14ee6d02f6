"""counting.md: every rule by name and version, each with an example; the examples are run."""

from __future__ import annotations

from dialogues.counting import RULES
from tests.docs import pages

PAGE = pages.text("docs/counting.md")


def test_every_rule_is_there_and_no_other() -> None:
    (table,) = pages.tables(PAGE)
    assert {pages.code(row["rule"])[0] for row in table} == set(RULES)
    assert {title.strip("`") for title in pages.headings(PAGE) if "/" in title} == set(RULES)


def test_every_rule_has_an_example() -> None:
    for rule in RULES:
        found = pages.blocks(pages.section(PAGE, f"`{rule}`"))
        assert [block.language for block in found] == ["pycon"], rule
