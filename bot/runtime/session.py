"""``Session``: one engine with one platform in one thread, for console, replay and import.

``put`` lets facts in, shows the answers, makes the advice that was asked for and sends what the
outbox holds, until nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.delivery.courier import InlineCourier, Shows, everything
from bot.documents.handover import Handed, handed_over
from bot.engine.engine import BATCH, no_alarm
from bot.platforms.facts import Fact
from bot.platforms.live import Platform
from bot.runtime.chance import Chance
from bot.runtime.parts import build
from bot.town.town import Town
from storage.database import Where
from storage.reader import standing


class Session:
    """Runs the parts step by step with one platform, on which nothing older can still arrive. For
    ``shows`` see ``InlineCourier``; ``lasting`` False: the database can be made again (``Store``).
    The other keyword arguments are test seams."""

    def __init__(
        self,
        file: Where,
        town: Town,
        chance: Chance,
        clock: Callable[[], datetime],
        platform: Platform,
        alarm: Callable[[str], None] = no_alarm,
        shows: Shows = everything,
        lasting: bool = True,
    ) -> None:
        can = {platform.name: platform.capabilities}
        parts = build(file, town, chance, clock, can, alarm, lasting)
        self.town = town
        self.clock = clock
        self.store, self.reader, self.engine = parts.store, parts.reader, parts.engine
        self.speaker, self._pages = parts.speaker, parts.pages
        self._chores, self._workshop = parts.chores, parts.workshop
        parts.rows.land()
        self.courier = InlineCourier(platform, parts.rows, parts.answering, shows)

    def put(self, facts: Sequence[Fact]) -> None:
        """Handle facts and everything that follows; raises ``NotNow`` when something cannot be
        stored."""
        for start in range(0, len(facts), BATCH):
            self.receive(facts[start : start + BATCH])
        self.settle()

    def settle(self) -> None:
        """Do the jobs and send what waits; after ``NotNow`` the next call goes on from there."""
        while self._chores.work() or self.courier.deliver():
            pass
        self._chores.clean()

    def due_before(self, at: datetime) -> Iterator[datetime]:
        """Each hour before a moment at which something happens by itself. Whoever lets time pass
        does what is due at one before asking for the next: so nothing happens late that, with a
        bot that was there, would have been on time."""
        last = self.clock()
        while (due := self.engine.ledger.next_due()) is not None and last < due[1].at < at:
            last = due[1].at
            yield last

    def hand_over(self, dialogue: str, clerk: bool = False) -> Handed:
        """The bundle of a dialogue as it is now."""
        made = self._workshop.taken(dialogue)
        key, pages, state = self.town.key, self._pages, self.engine.ledger.states.get(dialogue)
        now = standing(self.reader, state) if state is not None else None
        return handed_over(self.reader, pages, key, dialogue, clerk, known=made, now=now)

    def close(self) -> None:
        self._chores.end()
        self.store.close()

    def receive(self, facts: Sequence[Fact]) -> None:
        """Handle facts and show the answers; ``settle`` does what follows.

        Raises ``NotNow``, also when some facts were committed and answered: the same facts may be
        given again, and each is handled once.
        """
        got = self.engine.receive(facts)
        self.courier.answer(got.replies)
        got.whole()
