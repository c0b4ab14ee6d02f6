"""Several choices a ballot: the option chosen by most ballots wins; a tie has no winner."""

from __future__ import annotations

from collections.abc import Mapping

from dialogues.counting import one

NAME = "poll-several/1"


def winners(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The option chosen by most ballots, or nothing on a tie or where nobody chose anything."""
    return one.winners(counts)
