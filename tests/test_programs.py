"""Programs that tests start are forks of one interpreter, for all workers of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import programs


def test_workers_share_an_interpreter_which_ends_with_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "RUN", "of-this-test")
    workers = [programs._Forking("bare") for _ in range(2)]
    for worker in workers:
        monkeypatch.setitem(programs._forking, "stadsgesprek", worker)
        assert "verify" in programs.run("--help").stdout
        assert programs.run("nothing-like-it").returncode == 2
    process, other = workers[0].process, workers[1].process
    assert process is not None
    assert other is None
    workers[0].leave()
    assert "verify" in programs.run("--help").stdout
    assert process.poll() is None
    workers[1].leave()
    assert process.wait(60) == 0


def test_workers_are_forks_of_one_that_imported_the_tests() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("there are no workers")
    words = Path(f"/proc/{os.getppid()}/cmdline").read_bytes().split(b"\0")
    assert words[1:4] == [b"-m", b"tests.forking", b"worker"]
