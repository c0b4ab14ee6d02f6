"""The threshold: figures about under five people are not published (docs/promises.md)."""

from __future__ import annotations

#: An item's or a round's figures are published from this many voters.
THRESHOLD = 5


def masked(people: int) -> int | None:
    """A number of people as it may be published: None for 1 to 4."""
    return None if 0 < people < THRESHOLD else people
