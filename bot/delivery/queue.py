"""The queue of answers, and until when places, rows and card edits have to wait.

All answers for one place are sent as one message where they fit. They are rendered only when they
are sent, so that words erased meanwhile are not sent, and of several offers only the newest. An
answer that may have been posted already keeps its words and its token.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from msgspec import structs

from bot.desk.asker import Reply, Tap
from bot.platforms.messages import Message
from bot.platforms.places import PlaceKind
from dialogues.core import Notice
from storage.rows import Cards

#: What gets no answer is tried again after twice as long each time, so many times.
_MOST_DOUBTS = 3

#: How many answers wait for one place at most; beyond that the oldest is dropped.
MOST = 40

#: For how many places answers are composed in one call to the engine's thread: where they are sent
#: one after another, and where each goes by its own handle.
TOGETHER, BY_HANDLES = 5, 25


@dataclass(frozen=True, slots=True)
class Paces:
    """Pauses of a courier, in seconds. Tests use shorter ones where the homeserver's limits are
    shorter.

    ``patience``: after waiting this long for an answer, a person gets more statements in the next
    offer. ``card_every``: the least time between two edits of cards while anything else waits.
    ``card_breath``: the least time between two edits of cards in any case, because each edit is
    redrawn by every client in the room.
    """

    patience: float = 10.0
    card_every: float = 30.0
    card_breath: float = 3.0


@dataclass(slots=True)
class Composed:
    """Answers rendered to messages. ``offered``: the items of the offer in them, or ""; ``opens``:
    the person asked to take part; ``leaves``: the person was forgotten, so the bot leaves the
    conversation; ``taps``: the signs that asked for it, for whose authors a conversation is opened
    as soon as the server lets the bot; ``kept``: some were sent or may have been, so they are not
    composed again."""

    replies: tuple[Reply, ...]
    messages: list[Message]
    offered: str = ""
    opens: bool = False
    leaves: bool = False
    taps: tuple[Tap, ...] = ()
    kept: bool = False

    @property
    def writes(self) -> bool:
        """Whether something is noted once they were sent, which may put more in the outbox."""
        slots = any(message.slot for message in self.messages)
        return bool(self.offered or self.opens or self.leaves or self.taps or slots)


@dataclass(slots=True)
class Waiting:
    """The answers that wait for one place, each with its arrival time, and those already
    composed."""

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

    def by_handle(self) -> bool:
        """Whether the next of them is given by the handle of what was asked."""
        first = self.composed.replies[:1] if self.composed else self.replies()[:1]
        return bool(first) and first[0].handle is not None

    def after(self) -> int | None:
        """The newest row of the outbox that the next of them comes after; None: all of them."""
        first = self.composed.replies[:1] if self.composed else self.replies()[:1]
        return first[0].after if first else None

    def became(self, composed: Composed) -> None:
        """Take the composed answers out; answers that came in meanwhile go on waiting."""
        done = {id(reply) for reply in composed.replies}
        self.answers = [kept for kept in self.answers if id(kept[1]) not in done]
        self.composed = composed

    def give_back(self) -> None:
        """None of the messages was sent: put their answers back before those that came in
        meanwhile."""
        if self.composed is None or self.composed.kept:
            return
        self.answers[:0] = [(self.since, reply) for reply in self.composed.replies]
        del self.answers[:-MOST]
        self.composed = None

    def done(self) -> bool:
        """All composed messages were sent; True when no other answers wait."""
        self.composed = None
        if self.answers:
            self.since = self.answers[0][0]
        return not self.answers


@dataclass(slots=True)
class Answers:
    """The answers that wait, by place."""

    places: dict[str, Waiting] = field(default_factory=dict)

    def add(self, replies: Iterable[Reply], now: float) -> None:
        for reply in replies:
            self.places.setdefault(str(reply.place), Waiting()).add(reply, now)

    def give_back(self, places: Iterable[str]) -> None:
        """What was composed for these places is composed again, unless some of it was sent."""
        for key in places:
            self.places[key].give_back()

    def after(self, shut: Container[str]) -> dict[str, int]:
        """For each place that is not ``shut`` the newest row that its next answer comes after."""
        found = {key: one.after() for key, one in self.places.items() if key not in shut}
        return {key: after for key, after in found.items() if after is not None}

    def turn(self, ready: Sequence[str]) -> Sequence[str]:
        """Of the places that are ready those whose answers are sent now, the first among them."""
        if ready and is_staff(ready[0]):
            return ready[:1]
        apart = [*takewhile(lambda key: self.places[key].by_handle(), ready[:BY_HANDLES])]
        return apart or ready[:TOGETHER]

    def ready(self, pace: Pace) -> list[str]:
        """The places with answers that may be sent: staff rooms first, then the longest waiting."""
        return sorted(
            (key for key, one in self.places.items() if pace.takes(key, one)),
            key=lambda key: (not is_staff(key), self.places[key].since),
        )


@dataclass(slots=True)
class Pace:
    """Until when places and rows (``later``) have to wait, and when a card was last edited
    (``card_at``). All times are seconds of the monotonic clock ``now``.

    Nothing goes to a place that is ``shut`` but an answer given by its own handle, and to one that
    is ``closed`` no answer at all. ``held``: what was tried there got no answer again and again, so
    what is told there waits; answers go on. ``doubts`` counts these tries by place; ``silent`` are
    the places of those since anything arrived anywhere.
    """

    now: Callable[[], float]
    paces: Paces
    shut: dict[str, float] = field(default_factory=dict)
    closed: dict[str, float] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    later: dict[int, float] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    card_at: float = float("-inf")

    def shut_for(self, place: str, seconds: float, *, answers: bool = False) -> None:
        """Send nothing to a place for this many seconds; with ``answers`` none of these either."""
        self.shut[place] = until = self.now() + seconds
        if answers:
            self.closed[place] = until

    def open(self, place: str) -> None:
        """A place can be reached now."""
        self.shut.pop(place, None)
        self.closed.pop(place, None)

    def takes(self, place: str, waiting: Waiting) -> bool:
        """Whether the answers that wait for a place may be sent now."""
        return place not in self.closed and (place not in self.shut or waiting.by_handle())

    def rows_shut(self) -> frozenset[str]:
        """The places for which rows of the outbox wait."""
        return frozenset(self.shut) | frozenset(self.held)

    def doubted(self, place: str, seconds: float, *, answers: bool = False) -> bool:
        """Nobody knows whether something arrived; whether that is so of several places since
        anything arrived, and so of the platform. That place waits; where it happens again and again
        only what is of the same sort does, longer each time."""
        self.doubts[place] = times = self.doubts.get(place, 0) + 1
        until = self.now() + seconds * (2 ** min(times - 1, _MOST_DOUBTS))
        if times == 1 or not answers:
            self.held[place] = until
        if times == 1 or answers:
            self.closed[place] = until
        self.silent.add(place)
        return len(self.silent) > 1

    def went(self, place: str) -> None:
        """Something arrived there."""
        self.doubts.pop(place, None)
        self.silent.clear()

    def later_by(self, row: int, seconds: float) -> None:
        """Do not try a row again for this many seconds."""
        self.later[row] = self.now() + seconds

    def card_edited(self) -> None:
        """Note that a card was edited now."""
        self.card_at = self.now()

    def go_on(self) -> None:
        """Drop the pauses that are over."""
        now = self.now()
        for places in (self.shut, self.closed, self.held):
            for key in [key for key, until in places.items() if until <= now]:
                del places[key]
        self.later = {row: until for row, until in self.later.items() if until > now}

    def patient(self, waiting: Waiting) -> bool:
        """Whether somebody waited so long that the next offer should be longer."""
        return self.now() - waiting.since >= self.paces.patience

    def cards(self, *, others_wait: bool) -> Cards:
        """Whether an edit of a card may be sent now."""
        rested = self.now() - self.card_at
        if rested >= self.paces.card_every:
            return Cards.NOW
        if not others_wait and rested >= self.paces.card_breath:
            return Cards.ALONE
        return Cards.LATER

    def rest(self) -> float:
        """How long to wait when nothing can be sent now, in seconds."""
        now, longest = self.now(), self.paces.card_every
        places = (*self.shut.values(), *self.closed.values(), *self.held.values())
        waits = [*places, *self.later.values(), self.card_at + self.paces.card_breath]
        first = min((t for t in waits if t > now), default=now + longest)
        return min(max(first - now, 0.05), longest)


def is_staff(key: str) -> bool:
    return f"/{PlaceKind.STAFF.value}/" in key


def without_repeats(replies: Sequence[Reply]) -> list[Reply]:
    """The answers without repetitions, and without offers that a later one replaces. The offer
    stands last, so that nothing under it seems to be said about it; where a reason is asked for, in
    an answer of its own. What is left of a list is said after that reason."""
    last = max((n for n, r in enumerate(replies) if any(map(is_offer, r.notices))), default=-1)
    after = [notice for reply in replies[last + 1 :] for notice in reply.notices]
    apart = bool(after) or any(asks_reason(n) for reply in replies for n in reply.notices)
    stale = any(map(asks_reason, after))
    kept: list[Reply] = []

    def keep(reply: Reply, notices: Sequence[Notice]) -> None:
        if notices and not (kept and kept[-1].notices == tuple(notices)):
            kept.append(structs.replace(reply, notices=tuple(notices)))

    for number, reply in enumerate(replies):
        whole = number == last and not apart
        keep(reply, [n for n in reply.notices if whole or not is_offer(n)])
    if apart and last >= 0:
        offer = [n for n in replies[last].notices if is_offer(n)]
        keep(replies[last], [n for n in offer if not (stale and n.template == "offer_rest")])
    return kept


def in_messages(kept: Sequence[Reply]) -> list[Sequence[Reply]]:
    """The answers as those that may share a message: a list never shares one with the question for
    a reason."""
    asked = any(asks_reason(n) for reply in kept for n in reply.notices)
    if asked and any(map(is_offer, kept[-1].notices)):
        return [kept[:-1], kept[-1:]]
    return [kept]


def is_offer(notice: Notice) -> bool:
    return notice.template.startswith("offer_")


def asks_reason(notice: Notice) -> bool:
    """Whether a notice asks for the reason of a vote, of whatever kind of round."""
    return notice.template.startswith("ask_why")
