"""Preparing for couriers: rows of the outbox and answers become messages.

All of it touches the store, and so it is done by the thread that the engine belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.delivery.queue import Composed, in_messages, is_offer, joined, without_repeats
from bot.delivery.speaking import Outdated, Speaker, Unneeded
from bot.desk import offers, polling, posts, tapping
from bot.desk.asker import Reply, Tap
from bot.desk.services import Services
from bot.ledger.ledger import Ledger
from bot.platforms.facts import Erased, Fact, Posted
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Audience, Notice, Value
from storage import forgetting
from storage.messages import together
from storage.posts import GIVEN, Post
from storage.rows import Cards, Row, Work
from storage.sqlite import NotNow, or_not_now

#: The templates that answer a request to take part.
_OPENING = frozenset({"begin", "between_rounds"})

#: How often it is checked whether a card has to be posted again, in ms.
_LOOK_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """A frozen row of the outbox and its messages; a row with work other than ``SAY`` has none."""

    row: Row
    messages: tuple[Message, ...]

    @property
    def place(self) -> Place:
        return Place.parse(self.row.place)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for one place; ``patient``: the person waited long and gets a longer offer."""

    replies: tuple[Reply, ...]
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What a courier may send now, in messages within the platform's limit. ``shut``: places that
    accept nothing now; ``later``: ids of rows that were refused a moment ago; ``answers``: the
    places where answers wait, each with the newest row that the next one comes after; ``staff``:
    only what is for staff rooms."""

    platform: str
    limit: Limit
    shut: frozenset[str] = frozenset()
    later: frozenset[int] = frozenset()
    cards: Cards = Cards.NOW
    answers: Mapping[str, int] = field(default_factory=dict)
    staff: bool = False


class Rows:
    """Rows of the outbox: frozen, rendered to messages, handed to a courier, and their result
    recorded.

    ``hear`` hands the engine a ``Posted`` fact for each; ``alarm`` is called with an error's type.
    """

    def __init__(
        self,
        ledger: Ledger,
        speaker: Speaker,
        hear: Callable[[Sequence[Fact]], object],
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._store = ledger.store
        self._speaker = speaker
        self._hear = hear
        self._clock = clock
        self.alarm = alarm
        self._looked: dict[str, int] = {}

    def land(self) -> None:
        """At the start: rows that were being sent when the program ended are sent again, same
        token."""
        with self._store.transaction():
            self._store.flights.land()

    # -- taking -------------------------------------------------------------------------------

    def take(self, turn: Turn) -> Taken | None:
        """The row with priority that may go now, frozen and rendered; None when there is none."""
        self._renew_cards(turn.platform)
        while (row := self._next(turn)) is not None:
            taken = self.made(row, turn.limit)
            if taken is not None:
                return taken
        return None

    def freeze_all(self) -> list[Row]:
        """Freeze all rows that wait (at most a hundred), and return them oldest first."""
        return self._frozen(self._store.queue.waiting())

    def freeze_upto(self, place: str, newest: int) -> list[Row]:
        """Freeze the messages that wait for a place, up to a row, and return them oldest first."""
        return self._frozen(self._store.queue.upto(place, newest))

    def _frozen(self, rows: list[Row]) -> list[Row]:
        if rows:
            with self._store.transaction():
                for row in rows:
                    self._store.flights.freeze(row.id)
        return rows

    def made(self, row: Row, limit: Limit | None = None) -> Taken | None:
        """Render a frozen row to messages within a limit (None: to one message). None when that
        fails, which counts as a refusal: one bad row must not stop the others."""
        if row.work is not Work.SAY:
            return Taken(row, ())
        try:
            return Taken(row, tuple(self._speaker.messages(row, limit)))
        except Unneeded:
            with self._store.transaction():
                self._store.flights.drop(row.id)
            return None
        except Outdated as document:
            self._hear([Erased(self._clock(), document.dialogue, document.position)])
            with self._store.transaction():
                self._store.flights.drop(row.id)
            return None
        except Exception as error:  # noqa: BLE001 - it is the row that is bad
            self.alarm(type(error).__name__)
        with self._store.transaction():
            self._refused(row)
        return None

    def _renew_cards(self, platform: str) -> None:
        now = self._clock()
        looked = self._looked.get(platform)
        if looked is None or not 0 <= milliseconds(now) - looked < _LOOK_EVERY:
            self._looked[platform] = milliseconds(now)
            with self._store.transaction():
                posts.renew_cards(self._ledger, platform, now)

    def _next(self, turn: Turn) -> Row | None:
        """Freeze and return the next row. No transaction is begun when nothing waits."""
        while (row := self._waiting(turn)) is not None:
            with self._store.transaction():
                if posts.stays(self._ledger, row, self._clock()):
                    continue
                if row.place.startswith(f"{turn.platform}/{PlaceKind.PERSONAL.value}/"):
                    row = self._together(row)
                self._store.flights.freeze(row.id)
                return row
        return None

    def _waiting(self, turn: Turn) -> Row | None:
        with or_not_now():
            return self._store.queue.next(
                turn.platform,
                turn.shut,
                turn.later,
                turn.cards,
                answers=turn.answers,
                staff=turn.staff,
            )

    def _together(self, row: Row) -> Row:
        """Merge the other rows that wait for the same person about the same dialogue into this
        one."""
        if row.work is not Work.SAY or row.slot or row.landed:
            return row
        others = self._store.queue.together(row)
        if not others:
            return row
        message = together([row.message, *(other.message for other in others)])
        return self._store.queue.merge(row, others, message)

    # -- what came of it ----------------------------------------------------------------------

    def stand(self, names: Mapping[str, str]) -> None:
        """Report to the engine that the rows with these tokens were carried out, each with its
        message id."""
        self._hear([Posted(token, name) for token, name in names.items()])

    def refused(self, row: Row) -> None:
        """The platform refused the row in this form: count a permanent error."""
        with self._store.transaction():
            if row.work is Work.SAY:
                self._refused(row)
            else:
                self._store.flights.drop(row.id)
            if row.work is Work.REMOVE and row.slot.startswith(GIVEN):
                post = Post(row.dialogue, row.slot, row.place, row.target)
                self._store.posts.remains(post)
                self._tell_staff(row, "cannot_remove", item=row.slot.removeprefix(GIVEN))
        if row.work is not Work.SAY:
            self.stand({row.token: ""})

    def _refused(self, row: Row) -> None:
        """Count one more permanent error; after too many the row is parked, and staff is told. A
        list in it was seen by nobody."""
        self._store.offers.refused(row.place, row.token)
        if self._store.flights.thaw(row.id):
            self._tell_staff(row, "not_sent")

    def _tell_staff(self, row: Row, template: str, **data: Value) -> None:
        state = self._ledger.states.get(row.dialogue)
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


class Answering:
    """Turns answers into messages. ``alarm`` is called with an error's type."""

    def __init__(
        self,
        services: Services,
        speaker: Speaker,
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
    ) -> None:
        self._services = services
        self._store = services.store
        self._speaker = speaker
        self._clock = clock
        self._alarm = alarm

    def messages(self, reply: Reply) -> list[Message]:
        """One answer as one message; an empty list when it cannot be rendered."""
        return self._made(reply)[1]

    def passes(self) -> None:
        """Take a token for an answer that is not rendered because nobody looks, so that the
        sequence of random values does not depend on who looks."""
        self._services.ledger.token()

    def _made(
        self, reply: Reply, limit: Limit | None = None, patient: bool = False
    ) -> tuple[tuple[Notice, ...], list[Message]]:
        """The notices of an answer (offers made longer where ``patient``) and their messages; both
        empty when rendering fails: one bad answer must not stop the others."""
        notices = reply.notices
        try:
            if patient:
                notices = tuple(self._widened(reply, notice) for notice in notices)
            token = self._services.ledger.token()
            made = self._speaker.answers(
                reply.place, notices, token, reply.title, reply.language, limit
            )
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - it is the answer that is bad
            self._alarm(type(error).__name__)
            return (), []
        return notices, made

    def composed(
        self, asked: Sequence[Asked], limit: Limit, later: Collection[int] = ()
    ) -> list[Composed]:
        """The answers for several places, each as the messages that are sent there together. An
        answer that comes after a row that still waits is not among them; no answer waits for the
        rows in ``later``."""
        return [self._composed(self._in_turn(one, later), limit) for one in asked]

    def _in_turn(self, asked: Asked, later: Collection[int]) -> Asked:
        """The answers before the first row that waits for their place; at least the first."""
        if len(asked.replies) < 2:
            return asked
        first = self._store.queue.first(str(asked.replies[0].place), later)
        if first is None:
            return asked
        behind = (n for n, r in enumerate(asked.replies) if n and r.after and r.after >= first)
        return replace(asked, replies=asked.replies[: next(behind, None)])

    def _composed(self, asked: Asked, limit: Limit) -> Composed:
        kept = without_repeats(asked.replies)
        whole: list[Message] = []
        offered, opens = "", False
        for together_said in in_messages(kept):
            messages: list[Message] = []
            for reply in together_said:
                notices, made = self._made(reply, limit, asked.patient)
                messages += made
                offered = next((offers.key_of(n) for n in notices if is_offer(n)), offered)
                opens = opens or any(n.template in _OPENING and not n.data.get("youth")
                                     for n in notices)  # fmt: skip
            whole += joined(messages, limit)
        handle = next((r.handle for r in reversed(asked.replies) if r.handle is not None), None)
        if handle is not None:
            whole = [replace(message, handle=handle) for message in whole]
        if offered:
            with self._store.transaction():
                self._store.offers.sending(str(whole[-1].place), offered, whole[-1].token)
        taps = tuple(reply.tap for reply in asked.replies if reply.tap is not None)
        leaves = any(n.template == "forgotten" for reply in kept for n in reply.notices)
        return Composed(asked.replies, whole, offered, opens, leaves, taps)

    def _widened(self, reply: Reply, notice: Notice) -> Notice:
        if not is_offer(notice):
            return notice
        with self._store.transaction():
            return offers.widened(self._services, reply.place, notice)

    def refused(self, place: Place, composed: Composed) -> None:
        """A platform refused a message of these answers for ever: the offer in them was never
        seen, so no answer may count on it."""
        with self._store.transaction():
            self._store.offers.refused(str(place), composed.messages[-1].token)
        composed.offered = ""

    def stood(self, place: Place, offered: str) -> None:
        """Record that the offers up to the one of these items are posted in a place from now on."""
        with self._store.transaction():
            self._store.offers.stand(str(place), milliseconds(self._clock()), offered)
            polling.ask_next(self._services, str(place), self._clock())

    def take_away(self, taps: Sequence[Tap]) -> None:
        """The answers to these signs are posted: have the signs taken away."""
        with self._store.transaction():
            for tap in taps:
                token = self._services.ledger.token()
                tapping.taken_away(self._store, tap, token, self._clock())
