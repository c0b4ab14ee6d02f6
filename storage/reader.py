"""Reads a database without changing it: for export, check and the making of an advice.

There is no SQL here but the question whether the file is whole: each table is read by a function
of the file that owns it, which the live store uses too.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from commitments.commitment import COMMITMENT, Commitment
from dialogues.aggregates import DIALOGUE, kind_of
from dialogues.dialogue import Dialogue
from dialogues.record import (
    TOWN,
    BrokenJournal,
    Line,
    Record,
    next_hash,
    start_hash,
)
from meetings.meeting import MEETING, Meeting
from storage import inbox, journal, participants, texts
from storage.database import Database, Unusable, Where
from storage.opening import connect, waits_for_disk, whole
from storage.outbox import Outbox
from storage.settings import Settings
from storage.sidecar import NOTHING, check_lost, check_rest, check_sidecar
from storage.soundness import Unsound, commitment_in, is_of_key, meeting_in, unsound
from storage.watched import Watched


@dataclass(frozen=True, slots=True)
class Folded:
    """A dialogue at a line: its state, and that line's hash and time."""

    dialogue: Dialogue
    head: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chain stands: the number and hash of its last line, and how many texts it has that
    were not erased. While these are the same, so is all that follows from the chain."""

    lines: int
    head: str
    texts: int


#: The events by which something of people was erased: words, accounts, or what leads to them.
_ERASING = (
    *("AuthorsForgotten", "CommitmentMakerErased", "KeptErased", "LinksDestroyed", "NameErased"),
    *("PersonForgotten", "ProposalErased", "SignUpsErased", "TextErased"),
)

#: How a line of such an event looks before it is decoded; what people wrote stands in no line.
_ERASED = re.compile(rb',"(?:' + "|".join(_ERASING).encode() + rb")/")


class Reader:
    """Reads through one connection. ``of`` opens a file read-only, which the caller closes; the
    reader of ``Store.reader`` shares the store's connection."""

    def __init__(self, connection: Database, record: Record) -> None:
        self.db = connection
        self.record = record

    @classmethod
    def of(cls, file: Where, record: Record) -> Reader:
        """A read-only reader of a file; raises ``Unusable``."""
        check_rest(file)
        try:
            return cls(connect(file, read_only=True), record)
        except Unusable as error:
            if error.code in NOTHING:
                check_lost(file)
            raise

    # -- dialogues ----------------------------------------------------------------------------

    def dialogues(self) -> tuple[str, ...]:
        """The ids of all dialogues, oldest first, without the town's own chain."""
        names = journal.names(self.db)
        return tuple(name for name in names if name != TOWN and kind_of(name) == DIALOGUE)

    def folded(self, dialogue: str, upto: int | None = None) -> Folded | None:
        """The state after line ``upto`` (None: after the last); None for an unknown dialogue."""
        last = deque(self.record.fold(dialogue, journal.lines(self.db, dialogue, upto)), maxlen=1)
        if not last:
            return None
        state, head = last[0]
        (line,) = journal.lines(self.db, dialogue, state.position, state.position - 1)
        return Folded(state, head.hex(), self.record.read(line).at)

    def meetings(self) -> list[Meeting]:
        """Every meeting as it is now, oldest first."""
        names = [name for name in journal.names(self.db) if kind_of(name) == MEETING]
        return [meeting_in(self.db, self.record, name) for name in names]

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Within it everything is read as it was at its beginning, whatever is written meanwhile.
        Only for a reader made with ``of``."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")

    def standings(self) -> dict[str, Standing]:
        """Where every chain stands, by its id, oldest first."""
        counts = texts.counts(self.db)
        return {
            name: Standing(seq, digest.hex(), counts.get(name, 0))
            for name, seq, digest in journal.ends(self.db)
        }

    def commitments(self) -> list[Commitment]:
        """Every commitment as it is now, oldest first."""
        names = [name for name in journal.names(self.db) if kind_of(name) == COMMITMENT]
        return [commitment_in(self.db, self.record, name) for name in names]

    def lines(self, dialogue: str, upto: int | None = None) -> list[bytes]:
        """The lines of a dialogue as they were written, to position ``upto`` where given."""
        return list(journal.lines(self.db, dialogue, upto))

    def journal(self, dialogue: str, upto: int | None = None, since: int = 0) -> Iterator[Line]:
        """The same lines, decoded; only those after position ``since``."""
        return map(self.record.read, journal.lines(self.db, dialogue, upto, since))

    def words(self, ref: str) -> str | None:
        """The words of a reference; None when they were erased."""
        return texts.words(self.db, ref)

    def texts(self, dialogue: str, upto: int | None = None) -> list[tuple[str, str, bytes, str]]:
        """The texts that stand in the lines to position ``upto`` where given and are not erased:
        ref, kind, key, words."""
        named = {
            getattr(line.event, field).ref
            for line in self.journal(dialogue, upto)
            for field in self.record.text_fields[type(line.event)]
        }
        return [row for row in texts.texts_of(self.db, dialogue) if row[0] in named]

    def links(self, dialogue: str) -> dict[str, str]:
        """Every ballot of a dialogue with its participant; empty once they were destroyed."""
        return participants.links(self.db, dialogue)

    def linked(self, dialogue: str) -> frozenset[str]:
        """The participants of a dialogue who linked accounts."""
        return participants.linked_in(self.db, dialogue)

    def erasings(self) -> Iterator[Line]:
        """The lines by which something of people was erased, of every chain in turn."""
        for name in journal.names(self.db):
            rows = journal.lines(self.db, name)
            yield from (self.record.read(row) for row in rows if _ERASED.search(row))

    def uncleaned_since(self) -> int:
        """Since when (ms) bytes of erased words may still be on the disk; 0: there are none."""
        return Settings(self.db).uncleaned_since()

    # -- whether all is well ------------------------------------------------------------------

    def whole(self) -> bool:
        """Whether SQLite's own check finds the file intact."""
        return whole(self.db)

    def waits_for_disk(self) -> bool:
        """Whether what was confirmed survives a power cut."""
        return waits_for_disk(self.db)

    def sidecar(self, file: Where) -> bool:
        """Whether there is a sidecar; raises ``Unusable`` when the database is behind it."""
        return check_sidecar(file, self.db)

    def check_chain(self, dialogue: str) -> None:
        """Compute every hash again; raises ``BrokenJournal`` at the first line that differs."""
        head = start_hash(dialogue)
        rows = journal.hashed(self.db, dialogue)
        for number, (seq, line, stored) in enumerate(rows, 1):
            head = next_hash(head, line)
            if seq != number or head != stored:
                raise BrokenJournal("changed", number)

    def unsound(self, key: bytes | None) -> list[Unsound]:
        """What is wrong with texts, links and schema where all chains are whole; for ``key`` see
        ``soundness.unsound``."""
        return list(unsound(self.db, self.record, key))

    def is_of_key(self, key: bytes) -> bool:
        """Whether the file belongs to this key of the town."""
        return is_of_key(self.db, key)

    def chains(self) -> list[str]:
        """Every chain, oldest first: of dialogues, other aggregates, and the town's."""
        return journal.names(self.db)

    def failed(self) -> int:
        """How many chat events could not be handled."""
        return inbox.failed(self.db)

    def parked(self) -> int:
        """How many messages could not be sent."""
        return Outbox(Watched(self.db)).counts().get("parked", 0)

    def close(self) -> None:
        """Close the connection; only for a reader made with ``of``."""
        self.db.close()


def standing(reader: Reader, dialogue: Dialogue) -> Folded | None:
    """A state that somebody else has folded, with the line at which it stands; None where the
    journal does not end there."""
    line = journal.last_line(reader.db, dialogue.id)
    if line is None or line[0] != dialogue.position:
        return None
    _, last, head = line
    return Folded(dialogue, head.hex(), reader.record.read(last).at)
