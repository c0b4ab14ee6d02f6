"""The ledger: every dialogue's state, and the one way in which it changes.

``act`` decides, writes the events, folds them in and lets people hear of it. All of it belongs to
the engine's transaction; on a rollback the touched states are read again from the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.platforms.places import Place
from bot.town.town import Rooms, Town
from dialogues import events as ev
from dialogues import intents as it
from dialogues.announce import CARD_STAYS, announce, card_changed
from dialogues.core import Audience, Context, Notice
from dialogues.course import next_due
from dialogues.decide import decide
from dialogues.dialogue import Dialogue, Status
from dialogues.fold import evolve
from dialogues.intents import Due, Step
from dialogues.participation import figures
from dialogues.receipts import receipts, receipts_sha256
from dialogues.rounds.poll_state import OptionSuggested
from dialogues.rounds.statements import VoteCast
from dialogues.rounds.withdrawal import standing_votes
from storage.messages import encode
from storage.store import Store

#: The setting that keeps which staff room was tied to a room begins so.
_TIE = "staff/"

#: How many steps may follow each other without an end before something is wrong.
_STEPS = 100_000


class Ledger:
    def __init__(self, store: Store, town: Town, chance: Callable[[int], bytes]) -> None:
        self.store = store
        self._journal = store.journal
        self.town = town
        self._chance = chance
        self.states: dict[str, Dialogue] = store.read_all()
        self._rooms: Rooms | None = None
        self.learn_ties()
        self.touched: set[str] = set()
        self._cards: dict[tuple[str, int], None] = {}
        self._due: dict[str, Due | None] = {}
        self._earliest: tuple[str, Due] | None = None
        self._stale = True
        self.closed_a_round = False
        self.alarmed = False
        self.jobs: list[tuple[str, int]] = []

    # -- which staff room is whose ------------------------------------------------------------

    def tie(self, room: str, place: Place) -> None:
        """A staff room belongs to a room from now on, whatever the config says."""
        self.store.inbox.set_setting(f"{_TIE}{place.platform}/{room}", str(place))
        self._rooms = self._rooms or self.town.rooms
        self.town.rooms = self.town.rooms.tied(room, place)

    def learn_ties(self) -> None:
        """Put the staff rooms that moderators tied before those of the config."""
        rooms = self.town.rooms
        platforms = dict.fromkeys(p.platform for ps in rooms.rooms.values() for p in ps)
        keys = {f"{_TIE}{p}/{room}": room for p in platforms for room in rooms.rooms}
        for key, place in self.store.inbox.settings(keys).items():
            rooms = rooms.tied(keys[key], Place.parse(place))
        self.town.rooms = rooms

    # -- deciding -----------------------------------------------------------------------------

    def act(self, dialogue: str, intent: Any, context: Context) -> tuple[Any, ...]:
        """Decide on an intent and do what follows from it; raises ``Refused``.

        Returns the events as they were written, their words swapped for references.
        """
        state = self.states.get(dialogue)
        if state is None:
            state = Dialogue(dialogue)
        events = decide(state, intent, context)
        if not events:
            return events
        if not state.position:
            self.states[dialogue] = state
        self.touched.add(dialogue)
        at, by = context.at, context.by
        if len(events) == 1:  # nearly always, and a loop costs as much as a call
            return (self._record(state, events[0], at, by),)
        return tuple([self._record(state, event, at, by) for event in events])

    def _record(self, state: Dialogue, event: Any, at: datetime, by: str) -> Any:
        written = self._journal.append(state.id, at, by, event)
        evolve(state, written, at, by)
        kind = type(written)
        if kind is VoteCast:  # the busiest event: nothing but the card can hear of it
            self._cards[state.id, written.round] = None
            return written
        if getattr(written, "pending", kind is OptionSuggested):
            self._listen(state, event, at)
        self._outdated(state.id)
        index = getattr(written, "round", state.current)
        if index >= 0 and kind not in CARD_STAYS and state.frames[index].opened_at is not None:
            self._cards[state.id, index] = None
        if kind is ev.RoundClosed:
            self.closed_a_round = True
        if kind is ev.AdviceRequested:
            self.jobs.append((state.id, state.position))
        for notice in announce(state, written, self.head(state.id)):
            self.tell(state, notice, at)
        if hasattr(written, "round") or getattr(written, "item", "") in state.items.by_number:
            of = getattr(written, "round", None)
            if of is None:
                of = state.items.by_number[written.item].round
            for notice in state.machine(of).announce(state.states[of], written):
                self.tell(state, notice, at)
        return written

    def _listen(self, state: Dialogue, event: Any, at: datetime) -> None:
        """Words in a room of young people that cannot wait: staff hears which item has them."""
        words = self.town.rooms.youth.get(state.room)
        mine = getattr(event, "staff", False)
        if words is not None and not mine and words.heard(event.text.words):
            self.alarmed = True
            number = getattr(event, "item", "") or event.number
            self.tell(state, Notice("youth_alarm", {"item": number}, Audience.STAFF), at)

    def head(self, dialogue: str) -> str:
        """The first 16 hex digits of a dialogue's head, as messages show them."""
        return self.store.journal.head(dialogue).hash.hex()[:16]

    # -- telling ------------------------------------------------------------------------------

    def token(self) -> str:
        """A fresh random token for a message."""
        return self._chance(10).hex()

    def has_news(self) -> bool:
        """Whether a card changed since the last commit."""
        return bool(self._cards)

    def tell(
        self, state: Dialogue, notice: Notice, at: datetime, only: Place | None = None
    ) -> None:
        """Put a notice in the outbox, once for each place it is for, or for one of them."""
        message = None
        for place in self._places(state, notice) if only is None else (only,):
            if message is None:
                message = encode(notice)
            self.store.outbox.put(
                self.token(), str(place), state.id, notice.slot, message, at.isoformat()
            )

    def say(self, place: Place, notice: Notice, at: datetime, dialogue: str = "") -> None:
        """Put a notice for one place in the outbox, outside every slot."""
        message, token = encode(notice), self.token()
        self.store.outbox.put(token, str(place), dialogue, "", message, at.isoformat())

    def _places(self, state: Dialogue, notice: Notice) -> Iterator[Place]:
        if notice.audience is Audience.ROOM:
            yield from self.town.rooms.rooms.get(state.room, ())
        elif notice.audience is Audience.STAFF:
            yield from self.town.rooms.staff_places(state.room)
        else:
            person = self._person(notice.person)
            place = self.store.places.of_person(person) if person else None
            if place:
                yield Place.parse(place)

    def _person(self, participant: str) -> str | None:
        people = self.store.people
        if participant.startswith("b"):
            participant = people.participant_of(participant) or ""
        return people.person_of(participant) if participant else None

    def tell_cards(self, at: datetime) -> None:
        """Put the cards that changed in the outbox, one edit a card however many votes came.

        The card itself is made when it is sent, so that nothing is made that nobody gets to see.
        """
        for dialogue, index in self._cards:
            state = self.states.get(dialogue)
            if state is not None:
                self.tell(state, card_changed(index), at)
        self._cards.clear()

    # -- what happens by itself ---------------------------------------------------------------

    def next_due(self) -> tuple[str, Due] | None:
        """The next step that happens by itself in any dialogue."""
        if self._stale:
            self._earliest = min(self._all_due(), key=lambda step: step[1].at, default=None)
            self._stale = False
        return self._earliest

    def _outdated(self, dialogue: str) -> None:
        self._due.pop(dialogue, None)
        self._stale = True

    def run_due(self, now: datetime, settled: Callable[[Dialogue, datetime], bool]) -> None:
        """Do every step due at or before ``now``, in order of time.

        ``settled`` says whether a round may close: whether every platform of its room has read
        back to the closing hour.
        """
        earliest = self._earliest if not self._stale else self.next_due()
        if earliest is None or earliest[1].at > now:
            return
        waiting: set[str] = set()
        for _ in range(_STEPS):
            steps = [
                (name, due)
                for name, due in self._all_due()
                if due.at <= now and name not in waiting
            ]
            if not steps:
                return
            name, due = min(steps, key=lambda step: step[1].at)
            state = self.states[name]
            if due.step is Step.CLOSE:
                if not settled(state, due.at):
                    waiting.add(name)
                    continue
                due = self._with_receipts(state, due)
            if not self._step(state, due, now):
                waiting.add(name)

    def _all_due(self) -> Iterator[tuple[str, Due]]:
        for name, state in self.states.items():
            if name not in self._due:
                self._due[name] = next_due(state)
            due = self._due[name]
            if due is not None:
                yield name, due

    def _step(self, state: Dialogue, due: Due, now: datetime) -> bool:
        frame = state.frame
        if due.step is Step.REMINDER and frame is not None and now >= (frame.closes_at or now):
            # after an outage: a reminder of what is over helps nobody
            self._quietly(state, ev.ReminderGiven(frame.index), due.at)
            return True
        if due.step in (Step.ADVICE, Step.LINKS):
            due = replace(due, figures=self.figures(state))
        if due.step is Step.LINKS:
            self.store.people.destroy_links(state.id)
            self.store.posts.forget_authors(state.id)
        return bool(self.act(state.id, due, Context(due.at, "clock")))

    def _quietly(self, state: Dialogue, event: Any, at: datetime) -> None:
        self.touched.add(state.id)
        evolve(state, self.store.journal.append(state.id, at, "clock", event), at, "clock")
        self._outdated(state.id)

    def _with_receipts(self, state: Dialogue, due: Due) -> Due:
        box = state.machine(state.current).box(state.states[state.current])
        if box is None:
            return due
        codes = receipts(self.town.key, box.ballots())
        return replace(due, voters=len(codes), receipts_sha256=receipts_sha256(codes))

    # -- people -------------------------------------------------------------------------------

    def withdraw_votes(self, person: str, at: datetime, order: str) -> None:
        """Take back the votes of somebody in every round that is still open.

        ``order`` puts this after whatever was said in the same moment before it.
        """
        for dialogue, participant in self.store.people.participations(person):
            state = self.states.get(dialogue)
            frame = state.open_frame if state is not None else None
            if state is None or frame is None:
                continue
            ballot = self.store.people.ballots_of(participant).get(frame.index)
            if ballot is None:
                continue
            for intent in standing_votes(state, frame.index, ballot):
                self.act(dialogue, intent, Context(at, ballot, order=order, settled=False))

    def figures(self, state: Dialogue) -> it.RequestAdvice:
        """How many took part over all rounds, as they are now."""
        found = figures(state, self.store.people.links(state.id))
        return it.RequestAdvice(found.contributed, found.voted, found.total)

    def forget_touched(self) -> None:
        """After a rollback: read the touched dialogues again from the journal."""
        self.town.rooms = self._rooms or self.town.rooms
        for dialogue in self.touched:
            state = self.store.read_one(dialogue)
            if state.position:
                self.states[dialogue] = state
            else:
                self.states.pop(dialogue, None)
            self._outdated(dialogue)
        self.settle()

    def settle(self) -> None:
        """The transaction is over: nothing is touched any more."""
        self.touched.clear()
        self._cards.clear()
        self.jobs.clear()
        self.closed_a_round = False
        self.alarmed = False
        self._rooms = None

    def in_room(self, room: str) -> list[Dialogue]:
        return [state for state in self.states.values() if state.room == room]

    def open_in(self, room: str) -> Dialogue | None:
        return next((s for s in self.in_room(room) if s.status is Status.OPEN), None)
