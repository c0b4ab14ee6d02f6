"""``Matrix``: the platform as the engine and the courier use it.

Reading is a loop of its own; sending never happens in it. A position in the server's stream is
handed out with the facts before it and asked from again after a restart, so that what was
committed is never asked for and what was not comes again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Fact, Looked, Mark, Trouble
from bot.platforms.flood import Flood
from bot.platforms.live import Batch, Ended, Impossible
from bot.platforms.matrix import checking, joining, keys, looking, reading, sending
from bot.platforms.matrix.asking import Asking
from bot.platforms.matrix.checking import Finding
from bot.platforms.matrix.content import LIMIT
from bot.platforms.matrix.events import Memory
from bot.platforms.matrix.login import log_in, ready_keys
from bot.platforms.matrix.news import News, learn, take_in
from bot.platforms.matrix.receipts import Position, Receipts
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import NAME, SIGNS, Settings, no_alarm
from bot.platforms.matrix.store import Known, Pending, load, save, unusable
from bot.platforms.matrix.turns import Turns
from bot.platforms.matrix.wire import Client, Unavailable, patiently
from bot.platforms.messages import Message
from bot.platforms.places import Place

#: Marks in ``Batch.handled`` messages decrypted late; all other entries are (room, event).
_READ = "read"

#: The alarms of logging in that staff is told of.
_TROUBLES = ("store_lost",)

_NO_MATRIX = (
    "{} does not answer as a Matrix homeserver does ({}). Correct the homeserver in [matrix]."
)
_NO_NEWS = (
    "{} refuses to tell what is new ({}). Look whether this is still the same homeserver and "
    "account; the server's keeper knows more."
)


class Matrix:
    """The Matrix platform. ``alarm`` is called with codes, never with words, names or ids."""

    name = NAME
    limit = LIMIT

    def __init__(self, settings: Settings, alarm: Callable[[str], None] = no_alarm) -> None:
        self.settings = settings
        self._alarm = alarm
        self._client: Client = None
        self._known = load(settings.store, "rooms.json", Known) or Known()
        pending = load(settings.store, "pending.json", dict[str, Pending])
        self._waiting = keys.Waiting(pending or {})
        self._upkeep = keys.Upkeep(alarm)
        self._house = House(settings, self._known)
        self._memory = Memory()
        self._known_to = 0
        self._asking = Asking(settings.clock, settings.poll)
        self._last_news: dict[str, object] = {}
        self._newest: dict[str, str] = {}
        self._invitations = asyncio.Event()
        self._turns = Turns()
        self._flood = Flood()
        self._receipts = Receipts(alarm)
        self._troubles: list[str] = []
        self._giving: asyncio.Task[None] | None = None
        self._joining: asyncio.Task[None] | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What it can do: choices and forms are written out; threads where the keeper sets them."""
        return Capabilities(
            read_back=ReadBack.LATER,
            edit=True,
            pin=True,
            mark=True,
            remove=True,
            remove_others=True,
            react=True,
            threads=self.settings.threads,
            upload=True,
            contact=f"https://matrix.to/#/{self.settings.user}",
        )

    # -- life -------------------------------------------------------------------------------

    def _noticed(self, code: str) -> None:
        """Pass on an alarm of logging in, and keep it for staff where it concerns them."""
        self._alarm(code)
        if code in _TROUBLES:
            self._troubles.append(code)

    async def start(self, cursor: str) -> None:
        """Log in and be ready to read on from a position."""
        position = Position.parse(cursor)
        self._asking.since = position.since
        try:
            await self._log_in()
            await ready_keys(self._client, self.settings, self._alarm)
            await joining.resolve(self._client, self._house, self._alarm)
        except Impossible as refusal:
            raise Ended(_NO_MATRIX.format(self.settings.homeserver, refusal)) from refusal
        await self._keep("rooms.json", self._known)
        self._receipts.promise(dict(position.promised), {})
        self._receipts.owe(position.promised)
        self._giving = asyncio.create_task(self._receipts.run(self._client))
        self._joining = asyncio.create_task(
            joining.join_all(
                self._client,
                self.settings,
                self._known,
                self._invitations,
                self._turns,
                self._alarm,
            )
        )
        self._joining.add_done_callback(self._ended_joining)

    async def _log_in(self) -> None:
        try:
            self._client = await log_in(self.settings, self._noticed)
        except Impossible as refusal:
            raise Ended(_NO_MATRIX.format(self.settings.homeserver, refusal)) from refusal
        except OSError as error:
            raise unusable(self.settings.store, error) from error

    def _ended_joining(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._alarm("joining_ended")

    async def close(self) -> None:
        for task in (self._giving, self._joining):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task
        if self._client is not None:
            await self._client.close()
            store = self._client.store
            if store is not None and hasattr(store, "database"):
                store.database.close()

    # -- reading ----------------------------------------------------------------------------

    async def read(self) -> Batch:
        """The next response of the server as a batch, with what has to be handled before it."""
        try:
            return await self._read()
        except Impossible as refusal:
            raise Ended(_NO_NEWS.format(self.settings.homeserver, refusal)) from refusal

    async def _read(self) -> Batch:
        await self._upkeep.work(self._client, self._last_news)
        news = await patiently(lambda: self._asking.news(self._client), self._alarm)
        await patiently(lambda: take_in(self._client, news, self._alarm), self._alarm)
        first, self._asking.full = self._asking.full, False
        learn(self._house, news)
        found = await reading.stretches(
            self._client, self._house, news, self._asking.since, self._newest, self._alarm
        )
        facts = reading.facts(
            self._client, self._house, self._memory, self._waiting, found, self._known_to
        )
        facts = self._flood.kept(facts, self.settings.clock())
        await joining.resolve_late(self._client, self._house, news.data, self._alarm)
        new = joining.invited(self._house, news.data, self._known_to, self._alarm)
        batch = self._batch((*self._told(), *facts), news.cursor, found)
        await self._remember(news, found, first, new)
        return batch

    def _told(self) -> list[Fact]:
        """The faults at this start that staff has to hear of."""
        codes, self._troubles = self._troubles, []
        return [Trouble(self.settings.clock(), code) for code in codes]

    def complete_to(self, at: datetime) -> None:
        """Make sure soon that everything said before ``at`` has been received (a closing waits for
        it)."""
        self._asking.complete_to(at)

    def _batch(self, facts: tuple[Fact, ...], cursor: str, found: list[reading.Stretch]) -> Batch:
        now = int(self.settings.clock().timestamp() * 1000)
        held = joining.oldest_waiting(self._known, now)
        newest = {stretch.room: stretch.last for stretch in found if stretch.last}
        handled = self._receipts.promise(newest, self._waiting.rooms())
        handled += [(_READ, event) for event in sorted(self._waiting.read)]
        position = Position(cursor, tuple(self._receipts.promised.items()))
        complete = self._asking.timing.until(held)
        self._known_to = max(self._known_to, int(complete.timestamp() * 1000))
        return Batch(facts, str(position), complete, tuple(handled))

    async def _remember(
        self, news: News, found: list[reading.Stretch], first: bool, new: bool
    ) -> None:
        """Store what a restart needs, before the batch is handed over."""
        now = int(self.settings.clock().timestamp() * 1000)
        joining.left(self._house, news.data, self._alarm)
        changes = [
            new,
            joining.arrived(self._house),
            joining.followed(self._house),
            first and joining.enter_open(self._house),
        ]
        spoke = [self._house.spoken(stretch.room) for stretch in found if stretch.last]
        self._newest.update({stretch.room: stretch.last for stretch in found if stretch.last})
        if any(changes) or any(spoke):
            await self._keep("rooms.json", self._known)
            self._invitations.set()
        if self._waiting.lapse(now) or any(stretch.unread for stretch in found):
            await self._keep("pending.json", self._waiting.pending)
        self._asking.since = news.cursor
        self._last_news = news.data

    async def _keep(self, name: str, value: object) -> None:
        """Write a file of the store; while the disk is full, try again."""

        async def write() -> None:
            try:
                save(self.settings.store, name, value)
            except OSError as error:
                raise Unavailable from error

        await patiently(write, self._alarm)

    async def acknowledge(self, batch: Batch) -> None:
        """Give a public read receipt on the last committed event of each room."""
        read = [event for mark, event in batch.handled if mark == _READ]
        for event in read:
            self._waiting.pending.pop(event, None)
            self._waiting.read.discard(event)
        if read:
            await self._keep("pending.json", self._waiting.pending)
        rooms = [pair for pair in batch.handled if pair[0] != _READ]
        self._receipts.owe(rooms)

    @property
    def waiting_to_join(self) -> int:
        """How many invitations wait; joins use the same rate limit as messages."""
        return len(self._known.invited)

    # -- sending ----------------------------------------------------------------------------

    async def send(self, message: Message) -> str:
        """Send a message; returns its id. For an edit that is the id of the message it edits."""
        return await self._turns.send(lambda: sending.send(self._client, self._house, message))

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        """Send a file to a place; returns the id of its message."""
        return await self._turns.send(
            lambda: sending.upload(self._client, self._house, place, name, data, mime, token)
        )

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        """Put a reaction of the bot on a message; returns its id."""
        room = sending.where(self._house, place)
        return await self._turns.send(
            lambda: sending.react(self._client, room, message, SIGNS[mark], token)
        )

    async def pin(self, place: Place, message: str) -> None:
        """Pin a message; raises ``Impossible`` where the bot lacks the right."""
        await self._pinned(place, message, True)

    async def unpin(self, place: Place, message: str) -> None:
        await self._pinned(place, message, False)

    async def _pinned(self, place: Place, message: str, pinned: bool) -> None:
        room = sending.where(self._house, place)
        await self._turns.send(lambda: sending.pin(self._client, room, message, pinned))

    async def remove(self, place: Place, message: str) -> None:
        """Redact a message; raises ``Impossible`` where the bot lacks the right."""
        room = sending.where(self._house, place)
        await self._turns.send(lambda: sending.remove(self._client, room, message))

    async def find(self, place: Place, token: str) -> str:
        """The id of the bot's message with this token, if it was posted. Needed before sending
        again after 20 hours, when the server has forgotten the token."""
        return await sending.found(self._client, sending.where(self._house, place), token)

    async def look(self, place: Place, message: str) -> Looked:
        """The message as it is now."""
        return await looking.look(self._client, self._house, place, message)

    async def open_direct(self, user: str) -> None:
        """Open a personal conversation with somebody who has none."""
        if self._house.opened(user):
            return
        room = await sending.open_direct(self._client, self._house, user)
        self._known.direct[room] = user
        await self._keep("rooms.json", self._known)

    async def leave(self, place: Place) -> None:
        """Leave every personal conversation with somebody, and forget whose they were."""
        for room in [room for room, user in self._known.direct.items() if user == place.name]:
            await sending.leave(self._client, room)
            self._known.direct.pop(room, None)
            self._house.rooms.pop(room, None)
        await self._keep("rooms.json", self._known)

    async def check(self) -> list[Finding]:
        """Log in and report what is right and what is not. Not while ``read`` runs."""
        if self._client is None:
            await self._log_in()
            await joining.resolve(self._client, self._house, self._alarm)
        return await checking.check(self._client, self._house)
