"""The journal: one chain of lines a dialogue, from which everything else is computed.

Events wait in memory until ``flush``, which the store calls just before its COMMIT. Only then are
the lines made, hashed and inserted, a whole batch at each step: a processor does a hundred times
the same in half the time of a hundred ways through everything. On a failure ``drop`` forgets what
waited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from dialogues.aggregates import DIALOGUE, Fold, kind_of
from dialogues.record import TOWN, Fields, Record, encoded, next_hash, sealed, start_hash
from storage.database import Database, Rows, Unusable, blob, insert
from storage.opening import streamed
from storage.texts import Texts

#: So many lines are checked, decoded and folded at a time.
_PART = 200


@dataclass(slots=True)
class Head:
    """The end of a chain: its number in the database, its last line's number and hash.

    The hash is that of the last line written; ``Journal.head`` first writes those that wait.
    """

    chain: int
    seq: int
    hash: bytes


class Journal:
    """Appends events to chains, and folds chains to states.

    The words of an event go to ``texts``, the rest into its chain. ``grew`` is True once lines were
    inserted, until the store has noted the head.
    """

    def __init__(self, connection: Database, texts: Texts, record: Record) -> None:
        self._record = record
        self._names, self._text_fields = record.names, record.text_fields
        self._db = connection
        self._texts = texts
        self.grew = False
        self._heads: dict[str, Head] = {}
        self._events: list[tuple[Head, Fields]] = []
        self._values: list[int | bytearray] = []  # of lines that wait, one after the other
        self._last: tuple[int, bytes] | None = None

    def head(self, dialogue: str) -> Head:
        """The end of a chain, lines that wait included."""
        if self._events:
            self._make_lines()
        return self._heads.get(dialogue) or self._load(dialogue)

    def __contains__(self, id: object) -> bool:
        """Whether a chain with this id was ever begun."""
        found = self._db.execute("SELECT 1 FROM chains WHERE dialogue = ?", (id,)).fetchone()
        return found is not None or id in self._heads

    def _load(self, dialogue: str) -> Head:
        self._db.execute(
            "INSERT INTO chains (dialogue) VALUES (?) ON CONFLICT DO NOTHING", (dialogue,)
        )
        chain = self._db.execute(
            "SELECT chain FROM chains WHERE dialogue = ?", (dialogue,)
        ).fetchone()[0]
        row = self._db.execute(
            "SELECT seq, hash FROM journal WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,)
        ).fetchone()
        seq, digest = (row[0], bytes(row[1])) if row else (0, start_hash(dialogue))
        head = self._heads[dialogue] = Head(chain, seq, digest)
        return head

    # -- adding -------------------------------------------------------------------------------

    def append(self, dialogue: str, at: datetime, by: str, event: Any) -> Any:
        """Add an event to its chain; returns it with its words swapped for references."""
        kind = type(event)
        if self._text_fields[kind]:
            event = self._kept(dialogue, event)
        head = self._heads.get(dialogue) or self._load(dialogue)
        head.seq = seq = head.seq + 1
        self._events.append((head, (dialogue, seq, self._names[kind], at, by, event)))
        return event

    def _kept(self, dialogue: str, event: Any) -> Any:
        """The event with its words kept apart, and references in their places."""
        keep, fields = self._texts.keep, self._text_fields[type(event)]
        return sealed(event, {name: keep(dialogue, event, name) for name in fields})

    def _make_lines(self) -> None:
        """Turn the events that wait into chained lines."""
        row, digest = self.last()
        for head, fields in self._events:
            line = encoded(fields)
            head.hash = digest = next_hash(head.hash, line)
            row += 1
            self._values += (row, head.chain, fields[1], blob(line), blob(digest))
        self._last = row, digest
        self._events.clear()

    def last(self) -> tuple[int, bytes]:
        """Number and hash of the last row of all chains together, lines that wait included. Rows
        are numbered here, without gaps: no database does that once something was rolled back."""
        if self._last is None:
            self._last = last_row(self._db)
        return self._last

    def flush(self) -> None:
        """Insert the lines that wait; the caller commits."""
        if self._events:
            self._make_lines()
        if self._values:
            statement = 'INSERT INTO journal ("row", chain, seq, line, hash) VALUES (?, ?, ?, ?, ?)'
            insert(self._db, statement, self._values)
            self._values.clear()
            self.grew = True

    def drop(self) -> None:
        """Drop the events that wait and all known heads: the transaction was rolled back."""
        self._events.clear()
        self._values.clear()
        self._heads.clear()
        self._last = None

    # -- reading ------------------------------------------------------------------------------

    def read_all(self, folds: Mapping[str, Fold] | None = None) -> dict[str, Any]:
        """The states of these kinds of aggregates (``folds`` None: of dialogues), by id. Reads the
        journal once and checks every chain, those of other kinds too."""
        folds = {DIALOGUE: self._record.dialogues} if folds is None else folds
        states: dict[str, Any] = {}
        ids, read, rows = names_of(self._db), self._record.event, all_rows(self._db)
        chains: dict[int, tuple[Head, Any, Fold | None]] = {}
        while part := rows.fetchmany(_PART):
            for chain, seq, line, stored in part:
                begun = chains.get(chain)
                if begun is None:
                    begun = chains[chain] = self._begun(chain, ids[chain], folds, states)
                head = begun[0]
                digest = next_hash(head.hash, line)
                if digest != stored or seq != head.seq + 1:
                    raise Unusable("chain_broken", dialogue=ids[chain], line=head.seq + 1)
                head.seq, head.hash = seq, digest
            events = [read(row[2]) for row in part]
            for row, (event, at, by) in zip(part, events, strict=True):
                _, state, fold = chains[row[0]]
                if fold is not None:
                    fold.evolve(state, event, at, by)
        return states

    def _begun(
        self, chain: int, id: str, folds: Mapping[str, Fold], states: dict[str, Any]
    ) -> tuple[Head, Any, Fold | None]:
        """A chain before its first line: its head, and its state and fold where it is folded."""
        head = self._heads[id] = Head(chain, 0, start_hash(id))
        fold = folds.get(kind_of(id)) if id != TOWN else None
        if fold is None:
            return head, None, None
        state = states[id] = fold.blank(id)
        return head, state, fold

    def read_one(self, id: str, fold: Fold | None = None) -> Any:
        """One aggregate's state, folded again (after a rollback)."""
        fold = fold or self._record.dialogues
        state = fold.blank(id)
        for line in lines(self._db, id):
            fields = self._record.read(line)
            fold.evolve(state, fields.event, fields.at, fields.by)
        return state


