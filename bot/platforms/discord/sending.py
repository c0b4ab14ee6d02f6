"""Sending and changing messages, each once, and finding those that may have been sent."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.platforms.discord.components import (
    FILE,
    WORDS,
    Json,
    Own,
    Shown,
    Word,
    ids,
    link_row,
    over,
    own_row,
    shown,
)
from bot.platforms.discord.directs import Directs
from bot.platforms.discord.events import Events
from bot.platforms.discord.finder import Finder
from bot.platforms.discord.house import House
from bot.platforms.discord.replies import Replies
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.settings import Alarm, Settings, Words
from bot.platforms.discord.talk import Talk
from bot.platforms.discord.threads import Threads
from bot.platforms.discord.wire import File, Wire, body, files
from bot.platforms.live import Impossible, Unreachable
from bot.platforms.messages import Message, ReplyHandle
from bot.platforms.places import Place, PlaceKind

#: How long messages for somebody wait who has done nothing lately, in seconds.
_LATER = 300.0

#: How many of the newest messages are remembered by token.
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message that only one person sees: the token of the interaction it was sent for."""

    interaction: str


@dataclass(frozen=True, slots=True)
class Sending:
    """The sending side. What was sent lately is known by its token, so that it is not sent twice;
    before that the messages themselves are read, each of which carries its token."""

    settings: Settings
    house: House
    wire: Wire
    replies: Replies
    seals: Seals
    talk: Talk
    threads: Threads
    finder: Finder
    events: Events
    directs: Directs
    _sent: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _private: OrderedDict[str, _Sent] = field(default_factory=OrderedDict)

    def shown(self, message: Message, *, private: bool = False) -> Shown:
        """A message with the buttons of our own that its place has. What only one person sees
        cannot be read back, and carries no token."""
        own = () if message.choices else (Own.HELP,)
        token, word = "" if private else message.token, self._word(message.language)
        made = shown(message, self.seals, word, own, token)
        made = made.attach(message.files) if private and message.files else made
        if message.about:
            address = self.talk.link(message.where or message.place, message.about)
            made.own.append(link_row(word("go_there"), address))
        return made

    def _word(self, language: str) -> Word:
        return partial(_called, self.settings.words, language)

    # -- messages -----------------------------------------------------------------------------

    async def send(self, message: Message) -> str:
        """Send a message; returns its id. Raises what the seam knows."""
        if message.token in self._sent:
            return self._sent[message.token]
        name = await self._carried(message)
        _kept(self._sent, message.token, name)
        for handle in message.over:
            self._over(handle, self._word(message.language))
        return name

    def _over(self, handle: ReplyHandle, word: Word) -> None:
        """Take the choices away from the question that was pressed, where all see it. The button
        that is left carries the token of that message."""
        asked = self.replies.by(handle)
        if asked is None or asked.under is None:
            return
        parts = asked.under.components
        sealed = [self.seals.read(one) for one in ids(parts)]
        token = next((one.token for one in sealed if one is not None and one.token), "")
        self.replies.over(asked.under, over(parts, own_row((Own.HELP,), self.seals, word, token)))

    async def _carried(self, message: Message) -> str:
        if message.happening is not None:
            return await self.events.put(message.happening)
        if message.edits:
            return await self._edited(message)
        asked = self.replies.by(message.handle) if message.handle is not None else None
        personal = message.place.kind is PlaceKind.PERSONAL
        if asked is not None and asked.public and personal:
            asked = None  # all would see it
        if asked is not None and asked.handle.lives(self.settings.clock()):
            private = not asked.public
            made = self.shown(message, private=private)
            name = await self.replies.answer(asked, made, only=private)
            if private:
                _kept(self._private, name, _Sent(asked.token))
            return name
        if personal:
            return await self._in_person(message)
        return await self._posted(message)

    async def _posted(self, message: Message) -> str:
        """Post to all, in a thread or in the channel itself."""
        made = self.shown(message)
        sent, with_it = body(made, token=message.token), files(made)
        inside = await self.threads.into(message, lambda one: self.wire.post(one, sent, with_it))
        return inside or await self.wire.post(self.house.channel(message.place), sent, with_it)

    async def _in_person(self, message: Message) -> str:
        """Send to one person, which goes as long as their last interaction lives; who asked for it
        gets a direct message."""
        there = await self.directs.send(message, self.shown)
        if there:
            return there
        asked = self.replies.newest(message.place.name)
        if asked is None or asked.public or not asked.handle.lives(self.settings.clock()):
            raise Unreachable(_LATER)
        name = await self.replies.answer(asked, self.shown(message, private=True), only=True)
        _kept(self._private, name, _Sent(asked.token))
        return name

    async def _edited(self, message: Message) -> str:
        private = self._private.get(message.edits)
        if private is not None:
            made = body(self.shown(message, private=True))
            await self.wire.mend(private.interaction, message.edits, made)
            return message.edits
        if message.place.kind is PlaceKind.PERSONAL:
            raise Impossible("what only one person saw cannot be changed any more")
        made_here = self.shown(message)
        sent, with_it = body(made_here), files(made_here)

        async def edit(channel: int, name: str) -> None:
            await self.wire.edit(channel, name, sent, with_it)

        await self.threads.at(message.place, message.edits, edit)
        return message.edits

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        """Send a file; returns the id of its message."""
        if token in self._sent:
            return self._sent[token]
        about = "file_bundle" if name.endswith(".zip") else "file_page"
        said: Json = {"type": WORDS, "content": self._word("")(about)}
        file: Json = {"type": FILE, "file": {"url": f"attachment://{name}"}}
        row = own_row((Own.HELP,), self.seals, self._word(""), token)
        made, channel = body(Shown([said, file, row]), token=token), self.house.channel(place)
        sent = await self.wire.post(channel, made, (File(name, data, mime),))
        _kept(self._sent, token, sent)
        return sent

    # -- finding ------------------------------------------------------------------------------

    async def find(self, place: Place, token: str) -> str:
        """The id of the bot's message with this token, among the newest five hundred there; "" when
        there is none."""
        if token in self._sent:
            return self._sent[token]
        if place.kind is PlaceKind.PERSONAL:
            return ""
        return await self.finder.find(place, token)

    # -- messages that stand ------------------------------------------------------------------

    async def at(self, method: str, path: str, place: Place, message: str) -> Any:
        """A request about a message of a room or staff room."""

        async def ask(channel: int, name: str) -> Any:
            return await self.wire.call(method, path, channel_id=channel, message_id=name)

        return await self.threads.at(place, message, ask)


def _called(words: Words, language: str, code: str) -> str:
    return words(code, language)


def _kept(remembered: OrderedDict[str, Any], key: str, value: Any) -> None:
    """Remember something, and forget the oldest."""
    remembered[key] = value
    while len(remembered) > _MOST:
        remembered.popitem(last=False)


def sending(
    settings: Settings,
    house: House,
    wire: Wire,
    replies: Replies,
    seals: Seals,
    talk: Talk,
    threads: Threads,
    alarm: Alarm,
) -> Sending:
    """The sending side, put together."""
    finder = Finder(wire, seals, threads)
    events, directs = Events(settings, wire, alarm), Directs(wire, finder)
    return Sending(settings, house, wire, replies, seals, talk, threads, finder, events, directs)
