"""``Matrix``: the platform as the engine and the courier use it.

Logging in and sending are here; what comes in is read by ``Incoming``, in a loop of its own.
"""

from __future__ import annotations

from datetime import datetime

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Looked, Mark
from bot.platforms.live import Batch, Ended, Impossible
from bot.platforms.matrix import checking, directs, joining, looking, sending
from bot.platforms.matrix.checking import Finding
from bot.platforms.matrix.content import LIMIT
from bot.platforms.matrix.incoming import Incoming
from bot.platforms.matrix.login import log_in, ready_keys
from bot.platforms.matrix.receipts import Position
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import NAME, SIGNS, Alarm, Settings, no_alarm
from bot.platforms.matrix.store import Known, keep, load, unusable
from bot.platforms.matrix.turns import Turns
from bot.platforms.matrix.wire import Client
from bot.platforms.messages import Message
from bot.platforms.places import Place

#: The alarms of logging in that staff is told of.
_TROUBLES = ("store_lost",)

_NO_MATRIX = (
    "{} does not answer as a Matrix homeserver does ({}). Correct the homeserver in [matrix]."
)


def capabilities(settings: Settings) -> Capabilities:
    """What Matrix can do: choices and forms are written out; threads where the keeper sets them."""
    return Capabilities(
        read_back=ReadBack.LATER,
        edit=True,
        pin=True,
        mark=True,
        remove=True,
        remove_others=True,
        react=True,
        threads=settings.threads,
        upload=True,
        unasked=settings.lifted,
        polls=settings.polls,
        contact=f"https://matrix.to/#/{settings.user}",
        tap=SIGNS[Mark.JOIN],
    )


class Matrix:
    """The Matrix platform. ``alarm`` is called with codes, never with words, names or ids."""

    name = NAME
    limit = LIMIT

    def __init__(self, settings: Settings, alarm: Alarm = no_alarm) -> None:
        self.settings = settings
        self._alarm = alarm
        self._client: Client = None
        self._known = load(settings.store, "rooms.json", Known) or Known()
        self._house = House(settings, self._known)
        self._turns = Turns()
        self._incoming = Incoming(self._house, self._turns, alarm)

    @property
    def capabilities(self) -> Capabilities:
        return capabilities(self.settings)

    # -- life -------------------------------------------------------------------------------

    def _noticed(self, code: str) -> None:
        """Pass on an alarm of logging in, and keep it for staff where it concerns them."""
        self._alarm(code)
        if code in _TROUBLES:
            self._incoming.trouble(code)

    async def start(self, cursor: str) -> None:
        """Log in and be ready to read on from a position."""
        position = Position.parse(cursor)
        try:
            await self._log_in()
            await ready_keys(self._client, self.settings, self._alarm)
            await joining.resolve(self._client, self._house, self._alarm)
        except Impossible as refusal:
            raise Ended(_NO_MATRIX.format(self.settings.homeserver, refusal)) from refusal
        await keep(self.settings.store, "rooms.json", self._known, self._alarm)
        self._incoming.begin(self._client, position)

    async def _log_in(self) -> None:
        try:
            self._client = await log_in(self.settings, self._noticed)
        except Impossible as refusal:
            raise Ended(_NO_MATRIX.format(self.settings.homeserver, refusal)) from refusal
        except OSError as error:
            raise unusable(self.settings.store, error) from error

    async def close(self) -> None:
        await self._incoming.end()
        if self._client is not None:
            await self._client.close()
            store = self._client.store
            if store is not None and hasattr(store, "database"):
                store.database.close()

    # -- reading ----------------------------------------------------------------------------

    async def read(self) -> Batch:
        """The next response of the server as a batch, with what has to be handled before it."""
        return await self._incoming.read(self._client)

    def complete_to(self, at: datetime) -> None:
        """Make sure soon that everything said before ``at`` has been received (a closing waits for
        it)."""
        self._incoming.complete_to(at)

    async def acknowledge(self, batch: Batch) -> None:
        """Give a public read receipt on the last committed event of each room."""
        await self._incoming.acknowledge(batch)

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

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        """Redact the bot's own reaction on a message, where there is one."""
        room = sending.where(self._house, place)
        await self._turns.send(lambda: sending.unreact(self._client, room, message, SIGNS[mark]))

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
        await directs.open_direct(self._client, self._house, user, self._alarm)

    async def leave(self, place: Place) -> None:
        """Leave every personal conversation with somebody, and forget whose they were."""
        await directs.leave(self._client, self._house, place, self._alarm)

    async def check(self) -> list[Finding]:
        """Log in and report what is right and what is not. Not while ``read`` runs.

        Raises ``Ended`` where no homeserver answers.
        """
        await checking.reach(self.settings)
        if self._client is None:
            await self._log_in()
            await joining.resolve(self._client, self._house, self._alarm)
        return await checking.check(self._client, self._house)
