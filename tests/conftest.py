"""Where a test run keeps its files, and how ``make test`` divides the tests over workers."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import Scheduling

#: The databases of tests need no disk: a run would spend much of its time waiting for it.
MEMORY = Path("/dev/shm")

#: So much has to be free there, in bytes.
ENOUGH = 2**30

pytest.register_assert_rewrite(
    "tests.platforms.suite",
    "tests.rounds.walk_contributions",
    "tests.rounds.walk_documents",
    "tests.rounds.walk_languages",
    "tests.rounds.walk_talk",
    "tests.rounds.walk_votes",
    "tests.rounds.walked",
    "tests.rounds.walking",
)


def pytest_configure() -> None:
    """``$TMPDIR`` names another place; workers and programs get it from here."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadscope" else None
