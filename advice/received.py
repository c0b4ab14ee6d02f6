"""Receipts and open votes held against the result: what was counted is what was given."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator

from advice import bundle, tables
from advice.model import Result
from advice.register import SHOWN, Register, opinions
from advice.shelf import Files
from advice.verdict import Finding, finding

#: Crockford's alphabet: no I, L, O, U.
CROCKFORD = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
CODE_LENGTH = 12


def receipts(result: Result, files: Files) -> Iterator[Finding]:
    """The codes of every round with at least five ballots: their form, order, number and hash."""
    name = bundle.RECEIPTS
    data = files.get(name)
    if data is None:
        return
    codes: dict[int, list[str]] = {}
    rows = _rows(data, ";")
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
    expected = bundle.receipted(result)
    for index in sorted({*codes, *expected}):
        given = codes.get(index, [])
        round_ = result.rounds[index - 1] if index in expected else None
        voters = round_.voters if round_ else 0
        if len(given) != voters or len(set(given)) != len(given):
            where = f"{name}, round {index}"
            yield finding("receipts_number", where, found=len(set(given)), voters=voters)
        elif round_ and round_.receipts_sha256 != sealed(given):
            yield finding("receipts_hash", f"{name}, round {index}")


def sealed(codes: list[str]) -> str:
    """The hash over sorted codes, each followed by a line end."""
    return hashlib.sha256("".join(code + "\n" for code in codes).encode()).hexdigest()


def votes(result: Result, files: Files) -> Iterator[Finding]:
    """The votes of an open ballot counted again."""
    name = bundle.VOTES
    data = files.get(name)
    if data is None or not Register.of(result).open_ballot:
        return
    rows = _rows(data, ",")
    if not rows or tuple(rows[0]) != tables.POLIS_VOTES:
        yield finding("vote", name, line=1)
        return
    given: dict[int, dict[str, str]] = {}
    for line, row in enumerate(rows[1:], 2):
        ballots = given.setdefault(int(row[2]), {}) if _is_vote(row) else {}
        if not _is_vote(row) or row[3] in ballots:
            yield finding("vote", name, line=line)
            return
        ballots[row[3]] = row[4]
    yield from _counted(result, given)
    if _canonical(result, rows) != data:
        yield finding("receipts_order", name, line=1)


def _counted(result: Result, given: dict[int, dict[str, str]]) -> Iterator[Finding]:
    """The votes of each statement against its counts, the voters of each round against turnout.

    ``given``: by comment number, the vote of each voter.
    """
    name, known = bundle.VOTES, set()
    for _, round_ in tables.voted_rounds(result):
        voters: set[str] = set()
        for item in round_.items:
            if item.state != SHOWN or item.counts is None:
                continue
            number = tables.comment_id(item)
            known.add(number)
            counted = Counter(given.get(number, {}).values())
            found = (counted["1"], counted["-1"], counted["0"])
            if found != opinions(item):
                yield finding("votes", name, item=item.number, found=found, meant=opinions(item))
            voters.update(given.get(number, {}))
        if len(voters) > (round_.voters or 0):
            yield finding("above", name, found=len(voters), most=round_.voters or 0)
    for number in sorted(set(given) - known):
        yield finding("votes", name, item=f"S{number}", found="votes", meant="none")


def _canonical(result: Result, rows: list[list[str]]) -> bytes:
    """The table as it must be written: a round's items by number, its voters by number."""
    places = {
        tables.comment_id(item): index
        for index, round_ in tables.voted_rounds(result)
        for item in round_.items
    }
    given = sorted((places[int(r[2])], int(r[2]), int(r[3]), int(r[4])) for r in rows[1:])
    written = (
        (*tables.when(result.rounds[index - 1]), comment, voter, vote)
        for index, comment, voter, vote in given
    )
    return tables.written(tables.POLIS_VOTES, written, polis=True)


def _is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and set(text) <= CROCKFORD


def _small(text: str) -> bool:
    """A number as we write it, of at most nine digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 9 and str(int(text)) == text


def _is_vote(row: list[str]) -> bool:
    return (
        len(row) == len(tables.POLIS_VOTES)
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
    """How many bytes two files have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
