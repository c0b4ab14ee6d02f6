"""A neighbourhood on a real Synapse with two bots, ours and a minimal one, and an open ballot.

The limits are lifted for the residents who send (25 events a second are not what Synapse lets
twenty accounts say), and for our bot, as its keeper is asked to do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.marks import Measured
from bench.senders import Event
from bot.playback.demo.story import HIDDEN, SAYINGS
from rounds import registry
from storage.reader import Reader
from tests.matrix.client import Resident
from tests.matrix.feed import Feed
from tests.matrix.synapse import PASSWORD, Synapse

PEOPLE = 20

#: Statements voted on while the bots run, and statements for the absence, without votes before.
_LOUD, _QUIET = 8, 8

_DIALOGUE = "ons-gesprek"
_ANSWER = datetime.now(UTC).date() + timedelta(days=60)
_CHARTER = (
    f'niveau=meedenken beslisser="de gemeenteraad" antwoord={_ANSWER} vast="de bus blijft"'
    ' open="bomen" fase=voorbereiding stemming=open in=zomerstraat'
)
_TONES = ("", *map(chr, range(0x1F3FB, 0x1F400)))
_KEYS = tuple(thumb + tone for tone in _TONES for thumb in ("👍", "👎"))
_TALK = (
    "Goedenavond buren, wie is er ook bij?",
    "De tekening van de gemeente hangt in de bieb.",
    "Handig, ik doe het straks op de bus naar huis, dan heb ik even tijd.",
    "Ik had geen idee dat er zoveel over parkeren is.",
)


class Quarter:
    """The rooms, people and conversations. ``open`` starts the bot and opens the round."""

    def __init__(self, server: Synapse, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.bot, self.bare, self.vera = (server.register(n) for n in ("bot", "kaal", "vera"))
        self.people = [server.register(f"bewoner{n}") for n in range(1, PEOPLE + 1)]
        for person in (self.bot, self.bare, self.vera, *self.people):
            server.override_ratelimit(person.user)
        self.room = self.vera.create_room(
            "Zomerstraat", preset="public_chat", invite=(self.bot.user, self.bare.user)
        )
        self.vera.set_power(self.room, self.bot.user, 50)
        self.staff = self.vera.create_room("Staf", invite=(self.bot.user,))
        for person in (self.bare, *self.people):
            person.join(self.room)
        self.shown: list[str] = []
        self._directs: dict[tuple[str, str], str] = {}
        self._reactions = self._load_reactions()
        self._numbers = itertools.count(1)
        self.config = self._config()

    def _config(self) -> Path:
        path = self.folder / "config.toml"
        (self.folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        path.write_text(
            f"""
