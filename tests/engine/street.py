"""``Street``: a room on a live platform, whose people have no conversation with the bot until it
opens one for them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.delivery import courier as module
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Mark, Marked
from bot.platforms.live import Impossible, NotYet, Unreachable
from bot.platforms.places import Place, PlaceKind
from tests.engine.chat import LIVE, ROOM, Chat, person
from tests.engine.live import Live

TAPS = replace(LIVE, tap="🙋", contact="https://matrix.to/#/@bot:x", unasked=True)
WORDS = "Er moeten meer bomen komen."


class Street(Live):
    """``full`` are the seconds after which the server lets the bot open the next."""

    def __init__(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, can: Capabilities = TAPS
    ) -> None:
        self.now, self.full, self.talking, self.refusing = 1000.0, 0.0, {"otto"}, ""
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.now))
        super().__init__(file, Chat(capabilities=can, fault=self._fault))

    def _fault(self, what: str, place: Place, id: str) -> BaseException | None:
        if what == "open":
            if self.full:
                return NotYet(self.full)
            self.talking.add(id)
        if what == self.refusing:
            return Impossible("M_FORBIDDEN")
        if what == "send" and place.kind is PlaceKind.PERSONAL and place.name not in self.talking:
            return Unreachable(60.0)
        return None

    def tap(self, who: str, roles: tuple[str, ...] = (), card: str = "") -> str:
        origin = self.origin(who, ROOM, roles)
        self.put(Marked(origin, Mark.JOIN, card or self.chat.cards()[-1]))
        self.settle()
        return origin.cause

    def settle(self, seconds: int = 10) -> None:
        """Everything that can be sent is sent, for some seconds."""
        for _ in range(seconds):
            asyncio.run(self._deliver(200))
            self.now += 1

    def heard(self, who: str) -> list[str]:
        return self.chat.at(person(who))
