"""What the tests of a file share is made once, and workers are neither idle nor hold up others."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.sharing import BY_NETWORKS, HELD, TOGETHER, WAITING, Scheduling
from tests.sources import every_node

ROOT = Path(__file__).parents[1]


def _shares(file: Path) -> bool:
    """Whether a file has a fixture for all of its tests."""
    return any(
        isinstance(node, ast.keyword)
        and node.arg == "scope"
        and isinstance(node.value, ast.Constant)
        and node.value.value == "module"
        for node in every_node(file.read_text("utf-8"))
    )


def _files(named: Path) -> list[Path]:
    """The file, or the files of tests in the folder."""
    found = [named] if named.is_file() else list(named.rglob("test_*.py"))
    assert found, named
    return found


def test_tests_that_share_a_fixture_stay_together() -> None:
    files = [file for one in WAITING for file in _files(ROOT / one)]
    sharing = {file.relative_to(ROOT).as_posix() for file in files if _shares(file)}
    assert sharing == {*TOGETHER, BY_NETWORKS}


@dataclass(eq=False)
class Worker:
    """A worker that runs what it is sent in order; it has to know the next one to run one, as
    xdist's own does."""

    sent: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    shutting_down: bool = False
    gateway: Any = field(default_factory=lambda: SimpleNamespace(id="one"))

    def send_runtest_some(self, which: list[int]) -> None:
        self.sent += which

    def shutdown(self) -> None:
        self.shutting_down = True

    @property
    def runs(self) -> bool:
        return len(self.sent) > (0 if self.shutting_down else 1)


def shared(tests: list[str], workers: int) -> tuple[Any, list[Worker]]:
    """The tests, shared out to so many workers as they begin."""
    option = SimpleNamespace(loadscopereorder=False)
    config = SimpleNamespace(getvalue=lambda _name: ["popen"] * workers, option=option)
    scheduling = cast(Any, Scheduling)(config, None)
    nodes = [Worker() for _ in range(workers)]
    for node in nodes:
        scheduling.add_node(node)
        scheduling.add_node_collection(node, tests)
    scheduling.schedule()
    return scheduling, nodes


def one_more(scheduling: Any, node: Worker) -> None:
    """A worker ends a test."""
    node.done.append(node.sent.pop(0))
    scheduling.mark_test_complete(node, node.done[-1])


def waits(number: int) -> str:
    return f"tests/matrix/test_{number:02}.py::test"


def computes(number: int) -> str:
    return f"tests/engine/test_{number:02}.py::test"


def test_some_workers_begin_once_nothing_is_left_to_compute() -> None:
    tests = [waits(n) for n in range(40)] + [computes(n) for n in range(8)]
    scheduling, nodes = shared(tests, 6)
    assert [bool(node.sent) for node in nodes] == [True] * 5 + [False]
    folders = [{tests[one].split("/")[1] for one in node.sent} for node in nodes[:5]]
    assert folders == [{"matrix"}] * 3 + [{"engine"}] * 2
    while not nodes[5].sent:
        one_more(scheduling, nodes[3] if nodes[3].runs else nodes[4])
    assert all("matrix" in scope for scope in scheduling.workqueue)
    assert all(node.runs for node in nodes)
    _to_the_end(scheduling, nodes, tests)


def test_nobody_holds_up_what_others_could_do() -> None:
    """Once all that is left waits, a worker knows of its next test and no further."""
    scheduling, nodes = shared([waits(n) for n in range(30)], 4)
    while scheduling.workqueue:
        one_more(scheduling, max(nodes, key=lambda node: len(node.sent)))
        assert all(len(node.sent) <= HELD for node in nodes)
    _to_the_end(scheduling, nodes, [waits(n) for n in range(30)])


def test_of_three_workers_one_takes_what_waits() -> None:
    tests = [waits(n) for n in range(8)] + [computes(n) for n in range(40)]
    scheduling, nodes = shared(tests, 3)
    folders = [{tests[one].split("/")[1] for one in node.sent} for node in nodes]
    assert folders == [{"matrix"}, {"engine"}, {"engine"}]
    while len(nodes[0].done) < 10:
        one_more(scheduling, nodes[0])
    assert {tests[one].split("/")[1] for one in nodes[0].done[8:]} == {"engine"}
    _to_the_end(scheduling, nodes, tests)


@pytest.mark.parametrize("workers", range(4, 17))
def test_however_many_there_are_a_third_compute_at_first(workers: int) -> None:
    tests = [waits(n) for n in range(40)] + [computes(n) for n in range(40)]
    scheduling, nodes = shared(tests, workers)
    folders = [tests[node.sent[0]].split("/")[1] for node in nodes if node.sent]
    assert folders.count("engine") == workers // 3
    assert folders.count("matrix") == workers // 2
    _to_the_end(scheduling, nodes, tests)


def test_where_nothing_waits_all_begin_at_once() -> None:
    tests = [computes(n) for n in range(30)]
    scheduling, nodes = shared(tests, 6)
    assert all(node.sent for node in nodes)
    _to_the_end(scheduling, nodes, tests)


def _to_the_end(scheduling: Any, nodes: list[Worker], tests: list[str]) -> None:
    """Everybody goes on as far as they can: every test is run once, and everybody ends."""
    while running := [node for node in nodes if node.sent and node.runs]:
        for node in running:
            one_more(scheduling, node)
    assert sorted(one for node in nodes for one in node.done) == list(range(len(tests)))
    assert all(node.shutting_down for node in nodes)
