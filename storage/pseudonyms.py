"""Random names: persons, participants and ballots are kept under one."""

from __future__ import annotations

from collections.abc import Callable

from storage.database import Database

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class Names:
    """Draws names by ``chance``, and knows those under which nothing is kept yet."""

    def __init__(self, chance: Callable[[int], bytes]) -> None:
        self._chance = chance
        self._blank: set[str] = set()

    def new(self, letter: str) -> str:
        """A new name: a letter for its type, and 80 bits in Crockford's base 32."""
        number = int.from_bytes(self._chance(10))
        name = letter + "".join(_CROCKFORD[(number >> 5 * i) & 31] for i in reversed(range(16)))
        self._blank.add(name)
        return name

    def take_blank(self, name: str) -> bool:
        """Whether nothing is kept under a name, as it was drawn in this transaction; whoever asks
        puts something in, so that it is True once."""
        if name not in self._blank:
            return False
        self._blank.remove(name)
        return True

    def settle(self) -> None:
        """Something may be kept under every name by now."""
        self._blank.clear()


class Named:
    """What is kept under random names, whose rows ``key`` seals."""

    def __init__(self, connection: Database, names: Names, key: bytes) -> None:
        self._db = connection
        self._names = names
        self._key = key
