"""Every notice and refusal in the code has a text and its values, and every text is used.

Only calls with literal codes and keys can be read; the others are met in the transcripts. Codes
that are made of a kind's name stand in ``parts.py``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from jinja2 import nodes

from bot.text.environment import environment
from rounds.registry import KINDS
from tests.locales.made import CATALOGUES, DEFAULT
from tests.locales.parts import PARTS, nodes_of_files
from tests.locales.shapes import Shape, shapes

TEXTS = CATALOGUES[DEFAULT].texts

#: Notices that are a whole document, or a card to be made, and no catalogue text.
NO_TEXT = frozenset({"advice", "card_changed", "meeting_changed", "round_list", "work_changed"})

#: What makes a refusal of a code.
REFUSALS = ("NoChoice", "Refused", "wrong")


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each call: where it is, its code, and the names of its values (None where they are not
    literal)."""
    for name, every in nodes_of_files().items():
        for node in every:
            if isinstance(node, ast.Call) and node.args and (found := _code(node)):
                yield (f"{name}:{node.lineno}", *found)


def _code(node: ast.Call) -> tuple[str, set[str] | None] | None:
    name, first = getattr(node.func, "id", ""), node.args[0]
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    if name in REFUSALS:
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


def test_every_text_is_said() -> None:
    written = {code for every in nodes_of_files().values() for code in _written(every)}
    written |= {code for text in TEXTS.values() for code in _used(text)}
    made = re.compile("|".join(sorted(written)))
    parts = {f"{kind}{suffix}" for kind in KINDS for suffix in PARTS}
    unsaid = {code for code in TEXTS if not made.fullmatch(code)}
    assert unsaid - parts == set()


def _written(every: Iterable[ast.AST]) -> Iterator[str]:
    """Patterns of the codes that stand in a file, as they are or to be put together."""
    for node in every:
        match node:
            case ast.Constant(value=str() as word) if re.fullmatch("[a-z][a-z0-9_]*", word):
                yield word
                yield f"refused_{word}"
            case ast.JoinedStr(values=[ast.Constant(value=str() as start), *_]) if (
                re.fullmatch("[a-z]+_", start) and start != "refused_"  # their codes are written
            ):
                parts = (p.value if isinstance(p, ast.Constant) else None for p in node.values)
                yield "".join(".*" if part is None else re.escape(str(part)) for part in parts)


def _used(text: str) -> Iterator[str]:
    """Patterns of the codes of the other texts that a text uses."""
    for node in environment().parse(text).find_all(nodes.Filter):
        if node.name not in ("t", "part", "lines"):
            continue
        match node.node:
            case nodes.Const(value=str() as code):
                yield code
            case nodes.Concat(nodes=[nodes.Const(value=str() as start), _]):
                yield f"{start}.*"
