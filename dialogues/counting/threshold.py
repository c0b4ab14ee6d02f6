"""From how many people on a figure is published (docs/promises.md, "Figures about people")."""

from __future__ import annotations

#: An item's or a round's figures are published from this many voters.
THRESHOLD = 5


def masked(people: int) -> int | None:
    """A number of people as it may be published: 1 to 4 is withheld, 0 and 5 upwards are not."""
    return None if 0 < people < THRESHOLD else people
