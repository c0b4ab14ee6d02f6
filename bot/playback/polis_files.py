"""Reads a Polis export, ``comments.csv`` and ``votes.csv``.

Every row is checked before one is used. Whatever would be lost or read wrongly is refused with file
and row; what is left out on purpose is counted and named.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from sys import intern

from bot.town.reading import ordinary
from commands.cleaning import clean

CHOICES = {"1": "agree", "-1": "disagree", "0": "pass"}

#: How moderation is written, by Polis and by what passes a table on: kept, kept, left out.
_MODERATED = {"1": "1", "0": "0", "-1": "-1", "1.0": "1", "0.0": "0", "-1.0": "-1"}
_LEFT_OUT = "-1"

#: Moments below it are seconds: as milliseconds they would lie before April 1973.
_SECONDS = 10**11

_COMMENT_KEYS = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
_VOTE_KEYS = ("timestamp", "comment-id", "voter-id", "vote")


class BadExport(Exception):  # noqa: N818 - says what it is
    """An export that cannot be used: which file, which row, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment or vote (``vote``), at a moment in ms; ``row`` is its row in the file."""

    at: int
    vote: bool
    row: int
    comment: str
    person: str
    value: str


@dataclass(frozen=True, slots=True)
class Export:
    """Every comment that was kept and every vote on one, in the order in which they happened;
    ``left_out`` names the rows that are not taken, a sentence each."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...]
    title: str

    @property
    def votes(self) -> int:
        """How many votes are the last of their voter on a comment."""
        return len({(row.comment, row.person) for row in self.rows if row.vote})


def read(folder: Path, most: int) -> Export:
    """The export in a folder, with comments of at most so many characters. Raises ``BadExport``."""
    comments, moderated = _comments(folder / "comments.csv", most)
    kept = {c.comment: c.at for c in comments if moderated[c.comment] != _LEFT_OUT}
    if not kept:
        raise BadExport(f"{folder} holds no comment that was kept")
    votes = _votes(folder / "votes.csv", moderated)
    # A vote before its comment counts: it comes right after it, in its turn among such votes.
    rows = [(c.at, False, c.at, c) for c in comments if c.comment in kept]
    rows += [(max(v.at, kept[v.comment]), True, v.at, v) for v in votes if v.comment in kept]
    rows.sort(key=lambda found: (*found[:3], found[3].row))
    return Export(
        tuple(row if row.at == at else replace(row, at=at) for at, _, _, row in rows),
        tuple(_left_out(comments, votes, moderated)),
        _title(folder),
    )


def _left_out(comments: list[Row], votes: list[Row], moderated: dict[str, str]) -> Iterator[str]:
    cast = Counter(vote.comment for vote in votes)
    for row in comments:
        if moderated[row.comment] == _LEFT_OUT:
            yield (
                f"comments.csv, row {row.row}: comment {row.comment} was moderated out (-1); it is "
                f"left out, with its {cast[row.comment]} rows of votes.csv"
            )


def _comments(file: Path, most: int) -> tuple[list[Row], dict[str, str]]:
    """Every comment, and by its id how it was moderated."""
    found: list[Row] = []
    moderated: dict[str, str] = {}
    for number, line in _lines(file, _COMMENT_KEYS):
        where, name = f"{file.name}, row {number}", intern(line["comment-id"])
        if name in moderated:
            raise BadExport(f"{where}: the comment {name} stands there twice")
        given = line["moderated"].strip()
        if given not in _MODERATED:
            raise BadExport(f"{where}: moderated is 1, 0 or -1, not {given!r}")
        moderated[name] = _MODERATED[given]
        words = line["comment-body"]
        if moderated[name] != _LEFT_OUT:
            _check_words(words, most, where)
        at = _moment(line, where)
        found.append(Row(at, False, number, name, intern(line["author-id"]), words))
    return _in_milliseconds(found, file), moderated


def _check_words(words: str, most: int, where: str) -> None:
    cleaned = clean(words)
    if not isinstance(cleaned, str) or len(cleaned) > most:
        raise BadExport(f"{where}: the comment is longer than {most} characters")
    if not cleaned.strip():
        raise BadExport(f"{where}: the comment is empty")


def _votes(file: Path, moderated: dict[str, str]) -> list[Row]:
    found: list[Row] = []
    for number, line in _lines(file, _VOTE_KEYS):
        where, vote = f"{file.name}, row {number}", intern(line["vote"].strip())
        if vote not in CHOICES:
            raise BadExport(f"{where}: a vote is 1, 0 or -1, not {vote!r}")
        if line["comment-id"] not in moderated:
            raise BadExport(f"{where}: there is no such comment in comments.csv")
        at = _moment(line, where)
        comment, voter = intern(line["comment-id"]), intern(line["voter-id"])
        found.append(Row(at, True, number, comment, voter, vote))
    return _in_milliseconds(found, file)


def _moment(line: dict[str, str], where: str) -> int:
    try:
        at = int(line["timestamp"])
        datetime.fromtimestamp(at / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadExport(f"{where}: the timestamp is no number of ms or seconds") from error
    if at <= 0:
        raise BadExport(f"{where}: the timestamp is no moment")
    return at


def _in_milliseconds(rows: list[Row], file: Path) -> list[Row]:
    """The rows of a file with their moments in milliseconds, also where it gives seconds."""
    short = [row for row in rows if row.at < _SECONDS]
    if short and len(short) < len(rows):
        where = f"{file.name}, row {short[0].row}"
        raise BadExport(f"{where}: the timestamp is in seconds, while others are in milliseconds")
    return [replace(row, at=row.at * 1000) for row in rows] if short else rows


def _lines(file: Path, keys_needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their numbers, the header being row 1."""
    number = 1
    try:
        ordinary(file)
        with file.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle, strict=True)
            absent = [key for key in keys_needed if key not in (reader.fieldnames or ())]
            if absent:
                raise BadExport(f"{file.name} has no column {absent[0]!r}; is it a Polis export?")
            for line in reader:
                number += 1
                if None in line:
                    raise BadExport(
                        f"{file.name}, row {number}: more cells than the header has; words with a "
                        "comma stand between quotation marks"
                    )
                if any(line[key] is None for key in keys_needed):
                    raise BadExport(f"{file.name}, row {number}: a cell is missing")
                yield number, line
    except OSError as error:
        raise BadExport(f"{file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadExport(f"{file} is no UTF-8 text") from error
    except csv.Error as error:
        raise BadExport(f"{file.name}, row {number + 1}: this is no table ({error})") from error


def _title(folder: Path) -> str:
    """The topic in summary.csv where there is one, else the folder's name."""
    try:
        ordinary(folder / "summary.csv")
        with (folder / "summary.csv").open(newline="", encoding="utf-8-sig") as handle:
            for row in csv.reader(handle):
                if len(row) > 1 and row[0] == "topic" and row[1].strip():
                    return row[1].strip()[:120]
    except (OSError, UnicodeDecodeError, csv.Error):
        pass
    return folder.resolve().name
