"""What waits for its turn: answers, and until when a place, a row or a card has to wait.

What waits for one place goes out as one message.

An answer stays what was decided until it is sent; its words are made at the last moment, so that
what was erased meanwhile is not said, and only the newest of several offers is. One that may stand
already keeps its words and its token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from bot.desk.asker import Reply
from bot.platforms.document import Document
from bot.platforms.messages import Limit, Message
from bot.platforms.places import PlaceKind
from dialogues.core import Notice
from storage.rows import Cards

#: So many answers wait for one place; what comes on top lets the oldest go.
MOST = 40


@dataclass(frozen=True, slots=True)
class Paces:
    """How soon what can wait goes, in seconds. Tests hand in others, as where the homeserver's
    limits are quicker.

    ``patience``: who waited for an answer this long finds more statements in the next offer.
    ``card_every``: the least time between two edits of cards while anything else waits.
    ``card_breath``: the same at any time. A card that changes with every vote is redrawn by every
    client in the room.
    """

    patience: float = 10.0
    card_every: float = 30.0
    card_breath: float = 3.0


@dataclass(slots=True)
class Composed:
    """The messages that answers became. ``offered``: the items of the offer in them, if there is
    one; ``opens``: somebody asked to take part; ``leaves``: somebody was forgotten, and so is their
    conversation; ``kept``: sent in part, or perhaps sent."""

    replies: tuple[Reply, ...]
    messages: list[Message]
    offered: str = ""
    opens: bool = False
    leaves: bool = False
    kept: bool = False


@dataclass(slots=True)
class Waiting:
    """What waits for one place: answers, each with when it came, and those that became messages."""

    answers: list[tuple[float, Reply]] = field(default_factory=list)
    composed: Composed | None = None
    since: float = 0.0

    def add(self, reply: Reply, now: float) -> None:
        if not self.answers and self.composed is None:
            self.since = now
        self.answers.append((now, reply))
        del self.answers[:-MOST]

    def replies(self) -> tuple[Reply, ...]:
        """The answers that can become messages now."""
        return tuple(reply for _, reply in self.answers)

    def became(self, composed: Composed) -> None:
        """Answers became messages; what came meanwhile waits on."""
        done = {id(reply) for reply in composed.replies}
        self.answers = [kept for kept in self.answers if id(kept[1]) not in done]
        self.composed = composed

    def give_back(self) -> None:
        """The messages surely did not go: their answers wait again, with what came meanwhile."""
        if self.composed is None or self.composed.kept:
            return
        self.answers[:0] = [(self.since, reply) for reply in self.composed.replies]
        del self.answers[:-MOST]
        self.composed = None

    def done(self) -> bool:
        """The messages went; True when nothing else waits."""
        self.composed = None
        if self.answers:
            self.since = self.answers[0][0]
        return not self.answers


@dataclass(slots=True)
class Answers:
    """Everything that waits, by place."""

    places: dict[str, Waiting] = field(default_factory=dict)

    def add(self, replies: Iterable[Reply], now: float) -> None:
        for reply in replies:
            self.places.setdefault(str(reply.place), Waiting()).add(reply, now)

    def ready(self, shut: Iterable[str]) -> list[str]:
        """The places something waits for: staff rooms first, then by how long it waits."""
        closed = frozenset(shut)
        return sorted(
            (key for key in self.places if key not in closed),
            key=lambda key: (not is_staff(key), self.places[key].since),
        )


@dataclass(slots=True)
class Pace:
    """Until when what cannot go has to wait: the places that are ``shut``, the rows tried again
    ``later``, and cards: the last one was edited at ``card_at``. ``now`` is a clock in seconds
    that only goes forward."""

    now: Callable[[], float]
    paces: Paces
    shut: dict[str, float] = field(default_factory=dict)
    later: dict[int, float] = field(default_factory=dict)
    card_at: float = float("-inf")

    def shut_for(self, place: str, seconds: float) -> None:
        """A place takes nothing for so long."""
        self.shut[place] = self.now() + seconds

    def later_by(self, row: int, seconds: float) -> None:
        """A row is tried again after so long."""
        self.later[row] = self.now() + seconds

    def card_edited(self) -> None:
        """A card was edited now."""
        self.card_at = self.now()

    def go_on(self) -> None:
        """Forget what need not wait any more."""
        now = self.now()
        self.shut = {key: until for key, until in self.shut.items() if until > now}
        self.later = {row: until for row, until in self.later.items() if until > now}

    def patient(self, waiting: Waiting) -> bool:
        """Whether somebody waited so long for an answer that they find more in it."""
        return self.now() - waiting.since >= self.paces.patience

    def cards(self, *, others_wait: bool) -> Cards:
        """When an edit of a card may go."""
        rested = self.now() - self.card_at
        if rested >= self.paces.card_every:
            return Cards.NOW
        if not others_wait and rested >= self.paces.card_breath:
            return Cards.ALONE
        return Cards.LATER

    def rest(self) -> float:
        """How long to wait for news when nothing can be sent, in seconds."""
        now, longest = self.now(), self.paces.card_every
        waits = [*self.shut.values(), *self.later.values(), self.card_at + self.paces.card_breath]
        first = min((t for t in waits if t > now), default=now + longest)
        return min(max(first - now, 0.05), longest)


def is_staff(key: str) -> bool:
    return f"/{PlaceKind.STAFF.value}/" in key


def without_repeats(replies: Sequence[Reply]) -> list[Reply]:
    """The answers without offers that a later one takes the place of, and without repetitions."""
    last = max((n for n, r in enumerate(replies) if any(map(is_offer, r.notices))), default=-1)
    kept: list[Reply] = []
    for number, reply in enumerate(replies):
        notices = reply.notices
        if number < last:
            notices = tuple(notice for notice in notices if not is_offer(notice))
        if notices and not (kept and kept[-1].notices == notices):
            kept.append(structs.replace(reply, notices=notices))
    return kept


def is_offer(notice: Notice) -> bool:
    return notice.template.startswith("offer_")


def joined(messages: Sequence[Message], limit: Limit | None) -> list[Message]:
    """Messages for one place put together as far as they fit, each under its last token."""
    out: list[Message] = []
    for message in messages:
        if out and (limit is None or limit.takes(out[-1].document, message.document)):
            out[-1] = _both(out[-1], message)
        else:
            out.append(message)
    return out


def _both(first: Message, then: Message) -> Message:
    return replace(
        then,
        opens=first.opens or then.opens,
        document=Document.of((first.document, then.document)),
        choices=first.choices + then.choices,
        forms=first.forms + then.forms,
    )
