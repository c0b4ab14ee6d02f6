"""Persons: the accounts of each, with roles and language.

An account is (platform, id); a person may have several. Names and links stand here and nowhere
else. A person's id stays within storage and the places people write from: the journal knows
participants and ballots only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from storage.seals import seal_of
from storage.sqlite import AT_HAND

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def pseudonym(letter: str, chance: Callable[[int], bytes]) -> str:
    """A new random id: a letter for its type, and 80 bits in Crockford's base 32."""
    number = int.from_bytes(chance(10))
    return letter + "".join(_CROCKFORD[(number >> 5 * i) & 31] for i in reversed(range(16)))


@dataclass(slots=True)
class Known:
    """A person as every fact needs them: roles comma-separated and sorted; language or ""."""

    person: str
    roles: str
    language: str


class People:
    """Persons and accounts. ``met`` is cached, because every vote needs it."""

    def __init__(
        self, connection: sqlite3.Connection, chance: Callable[[int], bytes], key: bytes
    ) -> None:
        self._db = connection
        self._chance = chance
        self._key = key
        self._met: dict[tuple[str, str], Known] = {}
        self._known: dict[str, Known] = {}

    def drop(self) -> None:
        """Clear the cache (after a rollback, or when somebody was forgotten)."""
        self._met.clear()
        self._known.clear()

    def met(self, platform: str, account: str) -> Known | None:
        """The person behind an account, or None; the same object until ``drop``."""
        key = (platform, account)
        known = self._met.get(key)
        if known is None:
            row = self._db.execute(
                "SELECT person FROM accounts WHERE platform = ? AND account = ?", key
            ).fetchone()
            if row is not None:
                known = self._meet(key, self._of(str(row[0])))
        return known

    def _meet(self, key: tuple[str, str], known: Known) -> Known:
        if len(self._met) >= AT_HAND:
            self.drop()
        self._met[key] = self._known[known.person] = known
        return known

    def _of(self, person: str) -> Known:
        known = self._known.get(person)
        if known is None:
            row = self._db.execute(
                "SELECT roles, language FROM persons WHERE person = ?", (person,)
            ).fetchone()
            if len(self._known) >= 2 * AT_HAND:
                self.drop()
            known = self._known[person] = Known(person, *(row or ("", "")))
        return known

    def known(self, platform: str, account: str) -> str | None:
        """The id of the person behind an account, or None."""
        known = self.met(platform, account)
        return known.person if known is not None else None

    def person(self, platform: str, account: str) -> str:
        """The id of the person behind an account, made when new."""
        person = self.known(platform, account)
        if person is None:
            person = pseudonym("h", self._chance)
            self._meet((platform, account), Known(person, "", ""))
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

    def roles(self, person: str) -> str:
        """The last known roles of a person, comma-separated and sorted."""
        return self._of(person).roles

    def set_roles(self, person: str, roles: str) -> None:
        """Store the roles that a platform now gives a person."""
        self._of(person).roles = roles
        self._db.execute("UPDATE persons SET roles = ? WHERE person = ?", (roles, person))

    def language(self, person: str) -> str:
        """The language that a person chose, or ""."""
        return self._of(person).language

    def set_language(self, person: str, language: str) -> None:
        """Store the language that a person chose."""
        self._of(person).language = language
        self._db.execute("UPDATE persons SET language = ? WHERE person = ?", (language, person))

    def quiet(self, person: str) -> bool:
        """Whether a person wants nothing that they did not ask for."""
        row = self._db.execute("SELECT quiet FROM persons WHERE person = ?", (person,)).fetchone()
        return bool(row and row[0])

    def set_quiet(self, person: str, quiet: bool) -> None:
        """Store whether a person wants nothing that they did not ask for."""
        self._db.execute("UPDATE persons SET quiet = ? WHERE person = ?", (quiet, person))

    def forget(self, person: str) -> None:
        """Delete a person and their accounts."""
        self._db.execute("DELETE FROM accounts WHERE person = ?", (person,))
        self._db.execute("DELETE FROM persons WHERE person = ?", (person,))
        known = self._of(person)  # others that hold the object must not use deleted values
        known.roles = known.language = ""
        self.drop()


def _seal(key: bytes, platform: str, account: str, person: str) -> bytes:
    return seal_of(key, "accounts", platform, account, person)


def with_an_account(db: sqlite3.Connection) -> set[str]:
    """Every person who has an account."""
    return {str(row[0]) for row in db.execute("SELECT person FROM accounts")}


def changed_accounts(db: sqlite3.Connection, key: bytes) -> int:
    """How many accounts lead to another person than the one they were stored with."""
    rows = db.execute("SELECT platform, account, person, CAST(seal AS BLOB) FROM accounts")
    return sum(seal != _seal(key, *values) for *values, seal in rows)
