from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Where
from storage.store import Store
from tests.postgres import served
from tests.storage.kept import fill, store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stadsgesprek.db"


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, file: Path) -> Where:
    """Where the store of a test is: every test of what storage does runs for both. What is about
    files alone has a fixture of this name in its own module that says so."""
    return file if request.param == "sqlite" else served(file)


@pytest.fixture
def kept(where: Where) -> Iterator[Store]:
    """An empty store."""
    opened = store(where)
    yield opened
    opened._db.close()


@pytest.fixture
def filled(file: Path) -> Path:
    """A closed database with a dialogue in it, and its sidecar."""
    opened = store(file)
    fill(opened)
    opened.close()
    return file
