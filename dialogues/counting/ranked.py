"""A ranking a ballot: place k of n places gives n + 1 - k points, not ranked gives none (Borda)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogues.counting import one

NAME = "poll-ranked/1"


def scores(counts: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Points by option from ``{option: [n first, n second, …]}``; every list has n entries."""
    return {
        option: sum((len(places) - k) * ballots for k, ballots in enumerate(places))
        for option, places in counts.items()
    }


def winners(counts: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    return one.winners(scores(counts))
