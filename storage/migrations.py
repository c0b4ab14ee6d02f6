"""The database schema: an ordered list of migrations, each of which runs once.

sqlite-utils keeps that row: which migrations a database had, in which order the others come, and
each in one transaction with the note that it ran. The tables themselves are written in SQL, because
its functions for making them know neither ``WITHOUT ROWID`` nor an index with a condition.

Never change a migration that was released: add another, and a stored database of the schema before
it to ``tests/storage``.
"""

from __future__ import annotations

from typing import Protocol

from sqlite_utils.migrations import Migrations


class Runs(Protocol):
    """What a migration runs its statements on."""

    def execute(self, statement: str, /) -> object: ...


def _run(db: Runs, script: str) -> None:
    """Run statements that each end their line with ``;``. sqlite-utils' own ``executescript``
    looks for their ends letter by letter, which takes ten times as long as running them."""
    for statement in script.split(";\n"):
        db.execute(statement)


def m0001_first(db: Runs) -> None:
    """Journal, texts, inbox, outbox, people and what is open in each place."""
    _run(db, _FIRST)


def m0002_work_on_messages(db: Runs) -> None:
    """What is done to messages besides saying them, and how far up a message stands."""
    _run(db, _SECOND)


#: Every migration in the order in which they run; its name is kept in the database.
STEPS = (m0001_first, m0002_work_on_messages)

#: The names of all that this program knows.
KNOWN = tuple(step.__name__ for step in STEPS)

#: The same as sqlite-utils runs them.
MIGRATIONS = Migrations("stadsgesprek")
for _step in STEPS:
    MIGRATIONS()(_step)


_FIRST = """
CREATE TABLE chains (
    chain INTEGER PRIMARY KEY,
    dialogue TEXT NOT NULL UNIQUE
);

CREATE TABLE journal (
    row INTEGER PRIMARY KEY,
    chain INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    line BLOB NOT NULL,
    hash BLOB NOT NULL
);

CREATE UNIQUE INDEX journal_seq ON journal (chain, seq);

CREATE TABLE texts (
    ref TEXT PRIMARY KEY,
    dialogue TEXT NOT NULL,
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    words TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX texts_dialogue ON texts (dialogue);

CREATE TABLE inbox (
    at INTEGER NOT NULL,
    cause BLOB NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (at, cause)
) WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    dialogue TEXT NOT NULL,
    slot TEXT NOT NULL,
    message BLOB NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX outbox_slot ON outbox (dialogue, slot, place) WHERE slot != '';

CREATE TABLE posts (
    token TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    dialogue TEXT NOT NULL,
    slot TEXT NOT NULL,
    message TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX posts_slot ON posts (dialogue, slot, place);

CREATE INDEX posts_message ON posts (message);

CREATE TABLE persons (
    person TEXT PRIMARY KEY,
    roles TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    quiet INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE accounts (
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (platform, account)
) WITHOUT ROWID;

CREATE INDEX accounts_person ON accounts (person);

CREATE TABLE participants (
    participant TEXT PRIMARY KEY,
    dialogue TEXT NOT NULL,
    person TEXT NOT NULL,
    UNIQUE (dialogue, person)
) WITHOUT ROWID;

CREATE INDEX participants_person ON participants (person);

CREATE TABLE ballots (
    ballot TEXT PRIMARY KEY,
    dialogue TEXT NOT NULL,
    round INTEGER NOT NULL,
    participant TEXT NOT NULL,
    UNIQUE (participant, round)
) WITHOUT ROWID;

CREATE INDEX ballots_dialogue ON ballots (dialogue);

CREATE TABLE places (
    place TEXT PRIMARY KEY,
    person TEXT NOT NULL DEFAULT '',
    dialogue TEXT NOT NULL DEFAULT '',
    begun TEXT NOT NULL DEFAULT '',
    hinted_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX places_person ON places (person);

CREATE TABLE offers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    dialogue TEXT NOT NULL,
    stood_at INTEGER NOT NULL,
    items TEXT NOT NULL
);

CREATE INDEX offers_place ON offers (place, kind);

CREATE TABLE forms (
    place TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    dialogue TEXT NOT NULL,
    data BLOB NOT NULL,
    since INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sources (
    cause BLOB PRIMARY KEY,
    dialogue TEXT NOT NULL,
    item TEXT NOT NULL,
    person TEXT NOT NULL,
    place TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX sources_item ON sources (dialogue, item);

CREATE INDEX sources_person ON sources (person);

CREATE TABLE reactions (
    cause BLOB PRIMARY KEY,
    dialogue TEXT NOT NULL,
    item TEXT NOT NULL,
    ballot TEXT NOT NULL,
    choice TEXT NOT NULL,
    at INTEGER NOT NULL,
    tie TEXT NOT NULL,
    standing INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE INDEX reactions_ballot ON reactions (dialogue, item, ballot);

CREATE TABLE cursors (
    platform TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    read_back_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

_SECOND = """
ALTER TABLE outbox ADD COLUMN work TEXT NOT NULL DEFAULT 'say';
ALTER TABLE outbox ADD COLUMN target TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN state TEXT NOT NULL DEFAULT 'standing';
ALTER TABLE posts ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE offers ADD COLUMN token TEXT NOT NULL DEFAULT '';
ALTER TABLE offers ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE offers ADD COLUMN wording TEXT NOT NULL DEFAULT '';
CREATE INDEX offers_token ON offers (token) WHERE token != '';
ALTER TABLE reactions ADD COLUMN typed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE participants ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE ballots ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
CREATE TABLE offered (
    dialogue TEXT NOT NULL,
    item TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (dialogue, item)
) WITHOUT ROWID;
ALTER TABLE forms RENAME TO forms_before;
CREATE TABLE forms (
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    dialogue TEXT NOT NULL,
    data BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (place, person, kind)
) WITHOUT ROWID;
INSERT INTO forms SELECT place, '', kind, dialogue, data, since FROM forms_before;
DROP TABLE forms_before;
ALTER TABLE accounts ADD COLUMN roles TEXT NOT NULL DEFAULT '';
UPDATE accounts SET roles = coalesce(
    (SELECT roles FROM persons WHERE persons.person = accounts.person), ''
);
ALTER TABLE persons DROP COLUMN roles;
CREATE TABLE merged (
    participant TEXT PRIMARY KEY,
    dialogue TEXT NOT NULL,
    kept TEXT NOT NULL,
    seal BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX merged_kept ON merged (kept);
CREATE TABLE codes (
    code BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX codes_person ON codes (person);
CREATE TABLE tries (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX tries_person ON tries (person);
CREATE TABLE evaluated (
    dialogue TEXT NOT NULL,
    participant TEXT NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (dialogue, participant, question)
) WITHOUT ROWID;
CREATE TABLE evaluation_counts (
    dialogue TEXT NOT NULL,
    question TEXT NOT NULL,
    answer INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (dialogue, question, answer)
) WITHOUT ROWID;
"""
