"""The courier: from waiting rows to messages that stand, once and in order a place.

A row is frozen in a transaction before it is sent, so that a later change waits for its turn; what
the platform answers comes back as a fact. Answers to whoever asked need no outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.delivery.speaking import Speaker
from bot.desk.asker import Reply
from bot.platforms.facts import Fact, Posted
from bot.platforms.live import Platform
from storage.rows import Work
from storage.store import Store


class Courier:
    """``fault`` is called with the name of each step, for tests that break off there. A ``quiet``
    courier lets everything pass without showing it (an import of many votes)."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        speaker: Speaker,
        token: Callable[[], str],
        fault: Callable[[str], None],
        quiet: bool = False,
    ) -> None:
        self._store = store
        self._platform = platform
        self._speaker = speaker
        self._token = token
        self._fault = fault
        self._quiet = quiet
        with store.transaction():
            store.outbox.land()

    def answer(self, replies: Sequence[Reply]) -> None:
        """Show what was answered to those who asked."""
        if self._quiet:
            return
        for reply in replies:
            self._platform.send(
                self._speaker.answer(
                    reply.place, reply.notices, self._token(), reply.title, reply.language
                )
            )

    def deliver(self) -> list[Fact]:
        """Send what waits; returns what the engine has to hear of it."""
        rows = self._store.outbox.waiting()
        if not rows:
            return []
        with self._store.transaction():
            for row in rows:
                self._store.outbox.freeze(row.id)
        self._fault("frozen")
        posted: list[Fact] = []
        for row in rows:
            name = row.edits or row.token
            if row.work is not Work.SAY:
                name = row.target  # a message on the console is neither pinned nor taken away
            elif not self._quiet:
                name = self._platform.send(self._speaker.message(row))
            self._fault("sent")
            posted.append(Posted(row.token, name))
        return posted
