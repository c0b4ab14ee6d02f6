"""Persons: the accounts of each, with roles and language.

An account is (platform, id); a person may have several. Names and links stand here and nowhere
else. A person's id stays within storage and the places people write from: the journal knows
participants and ballots only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from storage.database import AT_HAND, Database, one_of
from storage.places import conversation
from storage.pseudonyms import Named, Names
from storage.seals import seal_of
from storage.strangers import Strangers


@dataclass(slots=True)
class Known:
    """The person behind an account, as every fact needs them.

    ``roles`` are those that this account's own network gives, comma-separated and sorted;
    ``elsewhere`` those of the person's other accounts, a string for each. ``linked``: there are
    others. ``language`` is the person's, or "". ``conversation`` is the place of this account's own
    conversation with the bot.
    """

    person: str
    roles: str
    language: str
    conversation: str
    linked: bool = False
    elsewhere: tuple[str, ...] = ()


class People(Named):
    """Persons and accounts. ``met`` is cached, because every vote needs it."""

    def __init__(self, connection: Database, names: Names, key: bytes) -> None:
        super().__init__(connection, names, key)
        self._met: dict[tuple[str, str], Known] = {}
        self.strangers = Strangers(self._met, partial(_there, connection))

    def drop(self) -> None:
        """Clear the cache (after a rollback, or when somebody was forgotten)."""
        self._met.clear()
        self.strangers.drop()
        self._names.settle()

    def met(self, platform: str, account: str) -> Known | None:
        """The person behind an account, or None; the same object until ``drop``."""
        key = (platform, account)
        known = self._met.get(key)
        if known is None and not self.strangers.have(key):
            row = self._db.execute(
                "SELECT person, roles FROM accounts WHERE platform = ? AND account = ?", key
            ).fetchone()
            if row is not None:
                known = self._keep(key, self._read(key, *row))
            else:
                self.strangers.note(key)
        return known

    def _keep(self, key: tuple[str, str], known: Known) -> Known:
        if len(self._met) >= AT_HAND:
            self.drop()
        self._met[key] = known
        return known

    def _read(self, key: tuple[str, str], person: str, roles: str) -> Known:
        rows = self._db.execute(
            "SELECT platform, account, roles FROM accounts WHERE person = ? ORDER BY platform",
            (person,),
        )
        others = [str(held) for *account, held in rows if tuple(account) != key]
        elsewhere, language = tuple(filter(None, others)), self.language(person)
        return Known(person, roles, language, conversation(*key), bool(others), elsewhere)

    def known(self, platform: str, account: str) -> str | None:
        """The id of the person behind an account, or None."""
        known = self.met(platform, account)
        return known.person if known is not None else None

    def person(self, platform: str, account: str) -> str:
        """The id of the person behind an account, made when new."""
        person = self.known(platform, account)
        if person is None:
            self.strangers.met((platform, account))
            person = self._names.new("h")
            own = conversation(platform, account)
            self._keep((platform, account), Known(person, "", "", own))
            self._db.execute("INSERT INTO persons (person) VALUES (?)", (person,))
            self._db.execute(
                "INSERT INTO accounts (platform, account, person, seal) VALUES (?, ?, ?, ?)",
                (platform, account, person, _seal(self._key, platform, account, person)),
            )
        return person

    def accounts(self, person: str) -> list[tuple[str, str]]:
        """Every (platform, account) of a person."""
        return self._db.execute(
            "SELECT platform, account FROM accounts WHERE person = ?", (person,)
        ).fetchall()

    def set_roles(self, platform: str, account: str, roles: str) -> None:
        """Store the roles that an account's network now gives it."""
        self._db.execute(
            "UPDATE accounts SET roles = ? WHERE platform = ? AND account = ?",
            (roles, platform, account),
        )
        known = self.met(platform, account)
        if known is not None and known.linked:
            self.drop()  # what the person's other accounts know of them changed too
        if known is not None:
            known.roles = roles

    def language(self, person: str) -> str:
        """The language that a person chose, or ""."""
        row = self._db.execute(
            "SELECT language FROM persons WHERE person = ?", (person,)
        ).fetchone()
        return str(row[0]) if row else ""

    def set_language(self, person: str, language: str) -> None:
        """Store the language that a person chose."""
        for known in self._met.values():
            if known.person == person:
                known.language = language
        self._db.execute("UPDATE persons SET language = ? WHERE person = ?", (language, person))

    def quiet(self, person: str) -> bool:
        """Whether a person wants nothing that they did not ask for."""
        row = self._db.execute("SELECT quiet FROM persons WHERE person = ?", (person,)).fetchone()
        return bool(row and row[0])

    def set_quiet(self, person: str, quiet: bool) -> None:
        """Store whether a person wants nothing that they did not ask for."""
        self._db.execute("UPDATE persons SET quiet = ? WHERE person = ?", (quiet, person))

    def link(self, kept: str, gone: str) -> None:
        """Make the accounts of one person those of another. What either asked for about quiet
        holds, and the language of ``kept``, if any."""
        for platform, account in self.accounts(gone):
            self._give(platform, account, kept)
        if not self.language(kept):
            self.set_language(kept, self.language(gone))
        self.set_quiet(kept, self.quiet(kept) or self.quiet(gone))
        self._db.execute("DELETE FROM persons WHERE person = ?", (gone,))
        self.drop()

    def unlink(self, kept: str, platform: str, account: str) -> str:
        """Make an account that of a new person, who is returned; they keep what ``kept`` asked for
        about language and quiet."""
        new = self._names.new("h")
        self._db.execute(
            "INSERT INTO persons (person, language, quiet)"
            " SELECT ?, language, quiet FROM persons WHERE person = ?",
            (new, kept),
        )
        self._give(platform, account, new)
        self.drop()
        return new

    def _give(self, platform: str, account: str, person: str) -> None:
        self._db.execute(
            "UPDATE accounts SET person = ?, seal = ? WHERE platform = ? AND account = ?",
            (person, _seal(self._key, platform, account, person), platform, account),
        )

    def forget(self, person: str) -> None:
        """Delete a person and their accounts."""
        self._db.execute("DELETE FROM accounts WHERE person = ?", (person,))
        self._db.execute("DELETE FROM persons WHERE person = ?", (person,))
        for known in self._met.values():  # who holds one must not use deleted values
            if known.person == person:
                known.roles = known.language = ""
                known.elsewhere = ()
        self.drop()


