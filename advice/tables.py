"""The tables of a bundle, as files a spreadsheet opens.

UTF-8 with a byte order mark and ``;`` between cells; Polis files ``,`` and no mark. In uitslag.csv
an option of a ranked poll stands once a place ("Groen [1]"), of one with points once a number of
points that was given ("Groen [5]"). Items without published figures are in teksten.csv alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from advice.model import Item, Result, Round
from advice.register import CLOSED, SHOWN, opinions, places, plain, portions
from advice.words import utc

RESULTS = ("round", "item", "option", "count")
TEXTS = ("item", "kind", "state", "text")
RECEIPTS = ("round", "code")
BALLOTS = ("round", "ballot", "item", "choice")
POLIS_VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
POLIS_COMMENTS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)

Cell: TypeAlias = str | int

#: What an item is, by the first letter of its number.
KINDS = {"S": "statement", "P": "poll", "V": "question", "A": "recommendation", "R": "reason"}

#: Letters with which a spreadsheet begins a formula; look-alikes are folded onto them by NFKC.
_FORMULA = frozenset("=+-@\u2212")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A ballot's last vote on a statement in an open round: 1 agree, -1 disagree, 0 pass."""

    round: int
    ballot: str
    item: str
    vote: int


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """All last votes of a dialogue with an open ballot."""

    votes: Sequence[OpenVote]


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot's last vote on anything, for the clerk: the choice as it was typed."""

    round: int
    ballot: str
    item: str
    choice: str


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet could take it for a formula."""
    if cell[:1] in ("\t", "\r"):
        return "'" + cell
    for letter in cell:
        if letter.isspace() or unicodedata.category(letter).startswith("C"):
            continue
        folded = unicodedata.normalize("NFKC", letter)
        return "'" + cell if folded[:1] in _FORMULA else cell
    return cell


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]], polis: bool = False) -> bytes:
    """A table as bytes; text is guarded, numbers we write ourselves stay numbers."""
    file = io.StringIO(newline="")
    table = csv.writer(file, delimiter="," if polis else ";", lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue().encode("utf-8" if polis else "utf-8-sig")


def results(result: Result) -> bytes:
    """uitslag.csv: every published count, one a line."""
    rows = (
        (index, item.number, option, count)
        for index, round_ in enumerate(result.rounds, 1)
        for item in round_.items
        if item.state == SHOWN and item.counts is not None
        for option, count in counts(item)
    )
    return written(RESULTS, rows)


def counts(item: Item) -> Iterator[tuple[str, int]]:
    """An item's counts as options with one number each."""
    match item.poll:
        case "ranked":
            for option, numbers in places(item).items():
                for place, count in enumerate(numbers, 1):
                    yield f"{option} [{place}]", count
        case "points":
            for option, given in portions(item).items():
                for points, count in sorted(given.items(), key=lambda pair: int(pair[0])):
                    yield f"{option} [{points}]", count
        case _:
            yield from plain(item).items()


def texts(result: Result) -> bytes:
    """teksten.csv: every text that was shown, and the state of what is not."""
    return written(TEXTS, _texts(result))


def _texts(result: Result) -> Iterator[tuple[str, str, str, str]]:
    voted = set()
    for round_ in result.rounds:
        for item in round_.items:
            voted.add(item.number)
            yield item.number, KINDS.get(item.number[:1], "item"), item.state, item.text or ""
            if item.poll and item.counts:
                for option in item.counts:
                    yield item.number, "option", SHOWN, option
            for reason in item.reasons:
                yield reason.number, "reason", SHOWN, reason.text
            if item.answer:
                yield item.number, "answer", SHOWN, item.answer.text
            if item.promise and item.promise.text:
                yield item.number, "promise", SHOWN, item.promise.text
    for recommendation in result.recommendations:
        if recommendation.number not in voted:
            state = SHOWN if recommendation.text else "erased"
            yield recommendation.number, "recommendation", state, recommendation.text or ""


def receipts(codes: Mapping[int, Sequence[str]]) -> bytes:
    """ontvangstcodes.csv: the codes of each round, sorted; the caller leaves small rounds out."""
    return written(RECEIPTS, ((n, code) for n in sorted(codes) for code in sorted(codes[n])))


def ballots(casts: Iterable[Cast]) -> bytes:
    """stemmen.csv, for the clerk only: the last vote of each ballot on each item."""
    rows = sorted((c.round, c.ballot, c.item, c.choice) for c in casts)
    return written(BALLOTS, rows)


def polis_comments(result: Result) -> bytes:
    """comments.csv: statements as Polis tools read them; without figures their counts are empty."""
    return written(POLIS_COMMENTS, _comments(result), polis=True)


def _comments(result: Result) -> Iterator[Sequence[Cell]]:
    for _, round_ in voted_rounds(result):
        for item in round_.items:
            if item.state != SHOWN or item.text is None:
                continue
            agrees: Cell = ""
            disagrees: Cell = ""
            if item.counts is not None:
                agrees, disagrees, _passed = opinions(item)
            yield (*when(round_), comment_id(item), -1, agrees, disagrees, 1, item.text)


def polis_votes(result: Result, open_votes: OpenVotes) -> bytes:
    """votes.csv: last votes, voters numbered anew each round, every time the closing hour.

    Within a round voters are numbered in the order of a hash of round and ballot, so that neither
    the order of voting nor the number of a voter in another round can be read from it.
    """
    given: dict[tuple[int, str], list[OpenVote]] = {}
    for vote in open_votes.votes:
        given.setdefault((vote.round, vote.item), []).append(vote)
    rows: list[Sequence[Cell]] = []
    before = 0
    for index, round_ in voted_rounds(result):
        counted = [i for i in round_.items if i.state == SHOWN and i.counts is not None]
        votes = [(item, vote) for item in counted for vote in given.get((index, item.number), [])]
        drawn = sorted({vote.ballot for _, vote in votes}, key=lambda b: _drawn(index, b))
        voter = {ballot: number for number, ballot in enumerate(drawn, before)}
        found = sorted((comment_id(item), voter[vote.ballot], vote.vote) for item, vote in votes)
        rows.extend((*when(round_), *vote) for vote in found)
        before += len(drawn)
    return written(POLIS_VOTES, rows, polis=True)


def voted_rounds(result: Result) -> Iterator[tuple[int, Round]]:
    """The finished rounds of statements, with their numbers."""
    for index, round_ in enumerate(result.rounds, 1):
        if round_.kind == "statements" and round_.state == CLOSED:
            yield index, round_


def comment_id(item: Item) -> int:
    """The number of a statement, which is unique within the dialogue."""
    return int(item.number[1:])


def _drawn(round_: int, ballot: str) -> str:
    return hashlib.sha256(f"{round_}/{ballot}".encode()).hexdigest()


def when(round_: Round) -> tuple[int, str]:
    """A round's closing hour: in milliseconds, and in the words of the Polis files."""
    at = utc(round_.closed_at or "").astimezone(UTC)
    clock = f"{at:%H:%M:%S}"
    words = f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d} {clock} UTC {at.year}"
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000, words
