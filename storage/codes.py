"""One-time codes that link accounts: each for a limited time, used once, and kept as an HMAC.

Who typed wrong codes stands here too, so that nobody can go on guessing.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from storage.database import Database

#: The characters of a code, and how many it has: 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

#: How long a code can be used, in milliseconds.
VALID = 30 * 60 * 1000

#: How many wrong codes a person may type within so many milliseconds.
TRIES, WITHIN = 5, 60 * 60 * 1000

#: A used or lapsed code is remembered for so long, to say what became of it.
_REMEMBERED = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Given:
    """A code that was given to a person at a moment (ms)."""

    person: str
    at: int
    used: bool

    def over(self, now: int) -> bool:
        """Whether it came too late."""
        return now >= self.at + VALID


class Codes:
    """The codes of a town. ``key`` is the town's; without it nothing here tells a code."""

    def __init__(self, connection: Database, chance: Callable[[int], bytes], key: bytes) -> None:
        self._db = connection
        self._chance = chance
        self._key = key

    def give(self, person: str, now: int) -> str:
        """A new code for a person, in place of one that they did not use."""
        number = int.from_bytes(self._chance(8))
        code = "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
        self._db.execute("DELETE FROM codes WHERE person = ? AND used = 0", (person,))
        self._db.execute(
            "INSERT INTO codes (code, person, at) VALUES (?, ?, ?)",
            (self._hashed(code), person, now),
        )
        return code

    def given(self, code: str) -> Given | None:
        """Whose code this is; None when it is nobody's."""
        hashed = self._hashed(code)
        row = self._db.execute(
            "SELECT code, person, at, used FROM codes WHERE code = ?", (hashed,)
        ).fetchone()
        if row is None or not hmac.compare_digest(bytes(row[0]), hashed):
            return None
        return Given(str(row[1]), int(row[2]), bool(row[3]))

    def use(self, code: str) -> None:
        """The code was used, and cannot be again."""
        self._db.execute("UPDATE codes SET used = 1 WHERE code = ?", (self._hashed(code),))

    def tried(self, person: str, now: int) -> None:
        """Note that a person typed a wrong code."""
        self._db.execute("INSERT INTO tries (person, at) VALUES (?, ?)", (person, now))

    def may_try(self, person: str, now: int) -> bool:
        """Whether a person has not typed too many wrong codes lately."""
        row = self._db.execute(
            "SELECT count(*) FROM tries WHERE person = ? AND at > ?", (person, now - WITHIN)
        ).fetchone()
        return int(row[0]) < TRIES

    def clean(self, now: int) -> None:
        """Delete what is told of no more."""
        self._db.execute("DELETE FROM codes WHERE at < ?", (now - _REMEMBERED,))
        self._db.execute("DELETE FROM tries WHERE at <= ?", (now - WITHIN,))

    def link(self, kept: str, gone: str) -> None:
        """What was given to one person is another's now."""
        self._db.execute("UPDATE codes SET person = ? WHERE person = ?", (kept, gone))
        self._db.execute("UPDATE tries SET person = ? WHERE person = ?", (kept, gone))

    def forget(self, person: str) -> None:
        """Delete the codes that a person was given, and their tries."""
        self._db.execute("DELETE FROM codes WHERE person = ?", (person,))
        self._db.execute("DELETE FROM tries WHERE person = ?", (person,))

    def _hashed(self, code: str) -> bytes:
        return hmac.digest(self._key, f"code/1/{code}".encode(errors="surrogatepass"), "sha256")
