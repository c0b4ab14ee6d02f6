"""Threads: what a room hears of a dialogue stands in one, where the config says so.

It hangs under the first card of the dialogue, or is a post in a forum channel. Discord gives a
thread under a message that message's id; a post is known by its first message, which carries a
token made of the dialogue. So both are found after a restart. A message in a thread is named with
the thread before it. Threads fall asleep, so what must be found later stands in the channel itself;
one that sleeps is woken up, and where a thread is locked or gone all stands in the channel, which
staff is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.platforms.discord.errors import Shut
from bot.platforms.discord.forums import Forums
from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import Wire
from bot.platforms.live import Impossible, Unreachable
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind

_T = TypeVar("_T")

#: Between a thread and a message in it.
_IN = "/"

#: A thread without messages falls asleep after a week, in minutes; how long its name may be.
_SLEEPS, _NAME = 10_080, 100

_CHANNEL = "/channels/{channel_id}"
_BEGIN = "/channels/{channel_id}/messages/{message_id}/threads"

#: Discord's code for a message that has a thread already.
_EXISTS = "160004"

#: The text for staff about a thread that takes nothing any more.
CLOSED = "thread_closed"


def named(channel: Any, message: int) -> str:
    """What the bot's message in a channel of the library is called here."""
    inside = getattr(channel, "parent_id", None) is not None and _is_thread(channel)
    return f"{channel.id}{_IN}{message}" if inside else str(message)


def _is_thread(channel: Any) -> bool:
    return hasattr(channel, "archived")


@dataclass(frozen=True, slots=True)
class Threads:
    """Begins threads, and finds what stands in them. ``trouble`` is called with the code of a text
    for staff. ``_open`` has the thread of each dialogue in a place, None where there is none."""

    settings: Settings
    house: House
    wire: Wire
    forums: Forums
    trouble: Callable[[str], None]
    _open: dict[tuple[Place, str], int | None] = field(default_factory=dict)

    def has(self, place: Place) -> bool:
        if place.kind is not PlaceKind.ROOM:
            return False
        return place.name in self.settings.threads or place.name in self.settings.forums

    async def of(self, message: Message) -> int | None:
        """The thread in which a message stands, begun where there is none; None: in the channel
        itself, also where the bot may begin none."""
        if not message.thread or message.stays or not self.has(message.place):
            return None
        key = message.place, message.dialogue
        if key not in self._open:
            self._open[key] = await self._found(message)
        return self._open[key]

    async def _found(self, message: Message) -> int | None:
        forum = self.settings.forums.get(message.place.name)
        try:
            if forum is not None:
                return await self.forums.post(forum, message)
            return await self._under(message)
        except Impossible:
            return None  # the bot may begin none

    async def _under(self, message: Message) -> int | None:
        first = message.opening or message.thread
        with suppress(Impossible, Unreachable):  # there is none yet
            there = await self.wire.call("GET", _CHANNEL, channel_id=first)
            if there["thread_metadata"].get("locked"):
                self.trouble(CLOSED)
                return None
            return int(first)
        channel = self.house.channel(message.place)
        name = message.subject or self.settings.words("thread", message.language)
        made = {"name": name[:_NAME], "auto_archive_duration": _SLEEPS}
        try:
            await self.wire.call("POST", _BEGIN, made, channel_id=channel, message_id=first)
        except Impossible as refused:
            if not str(refused).endswith(_EXISTS):
                raise
        return int(first)

    # -- what stands in one -------------------------------------------------------------------

    async def into(self, message: Message, post: Callable[[int], Awaitable[str]]) -> str:
        """Post a message in its thread, and name it; "" where it has none, or none that takes
        it."""
        thread = await self.of(message)
        if thread is None:
            return ""
        try:
            return f"{thread}{_IN}{await self._awake(thread, lambda: post(thread))}"
        except (Shut, Unreachable):
            self._open[message.place, message.dialogue] = None
            self.trouble(CLOSED)
            return ""

    async def at(self, place: Place, message: str, work: Callable[[int, str], Awaitable[_T]]) -> _T:
        """Work on a message of a place: its channel or thread, and its id there. Raises
        ``Impossible`` where its thread is gone."""
        channel, own = self.where(place, message)
        if not message.rpartition(_IN)[1]:
            return await work(channel, own)
        try:
            return await self._awake(channel, lambda: work(channel, own))
        except Unreachable:
            raise Impossible("its thread is gone") from None

    async def _awake(self, thread: int, work: Callable[[], Awaitable[_T]]) -> _T:
        """Do something in a thread, which is woken up where it fell asleep."""
        try:
            return await work()
        except Shut:
            await self.wire.call("PATCH", _CHANNEL, {"archived": False}, channel_id=thread)
            return await work()

    def where(self, place: Place, message: str) -> tuple[int, str]:
        """The channel or thread of a message, and its id there."""
        thread, inside, own = message.rpartition(_IN)
        return (int(thread) if inside else self.house.channel(place)), own

    async def channels(self, place: Place) -> AsyncIterator[tuple[int, str]]:
        """Where messages of a place may stand: its channel and its threads, each with what stands
        before the ids there."""
        channel = self.house.channel(place)
        yield channel, ""
        if not self.has(place):
            return
        parents = {channel, self.settings.forums.get(place.name, channel)}
        for thread in await self.forums.active():
            if int(thread["parent_id"]) in parents:
                yield int(thread["id"]), f"{thread['id']}{_IN}"
