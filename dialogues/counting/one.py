"""One choice a ballot: the option chosen most often wins; a tie has no winner."""

from __future__ import annotations

from collections.abc import Mapping

NAME = "poll-one/1"


def winners(scores: Mapping[str, int]) -> tuple[str, ...]:
    """The option with the highest score, or nothing on a tie or where nobody chose anything."""
    best = max(scores.values(), default=0)
    top = tuple(option for option, score in scores.items() if score == best)
    return top if best > 0 and len(top) == 1 else ()
