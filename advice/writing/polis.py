"""The files of an open ballot as Polis tools read them: votes.csv and comments.csv.

Only kinds whose choices are those of Polis stand in them: agree 1, disagree -1, pass 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from advice.kinds import AllPages
from advice.model import Item, Result, Round
from advice.register import CLOSED, SHOWN, plain
from advice.words import utc
from advice.writing.tables import Cell, written

VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
COMMENTS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)

AGREE, DISAGREE, PASS = 1, -1, 0

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A ballot's last vote on an item in an open round: 1 agree, -1 disagree, 0 pass."""

    round: int
    ballot: str
    item: str
    vote: int


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """All last votes of a dialogue with an open ballot."""

    votes: Sequence[OpenVote]


@dataclass(frozen=True, slots=True)
class Comment:
    """A shown item of a round that Polis files can hold; ``votes`` are its published figures, how
    many agree, disagree and pass, None where they are held back."""

    index: int
    round: Round
    item: Item
    votes: tuple[int, int, int] | None

    @property
    def id(self) -> int:
        """Its number, which is unique within the dialogue."""
        return int(self.item.number[1:])


def comments(result: Result, pages: AllPages) -> Iterator[Comment]:
    """The items that the Polis files hold, of finished rounds, in the order of the result."""
    for index, round_ in enumerate(result.rounds, 1):
        choices = pages.by_kind[round_.kind].polis
        if not choices or round_.state != CLOSED:
            continue
        for item in round_.items:
            if item.state == SHOWN:
                votes = _votes(item, {vote: choice for choice, vote in choices.items()})
                yield Comment(index, round_, item, votes)


def _votes(item: Item, choices: dict[int, str]) -> tuple[int, int, int] | None:
    if item.counts is None:
        return None
    counts = plain(item)
    return counts[choices[AGREE]], counts[choices[DISAGREE]], counts[choices[PASS]]


def comments_file(result: Result, pages: AllPages) -> bytes:
    """comments.csv, as Polis tools read it; counts that are held back are empty."""
    rows = (_comment(c, c.item.text) for c in comments(result, pages) if c.item.text is not None)
    return written(COMMENTS, rows, polis=True)


def _comment(comment: Comment, text: str) -> Sequence[Cell]:
    agrees, disagrees, _ = comment.votes or ("", "", "")
    return (*when(comment.round), comment.id, -1, agrees, disagrees, 1, text)


def votes_file(result: Result, pages: AllPages, open_votes: OpenVotes) -> bytes:
    """votes.csv: the last votes; voters are numbered anew in each round, and every time is the
    closing hour.

    Within a round voters are numbered in the order of a hash of round and ballot, so that neither
    the order of voting nor a voter's number in another round can be derived.
    """
    given: dict[tuple[int, str], list[OpenVote]] = {}
    for vote in open_votes.votes:
        given.setdefault((vote.round, vote.item), []).append(vote)
    rounds: dict[int, list[Comment]] = {}
    for comment in comments(result, pages):
        if comment.votes is not None:
            rounds.setdefault(comment.index, []).append(comment)
    rows: list[Sequence[Cell]] = []
    before = 0
    for index, counted in rounds.items():
        votes = [(c.id, vote) for c in counted for vote in given.get((index, c.item.number), ())]
        drawn = sorted({vote.ballot for _, vote in votes}, key=lambda b: _drawn(index, b))
        voter = {ballot: number for number, ballot in enumerate(drawn, before)}
        found = sorted((comment, voter[vote.ballot], vote.vote) for comment, vote in votes)
        rows.extend((*when(counted[0].round), *vote) for vote in found)
        before += len(drawn)
    return written(VOTES, rows, polis=True)


def _drawn(round_: int, ballot: str) -> str:
    return hashlib.sha256(f"{round_}/{ballot}".encode()).hexdigest()


def when(round_: Round) -> tuple[int, str]:
    """A round's closing hour, in milliseconds and as the Polis files write it."""
    at = utc(round_.closed_at or "").astimezone(UTC)
    clock = f"{at:%H:%M:%S}"
    words = f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d} {clock} UTC {at.year}"
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000, words
