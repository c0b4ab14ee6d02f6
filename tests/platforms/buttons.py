"""A platform in memory with buttons and forms, like Discord: nothing has to be typed to choose.

Choices are pressed, forms filled in, answers seen by the asker alone for as long as a handle lives;
people's reactions are not heard, and what was missed is never read back.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.document import Document
from bot.platforms.facts import Chose, Fact, Looked, Mark, Origin, Submitted
from bot.platforms.flood import Flood
from bot.platforms.live import Batch, Impossible
from bot.platforms.menu import Opened, Queries
from bot.platforms.messages import Choice, Limit, Message, ReplyHandle
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain

NAME = "buttons"

#: How long an answer can be given by its handle.
HANDLE = timedelta(minutes=15)

CAPABILITIES = Capabilities(
    read_back=ReadBack.NEVER,
    edit=True,
    pin=True,
    mark=True,
    remove=True,
    remove_others=True,
    press=True,
    forms=True,
    private_replies=True,
    upload=True,
    prefix="/",
)


def _characters(document: Document) -> int:
    return len(plain(document))


LIMIT = Limit(2_000, _characters)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Standing:
    """A message of the bot; ``only`` is the one person who sees it, "" when everybody does."""

    message: Message
    only: str = ""


@dataclass
class Buttons:
    """People's facts come in through ``happens``, and ``read`` returns them. ``clock`` gives now in
    UTC."""

    clock: Callable[[], datetime] = _now
    name: str = NAME
    capabilities: Capabilities = CAPABILITIES
    limit: Limit = LIMIT
    messages: dict[str, Standing] = field(default_factory=dict)
    written: dict[str, Place] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    files: dict[tuple[Place, str], bytes] = field(default_factory=dict)
    queries: Queries = field(default_factory=Queries)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _waiting: list[Fact] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _flood: Flood = field(default_factory=Flood)

    # -- people -------------------------------------------------------------------------------

    def origin(self, who: str, place: Place, roles: frozenset[str] = frozenset()) -> Origin:
        """Whatever somebody does comes with a handle of its own."""
        name = self._new_name()
        handle = ReplyHandle(self.clock() + HANDLE, f"handle-{name}")
        self.handles[handle.value] = who
        return Origin(name, self.clock(), place, who, roles, name, handle=handle)

    def _new_name(self) -> str:
        return f"{next(self._numbers):09}"

    def happens(self, fact: Fact) -> None:
        self._waiting.append(fact)
        self._news.set()

    def _choice(self, message: str, number: int) -> Choice | None:
        """What a button is, as it is shown now."""
        standing = self.messages.get(message)
        choices = standing.message.choices if standing is not None else ()
        return choices[number] if 0 <= number < len(choices) else None

    def press(self, who: str, message: str, number: int) -> None:
        choice = self._choice(message, number)
        if choice is not None and not choice.form:
            place = self.messages[message].message.place
            self.happens(Chose(self.origin(who, place), choice.means, message))

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        choice = self._choice(message, number)
        if choice is None:
            return
        origin = self.origin(who, self.messages[message].message.place)
        opened = Opened(who, frozenset(), origin.place, choice.form, choice.means)
        form = asyncio.run(self.queries.form(opened))
        assert form is not None
        assert values.keys() == {one.name for one in form.fields}
        self.happens(Submitted(origin, form.name, values, choice.means))

    # -- source -------------------------------------------------------------------------------

    async def start(self, cursor: str) -> None:
        """The first batch says that it is there."""
        self._news.set()

    async def read(self) -> Batch:
        await self._news.wait()
        return self.read_now()

    def read_now(self) -> Batch:
        self._news.clear()
        facts, self._waiting = self._flood.kept(self._waiting, self.clock()), []
        return Batch(facts, "", self.clock())

    async def acknowledge(self, batch: Batch) -> None: ...

    def complete_to(self, at: datetime) -> None: ...

    async def close(self) -> None: ...

    # -- sender -------------------------------------------------------------------------------

    async def send(self, message: Message) -> str:
        if message.token in self.tokens:
            return self.tokens[message.token]
        name = message.edits or self._new_name()
        only = self.messages[name].only if message.edits else ""
        if message.handle is not None and message.handle.lives(self.clock()):
            only = self.handles[message.handle.value]
        self.messages[name] = Standing(message, only)
        self.tokens[message.token] = name
        return name

    async def find(self, place: Place, token: str) -> str:
        return self.tokens.get(token, "")

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        self.files[place, name] = data
        return token

    # -- directs ------------------------------------------------------------------------------

    async def open_direct(self, user: str) -> None:
        raise Impossible("nobody is written to first")

    async def leave(self, place: Place) -> None: ...

    # -- marks --------------------------------------------------------------------------------

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        self.marks[message] = [mark]
        return token

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        self.marks.pop(message, None)

    async def pin(self, place: Place, message: str) -> None:
        self.pins.append(message)

    async def unpin(self, place: Place, message: str) -> None:
        self.pins = [pin for pin in self.pins if pin != message]

    async def remove(self, place: Place, message: str) -> None:
        self.messages.pop(message, None)
        self.written.pop(message, None)

    async def look(self, place: Place, message: str) -> Looked:
        return Looked(self.clock(), place, message)

    # -- what people see ----------------------------------------------------------------------

    def seen(self, place: Place, who: str) -> dict[str, str]:
        """The bot's messages there by id: their words, and what stands on their buttons."""
        return {
            name: "\n".join([one.message.plain, *(c.label for c in one.message.choices)])
            for name, one in self.messages.items()
            if one.message.place == place and one.only in ("", who)
        }


def room(name: str = "zomerstraat") -> Place:
    return Place(NAME, PlaceKind.ROOM, name)


def staff() -> Place:
    return Place(NAME, PlaceKind.STAFF, "staf")


def personal(who: str) -> Place:
    return Place(NAME, PlaceKind.PERSONAL, who)
