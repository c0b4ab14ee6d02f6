"""How many people a figure needs: to be published, and to have a result (docs/promises.md)."""

from __future__ import annotations

#: An item's or a round's figures are published from this many voters.
THRESHOLD = 5


#: So many voters are enough for a result, however large the round is.
ENOUGH = 30


def enough(round_voters: int) -> int:
    """How many have to vote on an item for it to have a result: half of the round's voters, rounded
    up, but no more than ``ENOUGH`` and no fewer than ``THRESHOLD``."""
    return max(THRESHOLD, min(ENOUGH, (round_voters + 1) // 2))


def masked(people: int) -> int | None:
    """A number of people as it may be published: None for 1 to 4."""
    return None if 0 < people < THRESHOLD else people
