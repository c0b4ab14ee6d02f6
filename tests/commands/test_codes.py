"""Every refusal in the code is in the list of codes, with the same values, and the reverse."""

from __future__ import annotations

import ast
from pathlib import Path

from commands.said import CODES

FOLDER = Path(__file__).parents[2] / "commands"


def _made() -> set[tuple[str, tuple[str, ...]]]:
    """The codes and value names of every call of ``wrong``."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wrong":
                code = node.args[0]
                assert isinstance(code, ast.Constant), path
                names = tuple(sorted(str(keyword.arg) for keyword in node.keywords))
                found.add((str(code.value), names))
    return found


def test_the_list_of_codes() -> None:
    assert list(CODES) == sorted(CODES)
    assert _made() == set(CODES)


def test_no_sentence_stands_in_the_code() -> None:
    for path in sorted(FOLDER.glob("*.py")):
        assert len(path.read_text("utf-8").splitlines()) <= 400, path
