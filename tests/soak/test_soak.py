"""What a soak tries is there, and its table tells what failed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.soak.__main__ import ROOT, Record, Soak, printed, rows
from tests.soak.memory import Memory
from tests.soak.trials import TRIALS, Trial, p95

KILLS, STARTS = TRIALS[:2]


def memory(*held: int) -> Memory:
    made = Memory()
    made.told_so_far = [(60.0 * number, value) for number, value in enumerate(held)]
    return made


def row(trial: Trial, record: Record, beside: Memory | None = None) -> tuple[str, bool | None]:
    found = next(rows({trial: record}, beside or memory()))
    return found.figures, found.holds


@pytest.mark.parametrize("trial", TRIALS, ids=lambda each: str(each.promise))
def test_every_trial_names_a_promise_and_tests_that_are_there(trial: Trial) -> None:
    page = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| {trial.promise} \|", page, re.MULTILINE)
    for path in trial.tests:
        assert "def test_" in (ROOT / path).read_text(encoding="utf-8")
    told = "".join((ROOT / path).read_text(encoding="utf-8") for path in trial.tests)
    for name in (*trial.counts, *(bound.figure for bound in trial.bounds)):
        assert f'figure("{name}",' in told, name


def test_a_trial_holds_while_nothing_failed_and_its_figures_are_small_enough() -> None:
    fine = Record(runs=2)
    fine.figures["starts"] = [10, 5]
    fine.figures["ready again by itself"] = [1.0] * 19 + [9.0]
    told, holds = row(STARTS, fine)
    assert holds is True
    assert "2 runs; 15 starts; ready again p95" in told
    assert " 1.00 s (at most 5)" in told
    fine.figures["ready again by itself"] += [9.0]
    assert row(STARTS, fine)[1] is False


def test_what_failed_and_what_was_not_tried_is_said() -> None:
    told, holds = row(KILLS, Record(runs=3, broken=[21]))
    assert holds is False
    assert "fails with seed 21" in told
    assert row(KILLS, Record()) == ("no time", None)
    assert "| NO |" in printed(list(rows({KILLS: Record(runs=1, broken=[1])}, memory())))


def test_memory_may_grow_by_a_twentieth() -> None:
    assert memory(*[100] * 10, *[104] * 10).holds() is True
    assert memory(*[100] * 10, *[106] * 10).holds() is False
    assert memory(100, 200).holds() is None  # too short to tell
    ended = memory(*[100] * 20)
    ended.ended = True
    assert ended.holds() is False


def test_of_twenty_the_nineteenth() -> None:
    assert p95([float(n) for n in range(1, 21)]) == 19.0
    assert p95([7.0]) == 7.0


def test_each_is_tried_once_before_any_is_tried_again(tmp_path: Path) -> None:
    soak = Soak(0.0, tmp_path, ())
    first = [next(soak._next) for _ in TRIALS]
    assert [trial for trial, _ in first] == list(TRIALS)
    second = [next(soak._next) for _ in TRIALS]
    assert [trial for trial, _ in second] == list(TRIALS)
    assert {seed for _, seed in first}.isdisjoint(seed for _, seed in second)
    assert [next(soak._next)[0] for _ in range(4)] == [KILLS] * 4
    soak.run()  # the time is over: nothing is begun
    assert {record.runs for record in soak.records.values()} == {0}
