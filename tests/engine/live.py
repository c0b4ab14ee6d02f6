"""``Live``: engine and courier on a double of a live platform, which fails when told to.

Nothing runs by itself here: ``deliver`` sends until nothing can be sent, ``restart`` is a program
that was killed and started again on the same file.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.delivery.answering import Answering
from bot.delivery.courier import LiveCourier
from bot.delivery.outcomes import Outcomes
from bot.delivery.queue import Paces
from bot.delivery.rows import Rows
from bot.delivery.speaking import Handout, Speaker
from bot.desk import posts
from bot.desk.asker import Reply
from bot.desk.new_list import new_list
from bot.engine.engine import Engine
from bot.engine.reception import Cursor
from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.document import Document
from bot.platforms.facts import Fact, Mark, Origin, Reacted, Said, Unreacted
from bot.platforms.live import NotYet
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain
from bot.runtime import chance
from bot.runtime.builtin import catalogues
from bot.runtime.builtin import formats as built_in
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.text.templates import Renderer
from bot.town.town import Rooms, Town
from dialogues.core import Notice
from rounds import registry
from storage.store import Store
from tests.documents import words
from tests.engine.noted import Noted, Told

START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
ROOM = Place("matrix", PlaceKind.ROOM, "straat")
STAFF = Place("matrix", PlaceKind.STAFF, "staf")
FORMATS = built_in()
CATALOGUES = catalogues()
KEY = bytes(range(32))
CHARTER = (
    'niveau=meedenken beslisser="de raad" antwoord="15 december" vast="de bus" open="bomen" '
    "fase=voorbereiding"
)

#: The capabilities of a platform like Matrix.
LIVE = Capabilities(
    read_back=ReadBack.LATER,
    edit=True,
    pin=True,
    mark=True,
    remove=True,
    remove_others=True,
    react=True,
    upload=True,
)


def _bytes(document: Document) -> int:
    return len(plain(document).encode(errors="replace"))


#: A limit that is never reached.
WHOLE = Limit(30_000, _bytes)

#: What a call raises: an exception before it is carried out, or (``Lost``) after it was.
Fault = Callable[[str, Place, str], BaseException | None]


class Killed(BaseException):
    """The program ends here."""


@dataclass
class Lost(Exception):  # noqa: N818 - what happened
    """The call was carried out, and then raises this instead of answering."""

    error: BaseException


def person(user: str) -> Place:
    return Place("matrix", PlaceKind.PERSONAL, user)


@dataclass
class Chat:
    """The messages in each place, as the people there see them."""

    name: str = "matrix"
    capabilities: Capabilities = LIVE
    limit: Limit = WHOLE
    fault: Fault = lambda _what, _place, _id: None
    messages: dict[str, Message] = field(default_factory=dict)
    pinned: list[str] = field(default_factory=list)
    ticks: dict[str, Mark] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def _call(self, what: str, place: Place, id: str) -> BaseException | None:
        """Raise what is to be raised before the call; returns what is to be raised after it."""
        self.calls.append((what, id))
        found = self.fault(what, place, id)
        if isinstance(found, Lost):
            return found.error
        if found is not None:
            raise found
        return None

    def _named(self, token: str) -> str:
        """The same token twice is one message, for as long as the server knows it."""
        if token not in self.known:
            self.known[token] = f"$m{next(self.numbers)}"
        return self.known[token]

    async def send(self, message: Message) -> str:
        after = self._call("send", message.place, message.token)
        name = self._named(message.token)
        self.first.setdefault(name, message.token)
        self.messages.setdefault(name, message)
        if message.edits:
            before = self.messages[message.edits]
            self.messages[message.edits] = message
            assert before.place == message.place
            del self.messages[name]
        if after is not None:
            raise after
        return message.edits or name

    async def find(self, place: Place, token: str) -> str:
        self._call("find", place, token)
        return next((n for n, m in self.messages.items() if m.token == token), "")

    async def remove(self, place: Place, message: str) -> None:
        after = self._call("remove", place, message)
        self.messages.pop(message, None)
        if message not in self.removed:
            self.removed.append(message)
        if after is not None:
            raise after

    async def pin(self, place: Place, message: str) -> None:
        after = self._call("pin", place, message)
        self.pinned = [message, *(one for one in self.pinned if one != message)]
        if after is not None:
            raise after

    async def unpin(self, place: Place, message: str) -> None:
        after = self._call("unpin", place, message)
        self.pinned = [one for one in self.pinned if one != message]
        if after is not None:
            raise after

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        after = self._call("mark", place, message)
        self.ticks[message] = mark
        if after is not None:
            raise after
        return token

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        self._call("upload", place, token)
        return self._named(token)

    async def open_direct(self, user: str) -> None:
        self._call("open", person(user), user)
        self.opened.append(user)

    async def leave(self, place: Place) -> None:
        self._call("leave", place, place.name)
        self.left.append(place)

    def at(self, place: Place) -> list[str]:
        return [m.plain for m in self.messages.values() if m.place == place]

    def cards(self) -> list[str]:
        return [n for n, m in self.messages.items() if m.slot.startswith("card-")]


class Live:
    """The bot on a file, with the double as its only platform, or with another beside it."""

    def __init__(
        self,
        file: Path,
        chat: Chat | None = None,
        now: datetime = START,
        beside: Sequence[Chat] = (),
        rooms: Rooms | None = None,
    ) -> None:
        self.file, self.chat = file, chat or Chat()
        self.chats = {one.name: one for one in (self.chat, *beside)}
        self.rooms = rooms
        self.clock = VirtualClock(now)
        self.alarms: list[str] = []
        self.count = 0
        self.noted = Noted()
        self._open()

    def _open(self) -> None:
        can = {name: chat.capabilities for name, chat in self.chats.items()}
        room = (ROOM, *(replace(ROOM, platform=name) for name in list(can)[1:]))
        staff = (STAFF, *(replace(STAFF, platform=name) for name in list(can)[1:]))
        rooms = self.rooms or Rooms({"straat": room}, {"staf": staff}, {"straat": "staf"})
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.store = Store(self.file, chance.seeded(f"live/{self.count}"), registry.record(), KEY)
        self.engine = Engine(
            self.store,
            town,
            chance.seeded(f"live/{self.count}"),
            self.clock,
            nearest,
            registry.vocabulary(),
            registry.talks(),
            can,
            alarm=self.alarms.append,
        )
        names = {"town": "Haarlem", "address": "bot"}
        renderer = Renderer(
            CATALOGUES, "nl", town.zone, names, self.store.texts.words, registry.vocabulary()
        )
        handout = Handout(words("stuk"))
        speaker = Speaker(
            renderer,
            self._heads,
            lambda _dialogue, _at: handout,
            self._card,
            can,
            lists=lambda row: new_list(self.engine.services, row),
        )
        alarm, ledger = self.alarms.append, self.engine.ledger
        outcomes = Outcomes(ledger, self._hear, self.clock, alarm)
        self.rows = Rows(ledger, speaker, outcomes, self._hear, self.clock)
        self.rows.land()
        self.answering = Answering(self.engine.services, speaker, self.clock, alarm)
        self.noted.listen(speaker, self.answering)
        paces = Paces(card_breath=0)
        self.couriers = {
            name: LiveCourier(chat, self.rows, self.answering, _in_thread, paces)
            for name, chat in self.chats.items()
        }
        self.courier = self.couriers[self.chat.name]

    def _card(self, dialogue: str, index: int) -> Notice:
        return posts.card_now(self.engine.services, dialogue, index)

    def _heads(self, _place: Place, dialogue: str) -> tuple[str, str]:
        state = self.engine.ledger.states.get(dialogue)
        return (state.title, "nl") if state is not None else ("", "")

    def _hear(self, facts: Sequence[Fact]) -> None:
        self.engine.receive(facts).whole()

    def restart(self) -> None:
        """Kill the program and start it again on the same file."""
        self.store._db.close()
        self.count += 1
        self._open()

    # -- what people do -----------------------------------------------------------------------

    def origin(self, user: str, place: Place, roles: tuple[str, ...] = ()) -> Origin:
        self.count += 1
        self.clock.set(self.clock() + timedelta(seconds=1))
        return Origin(
            f"$e{self.count}", self.clock(), place, user, frozenset(roles), f"{self.count:09}"
        )

    def put(self, *facts: Fact) -> Sequence[Reply]:
        replies = self.engine.receive(facts).whole()
        for reply in replies:
            self.couriers[reply.place.platform].answer([reply])
        return replies

    def say(self, user: str, text: str, place: Place | None = None) -> str:
        """Say something; returns the id of the message."""
        origin = self.origin(user, place or person(user))
        self.put(Said(origin, text))
        return origin.cause

    def command(self, text: str) -> None:
        self.put(Said(self.origin("vera", STAFF, ("moderator",)), text))

    def react(self, user: str, sign: str, target: str) -> str:
        origin = self.origin(user, ROOM)
        self.put(Reacted(origin, sign, target))
        return origin.cause

    def unreact(self, user: str, reaction: str) -> None:
        self.put(Unreacted(self.origin(user, ROOM), reaction))

    def chatter(self, messages: int) -> None:
        for _ in range(messages):
            self.say("zoe", "gewoon wat praat", ROOM)

    def open(self, kind: str = "stellingenronde", more: str = "", poll: str = "") -> None:
        self.command(f"gesprek nieuw {kind} Ons gesprek {CHARTER} {more}")
        if poll:
            self.command(f"peiling {poll}")
        self.command("start")
        self.deliver()

    def read_back(self) -> None:
        """Report that everything said until now has been received."""
        self.courier.answer(self.engine.receive((), Cursor("matrix", "s", self.clock())).whole())

    def later(self, **delta: int) -> None:
        self.clock.set(self.clock() + timedelta(**delta))

    # -- what they read -----------------------------------------------------------------------

    def told(self, place: Place) -> list[Told]:
        """What each message in a place says, the oldest first."""
        return [self.reads(one) for one, m in self.chat.messages.items() if m.place == place]

    def reads(self, message: str) -> Told:
        """What a message says as it stands now."""
        return self.noted.told(self.chat.messages[message].token)

    def card(self) -> Told:
        """What the only card says."""
        (card,) = self.chat.cards()
        return self.reads(card)

    # -- what the courier does ----------------------------------------------------------------

    def deliver(self, most: int = 200) -> None:
        """Send until nothing more can be sent; pauses take no time."""
        asyncio.run(self._deliver(most))

    async def _deliver(self, most: int) -> None:
        for _ in range(most):
            self.rows._looked.clear()
            try:
                if not any([await courier._next() for courier in self.couriers.values()]):
                    return
            except NotYet:
                continue
        raise AssertionError("it never ends")


async def _in_thread(work: Callable[[], object]) -> object:
    return work()
