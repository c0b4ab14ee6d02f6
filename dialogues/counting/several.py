"""Several choices a ballot: the option chosen by most ballots wins; a tie has no winner."""

from __future__ import annotations

from collections.abc import Mapping

from dialogues.counting import one

NAME = "poll-several/1"


def winners(counts: Mapping[str, int]) -> tuple[str, ...]:
    """As for one choice: being chosen counts once a ballot, whatever else it chose."""
    return one.winners(counts)
