"""Every refusal code in the source is in the lists of codes, and the reverse.

``commands.wrong.CODES`` lists those that ``commands`` makes, a kind's ``words.WORDS.codes`` those
that this kind alone makes.
"""

from __future__ import annotations

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from commands.vocabulary import KindWords
from commands.wrong import CODES
from rounds.registry import KINDS
from tests.sources import every_node

ROOT = Path(__file__).parents[2]

Code = tuple[str, tuple[str, ...]]


def _made(folder: Path) -> set[Code]:
    """The codes and value names of every call of ``wrong`` in the files of a folder."""
    found: set[Code] = set()
    for path in sorted(folder.rglob("*.py")):
        for node in every_node(path.read_text("utf-8")):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wrong":
                code = node.args[0]
                assert isinstance(code, ast.Constant), path
                names = tuple(sorted(str(keyword.arg) for keyword in node.keywords))
                found.add((str(code.value), names))
    return found


def _words(kind: str) -> KindWords:
    words: KindWords = import_module(f"rounds.{kind}.words").WORDS
    return words


def test_the_list_of_codes() -> None:
    assert list(CODES) == sorted(CODES)
    assert _made(ROOT / "commands") == set(CODES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_codes_of_a_kind(kind: str) -> None:
    own = _words(kind).codes
    assert list(own) == sorted(own)
    assert _made(ROOT / "rounds" / kind) - set(CODES) == set(own)


def test_a_code_stands_in_one_list() -> None:
    listed = [*CODES, *(code for kind in KINDS for code in _words(kind).codes)]
    assert {
        code for code, count in Counter(code for code, _ in listed).items() if count > 1
    } == set()


def test_no_sentence_stands_in_the_code() -> None:
    for path in sorted((ROOT / "commands").rglob("*.py")):
        assert len(path.read_text("utf-8").splitlines()) <= 400, path
