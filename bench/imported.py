"""Measures ``stadsgesprek import-polis`` on a made-up export, from files to documents."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

from bench.child import command
from bench.figures import Figure, Goal

COMMENTS = VOTES = 50_000
PEOPLE = 2_000

#: At most so many seconds, where an fsync takes under 0.3 ms, and so much memory in MB.
_GOAL, _MEMORY = 60.0, 250.0

_BEGIN = 1_700_000_000_000
_WORDS = ("bomen", "banken", "lampen", "fietsen", "school", "gracht", "plein", "buurt", "route")


def measure(folder: Path) -> list[Figure]:
    """The whole command, in a process of its own."""
    export, out = folder / "polis", folder / "imported"
    made(export)
    spent = command("import-polis", str(export), "--out", str(out))
    shutil.rmtree(out)
    return [
        Figure(f"import of {COMMENTS:,} comments and {VOTES:,} votes", spent.seconds, "s",
               goal=Goal(_GOAL)),
        Figure("  of which the processor", spent.cpu, "s"),
        Figure("  its memory", spent.memory, "MB", goal=Goal(_MEMORY)),
    ]  # fmt: skip


def made(folder: Path, rows: int = COMMENTS) -> None:
    """Write an export: a comment and a vote in turns, half a second apart; the same every time."""
    draw, at = random.Random(1), _BEGIN
    folder.mkdir(parents=True)
    with (
        (folder / "comments.csv").open("w", newline="") as comments,
        (folder / "votes.csv").open("w", newline="") as votes,
    ):
        given, cast = csv.writer(comments), csv.writer(votes)
        given.writerow(["timestamp", "comment-id", "author-id", "moderated", "comment-body"])
        cast.writerow(["timestamp", "comment-id", "voter-id", "vote"])
        for number in range(rows):
            one, two, three = (draw.choice(_WORDS) for _ in range(3))
            words = f"Stelling {number}: meer {one} en {two} bij het {three}."
            given.writerow([at, number, number % PEOPLE, 1, words])
            vote = draw.choice((1, -1, 0))
            cast.writerow([at + 500, draw.randint(0, number), draw.randrange(PEOPLE), vote])
            at += 1000
