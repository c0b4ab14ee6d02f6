"""Answers composed in the call of the engine that committed them, while their courier rests.

A courier that has nothing to send would ask the engine's thread at once for what was answered: to
and fro between two threads once more for each answer. So the thread does it unasked. Where anything
else may have priority, and wherever the courier is at work, it goes the ordinary way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.answering import Answering, Asked
from bot.delivery.queue import BY_HANDLES, Composed, Pace, is_staff
from bot.delivery.rows import Rows, Turn
from bot.desk.asker import Reply
from bot.platforms.live import LivePlatform
from storage.database import NotNow
from storage.rows import Next


@dataclass(frozen=True, slots=True)
class Prepared:
    """The answers of one commit for a platform as messages, and what else waits in the outbox."""

    replies: tuple[Reply, ...]
    found: Next
    composed: tuple[Composed, ...]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a courier knows while it rests: see ``Turn``. ``closed``: see ``Pace``."""

    shut: frozenset[str]
    closed: frozenset[str]
    later: frozenset[int]


class Beforehand:
    """``prepare`` is called in the engine's thread, all else in the event loop."""

    def __init__(
        self, platform: LivePlatform, rows: Rows, answering: Answering, pace: Pace
    ) -> None:
        self._platform = platform
        self._rows = rows
        self._answering = answering
        self._pace = pace
        self._rest: _Rest | None = None
        self._prepared: Prepared | None = None

    def rests(self) -> None:
        """The courier has nothing to send."""
        pace = self._pace
        self._rest = _Rest(pace.rows_shut(), frozenset(pace.closed), frozenset(pace.later))

    def wakes(self) -> None:
        """The courier is at work."""
        self._rest = None

    def taken(self, replies: Sequence[Reply]) -> Prepared | None:
        """What was prepared of these answers; None where the courier is at work by now."""
        made = self._prepared
        if made is None or self._rest is None or [*map(id, replies)] != [*map(id, made.replies)]:
            return None
        self._prepared = None
        return made

    def prepare(self, replies: Sequence[Reply]) -> None:
        """Compose the answers for this platform, where nothing in the outbox goes before them."""
        rest, name = self._rest, self._platform.name
        if rest is None or not self._platform.capabilities.private_replies:
            return
        mine = tuple(reply for reply in replies if reply.place.platform == name)
        places: dict[str, list[Reply]] = {}
        for reply in mine:
            places.setdefault(str(reply.place), []).append(reply)
        waits = rest.shut | rest.closed
        if not 0 < len(mine) <= BY_HANDLES or any(is_staff(key) or key in waits for key in places):
            return
        after = {key: told[0].after for key, told in places.items()}
        answers = {key: row for key, row in after.items() if row is not None}
        limit, cards = self._platform.limit, self._pace.cards(others_wait=True)
        turn = Turn(name, limit, rest.shut, rest.later, cards, answers)
        try:
            found = self._rows.waiting(turn)
            if found.row is None:
                asked = [Asked(tuple(told)) for told in places.values()]
                made = tuple(self._answering.composed(asked, limit, rest.later))
                self._prepared = Prepared(mine, found, made)
        except NotNow:
            return  # the courier asks again
