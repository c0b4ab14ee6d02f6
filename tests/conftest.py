"""Where a test run keeps its files, what it does not look through again for garbage, which tests
``make test-quick`` leaves out, and how ``make test`` divides the tests over workers."""

from __future__ import annotations

import gc
import json
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from storage import schema
from tests import blank, forking, generated, programs
from tests.quarter import left_out
from tests.sharing import Scheduling

#: The databases of tests need no disk: a run would spend much of its time waiting for it.
MEMORY = Path("/dev/shm")

#: So much has to be free there, in bytes.
ENOUGH = 2**30

#: After so many new objects garbage is looked for. Python's own 700 would take a tenth of the time.
NEW_OBJECTS = 20_000

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


def pytest_configure(config: pytest.Config) -> None:
    """``$TMPDIR`` names another place; workers and programs get it from here."""
    if hasattr(config, "workerinput"):
        programs.RUN = config.workerinput["testrunuid"]
    gc.set_threshold(NEW_OBJECTS)
    schema.apply = blank.apply
    generated.settle()
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a table few rows, where few tests are asked for and none by its own name."""
    if not generated.QUICK or any("::" in asked for asked in config.args):
        return
    left = left_out([one.nodeid for one in items])
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid in left])
    items[:] = [one for one in items if one.nodeid not in left]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """Of all workers one alone imports the tests, and the others are forks of it."""
    os.environ[forking.ASKED] = json.dumps(config.invocation_params.args)
    worker = shlex.join((sys.executable, *programs.stand_in("tests.worker", known="worker")))
    for spec in specs:
        spec.python = worker


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadscope" else None
