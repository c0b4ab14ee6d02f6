"""A platform in memory, with a server that goes on when the program ends.

It keeps what was said, what the bot sent, and by which token; the same token twice is one message,
as on Matrix. A test can hold up the program at a request, take its files as they are at that
moment, as a kill leaves them, and start it again from those.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.delivery.queue import Paces
from bot.platforms.facts import Fact, Joined, Looked, Mark, Origin, Posted, Said
from bot.platforms.live import Batch
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.builtin import formats as built_in
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.town.town import Rooms, Town
from tests.documents import words
from tests.engine.chat import LIVE, WHOLE
from tests.replay.playing import LIVE_CHARTER as CHARTER

NAME = "plein"
ROOM, STAFF = Place(NAME, PlaceKind.ROOM, "zomerstraat"), Place(NAME, PlaceKind.STAFF, "staf")
START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
TOWN = Town(
    "Haarlem",
    ZoneInfo("Europe/Amsterdam"),
    "nl",
    bytes(range(32)),
    Rooms({"zomerstraat": (ROOM,)}, {"staf": (STAFF,)}, {"zomerstraat": "staf"}),
    built_in(),
    address="@bot:plein",
)


def personal(name: str) -> Place:
    return Place(NAME, PlaceKind.PERSONAL, name)


@dataclass
class Sent:
    """The last content of a message of the bot, and the tokens under which it was sent."""

    place: Place
    slot: str
    dialogue: str
    plain: str
    tokens: list[str] = field(default_factory=list)
    removed: bool = False


@dataclass
class Server:
    """``seam`` is called at each step of a request with (step, what, token), and may return a
    future to wait for; ``away``: every request waits; without ``echo`` the bot does not get its own
    messages back."""

    now: datetime = START
    stream: list[Fact] = field(default_factory=list)
    messages: dict[str, Sent] = field(default_factory=dict)
    by_token: dict[str, str] = field(default_factory=dict)
    pinned: list[str] = field(default_factory=list)
    away: bool = False
    echo: bool = True
    seam: Callable[[str, str, str], asyncio.Future[None] | None] = lambda _s, _w, _t: None

    def say(
        self, who: str, text: str, place: Place | None = None, at: datetime | None = None
    ) -> None:
        """Somebody's words; vera is the moderator."""
        self.now += timedelta(seconds=1)
        place = place or (STAFF if who == "vera" else personal(who))
        roles = frozenset({"moderator"} if who == "vera" else ())
        number = f"{len(self.stream):06d}"
        origin = Origin(f"${number}", at or self.now, place, who, roles, number)
        self.stream.append(Said(origin, text))

    def texts(self, place: Place) -> list[str]:
        return [m.plain for m in self.messages.values() if m.place == place and not m.removed]


class Square:
    """The platform of one program; all programs share the server."""

    name = NAME
    capabilities = LIVE
    limit = WHOLE

    def __init__(self, server: Server) -> None:
        self.server = server
        self._place = 0
        self.acknowledged = 0
        self.sent: list[Message] = []
        self._hurry = asyncio.Event()

    async def start(self, cursor: str) -> None:
        self._place = int(cursor or 0)

    async def read(self) -> Batch:
        while True:
            self._hurry.clear()
            if not self.server.away:
                new = tuple(self.server.stream[self._place :])
                self._place += len(new)
                if new or self._place == 0 or self._told < self.server.now:
                    self._told = self.server.now
                    return Batch(new, str(self._place), self.server.now)
            await asyncio.sleep(0.003)

    _told = datetime.min.replace(tzinfo=UTC)

    async def acknowledge(self, batch: Batch) -> None:
        self.acknowledged = int(batch.cursor)

    async def _step(self, step: str, what: str, token: str) -> None:
        future = self.server.seam(step, what, token)
        if future is not None:
            await future

    async def send(self, message: Message) -> str:
        what = "edit" if message.edits else message.slot or "message"
        await self._step("before", what, message.token)
        self.sent.append(message)
        name = self._put(message)
        await self._step("after", what, message.token)
        return message.edits or name

    def _put(self, message: Message) -> str:
        server = self.server
        known = server.by_token.get(message.token)
        if known is not None:
            return known
        if message.edits:
            edited = server.messages[message.edits]
            edited.plain = message.plain
            edited.tokens.append(message.token)
            name = message.edits
        else:
            name = f"$bot-{len(server.messages)}"
            server.messages[name] = Sent(
                message.place, message.slot, message.dialogue, message.plain, [message.token]
            )
        server.by_token[message.token] = name
        if server.echo:
            server.stream.append(Posted(message.token, name))
        return name

    async def find(self, _place: Place, token: str) -> str:
        return self.server.by_token.get(token, "")

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        await self._step("before", "file", token)
        done = self._put(Message(place, token, words(name)))
        await self._step("after", "file", token)
        return done

    async def open_direct(self, user: str) -> None: ...

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        return token

    async def unmark(self, place: Place, message: str, mark: Mark) -> None: ...

    async def pin(self, _place: Place, message: str) -> None:
        await self._step("before", "pin", message)
        self.server.pinned = [message, *(m for m in self.server.pinned if m != message)]
        await self._step("after", "pin", message)

    async def unpin(self, _place: Place, message: str) -> None:
        self.server.pinned = [m for m in self.server.pinned if m != message]

    async def remove(self, _place: Place, message: str) -> None:
        if message in self.server.messages:
            self.server.messages[message].removed = True

    async def look(self, place: Place, message: str) -> Looked:
        return Looked(self.server.now, place, message)

    def complete_to(self, at: datetime) -> None: ...

    async def close(self) -> None: ...


