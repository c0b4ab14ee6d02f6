"""The checks of a town's database and key: each fault found, with what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.cli.unusable import sentence
from bot.town import keys
from dialogues.invariants import broken
from dialogues.record import TOWN, BrokenJournal
from rounds import registry
from storage.reader import Reader
from storage.sqlite import Unusable


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what is wrong, and what mends it."""

    where: str
    what: str
    mend: str


def faults_of(file: Path, named: bool) -> list[Fault]:
    """Every fault of a database and of what lies beside it.

    One that was ``named`` must exist; that of a config is made at the first start.
    """
    return [*_key(file), *_database(file, named)]


def _key(file: Path) -> Iterator[Fault]:
    path = keys.beside(file)
    try:
        keys.read(path)
    except keys.KeyFault as error:
        yield Fault("key", str(error), "")
        return
    if keys.readable_by_others(path):
        yield Fault("key", f"{path} can be read by others", f"run: chmod 600 {path}")


def _database(file: Path, named: bool) -> Iterator[Fault]:
    if not file.exists():
        if named:
            yield Fault("database", f"{file} does not exist", "name another file")
        return
    try:
        reader = Reader.of(file, registry.record())
    except Unusable as error:
        yield Fault("database", sentence(error), "")
        return
    try:
        yield from _contents(reader, file)
    except Unusable as error:
        yield Fault("database", sentence(error), "")
    finally:
        reader.close()


def _contents(reader: Reader, file: Path) -> Iterator[Fault]:
    if not reader.whole():
        yield Fault("database", f"{file} is damaged", "restore the last backup")
        return
    if not reader.sidecar(file):
        yield Fault("database", "journal.head is missing", "it is written at the next start")
    yield from _chain(reader, TOWN)
    for name in reader.dialogues():
        yield from _dialogue(reader, name)
    failed = reader.failed()
    if failed:
        yield Fault("inbox", f"{failed} chat events could not be handled", "look at the log")
    parked = reader.parked()
    if parked:
        yield Fault("outbox", f"{parked} messages could not be sent", "look at the log")


def _chain(reader: Reader, name: str) -> Iterator[Fault]:
    try:
        reader.check_chain(name)
    except BrokenJournal as error:
        what = f"the journal is broken ({error})"
        yield Fault(f"chain {name}", what, "restore the last backup")


def _dialogue(reader: Reader, name: str) -> Iterator[Fault]:
    where = f"dialogue {name}"
    try:
        reader.check_chain(name)
        folded = reader.folded(name)
    except (BrokenJournal, Unusable) as error:
        yield Fault(where, f"the journal is broken ({error})", "restore the last backup")
        return
    if folded is None:
        return
    for what in broken(folded.dialogue):
        yield Fault(where, what, "report this: the program counted wrongly")
    for ref in reader.broken_texts(name):
        yield Fault(where, f"text {ref} is not what was sealed", "restore the last backup")
