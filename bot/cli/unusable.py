"""The sentences for a database that cannot be used: what is wrong, and the next step."""

from __future__ import annotations

from storage.database import Unusable

_SENTENCES = {
    "bad_address": "storage.database is no address of a PostgreSQL server; write one like "
    "postgresql://stadsgesprek@db.example/towns",
    "behind": "the database stops at row {last}, but row {row} was already there: it is an older "
    "copy or lost its write-ahead log; restore the newest backup",
    "chain_broken": "the journal of {dialogue} is broken at line {line}; restore the last backup",
    "damaged": "{file} is no database or is damaged; restore the last backup",
    "empty": "{file} is empty: nothing was ever kept in it; name another database, or start "
    "a dialogue first",
    "full": "the disk of {file} is full; make room and start again",
    "in_use": "{file} is in use by another stadsgesprek; end that one first",
    "locked": "{file} is locked by another program; end that one and try again",
    "missing": "{file} does not exist; name another database, or start a dialogue first",
    "no_file": "{file} is a folder, a pipe or a device, and no database; name another file",
    "no_library": "a town on a server needs psycopg, which is not installed; run: "
    "pip install 'stadsgesprek[postgres]'",
    "not_empty": "{file} holds a town already, and was left as it is; name another",
    "moved_away": "{file} is not there: the town was moved to a server (what it left is in "
    "{left}); put its address back in the config, as `database` under [storage]",
    "not_moved": "{where} holds nothing, and the town is in {file}: bring it there with "
    "`stadsgesprek move --to server`",
    "not_taken": "nothing was moved: a row of {table} holds what the other database does not take",
    "not_the_same": "nothing was moved: {table} was read back otherwise than it was written; "
    "report this",
    "not_utf8": "the database on the server keeps text as {encoding}; have it made with UTF8",
    "refuses": "{file} cannot be used: the server answered {state}; look that code up in the "
    "documentation of PostgreSQL, or in the server's log",
    "unreachable": "the server of storage.database cannot be reached, or lets nobody in: {why}",
    "newer": "the database was written by a newer stadsgesprek (schema {schema}); "
    "use that version, or restore an older backup",
    "not_ours": "the file is a database of something else; name another file",
    "other_history": "row {row} of the journal is not the one that was there before; "
    "restore the newest backup",
    "other_key": "the key beside {file} is not the one that it was made with, and would give "
    "everybody another receipt; put back your copy of it",
    "row_missing": "the journal has {rows} rows and the last is number {last}, so that rows are "
    "missing; restore the last backup",
    "taken_over": "another stadsgesprek has had the town since the connection was lost; start this "
    "one again where it should have it",
    "unknown_chain": "row {row} of the journal belongs to no dialogue; restore the last backup",
    "sidecar_unreadable": "{file} cannot be read; restore it with the newest backup, or remove it "
    "after making sure that the database is the newest",
}


def sentence(error: Unusable) -> str:
    """What is wrong with the database, and what to do."""
    return _SENTENCES[error.code].format(**error.data)