def names(db: Database) -> list[str]:
    """Every dialogue that has a chain, oldest first; the town's own is one of them."""
    return [str(row[0]) for row in db.execute("SELECT dialogue FROM chains ORDER BY chain")]


def ends(db: Database) -> list[tuple[str, int, bytes]]:
    """Where every chain ends, oldest first: its id, its last line's number and hash."""
    return db.execute(
        "SELECT dialogue, seq, CAST(hash AS BLOB) FROM chains JOIN journal USING (chain)"
        " WHERE seq = (SELECT MAX(seq) FROM journal AS other WHERE other.chain = chains.chain)"
        " ORDER BY chain"
    ).fetchall()


def names_of(db: Database) -> dict[int, str]:
    """The id of every chain by its number."""
    return dict(db.execute("SELECT chain, dialogue FROM chains").fetchall())


def all_rows(db: Database) -> Rows:
    """Every line of a known chain in the order of writing: chain, seq, line, hash.

    The casts let a value of another type, put there by hand, be found like any other change; the
    plus keeps a database from going by chain and sorting all of it afterwards, which took longer
    than reading.
    """
    return streamed(
        db,
        "SELECT chain, seq, CAST(line AS BLOB), CAST(hash AS BLOB) FROM journal"
        ' WHERE +chain IN (SELECT chain FROM chains) ORDER BY "row"',
    )


def lines(db: Database, dialogue: str, upto: int | None = None, since: int = 0) -> Iterator[bytes]:
    """The lines of one dialogue after position ``since``, to ``upto`` where given."""
    rows = db.execute(
        "SELECT CAST(line AS BLOB) FROM journal"
        " WHERE chain = (SELECT chain FROM chains WHERE dialogue = ?)"
        " AND seq > ? AND seq <= ? ORDER BY seq",
        (dialogue, since, upto if upto is not None else 2**62),
    )
    return map(itemgetter(0), rows)


def last_line(db: Database, dialogue: str) -> tuple[int, bytes, bytes] | None:
    """Number, line and hash of the last line of one dialogue; None where it has none."""
    found = db.execute(
        "SELECT seq, CAST(line AS BLOB), CAST(hash AS BLOB) FROM journal"
        " WHERE chain = (SELECT chain FROM chains WHERE dialogue = ?) ORDER BY seq DESC LIMIT 1",
        (dialogue,),
    ).fetchone()
    return (int(found[0]), bytes(found[1]), bytes(found[2])) if found else None


def hashed(db: Database, dialogue: str) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, line and stored hash of every line of one dialogue."""
    rows = db.execute(
        "SELECT seq, CAST(line AS BLOB), CAST(hash AS BLOB) FROM journal"
        " WHERE chain = (SELECT chain FROM chains WHERE dialogue = ?) ORDER BY seq",
        (dialogue,),
    )
    return iter(rows)


def last_row(db: Database) -> tuple[int, bytes]:
    """Number and hash of the last row of all chains together; (0, b"") when there is none."""
    row = db.execute(
        'SELECT "row", CAST(hash AS BLOB) FROM journal ORDER BY "row" DESC LIMIT 1'
    ).fetchone()
    return (row[0], row[1]) if row else (0, b"")


def hash_of(db: Database, row: int) -> bytes | None:
    """The hash in a row; None when there is no such row."""
    found = db.execute('SELECT CAST(hash AS BLOB) FROM journal WHERE "row" = ?', (row,)).fetchone()
    return found[0] if found else None


def count_rows(db: Database) -> tuple[int, int]:
    """How many rows all chains have together, and the number of the last: both of one moment, since
    another program may be writing."""
    count, last = db.execute('SELECT count(*), max("row") FROM journal').fetchone()
    return int(count), int(last or 0)


def row_of_no_chain(db: Database) -> int:
    """The first row whose chain is not known; 0 when there is none."""
    row = db.execute(
        'SELECT min("row") FROM journal WHERE chain NOT IN (SELECT chain FROM chains)'
    ).fetchone()
    return row[0] or 0
