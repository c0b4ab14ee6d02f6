"""The evening's clock: everybody acts in their turn, and each line is written with its time.

Residents answer by the places of what the bot offers them, so a small model of the offers (fewest
votes first, five at a time) goes along. A test holds the model to the bot.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from bot.playback.demo.story import MODERATOR, OFFICIAL, ROOM

#: When the dialogue starts.
BEGIN = datetime(2026, 12, 1, 19, 30, tzinfo=timezone(timedelta(hours=1)))

_OFFER = 5
_ROLES = {MODERATOR: "moderator", OFFICIAL: "official"}

#: What a person does: a generator that yields the seconds until their next action.
Doing = Iterator[float]


@dataclass(slots=True)
class Offers:
    """A model of the bot's offers: the statements with the fewest votes first, then by number."""

    votes: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    done: dict[str, set[str]] = field(default_factory=dict)

    def offer(self, who: str) -> list[str]:
        done = self.done.setdefault(who, set())
        fresh = [n for n in self.votes if n not in done and n not in self.hidden]
        return sorted(fresh, key=lambda n: (self.votes[n], int(n[1:])))[:_OFFER]

    def vote(self, who: str, number: str) -> None:
        done = self.done.setdefault(who, set())
        self.votes[number] += number not in done
        done.add(number)


class Stage:
    """Builds the lines in order of time; ``now`` is in seconds after the beginning.

    ``seen`` are the ids of the lines that the demo shows.
    """

    def __init__(self) -> None:
        self.lines: list[dict[str, object]] = []
        self.seen: set[str] = set()
        self.offers = Offers()
        self.now = 0.0
        self._greeted: set[str] = set()

    def play(self, everybody: Iterable[tuple[float, Doing]]) -> None:
        """Run everybody's actions in order of time; each comes with the second it starts at."""
        people: list[tuple[float, int, Doing]] = []
        for number, (start, doing) in enumerate(everybody):
            heapq.heappush(people, (start, number, doing))
        while people:
            self.now, number, doing = heapq.heappop(people)
            wait = next(doing, None)
            if wait is not None:
                heapq.heappush(people, (self.now + wait, number, doing))

    def say(self, who: str, text: str, where: str = "", show: bool = False) -> None:
        """Write a line that somebody types, in their own conversation or in a room."""
        id = f"m{len(self.lines) + 1}"  # noqa: A001 - the transcript's word
        line: dict[str, object] = {"id": id, "at": self._clock(), "user": who}
        if who in _ROLES and who not in self._greeted:
            line["roles"] = [_ROLES[who]]
        self._greeted.add(who)
        if where:
            line["in"] = where
        line["text"] = text
        self.lines.append(line)
        if show or where == ROOM:
            self.seen.add(id)

    def pass_time(self) -> None:
        """Write a line with nothing but a time, so that the clock goes on while nobody types."""
        self.lines.append({"at": self._clock()})

    def _clock(self) -> str:
        return (BEGIN + timedelta(seconds=int(self.now))).isoformat()
