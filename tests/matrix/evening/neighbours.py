"""A simulated resident for an evening: opens a personal conversation, reads, and answers.

Each is a plain HTTP client in a thread of its own, and types no faster than people do: the
server's limits hold for residents too. What was said is kept, with what it answered.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.matrix.client import Resident
from tests.matrix.evening.watching import Watch
from tests.sentences import part

#: A line of an offer: its place, and the number of what it holds.
_OFFERED = re.compile(r"^(\d+)\. .*\(([SA]\d+)\)$", re.MULTILINE)

#: Somebody who reads no word of the bot for so long asks once more (seconds).
PATIENCE = 30.0

#: So long (seconds) a client waits for news at a time; what there is comes at once.
LISTENS = 4.0


@dataclass(frozen=True, slots=True)
class Typed:
    """One message to the bot; ``votes`` is what it means by itself: item to choice."""

    id: str
    text: str
    votes: dict[str, str] = field(default_factory=dict)


class Neighbour:
    """``opinion`` depends on name and item alone, so that a recount needs no server. ``times``: how
    many times as quick as people are."""

    def __init__(
        self, name: str, resident: Resident, bot: str, room: str, times: float = 1.0
    ) -> None:
        self.times = times
        self.name, self.resident, self.bot, self.room = name, resident, bot, room
        self.direct = ""
        self.statement = ""
        self.reads_polls = False
        self.typed: list[Typed] = []
        self.heard: list[str] = []
        self.done: set[int] = set()
        self.fault: BaseException | None = None
        self._chance = random.Random(name)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._guarded, daemon=True)
        self._voted_in: set[int] = set()
        self._asked_again = False
        self._start = 0.0
        self.watch: Watch | None = None

    def opinion(self, item: str) -> str:
        lot = random.Random(f"{self.name} {item}").random()
        if item.startswith("P"):
            return "1" if lot < 0.5 else "2" if lot < 0.8 else "3"
        if item.startswith("A"):
            return "ja" if lot < 0.8 else "nee"
        return "eens" if lot < 0.65 else "oneens" if lot < 0.9 else "?"

    # -- life ---------------------------------------------------------------------------------

    def begin(self, after: float) -> None:
        self._start = after
        self._thread.start()

    def leave(self) -> None:
        self._stop.set()

    def end(self) -> None:
        self.leave()
        self._thread.join(60)

    def say(self, text: str, votes: dict[str, str] | None = None) -> None:
        self._stop.wait(self._chance.uniform(1.0, 3.0) / self.times)
        typed = Typed(self.resident.say(self.direct, text), text, votes or {})
        self.typed.append(typed)

    def _guarded(self) -> None:
        try:
            self._live()
        except BaseException as fault:  # noqa: BLE001 - told to whoever waits for this person
            self.fault = fault

    def _live(self) -> None:
        self.watch = Watch(self.resident, self.bot)
        self._stop.wait(self._start)
        self.direct = self.resident.direct(self.bot)
        self.say("meedoen")
        if self.statement:
            self.say(f"stelling {self.statement}")
        began, place = time.monotonic(), len(self.watch.seen)
        while not self._stop.is_set():
            self.watch.pull(LISTENS)
            new, place = self.watch.seen[place:], len(self.watch.seen)
            for one in new:
                if one.sender == self.bot and one.kind == "m.room.message":
                    if one.room == self.direct:
                        self.heard.append(one.text)
                        self._hear(one.text)
                    elif one.room == self.room:
                        self._see(one.text)
            waited = (time.monotonic() - began) * self.times
            if not self.heard and not self._asked_again and waited > PATIENCE:
                self._asked_again = True
                self.say("meedoen")

    # -- reading and answering ----------------------------------------------------------------

    def _hear(self, text: str) -> None:
        """Handle a message in the personal conversation; the newest list in it is the one to
        answer."""
        if part("votes_noted", "given") in text:
            self.done |= {int(number) for number in _rounds(text)} - {1}
        if part("offer_done") in text:
            self.done.add(1)
        offered = _last_list(_OFFERED.findall(text))
        if offered:
            self._answer(offered)
        elif part("offer_poll", "poll") in text and "(P1)" in text:
            self.say(self.opinion("P1"), {"P1": self.opinion("P1")})
        elif part("ask_why") in text:  # the next list comes after the answer
            self.say("nee")
        elif "Typ: ja." in text:
            self.say("ja")
        elif part("offer_none") in text:
            self._stop.wait(10 / self.times)
            self.say("meedoen")

    def _answer(self, offered: list[tuple[str, str]]) -> None:
        votes = {item: self.opinion(item) for _, item in offered}
        words = [f"{place} {votes[item]}" for place, item in offered]
        self.say(" ".join(words), votes)

    def _see(self, text: str) -> None:
        """A message in the room: a next round, or the vote on what goes to the council."""
        if "Ronde 2 van 3" in text and "(open" not in text and 2 not in self._voted_in:
            self._voted_in.add(2)
            if self.reads_polls:
                self.say("meedoen")
            else:
                self.say(f"stem P1 {self.opinion('P1')}", {"P1": self.opinion("P1")})
        elif part("vote_opened") in text and 3 not in self._voted_in:
            self._voted_in.add(3)
            self.say("meedoen")


def _last_list(offered: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last list of a message: places begin at 1 again in each."""
    found: list[tuple[str, str]] = []
    for place, item in offered:
        if place == "1":
            found = []
        found.append((place, item))
    return found


def _rounds(text: str) -> set[str]:
    """The rounds that a receipt is about, by the items voted on."""
    kinds = re.findall(r"Uw stem is binnen\.[^\n]*\n- ([SPA])", text)
    return {{"S": "1", "P": "2", "A": "3"}[kind] for kind in kinds}