def _seal(key: bytes, platform: str, account: str, person: str) -> bytes:
    return seal_of(key, "accounts", platform, account, person)


def _there(db: Database, platform: str, accounts: list[str]) -> set[str]:
    """Which of some accounts are somebody's."""
    statement = "SELECT account FROM accounts WHERE platform = ? AND account IN"
    return {str(row[0]) for row in one_of(db, statement, accounts, (platform,))}


def with_an_account(db: Database) -> set[str]:
    """Every person who has an account."""
    return {str(row[0]) for row in db.execute("SELECT person FROM accounts")}


def every_account(db: Database) -> list[tuple[str, str, str]]:
    """Every person with an account: its platform and its id there."""
    return db.execute("SELECT person, platform, account FROM accounts").fetchall()


def linked(db: Database) -> set[str]:
    """Every person with accounts on several networks."""
    rows = db.execute("SELECT person FROM accounts GROUP BY person HAVING count(*) > 1")
    return {str(row[0]) for row in rows}


def sealed(db: Database, key: bytes, most: int) -> list[bool]:
    """Of ``most`` accounts, whether each was stored with this key of the town."""
    rows = db.execute(
        "SELECT platform, account, person, CAST(seal AS BLOB) FROM accounts"
        " WHERE length(seal) > 0 LIMIT ?",
        (most,),
    )
    return [seal == _seal(key, *values) for *values, seal in rows]


def changed_accounts(db: Database, key: bytes) -> int:
    """How many accounts lead to another person than the one they were stored with."""
    rows = db.execute("SELECT platform, account, person, CAST(seal AS BLOB) FROM accounts")
    return sum(seal != _seal(key, *values) for *values, seal in rows)
