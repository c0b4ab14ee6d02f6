"""A platform beside Discord, in the same program: what is said there is told, and answered."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Looked, Mark, Origin, Said
from bot.platforms.live import Batch, Impossible
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain

NAME = "matrix"


def personal(who: str) -> Place:
    return Place(NAME, PlaceKind.PERSONAL, f"@{who}:ander")


class Other:
    """``sent`` are the messages that it was given, the oldest first."""

    name = NAME
    limit = Limit(30_000, lambda document: len(plain(document)))
    capabilities = Capabilities(read_back=ReadBack.LATER, edit=True)

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self._numbers = itertools.count(1)
        self._batches: asyncio.Queue[Batch | Exception] = asyncio.Queue()
        self._batches.put_nowait(self._batch())

    def _batch(self, *facts: Said) -> Batch:
        now = datetime.now(UTC)
        return Batch(facts, f"c{next(self._numbers)}", now)

    # -- what people do, and what happens -------------------------------------------------------

    async def asks(self, who: str, text: str) -> None:
        place, now = personal(who), datetime.now(UTC)
        origin = Origin(f"$e{next(self._numbers)}", now, place, place.name)
        self._batches.put_nowait(self._batch(Said(origin, text)))

    def fails(self, error: Exception) -> None:
        self._batches.put_nowait(error)

    # -- the platform ---------------------------------------------------------------------------

    async def start(self, cursor: str) -> None:
        """Nothing to begin."""

    async def read(self) -> Batch:
        found = await self._batches.get()
        if isinstance(found, Exception):
            raise found
        return found

    async def acknowledge(self, batch: Batch) -> None:
        """Nobody looks."""

    def complete_to(self, at: datetime) -> None:
        self._batches.put_nowait(self._batch())

    async def close(self) -> None:
        """Nothing is open."""

    async def send(self, message: Message) -> str:
        self.sent.append(message)
        return message.edits or f"$m{next(self._numbers)}"

    async def find(self, place: Place, token: str) -> str:
        return ""

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        raise Impossible("no files here")

    async def open_direct(self, user: str) -> None:
        """Everybody has one."""

    async def leave(self, place: Place) -> None:
        """Nothing to leave."""

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        raise Impossible("no marks here")

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        """No marks here."""

    async def pin(self, place: Place, message: str) -> None:
        """Nobody looks."""

    async def unpin(self, place: Place, message: str) -> None:
        """Nobody looks."""

    async def remove(self, place: Place, message: str) -> None:
        """Nobody looks."""

    async def look(self, place: Place, message: str) -> Looked:
        return Looked(datetime.now(UTC), place, message)
