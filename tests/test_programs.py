"""Programs that tests start are forks of one interpreter, for all workers of a run."""

from __future__ import annotations

import pytest

from tests import programs


def test_workers_share_an_interpreter_which_ends_with_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "RUN", "of-this-test")
    workers = [programs._Forking("stadsgesprek") for _ in range(2)]
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
