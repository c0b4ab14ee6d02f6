"""The evening's clock: everybody acts in their turn, and each line is written with its time.

Residents answer by the places of what the bot offers them, so the lines are played as they are
made: the same lines give the same offers when the demo plays them again.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from bot.playback.demo.story import MODERATOR, OFFICIAL, ROOM
from bot.playback.replay import Player
from bot.playback.transcript import read
from bot.runtime.session import Session
from bot.town.town import milliseconds

#: When the dialogue starts.
BEGIN = datetime(2026, 12, 1, 19, 30, tzinfo=timezone(timedelta(hours=1)))

_ROLES = {MODERATOR: "moderator", OFFICIAL: "official"}

#: What a person does: a generator that yields the seconds until their next action.
Doing = Iterator[float]


@dataclass(slots=True)
class Offers:
    """What the bot offers, which hears the lines as they are made; ``done`` is what each person
    voted on, ``statements`` how many were given."""

    session: Session
    player: Player
    statements: int = 0
    done: dict[str, set[str]] = field(default_factory=dict)

    def hear(self, line: dict[str, object]) -> None:
        for read_line in read([json.dumps(line, ensure_ascii=False).encode()]):
            self.player.play(read_line)

    def offer(self, who: str) -> list[str]:
        """What this person was offered last and has not voted on."""
        done, place = self.done.setdefault(who, set()), f"console/personal/{who}"
        now = milliseconds(self.session.clock())
        offered = self.session.store.offers.offered(place, "offer", now)
        return [n for n in offered.items if n not in done] if offered is not None else []

    def vote(self, who: str, number: str) -> None:
        self.done.setdefault(who, set()).add(number)


class Stage:
    """Builds the lines in order of time; ``now`` is in seconds after the beginning.

    ``seen`` are the ids of the lines that the demo shows.
    """

    def __init__(self, offers: Offers) -> None:
        self.lines: list[dict[str, object]] = []
        self.seen: set[str] = set()
        self.offers = offers
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
        self.offers.hear(line)
        if show or where == ROOM:
            self.seen.add(id)

    def pass_time(self) -> None:
        """Write a line with nothing but a time, so that the clock goes on while nobody types."""
        self.lines.append({"at": self._clock()})
        self.offers.hear(self.lines[-1])

    def _clock(self) -> str:
        return (BEGIN + timedelta(seconds=int(self.now))).isoformat()
