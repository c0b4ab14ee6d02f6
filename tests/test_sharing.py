"""What the tests of a file share is made once: no worker makes it again."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.sharing import BY_NETWORKS, TOGETHER, WAITING
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


def test_tests_that_share_a_fixture_stay_together() -> None:
    files = [file for folder in WAITING for file in (ROOT / folder).rglob("test_*.py")]
    sharing = {file.relative_to(ROOT).as_posix() for file in files if _shares(file)}
    assert sharing == {*TOGETHER, BY_NETWORKS}
