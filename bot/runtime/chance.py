"""Sources of random bytes: the system's for a town, a seeded one for runs to be repeated."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

#: Gives as many random bytes as are asked for.
Chance = Callable[[int], bytes]

#: Random bytes of the system, for a real town.
system: Chance = secrets.token_bytes


def seeded(seed: int | str) -> Chance:
    """SHA-256 in counter mode over a seed: the same bytes at every run, on every machine."""
    key = hashlib.sha256(f"stadsgesprek/{seed}".encode()).digest()
    counter = 0

    def draw(size: int) -> bytes:
        nonlocal counter
        out = b""
        while len(out) < size:
            out += hashlib.sha256(key + counter.to_bytes(8)).digest()
            counter += 1
        return out[:size]

    return draw
