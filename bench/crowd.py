"""A transcript of a whole town: two thousand residents, a round of statements and then a poll.

The same numbers give the same lines. ``python -m bench.crowd FILE`` writes it, for who wants to
play or profile it by hand.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

LINES = 100_000
PEOPLE = 2_000
STATEMENTS = 40

_BEGIN = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)

#: The time between two lines of residents; a hundred thousand lines take over half a day.
_STEP = timedelta(milliseconds=500)

#: Of a hundred lines: how many are votes in the poll, and how many are plain talk in the room.
_POLL, _TALK = 10, 8

_AGREED = (
    'niveau=meedenken beslisser="de gemeenteraad" antwoord=2027-02-01 vast="het budget"'
    ' open="de inrichting" fase=voorbereiding'
)
_CHOICES = ("eens", "eens", "oneens", "weet ik niet")
_WHAT = ("bomen", "banken", "lampen", "fietsenrekken", "speeltoestellen", "oversteekplaatsen",
         "bloembakken", "drempels", "afvalbakken", "waterpunten")  # fmt: skip
_WHERE = ("bij de school", "langs de gracht", "op het plein", "achter het station")
_TALKED = ("Goedemorgen allemaal.", "Ik woon hier al twintig jaar.", "Dat vond mijn buurvrouw ook.")


def transcript(lines: int = LINES, people: int = PEOPLE, seed: int = 1) -> Iterator[bytes]:
    """The lines, each as a transcript has them (docs/transcripts.md)."""
    draw = random.Random(seed)
    told = lines - STATEMENTS - 6
    poll = told * _POLL // 100
    end = _BEGIN + _STEP * (lines + 600)
    at = _Hand()
    yield at.staff(f"gesprek nieuw stellingenronde Groen en grijs {_AGREED} in=zomerstraat")
    yield at.staff(f'gesprek start tot="{_hour(_BEGIN + _STEP * (told - poll + 300))}"')
    for number in range(STATEMENTS):
        words = f"stelling Er moeten meer {_WHAT[number % 10]} komen {_WHERE[number // 10]}."
        yield at.line(f"p{number}", words)
    for _ in range(told - poll):
        who = f"p{draw.randrange(people)}"
        if draw.randrange(100) < _TALK:
            yield at.line(who, draw.choice(_TALKED), room="zomerstraat")
        else:
            item = draw.randint(1, STATEMENTS)
            yield at.line(who, f"stem S{item} {draw.choice(_CHOICES)}")
    at.pause(timedelta(minutes=5))
    yield at.staff(f"gesprek nieuw peiling Waar beginnen we {_AGREED} in=lindeplein")
    yield at.staff('peiling soort=een vraag="Waar beginnen we?" opties="noord; oost; zuid; west"')
    yield at.staff(f'gesprek start tot="{_hour(end)}"')
    for _ in range(poll):
        yield at.line(f"p{draw.randrange(people)}", f"stem P1 {draw.randint(1, 4)}")
    at.pause(timedelta(minutes=20))
    yield at.moment()


def _hour(at: datetime) -> str:
    """An hour as people type it, in the winter in which the transcript takes place."""
    return (at + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")


class _Hand:
    """Writes the lines, each a step later than the one before."""

    def __init__(self) -> None:
        self._at = _BEGIN
        self._count = 0

    def pause(self, long: timedelta) -> None:
        self._at += long

    def staff(self, text: str) -> bytes:
        return self.line("vera", text, room="staf", roles=["moderator"])

    def line(self, user: str, text: str, room: str = "", roles: list[str] | None = None) -> bytes:
        self._at += _STEP
        self._count += 1
        line: dict[str, object] = {"id": f"m{self._count}", "at": self._iso(), "user": user}
        if roles is not None:
            line["roles"] = roles
        if room:
            line["in"] = room
        return json.dumps({**line, "text": text}).encode()

    def moment(self) -> bytes:
        return json.dumps({"at": self._iso()}).encode()

    def _iso(self) -> str:
        return self._at.isoformat(timespec="milliseconds")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(b"\n".join(transcript()) + b"\n")
