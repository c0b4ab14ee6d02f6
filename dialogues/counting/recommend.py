"""Which items become recommendations by the written rule, before a moderator changes the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dialogues.counting import statement
from dialogues.counting.threshold import THRESHOLD

NAME = "recommendation/3"

#: At most this many recommendations go to the council.
LIMIT = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that passed the rule. ``option`` is the option that did, where there are options."""

    item: str
    share: Fraction
    voters: int
    option: str | None = None


def by_share(
    item: str, agree: int, disagree: int, passed: int, round_voters: int
) -> Candidate | None:
    """The candidate, or None: a statement whose result is that people agree."""
    part = statement.share(agree, disagree)
    if part is None or statement.result(agree, disagree, passed, round_voters) != "agreed":
        return None
    return Candidate(item, part, agree + disagree + passed)


def by_majority(
    item: str, counts: Mapping[str, int], voters: int, round_voters: int
) -> tuple[Candidate, ...]:
    """The candidates of an item with options, in the order of its options: each that more than half
    of its voters chose."""
    if voters < THRESHOLD:
        return ()
    of = max(round_voters, voters)
    return tuple(
        Candidate(item, Fraction(chosen, of), voters, option)
        for option, chosen in counts.items()
        if chosen * 2 > voters
    )


def ordered(candidates: Iterable[Candidate], limit: int = LIMIT) -> tuple[Candidate, ...]:
    """The candidates by share, then votes, then whole items before options, then number, then the
    order of the options; at most ``limit``."""
    return tuple(sorted(candidates, key=_rank))[:limit]


def _rank(candidate: Candidate) -> tuple[Fraction, int, bool, int]:
    of_options = candidate.option is not None
    return (-candidate.share, -candidate.voters, of_options, int(candidate.item[1:]))
