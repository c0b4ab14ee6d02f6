"""The courier's side of the store: runs in the engine's thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.queue import Composed, is_offer, joined, without_repeats
from bot.delivery.speaking import Speaker
from bot.desk import offers, posts
from bot.desk.asker import Desk, Reply
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Audience, Notice, Value
from storage.messages import together
from storage.posts import GIVEN, Post
from storage.rows import Cards, Row, Work

#: What somebody hears first who asked to take part.
_OPENING = frozenset({"begin", "between_rounds"})

#: Whether a card has to be posted anew is looked at no oftener than this, in ms.
_LOOK_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """A row on its way, and the messages made of it; of other work than saying there are none."""

    row: Row
    messages: tuple[Message, ...]

    @property
    def place(self) -> Place:
        return Place.parse(self.row.place)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for one place; who was ``patient`` finds more in the next offer."""

    replies: tuple[Reply, ...]
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What may go now on a platform, in messages of at most ``most`` bytes. ``shut`` are places
    that take nothing, ``later`` rows that were refused a moment ago; ``asked`` is answered where
    no row goes first."""

    platform: str
    most: int
    shut: frozenset[str] = frozenset()
    later: frozenset[int] = frozenset()
    cards: Cards = Cards.NOW
    asked: tuple[Asked, ...] = ()


class Counter:
    """``posted`` hands the engine the fact that a message stands; ``alarm`` hears the type of an
    error."""

    def __init__(
        self,
        desk: Desk,
        speaker: Speaker,
        posted: Callable[[str, str], None],
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._ledger = desk.ledger
        self._store = desk.store
        self._speaker = speaker
        self._posted = posted
        self._clock = clock
        self._alarm = alarm
        self._looked = 0

    def next(self, turn: Turn) -> Taken | list[Composed] | None:
        """What goes now: a row of the outbox, or else the answers that are next."""
        return self._take(turn) or (self.answers(turn) if turn.asked else None)

    # -- rows of the outbox -------------------------------------------------------------------

    def _take(self, turn: Turn) -> Taken | None:
        """The weightiest row that waits, frozen."""
        self._renew_cards(turn.platform)
        while (row := self._next(turn)) is not None:
            if row.work is not Work.SAY:
                return Taken(row, ())
            try:
                return Taken(row, tuple(self._speaker.messages(row, turn.most)))
            except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
                self._alarm(type(error).__name__)
                with self._store.transaction():
                    self._refused(row)
        return None

    def _renew_cards(self, platform: str) -> None:
        now = self._clock()
        if not 0 <= milliseconds(now) - self._looked < _LOOK_EVERY:
            self._looked = milliseconds(now)
            with self._store.transaction():
                posts.renew_cards(self._ledger, platform, now)

    def _next(self, turn: Turn) -> Row | None:
        """Frozen; nothing is begun in the store where nothing waits."""
        outbox = self._store.outbox
        while (row := self._waiting(turn)) is not None:
            with self._store.transaction():
                if posts.stays(self._ledger, row, self._clock()):
                    continue
                if row.place.startswith(f"{turn.platform}/{PlaceKind.PERSONAL.value}/"):
                    row = self._together(row)
                outbox.freeze(row.id)
                return row
        return None

    def _waiting(self, turn: Turn) -> Row | None:
        with self._store.reading():
            return self._store.outbox.next(turn.platform, turn.shut, turn.later, turn.cards)

    def _together(self, row: Row) -> Row:
        """What else waits for the same person goes with it."""
        if row.work is not Work.SAY or row.slot or row.landed:
            return row
        others = self._store.outbox.together(row)
        if not others:
            return row
        message = together([row.message, *(other.message for other in others)])
        return self._store.outbox.merge(row, others, message)

    def sent(self, taken: Taken, name: str) -> None:
        self._posted(taken.row.token, name)

    def refused(self, taken: Taken) -> None:
        """The platform will not take it in this form."""
        row = taken.row
        with self._store.transaction():
            if row.work is Work.SAY:
                self._refused(row)
            else:
                self._store.outbox.drop(row.id)
            if row.work is Work.REMOVE and row.slot.startswith(GIVEN):
                post = Post(row.dialogue, row.slot, row.place, row.target)
                self._store.posts.remains(post)
                self._tell_staff(row, "cannot_remove", item=row.slot.removeprefix(GIVEN))
        if row.work is not Work.SAY:
            self._posted(row.token, "")

    def _refused(self, row: Row) -> None:
        """One more permanent error; after too many it is parked, and staff is told."""
        if self._store.outbox.thaw(row.id):
            self._tell_staff(row, "not_sent")

    def _tell_staff(self, row: Row, template: str, **data: Value) -> None:
        state = self._ledger.states.get(row.dialogue)
        if state is not None and Place.parse(row.place).kind is not PlaceKind.STAFF:
            self._ledger.tell(state, Notice(template, data, Audience.STAFF), self._clock())

    def returned(self, taken: Taken, landed: bool) -> None:
        """It did not go, or nobody knows whether it did (``landed``)."""
        with self._store.transaction():
            self._store.outbox.unfreeze(taken.row.id, landed)

    # -- answers ------------------------------------------------------------------------------

    def answers(self, turn: Turn) -> list[Composed]:
        """The answers whose turn it is as messages, place by place."""
        return [self._composed(asked, turn.most) for asked in turn.asked]

    def _composed(self, asked: Asked, most: int) -> Composed:
        kept = without_repeats(asked.replies)
        messages: list[Message] = []
        offered, opens = "", False
        for reply in kept:
            notices = reply.notices
            try:
                if asked.patient:
                    notices = tuple(self._widened(reply, notice) for notice in notices)
                token = self._ledger.token()
                messages += self._speaker.answers(
                    reply.place, notices, token, reply.title, reply.language, most
                )
            except Exception as error:  # noqa: BLE001 - the others are answered
                self._alarm(type(error).__name__)
                continue
            offered = next((offers.items_of(n) for n in notices if is_offer(n)), offered)
            opens = opens or any(n.template in _OPENING and not n.data.get("youth")
                                 for n in notices)  # fmt: skip
        made = joined(messages, most)
        handle = next((r.handle for r in reversed(asked.replies) if r.handle is not None), None)
        if handle is not None:
            made = [replace(message, handle=handle) for message in made]
        if offered:
            with self._store.transaction():
                self._store.places.sending(str(made[-1].place), offered, made[-1].token)
        leaves = any(n.template == "forgotten" for reply in kept for n in reply.notices)
        return Composed(asked.replies, made, offered, opens, leaves)

    def _widened(self, reply: Reply, notice: Notice) -> Notice:
        if notice.template != "offer_statements":
            return notice
        with self._store.transaction():
            return offers.widened(self._desk, reply.place, notice)

    def stood(self, place: Place, offered: str) -> None:
        """What was offered in a place stands there from now on, up to the offer of these items."""
        with self._store.transaction():
            self._store.places.stand(str(place), milliseconds(self._clock()), offered)
