"""An evening of a neighbourhood on a real Synapse: a moderator, residents, three rounds.

The server's limits hold for everybody, until ``lift`` does for the bot what a server's keeper can
do. On a server with quicker ones (``quick.py``) the bot and everybody else are ``times`` as quick.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.playback.demo.story import RESIDENTS, SAYINGS
from tests.matrix.dialogue.stage import Plain, Street
from tests.matrix.evening.neighbours import Neighbour
from tests.matrix.events import Event
from tests.matrix.feed import NotSeenError
from tests.matrix.patience import deadline
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

DIALOGUE = "de-zomerstraat"
POLL = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'

#: How many residents open their conversation in the first minute.
PEOPLE = len(RESIDENTS)

#: Long enough for a whole round at Synapse's own pace, in seconds.
LONG = 900.0


class Evening(Street):
    """An evening on which ``statements`` residents give one each."""

    def __init__(
        self, server: Synapse, folder: Path, tag: str, statements: int, times: float = 1.0
    ) -> None:
        super().__init__(server, folder, tag, people=0)
        self.times = times
        self.neighbours = [
            Neighbour(name, server.register(f"{name}-{tag}"), self.bot, self.room, times)
            for name in RESIDENTS
        ]
        for number, neighbour in enumerate(self.neighbours):
            neighbour.reads_polls = number % 2 == 0
            if number < statements:
                neighbour.statement = SAYINGS[number].text
        self.asked_at = self.lifted_at = 0
        assert isinstance(self.moderator, Plain)
        self.watch = self.moderator.feed

    # -- the course of the evening --------------------------------------------------------------

    def open(self) -> None:
        """From ``gesprek nieuw`` to the first card, with everybody in the room."""
        for neighbour in self.neighbours:
            neighbour.resident.join(self.room)
        self.command(
            f"gesprek nieuw gesprek De Zomerstraat {CHARTER} minimum=5 in=zomerstraat",
            part("prepared", "not missing"),
        )
        self.command(POLL, "P1")
        self.command("gesprek start", "Ronde 1 van 3", self.room)

    def come(self, within: float = 60.0) -> None:
        """Residents follow the card's link; those who give a statement first."""
        for number, neighbour in enumerate(self.neighbours):
            neighbour.begin(number * within / self.times / len(self.neighbours))

    def until(self, true: Callable[[], bool], what: str, seconds: float = LONG) -> None:
        end = deadline(seconds)
        while not true():
            for neighbour in self.neighbours:
                if neighbour.fault is not None:
                    raise AssertionError(neighbour.name) from neighbour.fault
            if time.monotonic() > end:
                raise NotSeenError(f"{what}: not in {seconds} s; {self.standing()}")
            self.moderator.pull()

    def everybody(self, true: Callable[[Neighbour], bool], what: str) -> None:
        self.until(lambda: all(true(neighbour) for neighbour in self.neighbours), what)

    def standing(self) -> str:
        """How far everybody is, for a message of a test that fails."""
        return "; ".join(
            f"{n.name}: {len(n.typed)} typed, {len(n.heard)} heard, done {sorted(n.done)}"
            for n in self.neighbours
        )

    def round_done(self, number: int) -> None:
        """Wait until everybody read the receipt of their last vote in a round."""
        self.everybody(lambda n: number in n.done, f"round {number}")

    def next(self, part: str) -> None:
        self._say(self.moderator, self.staff, "volgende")
        self.wait("vera", self.room, part, LONG)

    def finish(self) -> None:
        """From the end of round 1 to the document."""
        self.next("Ronde 2 van 3")
        self.round_done(2)
        self.next("Ronde 3 van 3")
        self.next(part("vote_opened"))
        self.round_done(3)
        self._say(self.moderator, self.staff, "sluit ja")
        self.wait("vera", self.room, "Ronde 3 is klaar", LONG)
        self._say(self.moderator, self.staff, "advies")
        self.wait("vera", self.room, "Controlegetal van het document", LONG)
        for neighbour in self.neighbours:
            neighbour.leave()
        for neighbour in self.neighbours:
            neighbour.end()

    def lift(self) -> int:
        """Lift the bot's rate limit, as a server's keeper can; returns when (ms)."""
        self.server.override_ratelimit(self.bot)
        return int(time.time() * 1000)

    def moderator_asks(self, word: str) -> int:
        """Say a word in the staff room; returns when (ms)."""
        said = self._say(self.moderator, self.staff, word)
        return self.vera.event(self.staff, said).at

    def answers_to_staff(self) -> list[Event]:
        """What the bot said in the staff room since the moderator asked."""
        return [
            one
            for one in self.watch.seen
            if one.room == self.staff and one.sender == self.bot and one.at > self.asked_at
        ]

    # -- what came of it ------------------------------------------------------------------------

    def recount(self) -> dict[str, dict[str, int]]:
        """Each resident's newest vote on each item, counted by hand from what they sent."""
        ballots: dict[str, dict[str, str]] = {}
        for neighbour in self.neighbours:
            for typed in neighbour.typed:
                for item, choice in typed.votes.items():
                    ballots.setdefault(item, {})[neighbour.name] = choice
        return {item: dict(Counter(votes.values())) for item, votes in ballots.items()}

    def counted(self) -> dict[str, dict[str, int]]:
        """The same from the document, in the words that residents use."""
        found: dict[str, dict[str, int]] = {}
        for one in self.outcome(DIALOGUE)["rounds"]:
            for item in one["items"]:
                assert not item["suppressed"], item
                found[item["number"]] = _in_words(item["counts"])
        return found

    def of_the_bot(self, room: str) -> list[Event]:
        """The bot's messages in a room, without edits."""
        return [
            one
            for one in self.vera.history(room)
            if one.sender == self.bot and one.kind == "m.room.message" and not one.edits
        ]

    def everything(self) -> list[Event]:
        """Every event that anybody saw, in all rooms, in the order of the server's time."""
        seen = {one.id: one for one in self.watch.seen}
        for neighbour in self.neighbours:
            assert neighbour.watch is not None
            seen |= {one.id: one for one in neighbour.watch.in_room(neighbour.direct)}
        return sorted(seen.values(), key=lambda one: one.at)

    def receipts(self) -> list[float]:
        """The seconds until the bot's receipt, of everything anybody said to it."""
        found: list[float] = []
        for neighbour in self.neighbours:
            assert neighbour.watch is not None
            for one, wait in neighbour.watch.waits(neighbour.direct):
                assert wait is not None, f"{neighbour.name}: no receipt for {one.text!r}"
                found.append(wait)
        return found


_WORDS = {"agree": "eens", "disagree": "oneens", "pass": "?", "yes": "ja", "no": "nee"}
_WORDS |= {"plein": "1", "park": "2", "hoek": "3"}


def _in_words(counts: dict[str, Any]) -> dict[str, int]:
    return {_WORDS[key]: number for key, number in counts.items() if number}
