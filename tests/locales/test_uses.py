"""Every notice and refusal in the code has a text, and gets the values that its text shows.

Only calls with literal codes and keys can be read; the others are met in the transcripts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import locales
from tests.locales.samples import Shape, shapes

TEXTS = locales.load()["nl"].texts
ROOT = Path(locales.__file__).parent.parent
FOLDERS = ("bot", "commands", "dialogues")

#: The notice that is a whole document and no catalogue text.
NO_TEXT = frozenset({"advice", "card_changed"})


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, the code, and the names of the values (None where they are not written out)."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args and (found := _code(node)):
                    yield (f"{file.relative_to(ROOT)}:{node.lineno}", *found)


def _code(node: ast.Call) -> tuple[str, set[str] | None] | None:
    name, first = getattr(node.func, "id", ""), node.args[0]
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    if name in ("Refused", "wrong"):
        names = {keyword.arg for keyword in node.keywords}
        return f"refused_{first.value}", None if None in names else {str(n) for n in names}
    if name == "Notice":
        return first.value, _keys(node.args[1]) if len(node.args) > 1 else set()
    return None


def _keys(node: ast.expr) -> set[str] | None:
    if not isinstance(node, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    return None if None in keys else {str(key) for key in keys}


def test_every_code_has_a_text() -> None:
    missing = {code: where for where, code, _ in calls() if code not in TEXTS}
    assert {c: w for c, w in missing.items() if c not in NO_TEXT} == {}


def test_every_text_gets_what_it_shows() -> None:
    lacking = {}
    for where, code, given in calls():
        if given is None or code not in TEXTS:
            continue
        needed = {name for name, shape in shapes(TEXTS[code]).items() if _needed(shape)}
        if needed - given:
            lacking[f"{where} {code}"] = needed - given
    assert lacking == {}


def _needed(shape: Shape) -> bool:
    return not shape.optional
