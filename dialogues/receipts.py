"""Receipts: a code a ballot that proves it is in the box, never what is on it.

Twelve Crockford characters (60 bits) of HMAC-SHA256(town key, "receipt/1" ‖ ballot id): the same
at every vote, and nobody without the town's key can tell which ballot a code belongs to.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


@lru_cache(maxsize=20_000)  # a ballot's receipt is given at each of its votes
def receipt(key: bytes, ballot: str) -> str:
    """The code of one ballot."""
    digest = hmac.digest(key, b"receipt/1" + ballot.encode(), "sha256")
    number = int.from_bytes(digest[:8]) >> 4
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(LENGTH)))


def receipts(key: bytes, ballots: Iterable[str]) -> list[str]:
    """The receipts of these ballots, sorted."""
    return sorted(receipt(key, ballot) for ballot in ballots)


def receipts_sha256(codes: Iterable[str]) -> str:
    """SHA-256 over sorted codes, each followed by a newline."""
    return hashlib.sha256("".join(code + "\n" for code in codes).encode()).hexdigest()
