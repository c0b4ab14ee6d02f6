"""``Chat``: a double of a live platform, which fails when told to."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.document import Document
from bot.platforms.facts import Mark
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain

ROOM = Place("matrix", PlaceKind.ROOM, "straat")
STAFF = Place("matrix", PlaceKind.STAFF, "staf")

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
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
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

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        after = self._call("unmark", place, message)
        if self.ticks.get(message) is mark:
            del self.ticks[message]
        if after is not None:
            raise after

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        self._call("upload", place, token)
        self.uploads.append((name, mime, data))
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
