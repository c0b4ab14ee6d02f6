"""A resident's client that records the times of the bot's receipts and of its joining."""

from __future__ import annotations

from dataclasses import dataclass

from tests.matrix.asking import JSON
from tests.matrix.client import Resident
from tests.matrix.events import Event
from tests.matrix.feed import Feed


@dataclass(frozen=True, slots=True)
class Read:
    """Since when (ms, the server's clock) the bot's receipt has been on an event."""

    room: str
    event: str
    at: int


class Watch(Feed):
    def __init__(self, resident: Resident, bot: str) -> None:
        self.bot = bot
        self.read: list[Read] = []
        super().__init__(resident)

    def _read(self, room: str, events: list[JSON]) -> None:
        super()._read(room, events)
        for one in events:
            if one["type"] != "m.receipt":
                continue
            for at, kinds in one["content"].items():
                mine = kinds.get("m.read", {}).get(self.bot)
                if mine is not None:
                    self.read.append(Read(room, at, mine["ts"]))

    def in_room(self, room: str) -> list[Event]:
        return [one for one in self.seen if one.room == room]

    def came(self, room: str) -> int:
        """When the bot came in (ms); 0 when it is not there."""
        joins = (
            one.at
            for one in self.in_room(room)
            if one.kind == "m.room.member"
            and one.key == self.bot
            and one.content.get("membership") == "join"
        )
        return next(joins, 0)

    def unread(self, room: str) -> list[Event]:
        """What others said here and the bot's receipt is not at or after."""
        return [one for one, wait in self.waits(room) if wait is None]

    def waits(self, room: str) -> list[tuple[Event, float | None]]:
        """What others said here since the bot is in, or before in a personal conversation, and
        the seconds until its receipt stood there or later: from the event's time, or from the
        bot's coming where that is later."""
        came = self.came(room)
        return [
            (one, None if at is None else (at - max(one.at, came)) / 1000)
            for one, at in self.reads(room)
        ]

    def reads(self, room: str) -> list[tuple[Event, int | None]]:
        """What others said here, and since when (ms) the bot's receipt stood there or later."""
        here = self.in_room(room)
        place = {one.id: number for number, one in enumerate(here)}
        stood = [(place[r.event], r.at) for r in self.read if r.room == room and r.event in place]
        return [
            (one, min((at for where, at in stood if where >= number), default=None))
            for number, one in enumerate(here)
            if one.kind == "m.room.message" and one.sender != self.bot
        ]
