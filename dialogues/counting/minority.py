"""The minority line of a recommendation: how many are against, if enough are."""

from __future__ import annotations

NAME = "minority/1"


def opposed(disagree: int, no: int) -> int:
    """The number of people against: disagree on the statement or no on the recommendation, the
    larger."""
    return max(disagree, no)


def line(against: int, item_voters: int) -> bool:
    """Whether the minority line is printed: from max(2, 10% of the item's voters) on."""
    return against >= 2 and against * 10 >= item_voters


def divided(yes: int, no: int) -> bool:
    """Whether the recommendation is printed as divided: more no than yes."""
    return no > yes
