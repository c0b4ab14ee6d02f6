"""The list of mutants (``mutants.py``) matches the source of the rules, and covers every file."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.dialogues.mutants import ROOT, changes
from tests.sources import every_node

CHANGES = changes()


def _rules() -> set[str]:
    """Every file of the rules of a kind: its ``rules.py``, and what that imports of its folder."""
    found: set[Path] = set()
    waiting = list((ROOT / "rounds").glob("*/rules.py"))
    while waiting:
        file = waiting.pop()
        found.add(file)
        own = {path.stem: path for path in file.parent.glob("*.py")}
        for node in every_node(file.read_text("utf-8")):
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = f"rounds.{file.parent.name}"
                names = [node.module.removeprefix(f"{parts}.")]
                if node.module == parts:
                    names = [alias.name for alias in node.names]
                waiting += [own[name] for name in names if name in own and own[name] not in found]
    return {file.relative_to(ROOT).as_posix() for file in found}


def test_every_file_of_rules_has_its_changes() -> None:
    counting = {
        f"dialogues/counting/{file.name}"
        for file in (ROOT / "dialogues/counting").glob("*.py")
        if file.stem != "__init__"
    }
    shared = {"dialogues/ballots.py", "dialogues/participation.py", "dialogues/results.py"}
    assert _rules() | counting | shared <= {file for file, _, _ in CHANGES}


@pytest.mark.parametrize("file", sorted({file for file, _, _ in CHANGES}))
def test_what_would_be_changed_stands_there(file: str) -> None:
    source = (ROOT / file).read_text("utf-8")
    own = [(old, new) for changed, old, new in CHANGES if changed == file]
    assert not [change for change, count in Counter(own).items() if count > 1]
    for old, new in own:
        assert old in source, old
        changed = source.replace(old, new)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source)), old
