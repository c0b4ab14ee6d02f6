"""Every table has one file that owns it: no other file of storage has its name in a string.

So whoever changes a table reads one file (besides the migrations, which make all of them), and
what is kept of people can be looked up.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import storage
from storage.opening import tables
from storage.store import Store

FOLDER = Path(storage.__file__).parent

OWNERS = {
    "accounts": "people.py",
    "ballots": "participants.py",
    "chains": "journal.py",
    "codes": "codes.py",
    "cursors": "cursors.py",
    "evaluated": "evaluations.py",
    "evaluation_counts": "evaluations.py",
    "forms": "forms.py",
    "inbox": "inbox.py",
    "journal": "journal.py",
    "merged": "merged.py",
    "offered": "offers.py",
    "offers": "offers.py",
    "outbox": "outbox.py",
    "participants": "participants.py",
    "persons": "people.py",
    "places": "places.py",
    "posts": "posts.py",
    "reactions": "sources.py",
    "settings": "settings.py",
    "sources": "sources.py",
    "texts": "texts.py",
    "tries": "codes.py",
}

#: The file that makes every table.
MIGRATIONS = "migrations.py"

#: Strings that are no SQL: the name of the sidecar, and a kind of thing in a schema.
NO_SQL = {("opening.py", "table"), ("backup.py", "-journal"), ("sidecar.py", "journal.head")}

#: SQL that does not name its table.
_OPEN = re.compile(r"\b(from|into|join|update|table)\s*$", re.IGNORECASE)


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a program with its line, docstrings left out; of an f-string its parts."""
    tree = ast.parse(source)
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def trespasses(file: str, source: str) -> list[str]:
    """The places where a file names a table of another file, or has SQL that names no table."""
    found = []
    for line, text in strings(source):
        if (file, text) in NO_SQL:
            continue
        if _OPEN.search(text):
            found.append(f"{file}:{line} names no table")
        found += [
            f"{file}:{line} {table}"
            for table, owner in OWNERS.items()
            if owner != file and re.search(rf"(?<!\w){table}(?!\w)", text, re.IGNORECASE)
        ]
    return found


def test_no_file_speaks_of_a_table_of_another() -> None:
    files = [path for path in sorted(FOLDER.glob("**/*.py")) if path.name != MIGRATIONS]
    assert {path.name for path in files} >= set(OWNERS.values())
    found = [fault for path in files for fault in trespasses(path.name, path.read_text("utf-8"))]
    assert found == []


def test_every_table_has_an_owner_that_speaks_of_it(kept: Store) -> None:
    assert set(tables(kept._db)) == set(OWNERS)
    for table, owner in OWNERS.items():
        texts = [text for _, text in strings((FOLDER / owner).read_text("utf-8"))]
        assert any(re.search(rf"\b{table}\b", text) for text in texts), (table, owner)


def test_a_trespass_is_seen() -> None:
    """In a literal, in parts of an f-string, as a word in a tuple, in small letters, qualified."""
    told = '"""Asks the posts."""\nx = "busy"\n'
    assert trespasses("outbox.py", told) == []
    assert trespasses("posts.py", 'x = "SELECT 1 FROM posts"') == []
    for text in (
        'x = "SELECT 1 FROM posts AS p"',
        'x = f"{y} AND EXISTS (SELECT 1 FROM posts WHERE {z})"',
        'for x in ("posts",): pass',
        'x = "delete from Posts"',
        'x = "n.slot = posts.slot"',
    ):
        assert trespasses("outbox.py", text) == ["outbox.py:1 posts"], text
    for text in ('x = f"DELETE FROM {table} WHERE 1"', 'x = "INSERT INTO " + table'):
        assert trespasses("outbox.py", text) == ["outbox.py:1 names no table"], text
