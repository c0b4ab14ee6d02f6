"""Several choices a ballot: the options chosen by most ballots come first, all of a tie."""

from __future__ import annotations

from collections.abc import Mapping

NAME = "poll-several/2"


def winners(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The options chosen by most ballots, in the order given; nothing where nobody chose
    anything. Who may choose several has not split their votes: what is equal is first together."""
    best = max(counts.values(), default=0)
    return tuple(option for option, n in counts.items() if n == best) if best else ()
