"""Random names: persons, participants and ballots are kept under one."""

from __future__ import annotations

from collections.abc import Callable

from storage.database import Database

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class Named:
    """What is kept under random names: ``chance`` draws them, and ``key`` seals their rows."""

    def __init__(self, connection: Database, chance: Callable[[int], bytes], key: bytes) -> None:
        self._db = connection
        self._chance = chance
        self._key = key

    def _new(self, letter: str) -> str:
        """A new name: a letter for its type, and 80 bits in Crockford's base 32."""
        number = int.from_bytes(self._chance(10))
        return letter + "".join(_CROCKFORD[(number >> 5 * i) & 31] for i in reversed(range(16)))
