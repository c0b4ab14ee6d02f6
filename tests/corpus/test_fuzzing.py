"""Inputs that atheris makes, led by the code that they reach (``fuzzing.py``): a minute for each
reader in a long run, a moment in others. Skipped where atheris is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.generated import some
from tests.programs import ROOT

pytest.importorskip("atheris", reason="atheris is not installed here (pip install atheris)")

from tests.corpus.fuzzing import SORTS

#: How long each is tried, in seconds.
SECONDS = some(8, long=60)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("sort", SORTS)
def test_whatever_is_read_is_read_or_refused(sort: str, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "tests.corpus.fuzzing", sort, str(SECONDS), str(tmp_path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-4_000:]
