"""What ``make bench`` runs works, what it writes is what it measured, and the README says the same
(figures: make bench)."""

from __future__ import annotations

from datetime import UTC, datetime

from bench import quick, results
from bench.figures import Figure, Goal, Pairs, Spread
from bench.results import Measured
from bench.start import imported_by_help

#: A ratio that holds its goal, a figure that does not, and one without a goal.
MEASURED = [
    Measured(
        Figure("votes, spread over 500 rooms", 20_610, "facts/s", 0.163, "plain SQLite",
               Goal(0.15, False), Spread(0.152, 0.171, 7)), 0.156, 1.4),
    Measured(Figure("import of 50,000 comments", 61.2, "s", goal=Goal(60)), 0.3, 9),
    Measured(Figure("  of which the processor", 34.04, "s"), 0.3, 9),
    Measured(Figure("  its memory", 188.4, "MB"), 0.3, 9),
]  # fmt: skip

ROWS = """\
| votes, spread over 500 rooms | 20,610 facts/s | 0.16 to plain SQLite | 0.15 to 0.17 in 7 pairs \
| >= 0.15 | yes | 0.16 ms | 1.4 |
| import of 50,000 comments | 61.2 s |  |  | <= 60 | **no**, on a slow disk | 0.30 ms | 9.0 |
| of which the processor | 34 s |  |  |  |  | 0.30 ms | 9.0 |
| its memory | 188 MB |  |  |  |  | 0.30 ms | 9.0 |
"""

TOLD = """\
<!-- figures of bench/results.md -->
| | |
|---|---|
| Votes over 500 rooms | 20,610 facts/s (0.16 to plain SQLite) |
| An import of 50,000 comments and 50,000 votes, processor time | 34 s |
<!-- end of figures -->"""

AT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


def test_help_imports_nothing_heavy() -> None:
    assert imported_by_help() == []


def test_the_results_are_the_figures_with_goal_spread_fsync_and_load() -> None:
    written = results.page(MEASURED, ["matrix", "evening"], AT)
    assert ROWS in written
    assert "- 2026-11-30 15:00 UTC, commit " in written
    assert written.endswith(
        "1 of 2 goals held, 0 of them on a slow disk. Not measured in this run: matrix, evening.\n"
    )


def test_the_readme_is_made_of_the_results() -> None:
    written = results.page(MEASURED, [], AT)
    assert quick.section(written) == TOLD
    assert quick.replaced(f"voor\n{quick.BEGIN}\noud\n{quick.END}\nna\n", written) == (
        f"voor\n{TOLD}\nna\n"
    )


def test_the_readme_agrees_with_the_results() -> None:
    written = results.FILE.read_text(encoding="utf-8")
    readme = quick.README.read_text(encoding="utf-8")
    assert quick.section(written) in readme
    assert readme == quick.replaced(readme, written)


def test_a_ratio_is_the_median_of_the_pairs_and_its_spread_their_ends() -> None:
    found = Pairs(3.0, 2.0, 1.5, (1.0, 1.5, 2.0))
    assert found.spread == Spread(1.0, 2.0, 3)
    assert found.inverse == Spread(0.5, 1.0, 3)
