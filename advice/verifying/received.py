"""Checks receipts and open votes against the result."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from advice import bundle
from advice.kinds import AllPages
from advice.model import Result
from advice.register import open_ballot
from advice.verifying.shelf import Files
from advice.verifying.verdict import Finding, finding
from advice.writing import polis, tables
from advice.writing.cells import unguarded
from dialogues.receipts import ALPHABET, LENGTH, receipts_sha256


def receipts(result: Result, files: Files) -> Iterator[Finding]:
    """Findings about the codes of every round with at least five ballots: form, order, number,
    hash."""
    name = bundle.RECEIPTS
    data = files.get(name)
    if data is None:
        return
    codes: dict[int, list[str]] = {}
    rows = [[unguarded(cell) for cell in row] for row in _rows(data, ";")]
    for row in rows[1:]:
        if len(row) != len(tables.RECEIPTS) or not _is_code(row[1]) or not _small(row[0]):
            yield finding("receipt", name, found=";".join(row))
            return
        codes.setdefault(int(row[0]), []).append(row[1])
    written = tables.receipts(codes)
    if written != data:
        line = written[: _shared(written, data)].count(b"\n") + 1
        yield finding("receipts_order", name, line=line)
        return
    every = [code for given in codes.values() for code in set(given)]
    if len(set(every)) != len(every):
        yield finding("code_twice", name)
    expected = bundle.receipted(result)
    for index in sorted({*codes, *expected}):
        given = codes.get(index, [])
        round_ = result.rounds[index - 1] if index in expected else None
        voters = round_.voters if round_ else 0
        if len(given) != voters or len(set(given)) != len(given):
            where = f"{name}, round {index}"
            yield finding("receipts_number", where, found=len(set(given)), voters=voters)
        elif round_ and round_.receipts_sha256 != receipts_sha256(given):
            yield finding("receipts_hash", f"{name}, round {index}")


def votes(result: Result, pages: AllPages, files: Files) -> Iterator[Finding]:
    """Findings when the votes of an open ballot are counted again."""
    name = bundle.VOTES
    data = files.get(name)
    if data is None or not open_ballot(result):
        return
    rows = _rows(data, ",")
    if not rows or tuple(rows[0]) != polis.VOTES:
        yield finding("vote", name, line=1)
        return
    given: dict[int, dict[str, str]] = {}
    for line, row in enumerate(rows[1:], 2):
        ballots = given.setdefault(int(row[2]), {}) if _is_vote(row) else {}
        if not _is_vote(row) or row[3] in ballots:
            yield finding("vote", name, line=line)
            return
        ballots[row[3]] = row[4]
    comments = tuple(polis.comments(result, pages))
    differences = list(_counted(comments, given))
    yield from differences
    if not differences and _canonical(comments, rows) != data:
        yield finding("receipts_order", name, line=1)


def _counted(
    comments: Sequence[polis.Comment], given: dict[int, dict[str, str]]
) -> Iterator[Finding]:
    """Findings: votes on each item against its counts, voters of each round against its turnout.

    ``given``: by comment number, the vote of each voter.
    """
    name = bundle.VOTES
    counted = [comment for comment in comments if comment.votes is not None]
    voters: dict[int, set[str]] = {}
    for comment in counted:
        tally = Counter(given.get(comment.id, {}).values())
        found = (tally["1"], tally["-1"], tally["0"])
        if found != comment.votes:
            item = comment.item.number
            yield finding("votes", name, item=item, found=found, meant=comment.votes)
        voters.setdefault(comment.index, set()).update(given.get(comment.id, {}))
    rounds = {comment.index: comment.round for comment in counted}
    for index, round_ in rounds.items():
        if len(voters[index]) > (round_.voters or 0):
            yield finding("above", name, found=len(voters[index]), most=round_.voters or 0)
    for number in sorted(set(given) - {comment.id for comment in counted}):
        yield finding("votes", name, item=f"comment {number}", found="votes", meant="none")


def _canonical(comments: Sequence[polis.Comment], rows: list[list[str]]) -> bytes:
    """The file as it must be written: a round's items by number, its voters by number."""
    places = {comment.id: comment for comment in comments}
    given = sorted((places[int(r[2])].index, int(r[2]), int(r[3]), int(r[4])) for r in rows[1:])
    written = (
        (*polis.when(places[comment].round), comment, voter, vote)
        for _, comment, voter, vote in given
    )
    return tables.written(polis.VOTES, written, polis=True)


def _is_code(text: str) -> bool:
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def _small(text: str) -> bool:
    """Whether a text is a number as we write it, of at most nine digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 9 and str(int(text)) == text


def _is_vote(row: list[str]) -> bool:
    return (
        len(row) == len(polis.VOTES)
        and _small(row[2])
        and _small(row[3])
        and row[4] in ("1", "-1", "0")
    )


def _rows(data: bytes, delimiter: str) -> list[list[str]]:
    text = data.decode("utf-8-sig", "replace")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [[]]


def _shared(one: bytes, other: bytes) -> int:
    """The length of the longest common beginning of two files, in bytes."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
