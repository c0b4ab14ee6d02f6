"""No step is forgotten: whatever writes is inside a step that has a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.steps import PRINTED, STEPS, Room

ROOT = Path(__file__).parents[2]
FOLDERS = ("advice", "bot", "commands", "commitments", "dialogues", "meetings", "rounds", "storage")

#: Calls that change files, by their last name; ``replace`` and ``rename`` of a path have one
#: argument, those of a text two.
CHANGES = frozenset(
    {"chmod", "copyfile", "copytree", "fsync", "mkdir", "move", "pwrite", "rename", "replace"}
    | {"rmdir", "rmtree", "sync", "touch", "truncate", "unlink", "write_bytes", "write_text"}
)

#: Words of SQL that begin or end what is kept.
KEEPS = ("BEGIN", "COMMIT", "RELEASE", "ROLLBACK", "SAVEPOINT", "VACUUM", "PRAGMA wal_checkpoint")

#: What writes and is no step: by the function, why a kill there needs no trial of its own.
APART = {
    "advice.verifying.verify_archive:_laid.__init__": "a folder of verify alone, gone afterwards",
    "bot.cli.play:_write": "what a replay plays again",
    "bot.cli.setup:write_config": "a config that is half there is refused at the start",
    "bot.console.terminal.live:History.forget": "what somebody typed at this console",
    "bot.documents.agenda:remove_pages": "pages that are not made any more; the next time again",
    "bot.documents.placing:_beside.put_back": "tried in test_files.py",
    "bot.documents.site_folder:opened": "only the place to write in; tried in test_cut_off.py",
    "bot.platforms.discord.platform:Discord._register": "a request, no file",
    "bot.platforms.matrix.store:prepare": "tried in tests/matrix/faults/test_lost_keys.py",
    "bot.platforms.matrix.store:save": "tried in tests/matrix/faults/test_lost_keys.py",
    "bot.playback.polis:_keep": "an import that is made again",
    "bot.town.keys:make": "before there is a town",
    "storage.beside:room_for": "inside the steps of backups and of files; tried in test_files.py",
    "storage.commits:ManyTogether.back": "a database that is made again",
    "storage.commits:ManyTogether.begin": "a database that is made again",
    "storage.commits:ManyTogether.end": "a database that is made again",
    "storage.commits:ManyTogether.now": "a database that is made again",
    "storage.linking:part_persons": "no file: a word of ours in a set",
    "storage.moving:copy": "one transaction; tried in test_relocating.py",
    "storage.postgres_schema:apply": "one transaction; tried in test_postgres.py",
    "storage.postgres_schema:expected": "rolled back always",
    "storage.reader:Reader.at_one_moment": "only reads",
    "storage.relocating:to_file": "tried in test_relocating.py",
    "storage.relocating:to_server": "tried in test_relocating.py",
    "storage.sidecar:note_rest": "a step under the name that upkeep.py has for it",
    "storage.sqlite:_open_to_write": "before there is a database",
    "storage.sqlite:lock": "only the place of the lock",
    "storage.sqlite:on_disk": "inside Sidecar.write",
    "storage.store:Store._back": "inside a transaction, of which nothing is kept yet",
    "storage.store:Store.savepoint": "inside a transaction, of which nothing is kept yet",
    "storage.upkeep:OfSchema.__init__": "only the folder of the sidecar",
}


def writing() -> Iterator[str]:
    """Every function of the program that changes a file or ends a transaction itself."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield from _writing(ast.parse(path.read_text(encoding="utf-8")), f"{module}:", ())


def _writing(node: ast.AST, module: str, inside: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        here = (*inside, child.name) if named else inside  # type: ignore[union-attr]
        if isinstance(child, ast.Call) and _writes(child) and here:
            yield module + ".".join(here)
        yield from _writing(child, module, here)


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name in ("replace", "rename"):
        return len(call.args) == 1 and not call.keywords
    if name == "execute" and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value).startswith(KEEPS)
    return name in CHANGES


def test_whatever_writes_is_a_step_or_says_why_not() -> None:
    found, known = set(writing()), {str(step) for step in STEPS}
    assert found - known - set(APART) == set()
    assert set(APART) <= found, "what is gone needs no reason"


def test_what_writes_is_seen() -> None:
    source = """
def one(path):
    path.with_name("x").replace(path)

class Two:
    def three(self, db, text):
        text.replace("a", "b")
        db.execute("COMMIT")

async def four(path):
    path.open()
"""
    assert list(_writing(ast.parse(source), "m:", ())) == ["m:one", "m:Two.three"]


@pytest.mark.parametrize("room", Room)
def test_every_part_of_the_program_has_steps(room: Room) -> None:
    assert [step for step in (*STEPS, *PRINTED) if step.room is room]
