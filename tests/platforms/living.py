"""A town on real platforms, in the loop of a test: Matrix on a real homeserver, Discord on the
double that discord.py comes to, or both.

What is said is one line after the other: each is handled before the next one comes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.delivery.queue import Paces
from bot.documents.handover import handed_over
from bot.platforms.discord import Discord
from bot.platforms.discord import Settings as DiscordSettings
from bot.platforms.live import LivePlatform
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.runtime.surface import Surface
from bot.town.alarms import alarm_words
from bot.town.town import Rooms, Town
from dialogues.dialogue import Dialogue, Status
from rounds import registry
from tests.discord.double.people import until
from tests.discord.double.server import TOKEN, Double
from tests.discord.double.town import GUILD, ROOM, STAFF
from tests.discord.menu import menu
from tests.engine.bots import FORMATS
from tests.platforms.on_discord import OnDiscord
from tests.platforms.on_matrix import OnMatrix
from tests.platforms.people import (
    KEY,
    NO,
    PLAIN,
    REPLY,
    ROOM_NAME,
    STAFF_NAME,
    TAKE,
    VOTES,
    WORKS,
    YES,
)
from tests.replay.playing import sound

#: Pauses of the couriers, and between two batches of Discord in seconds: short enough for a test.
QUICK = Paces(card_every=0.2, card_breath=0.05)
BREATH = 0.02


@dataclass
class Clock:
    """The real time, and so much ahead of it."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Living:
    """The program on some platforms. ``log`` are the codes that its keeper reads; ``about`` is what
    a card that is looked for belongs to, "" for the dialogue."""

    def __init__(
        self,
        folder: Path,
        networks: Sequence[str],
        double: Double,
        server: Any,
        *,
        youth: bool = False,
    ) -> None:
        self.clock = Clock()
        self.file, self.log = folder / "town.db", []  # type: tuple[Path, list[str]]
        places = {
            kind: tuple(Place(name, kind, called) for name in networks)
            for kind, called in ((PlaceKind.ROOM, ROOM_NAME), (PlaceKind.STAFF, STAFF_NAME))
        }
        rooms = Rooms(
            {ROOM_NAME: places[PlaceKind.ROOM]},
            {STAFF_NAME: places[PlaceKind.STAFF]},
            {ROOM_NAME: STAFF_NAME},
            {ROOM_NAME: alarm_words([])} if youth else {},
        )
        self.town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.networks: dict[str, Any] = {}
        if "discord" in networks:
            self.networks["discord"] = self._discord(double)
        if "matrix" in networks:
            self.networks["matrix"] = OnMatrix(server, folder.name, folder, self.clock)
        self.about = ""
        self.ready = asyncio.Event()
        self.handled: set[str] = set()
        self.stop = asyncio.Event()

    def _discord(self, double: Double) -> OnDiscord:
        surface = Surface(self.town, registry.vocabulary())
        settings = DiscordSettings(
            token=lambda: TOKEN,
            guild=GUILD,
            key=KEY,
            rooms={ROOM_NAME: ROOM},
            staff_rooms={STAFF_NAME: STAFF},
            roles={"moderator": frozenset({"Moderator"}), "official": frozenset({"Wethouder"})},
            words=surface.words,
            menu=menu(),
            of_message=surface.of_message(registry.talks().giving),
            pause=0.3,
            breath=BREATH,
            clock=self.clock,
        )
        platform = Discord(settings, self.log.append)
        return OnDiscord(double, settings.menu, settings.of_message, platform)

    async def __aenter__(self) -> Living:
        platforms: list[LivePlatform] = [one.platform for one in self.networks.values()]
        hearing = Hearing(self.ready.set, lambda code, **_values: self.log.append(code))
        draw = seeded("same")
        self.app = App(self.file, self.town, platforms, hearing, self.clock, draw, QUICK)
        if "discord" in self.networks:
            self.networks["discord"].platform.asks(self.app.queries)
        self._note_handled()
        self.running = asyncio.create_task(self.app.run(self.stop.wait()))  # type: ignore[arg-type]
        await until(lambda: self.running.done() or self.ready.is_set(), 90)
        for one in self.networks.values():
            await one.begin()
        if "matrix" in self.networks:
            self.networks["matrix"].shows = self.shows
        return self

    def shows(self, *slots: str) -> str:
        """The message in one of these slots in the room, once it stands there: on Matrix, where the
        program is on several networks."""
        network = "matrix" if "matrix" in self.networks else next(iter(self.networks))
        place = str(Place(network, PlaceKind.ROOM, ROOM_NAME))
        reader = sqlite3.connect(self.file)
        try:
            for _ in range(600):
                row = reader.execute(
                    "SELECT message FROM posts WHERE dialogue = ? AND place = ?"
                    " AND slot IN (?, ?) AND state = 'standing'",
                    (self.about or self.state.id, place, slots[0], slots[-1]),
                ).fetchone()
                if row is not None:
                    return str(row[0])
                time.sleep(0.05)
        finally:
            reader.close()
        raise AssertionError(f"{slots} do not stand in the room")

    def _note_handled(self) -> None:
        engine: Any = self.app._engine
        receive = engine.receive

        def noting(batch: Sequence[Any], *more: Any) -> Any:
            found = receive(batch, *more)
            self.handled |= {f.origin.cause for f in batch if hasattr(f, "origin")}
            return found

        engine.receive = noting

    async def __aexit__(self, *_what: object) -> None:
        self.stop.set()
        with suppress(Exception):
            await self.running
        sound(self.file, KEY)

    # -- what is said -----------------------------------------------------------------------------

    @property
    def state(self) -> Dialogue:
        """The dialogue that was made last."""
        found: Dialogue = list(self.app._engine.ledger.states.values())[-1]
        return found

    def network(self, who: str) -> Any:
        """Where somebody is: staff on the first network, of residents every other one on each."""
        every = list(self.networks.values())
        return every[0] if who in WORKS else every[sum(map(ord, who)) % len(every)]

    async def say(self, who: str, text: str) -> None:
        """Say something, and wait until it was handled and all that happens at once has."""
        sign, _, rest = text.partition(" ")
        if sign in PLAIN:
            await self._talk(who, sign, rest)
            return
        event = await self.network(who).say(who, text)
        await until(lambda: event in self.handled, 60)
        if who == "vera" and self.app._engine.ledger.states:
            await until(lambda: not self._closing(), 60)

    async def _talk(self, who: str, sign: str, rest: str) -> None:
        """Plain talk in the room, and what it comes to."""
        network = self.network(rest if sign == TAKE else who)
        before = len(self.state.items.by_number)
        if sign == TAKE:
            event = await network.take(rest)
        elif sign in (YES, NO):
            event = await network.agree(who, sign == YES)
        else:
            event = await network.talk(who, rest, _card(self.state) if sign == REPLY else "")
        await until(lambda: event in self.handled, 60)
        if sign == YES:
            await until(lambda: len(self.state.items.by_number) > before, 60)

    def _closing(self) -> bool:
        frame = self.state.open_frame
        return frame is not None and frame.closes_at is not None and frame.closes_at <= _now()

    async def play(self, format: str, charter: str, says: Sequence[tuple[str, str]]) -> bytes:
        """Hold a dialogue to its end; uitslag.json of it."""
        await self.say("vera", f"gesprek nieuw {format} Ons gesprek {charter} in={ROOM_NAME}")
        self._new_round()
        for lines in _at_once(says):
            before = self.state.current
            await asyncio.gather(*(self.say(who, text) for who, text in lines))
            if self.state.current != before:
                self._new_round()
        for _ in self.state.frames:
            if self.state.status is not Status.CLOSED:
                await self.say("vera", "sluit ja")
        await until(lambda: self.state.status is Status.CLOSED, 60)
        await self.say("vera", f"@{self.state.id} advies")
        await until(lambda: self.state.advice is not None and self.state.advice.manifest, 60)
        name, store = self.state.id, self.app._store
        found: bytes = await self.app._thread.call(
            lambda: handed_over(store.reader(), registry.pages(), KEY, name).files["uitslag.json"]
        )
        return found

    def _new_round(self) -> None:
        if "discord" in self.networks:
            self.networks["discord"].new_round(self.state.id)


def _at_once(says: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """What is said, in runs that may be said at once: votes of several people, whose order comes to
    nothing, and which wait on a homeserver for each other."""
    run: list[tuple[str, str]] = []
    for who, text in says:
        votes = text.partition(" ")[0] in VOTES
        if run and not (votes and who not in dict(run)):
            yield run
            run = []
        run.append((who, text))
        if not votes:
            yield run
            run = []
    if run:
        yield run


def _card(dialogue: Dialogue) -> str:
    """The slot of the open round's card."""
    return f"card-{dialogue.current}"


def _now() -> datetime:
    return datetime.now(UTC)
