"""The seal of a link from account to person, person to participant, participant to ballot.

Whoever changes a row of these tables without the town's key leaves a seal that does not fit. It is
deleted with the row, and says nothing without it.
"""

from __future__ import annotations

import hmac

_LENGTH = 16


def seal_of(key: bytes, *values: str) -> bytes:
    """The seal of a row: of its table's name and all its values."""
    return hmac.digest(key, "\0".join(("link/1", *values)).encode(), "sha256")[:_LENGTH]
