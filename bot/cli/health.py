"""The checks of a town's database and key: each fault found, with what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.cli.unusable import sentence
from bot.town import keys
from dialogues.invariants import broken
from dialogues.record import BrokenJournal
from rounds import registry
from storage.database import Unusable, Where, or_damaged
from storage.reader import Reader

_RESTORE = "restore the last backup"

_NO_FSYNC = "the server does not wait for its disk (fsync = off): a power cut can lose votes"

#: What ``storage.soundness`` finds, as a sentence.
_UNSOUND = {
    "accounts_changed": "{what} accounts lead to somebody else than before",
    "accounts_lost": "{what} people have no account any more, though nobody forgot them",
    "ballots_lost": "{what} ballots lead to nobody any more, though their links were not destroyed",
    "links_changed": "{what} participants or ballots are somebody else's than before",
    "not_of_ours": "the file has a {what}, which is not of stadsgesprek",
    "participants_lost": "{what} people who took part are gone, though nobody forgot them",
    "schema_changed": "the {what} is not as stadsgesprek made it",
    "text_changed": "text {what} is not what was sealed",
    "text_lost": "text {what} is gone, though nobody erased it",
    "unknown_dialogue": "there are texts or ballots of {what}, a dialogue that is not there",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what is wrong, and what mends it."""

    where: str
    what: str
    mend: str


def faults_of(file: Where, named: bool) -> list[Fault]:
    """Every fault of a database and of what lies beside it.

    One that was ``named`` must exist; that of a config is made at the first start.
    """
    path = keys.beside(file)
    try:
        key = keys.read(path)
    except keys.KeyFault as error:
        return [Fault("key", str(error), ""), *_database(file, named, None)]
    faults = []
    if keys.readable_by_others(path):
        faults.append(Fault("key", f"{path} can be read by others", f"run: chmod 600 {path}"))
    return [*faults, *_database(file, named, key)]


def _database(file: Where, named: bool, key: bytes | None) -> Iterator[Fault]:
    try:
        reader = Reader.of(file, registry.record())
    except Unusable as error:
        if named or error.code != "missing":
            yield Fault("database", sentence(error), "")
        return
    try:
        with or_damaged(file):
            yield from _contents(reader, file, key)
    except Unusable as error:
        yield Fault("database", sentence(error), "")
    finally:
        reader.close()


def _contents(reader: Reader, file: Where, key: bytes | None) -> Iterator[Fault]:
    if not reader.whole():
        yield Fault("database", f"{file} is damaged", _RESTORE)
        return
    if not reader.waits_for_disk():
        yield Fault("database", _NO_FSYNC, "put it on")
    if not reader.sidecar(file):
        yield Fault("database", "journal.head is missing", "it is written at the next start")
    if key is not None and not reader.is_of_key(key):
        yield Fault("key", sentence(Unusable("other_key", file=str(file))), "")
        key = None
    chains = list(_chains(reader))
    yield from chains
    if not any(fault.mend == _RESTORE for fault in chains):
        for found in reader.unsound(key):
            where = f"dialogue {found.dialogue}" if found.dialogue else "database"
            yield Fault(where, _UNSOUND[found.code].format(what=found.what), _RESTORE)
    failed = reader.failed()
    if failed:
        yield Fault("inbox", f"{failed} chat events could not be handled", "look at the log")
    parked = reader.parked()
    if parked:
        yield Fault("outbox", f"{parked} messages could not be sent", "look at the log")


def _chains(reader: Reader) -> Iterator[Fault]:
    """The faults of every journal, and of the state of each dialogue."""
    dialogues = reader.dialogues()
    for name in reader.chains():
        where = f"dialogue {name}" if name in dialogues else f"chain {name}"
        try:
            reader.check_chain(name)
            folded = reader.folded(name) if name in dialogues else None
        except (BrokenJournal, Unusable) as error:
            yield Fault(where, f"the journal is broken ({error})", _RESTORE)
            continue
        for what in broken(folded.dialogue) if folded is not None else ():
            yield Fault(where, what, "report this: the program counted wrongly")
