"""Production code stays in pieces that can be read: files of at most 300 lines, classes of 150,
functions of a screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.sources import every_node

ROOT = Path(__file__).parents[1]

FOLDERS = (
    "advice",
    "bot",
    "commands",
    "commitments",
    "dialogues",
    "locales",
    "meetings",
    "rounds",
    "storage",
)

#: The most lines of each.
FILE, CLASS, FUNCTION = 300, 150, 50

#: What may be longer, as ``sizes`` names it, with the reason.
LONGER: dict[str, str] = {}


def sizes(name: str, source: str) -> Iterator[tuple[str, int, int]]:
    """A file and each class and function in it: its name, its lines, and how many it may have.
    Decorators count; what stands within something counts for both."""
    yield name, len(source.splitlines()), FILE
    for node in every_node(source):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(made.lineno for made in node.decorator_list)])
            most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            yield f"{name} {node.name}", (node.end_lineno or first) - first + 1, most


def test_nothing_is_longer_than_can_be_read() -> None:
    found = {
        what: lines
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        for what, lines, most in sizes(str(path.relative_to(ROOT)), path.read_text("utf-8"))
        if lines > most
    }
    assert {what: lines for what, lines in found.items() if what not in LONGER} == {}
    assert set(LONGER) <= set(found), "what has become short enough needs no exception"


def test_what_is_too_long_is_seen() -> None:
    body = "    x = 1\n" * FUNCTION
    source = f"@cached\ndef long():\n{body}class Large:\n" + "    x = 1\n" * CLASS
    longer = [what for what, lines, most in sizes("a.py", source) if lines > most]
    assert longer == ["a.py long", "a.py Large"]
    assert [lines for _, lines, _ in sizes("a.py", "x = 1\n" * 7)] == [7]
