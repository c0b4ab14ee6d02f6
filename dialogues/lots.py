"""Lots: the chance of a draw that anybody can repeat who knows its seed.

A lot is the SHA-256 of the seed, a "|" and a name, as hex digits; the lowest is first. A seed that
nobody chose gives every order of the names the same chance.
"""

from __future__ import annotations

import hashlib


def lot(seed: str, name: str) -> str:
    """The lot of a name, as 64 hex digits."""
    return hashlib.sha256(f"{seed}|{name}".encode()).hexdigest()
