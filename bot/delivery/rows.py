"""Rows of the outbox become messages: the next one is frozen, rendered and handed to a courier.

All of it touches the store, and so it is done by the thread that the engine belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.delivery.outcomes import Outcomes
from bot.delivery.pictures import Pictures
from bot.delivery.speaking import Outdated, Speaker, Unneeded
from bot.desk import cards
from bot.ledger.ledger import Ledger
from bot.platforms.facts import Erased, Fact
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from storage.database import or_not_now
from storage.messages import apart, together
from storage.rows import Cards, Next, Row, Work

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
    """Takes rows of the outbox: freezes and renders them.

    ``hear`` hands facts to the engine; what comes of a row goes to ``outcomes``.
    """

    def __init__(
        self,
        ledger: Ledger,
        speaker: Speaker,
        outcomes: Outcomes,
        hear: Callable[[Sequence[Fact]], object],
        clock: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        self._pictures = pictures
        self._ledger = ledger
        self._store = ledger.store
        self._speaker = speaker
        self.outcomes = outcomes
        self._hear = hear
        self._clock = clock
        self._looked: dict[str, int] = {}

    def land(self) -> None:
        """At the start: rows that were being sent when the program ended are sent again, same
        token."""
        with self._store.transaction():
            self._store.flights.land()

    def take(self, turn: Turn) -> Taken | Next:
        """The row with priority that may go now, frozen and rendered; where there is none, what
        waits."""
        self._renew_cards(turn.platform)
        while (found := self._next(turn)).row is not None:
            taken = self.made(found.row, turn.limit)
            if taken is not None:
                return taken
        return found

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
            made = tuple(self._speaker.messages(row, limit))
            return Taken(row, self._pictures.shown(row, made) if self._pictures else made)
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
            self.outcomes.alarm(type(error).__name__)
        sound = self._sound(row)
        if sound is not None:
            return self.made(sound, limit)
        with self._store.transaction():
            self.outcomes.refused_once(row)
        return None

    def _sound(self, row: Row) -> Row | None:
        """Of news that waited together, and cannot be rendered as one, what can be alone; staff is
        told of the rest. None where nothing can, or it is one message."""
        parts = apart(row.message)
        kept = [part for part in parts if self._renders(replace(row, message=part))]
        if not 0 < len(kept) < len(parts):
            return None
        with self._store.transaction():
            self.outcomes.gave_up(row)
            return self._store.queue.merge(row, [], together(kept))

    def _renders(self, row: Row) -> bool:
        try:
            self._speaker.messages(row)
        except Unneeded:
            return False
        except Exception:  # noqa: BLE001 - whatever it is, the others go
            return False
        return True

    def _renew_cards(self, platform: str) -> None:
        now = self._clock()
        looked = self._looked.get(platform)
        if looked is None or not 0 <= milliseconds(now) - looked < _LOOK_EVERY:
            self._looked[platform] = milliseconds(now)
            with self._store.transaction():
                cards.renew_cards(self._ledger, platform, now)

    def _next(self, turn: Turn) -> Next:
        """Freeze and return the next row. No transaction is begun when nothing waits."""
        while (row := (found := self.waiting(turn)).row) is not None:
            with self._store.transaction():
                if cards.stays(self._ledger, row, self._clock()):
                    continue
                if row.place.startswith(f"{turn.platform}/{PlaceKind.PERSONAL.value}/"):
                    row = self._together(row, turn.answers.get(row.place))
                self._store.flights.freeze(row.id)
                return Next(row)
        return found

    def waiting(self, turn: Turn) -> Next:
        """The row with priority that may go now, which stays as it is; where there is none, what
        waits."""
        with or_not_now():
            return self._store.queue.next(
                turn.platform,
                turn.shut,
                turn.later,
                turn.cards,
                answers=turn.answers,
                staff=turn.staff,
            )

    def _together(self, row: Row, answer: int | None) -> Row:
        """Merge the other rows that wait for the same person about the same dialogue into this
        one, but for those that come after an answer, which waits there: see ``Turn.answers``."""
        if row.work is not Work.SAY or row.slot or row.landed:
            return row
        others = self._store.queue.together(row, answer)
        if not others:
            return row
        message = together([row.message, *(other.message for other in others)])
        return self._store.queue.merge(row, others, message)
