from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.storage.kept import fill, store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stadsgesprek.db"


@pytest.fixture
def kept(file: Path) -> Iterator[Store]:
    """An empty store."""
    opened = store(file)
    yield opened
    opened._db.close()


@pytest.fixture
def filled(file: Path) -> Path:
    """A closed database with a dialogue in it, and its sidecar."""
    opened = store(file)
    fill(opened)
    opened.close()
    return file