[town]
name = "Haarlem"
[matrix]
homeserver = "{self.server.url}"
user = "{self.bot.user}"
password_file = "password"
trusted = ["{self.vera.user}"]
[[rooms]]
name = "zomerstraat"
matrix = "{self.room}"
staff = "staf"
[[staff_rooms]]
name = "staf"
matrix = "{self.staff}"
[roles.matrix]
moderator = ["{self.vera.user}"]
""",
            encoding="utf-8",
        )
        return path

    # -- the two bots -------------------------------------------------------------------------

    def ours(self) -> Measured:
        """``stadsgesprek run``, ready."""
        return Measured("bench.measured_bot", [str(self.config)], self.folder / "ours.log")

    def bare_one(self, limit: int = 100) -> Measured:
        """The bare bot, after its first sync."""
        store = str(self.folder / "bare")
        who = (self.bare.user, self.bare.device, self.bare.token)
        arguments = [self.server.url, *who, store, str(limit)]
        return Measured("bench.bare_bot", arguments, self.folder / "bare.log")

    # -- opening ------------------------------------------------------------------------------

    def open(self) -> None:
        """Conversations with both bots, a round with an open ballot, and its statements."""
        bot = self.ours()
        feed = self.vera.feed()
        for room in (self.room, self.staff):
            feed.wait_until(lambda room=room: self._here(room, self.vera), seconds=60)  # type: ignore[misc]
        for person in self.people:
            for other in (self.bot, self.bare):
                room = person.direct(other.user)
                self._directs[person.user, other.user] = room
            self.bare.join(room)
        self._command(feed, f"gesprek nieuw stellingenronde Ons gesprek {_CHARTER}", "staat klaar")
        self._command(feed, 'gesprek start tot="over 5 uur"', "Ronde 1")
        said = [saying for n, saying in enumerate(SAYINGS, 1) if f"S{n}" != HIDDEN]
        for person, saying in zip(self.people, said[: _LOUD + _QUIET], strict=False):
            self.shown.append(person.say(self.room, f"!stelling {saying.text}"))
        last = self.shown[-1]
        feed.wait_until(lambda: feed.has_read(self.room, self.bot.user, last), seconds=60)
        first = self._directs[self.people[-1].user, self.bot.user]
        feed = self.people[-1].feed()
        feed.wait_until(lambda: self._here(first, self.people[-1]), seconds=60)
        bot.end()

    def _here(self, room: str, person: Resident) -> bool:
        return self.bot.user in person.members(room)

    def _command(self, feed: Feed, text: str, part: str) -> None:
        self.vera.say(self.staff, text)
        feed.wait_text(part, by=self.bot.user, seconds=60)

    # -- what people do -----------------------------------------------------------------------

    def talk(self, to: Resident, seconds: int) -> list[Event]:
        """25 events a second: 11 plain messages, 8 votes by reaction, 6 messages typed to a bot."""
        made: list[Event] = []
        for _ in range(seconds):
            kinds = ["talk"] * 11 + ["react"] * 8 + ["type"] * 6
            # spread evenly: 7 has no factor in common with 25
            made += [self._event(kinds[place * 7 % 25], to) for place in range(25)]
        return made

    def _event(self, kind: str, to: Resident) -> Event:
        if kind == "react":
            return next(self._reactions)
        number = next(self._numbers)
        person = self.people[number % PEOPLE]
        if kind == "talk":
            return _message(person, self.room, _TALK[number % len(_TALK)])
        choice = ("eens", "oneens", "?")[number // 7 % 3]
        text = f"stem S{number // PEOPLE % _LOUD + 1} {choice}"
        return _message(person, self._directs[person.user, to.user], text)

    def _load_reactions(self) -> Iterator[Event]:
        for key, number, person in itertools.product(_KEYS, range(_LOUD), self.people):
            yield self._reaction(person, number, key)

    def absent(self, count: int) -> list[Event]:
        """Reactions of this many people on statements that nobody voted on before."""
        every = itertools.product(range(_LOUD, _LOUD + _QUIET), self.people)
        found = [self._reaction(person, number, "👍") for number, person in every]
        return found[:count]

    def _reaction(self, person: Resident, number: int, key: str) -> Event:
        relation = {"rel_type": "m.annotation", "event_id": self.shown[number], "key": key}
        return Event(person.user, person.token, self.room, "m.reaction", {"m.relates_to": relation})

    # -- afterwards ---------------------------------------------------------------------------

    def counted(self) -> int:
        """The number of votes on those statements, in the journal of our stopped bot."""
        reader = Reader.of(self.folder / "stadsgesprek.db", registry.record())
        try:
            found = reader.folded(_DIALOGUE)
            assert found is not None
            books = found.dialogue.states[0].box.books
            quiet = [f"S{number + 1}" for number in range(_LOUD, _LOUD + _QUIET)]
            return sum(len(books[item].votes) for item in quiet if item in books)
        finally:
            reader.close()


def _message(person: Resident, room: str, text: str) -> Event:
    content = {"msgtype": "m.text", "body": text}
    return Event(person.user, person.token, room, "m.room.message", content)
