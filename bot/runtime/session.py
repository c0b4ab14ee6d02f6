"""One engine with one platform in one thread: what console, replay and import run on.

``put`` lets facts in, shows the answers, makes the advice that was asked for and sends what the
outbox holds, until nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.delivery.inline import Courier
from bot.delivery.speaking import Speaker
from bot.documents.workshop import Workshop
from bot.engine.engine import BATCH, Engine, PartlyKept, no_fault
from bot.platforms.facts import Fact
from bot.platforms.live import Platform
from bot.runtime.chance import Chance
from bot.text.duplicates import nearest
from bot.text.templates import Renderer
from bot.town.town import Town, milliseconds
from locales import load
from storage.reader import Reader
from storage.store import CLEANED_AFTER, NotNow, Store


class Session:
    """The composition of all parts around one platform; the keyword arguments are test seams."""

    def __init__(
        self,
        file: Path,
        town: Town,
        chance: Chance,
        clock: Callable[[], datetime],
        platform: Platform,
        fault: Callable[[str], None] = no_fault,
        alarm: Callable[[str], None] = no_fault,
        quiet: bool = False,
    ) -> None:
        self.store = Store(file, chance)
        self.town = town
        self.clock = clock
        self.reader = Reader(self.store.connection)
        can = {platform.name: platform.capabilities}
        self.engine = Engine(self.store, town, chance, clock, nearest, can, fault, alarm)
        names = {"town": town.name, "address": town.address, "account": ""}
        renderer = Renderer(load(), town.language, town.zone, names, self.store.journal.words)
        self.workshop = Workshop(self.engine, self.reader, clock, renderer)
        self.speaker = Speaker(
            renderer, self.workshop.heads, self.workshop.page, self.workshop.card
        )
        token = self.engine.ledger.token
        self.courier = Courier(self.store, platform, self.speaker, token, fault, quiet)
        self._posted: list[Fact] = []

    def put(self, facts: Sequence[Fact]) -> None:
        """Handle facts and everything that follows; raises ``NotNow`` when nothing can be kept."""
        for start in range(0, len(facts), BATCH):
            self.receive(facts[start : start + BATCH])
        self.settle()

    def settle(self) -> None:
        """Make what was asked for and send what waits; after ``NotNow`` the next call goes on."""
        while True:
            while self.engine.jobs:
                self.receive([self.workshop.do(self.engine.jobs[0])])
                self.engine.jobs.pop(0)
            self._posted = self._posted or self.courier.deliver()
            if not self._posted:
                self.store.clean_when_due(milliseconds(self.clock()), CLEANED_AFTER)
                return
            self.receive(self._posted)
            self._posted = []

    def close(self) -> None:
        with suppress(NotNow):  # then the next start finds that it has still to be done
            self.store.clean_when_due(milliseconds(self.clock()), timedelta())
        self.store.close()

    def receive(self, facts: Sequence[Fact]) -> None:
        """Let facts in and show the answers; ``settle`` does what follows.

        Raises ``NotNow``, also when some could be kept and are answered: the same facts may be
        given again, and each is handled once.
        """
        try:
            replies = self.engine.receive(facts)
        except PartlyKept as kept:
            self.courier.answer(kept.replies)
            raise
        self.courier.answer(replies)
