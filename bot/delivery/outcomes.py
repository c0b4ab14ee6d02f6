"""What came of rows of the outbox: posted, refused, not sent now, or a conversation that was left.

All of it touches the store, and so it is done by the thread that the engine belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.ledger.ledger import Ledger
from bot.platforms.facts import Fact, Posted
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Audience, Notice, Value
from storage import forgetting
from storage.database import or_not_now
from storage.posts import GIVEN, Post
from storage.rows import WORK, Row, Work


class Outcomes:
    """Records what came of rows. ``hear`` hands the engine a ``Posted`` fact for each that was
    posted; ``alarm`` is called with an error's type."""

    def __init__(
        self,
        ledger: Ledger,
        hear: Callable[[Sequence[Fact]], object],
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._store = ledger.store
        self._hear = hear
        self._clock = clock
        self.alarm = alarm

    def stand(self, names: Mapping[str, str]) -> None:
        """Report to the engine that the rows with these tokens were carried out, each with its
        message id."""
        self._hear([Posted(token, name) for token, name in names.items()])

    def refused(self, row: Row) -> None:
        """The platform refused the row in this form: count a permanent error."""
        with self._store.transaction():
            if row.edits and row.slot == WORK:  # somebody took the list away
                self._store.flights.drop(row.id)
                self._store.posts.remove(Post(row.dialogue, row.slot, row.place, row.edits))
            elif row.work is Work.SAY:
                self.refused_once(row)
            else:
                self._store.flights.drop(row.id)
            if row.work is Work.REMOVE and row.slot.startswith(GIVEN):
                post = Post(row.dialogue, row.slot, row.place, row.target)
                self._store.posts.remains(post)
                self._tell_staff(row, "cannot_remove", item=row.slot.removeprefix(GIVEN))
        if row.work is not Work.SAY:
            self.stand({row.token: ""})

    def refused_once(self, row: Row) -> None:
        """Count one more permanent error, in a transaction; after too many the row is parked, and
        staff is told. A list in it was seen by nobody."""
        self._store.offers.refused(row.place, row.token)
        if self._store.flights.thaw(row.id):
            self._tell_staff(row, "not_sent")

    def gave_up(self, row: Row) -> None:
        """A part of the row cannot be said, in a transaction: the rest goes, and staff is told."""
        self._tell_staff(row, "not_sent")

    def _tell_staff(self, row: Row, template: str, **data: Value) -> None:
        state = self._ledger.aggregates.get(row.dialogue)
        if state is not None and Place.parse(row.place).kind is not PlaceKind.STAFF:
            self._ledger.tell(state, Notice(template, data, Audience.STAFF), self._clock())

    def leaves(self, platform: str) -> list[tuple[int, Place]]:
        """The conversations of a platform that are to be left, each with its row. Who came back to
        one since they were forgotten stays in it."""
        found = []
        with or_not_now():
            waiting = self._store.queue.leaves(platform)
            back = {place for _, place in waiting if self._store.places.person(place)}
        for row, place in waiting:
            if place in back:
                self.left(row)
            else:
                found.append((row, Place.parse(place)))
        return found

    def left(self, row: int) -> None:
        """A conversation was left, or need not be."""
        with self._store.transaction():
            forgetting.left(self._store, row, milliseconds(self._clock()))

    def returned(self, row: Row, landed: bool) -> None:
        """The row was not sent, or it is unknown whether it was (``landed``): let it wait again."""
        with self._store.transaction():
            self._store.flights.unfreeze(row.id, landed)
