"""A neighbourhood that talks in twenty rooms while the bot is down.

It says a thousand messages, ten thousand in a long run.

The bot keeps the server's limits. Those of the people who write are lifted, else saying so much
would take them an hour.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bot.playback.demo.story import RESIDENTS, SAYINGS
from tests.generated import LONG
from tests.matrix.dialogue.stage import Plain, Street
from tests.matrix.evening.watching import Watch
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

DIALOGUE = "ons-gesprek"

#: With their conversations, the room and the staff room there are twenty rooms. In a long run more
#: people write, so that nobody writes more at once than the bot takes of one (docs/matrix.md).
PEOPLE = [f"bewoner-{number}" for number in range(1, 61)] if LONG else list(RESIDENTS)[:18]

#: How many thousand messages.
THOUSANDS = 10 if LONG else 1
MESSAGES = 1000 * THOUSANDS

#: In the room and in one conversation, more messages than one response of the server holds.
CHATTER, TALKER = 380 * THOUSANDS, 220

#: Messages in a personal conversation that change no vote.
_OTHER = ("status", "hulp", "mijn", "meedoen", "dat is een goede vraag")
_MESSAGE = "m.room.message"
_CHOICES = ("eens", "oneens", "weet ik niet")


class Absence(Street):
    def __init__(self, server: Synapse, folder: Path, tag: str) -> None:
        super().__init__(server, folder, tag, people=0)
        self.people = {name: server.register(f"{name}-{tag}") for name in PEOPLE}
        for person in (*self.people.values(), self.vera):
            server.override_ratelimit(person.user)
        self.votes: dict[str, dict[str, list[str]]] = {name: {} for name in PEOPLE}
        self.watches: dict[str, Watch] = {}

    def open(self) -> None:
        """Open a round of five statements; the bot knows everybody it has a conversation with."""
        self.command(
            f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat",
            part("prepared", "not missing"),
        )
        self.command("gesprek start", "Ronde 1 van 1", self.room)
        self.server.override_ratelimit(self.bot)  # only until the bot is gone
        for person in self.people.values():
            person.join(self.room)
        for number, (name, person) in enumerate(self.people.items()):
            self.directs[name] = person.direct(self.bot)
            self._arrives(person, self.directs[name])
            self.watches[name] = watch = Watch(person, self.bot)
            if number < 5:
                person.say(self.directs[name], f"stelling {SAYINGS[number].text}")
                watch.wait_text(f"{part('statement_noted')} S{number + 1}", room=self.directs[name])
            else:
                person.say(self.directs[name], "hulp")
                watch.wait_text(part("help"), room=self.directs[name])

    def say_all(self) -> int:
        """Everybody talks at the same time; returns the number of messages."""
        with ThreadPoolExecutor(8) as pool:
            said = [pool.submit(self._talk, name) for name in PEOPLE]
            said.append(pool.submit(self._chat))
            return sum(one.result() for one in said)

    def _talk(self, name: str) -> int:
        person, direct = self.people[name], self.directs[name]
        many = TALKER if name == PEOPLE[0] else (MESSAGES - CHATTER - TALKER) // (len(PEOPLE) - 1)
        for text, item, choice in _words(name, many):
            person.say(direct, text)
            if item:
                self.votes[name].setdefault(item, []).append(choice)
        return many

    def _chat(self) -> int:
        """Plain talk in the room, and two words of the moderator there."""
        names = list(self.people.values())
        rest = MESSAGES - CHATTER - TALKER
        spare = rest - (rest // (len(PEOPLE) - 1)) * (len(PEOPLE) - 1)
        for number in range(CHATTER + spare - 2):
            names[number % len(names)].say(self.room, f"Ik vind het plein mooi, zei {number}.")
        self.vera.say(self.staff, "status")
        self.vera.say(self.staff, "werk")
        return CHATTER + spare

    def mark(self) -> None:
        """Everybody reads what is there; what is said from now on waits for the bot."""
        for name, watch in self.watches.items():
            watch.pull()
            assert watch.in_room(self.directs[name])
        self.moderator.pull()

    def all_read(self, seconds: float = 240 * THOUSANDS) -> None:
        """Wait until the bot's receipt is on the last message of every conversation and both
        rooms."""
        for name, watch in self.watches.items():
            direct = self.directs[name]
            watch.pull()
            watch.wait_until(lambda w=watch, d=direct: not w.unread(d), seconds=seconds)
        assert isinstance(self.moderator, Plain)
        feed = self.moderator.feed
        for room in (self.room, self.staff):
            last = [one for one in self.vera.history(room) if one.sender != self.bot][-1].id
            feed.wait_until(lambda r=room, e=last: feed.has_read(r, self.bot, e), seconds=seconds)

    def everybody_heard(self, seconds: float = 240 * THOUSANDS) -> None:
        """Wait for the answer with the receipt of everybody's ballot."""
        for name, watch in self.watches.items():
            direct = self.directs[name]
            last = max(e.at for e in watch.in_room(direct) if e.sender != self.bot and e.text)
            watch.wait(
                lambda e, d=direct, t=last: (
                    e.room == d and e.sender == self.bot and e.at >= t and e.kind == _MESSAGE
                ),
                seconds=seconds,
                what=f"the answer to {name}",
            )

    # -- what came of it ------------------------------------------------------------------------

    def recount(self) -> dict[str, dict[str, int]]:
        """Each person's newest vote on each item, counted by hand."""
        found: dict[str, Counter[str]] = {}
        for votes in self.votes.values():
            for item, choices in votes.items():
                found.setdefault(item, Counter())[choices[-1]] += 1
        return {item: dict(counts) for item, counts in found.items()}

    def typed(self) -> int:
        """How many votes were typed. Each is kept once, also one that says the same again: an
        older one may still be on its way, and then its time matters."""
        return sum(len(choices) for votes in self.votes.values() for choices in votes.values())

    def counted(self) -> dict[str, dict[str, int]]:
        (one,) = self.outcome(DIALOGUE)["rounds"]
        words = {"agree": "eens", "disagree": "oneens", "pass": "weet ik niet"}
        return {
            item["number"]: {words[key]: n for key, n in item["counts"].items() if n}
            for item in one["items"]
        }

    def set_position(self, position: str) -> None:
        """Set the position from which the stopped bot will read on."""
        with closing(sqlite3.connect(self.folder / "stadsgesprek.db")) as database, database:
            database.execute("UPDATE cursors SET cursor = ?", (position,))

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the stopped bot's database."""
        with closing(sqlite3.connect(self.folder / "stadsgesprek.db")) as database:
            return database.execute(query).fetchall()


def _words(name: str, many: int) -> Iterator[tuple[str, str, str]]:
    """Seven of ten are votes, changed over and over; the last of everybody's are five votes."""
    chance = random.Random(name)
    for number in range(many):
        last = many - number <= 5
        if last or chance.random() < 0.7:
            item = f"S{many - number}" if last else f"S{chance.randint(1, 5)}"
            choice = chance.choice(_CHOICES)
            yield f"stem {item} {choice}", item, choice
        else:
            yield chance.choice(_OTHER), "", ""