class Program:
    """The bot in this event loop, on a folder of its own."""

    runs: ClassVar[Counter[Path]] = Counter()

    def __init__(self, server: Server, folder: Path) -> None:
        Program.runs[folder] += 1
        self.server, self.folder = server, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.square = Square(server)
        self.log: list[str] = []
        self.ready = asyncio.Event()
        hearing = Hearing(self.ready.set, lambda code, **_values: self.log.append(code))
        draw = seeded(f"run/{folder.name}/{Program.runs[folder]}")
        self.app = App(
            folder / "town.db",
            TOWN,
            (self.square,),
            hearing,
            lambda: server.now,
            draw,
            paces=Paces(card_breath=0),  # nobody looks at these cards
        )
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self.app.run(self._until()))

    async def _until(self) -> None:
        await self._stop.wait()

    async def end(self) -> None:
        """End as after a signal."""
        self._stop.set()
        await self._task

    async def killed(self, to: Path) -> None:
        """Copy the files as a kill at this moment leaves them; then end this program."""

        def copy() -> None:
            shutil.copytree(self.folder, to)

        await self.app._thread.call(copy)
        # what ends now still writes, but into files that nobody reads any more
        self.server.seam = lambda _s, _w, _t: None
        stream, messages = len(self.server.stream), dict(self.server.messages)
        kept = {name: replace(m, tokens=list(m.tokens)) for name, m in messages.items()}
        by_token, pinned = dict(self.server.by_token), list(self.server.pinned)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        del self.server.stream[stream:]
        self.server.messages, self.server.by_token = kept, by_token
        self.server.pinned = pinned

    async def settled(self, seconds: float = 60) -> None:
        """Wait until every message is handled, and nothing waits to be sent."""
        end = asyncio.get_running_loop().time() + seconds
        quiet = 0
        while quiet < 3:
            assert asyncio.get_running_loop().time() < end, (self.log, await self._left())
            assert not self._task.done(), self._task
            await asyncio.sleep(0.01)
            idle = self.square._place == len(self.server.stream) == self.square.acknowledged
            app = self.app
            busy = app._engine.jobs or app._couriers.by_name[NAME]._answers.places
            quiet = quiet + 1 if idle and not busy and not await self._left() else 0

    async def _left(self) -> dict[str, int]:
        return await self.app._thread.call(self.app._store.outbox.counts)


def arrive() -> list[Fact]:
    """The bot comes into the room and the staff room."""
    return [
        Joined(Origin(f"$join-{place.name}", START, place, "@bot:plein", order=place.name))
        for place in (ROOM, STAFF)
    ]


async def open_round(program: Program) -> None:
    """The bot arrives, and an open round has a statement in it."""
    server = program.server
    server.stream += arrive()
    await program.settled()
    for who, text in (
        ("vera", f"gesprek nieuw stellingenronde Ons plein {CHARTER}"),
        ("vera", "start"),
        ("anna", "stelling Er moeten meer bomen komen."),
    ):
        server.say(who, text)
        await program.settled()
