"""Points to divide: the option with the highest sum wins; a tie has no winner."""

from __future__ import annotations

from collections.abc import Mapping

from dialogues.counting import one

NAME = "poll-points/1"


def scores(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Sums by option from ``{option: {"points": n ballots}}``."""
    return {
        option: sum(int(points) * ballots for points, ballots in given.items())
        for option, given in counts.items()
    }


def winners(counts: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    return one.winners(scores(counts))
