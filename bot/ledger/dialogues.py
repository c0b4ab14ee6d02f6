"""Dialogues as a kind of aggregate: their decisions, notices and steps, for the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import structs

from bot.ledger.aggregates import Acting, Aggregate, Presence, acted
from bot.ledger.outgoing import Outgoing
from bot.ledger.stood import Stood
from bot.ledger.work import take_sign
from bot.town.town import Town
from dialogues import events as ev
from dialogues import intents as it
from dialogues.announce import CARD_STAYS, announce, card_changed, work
from dialogues.core import Audience, Context, Notice
from dialogues.decide import decide
from dialogues.dialogue import Dialogue, Status
from dialogues.evaluation_events import counted
from dialogues.followup.standing import card_index
from dialogues.followup.steps import FOLLOWING
from dialogues.intents import Due, Step
from dialogues.participation import figures
from dialogues.pausing import minutes_left
from dialogues.receipts import receipts, receipts_sha256
from dialogues.results import may_show
from dialogues.scheduling import minutes_to_tell
from dialogues.steps import next_due
from storage.forgetting import destroy_links, forget_authors
from storage.store import Store

#: The intents after which a round can open.
_OPENING = frozenset({it.StartDialogue, it.NextRound, Due})


#: The events after which who saw no list of the round yet gets one.
_LISTS = frozenset({ev.RoundOpened, ev.RoundResumed})

#: A reminder less than so many minutes before the closing helps nobody, and is left out.
_SHORT = 2


class Dialogues:
    """``open_in(room)`` is the dialogue that is open in a room, if one is."""

    def __init__(
        self,
        store: Store,
        town: Town,
        outgoing: Outgoing,
        open_in: Callable[[str], Dialogue | None],
    ) -> None:
        self._store = store
        self._town = town
        self._outgoing = outgoing
        self._open_in = open_in
        self._votes = store.record.kinds.votes
        self._quiet = store.record.kinds.quiet
        self._stood = Stood()
        self.aggregate = Aggregate(
            store.record.dialogues,
            decide,
            self._announce,
            next_due,
            self._when,
            self._do,
            self._votes,
            lambda state: state.status is Status.DISCARDED,
            self._prepared,
            store.record.kinds.casts,  # which open nothing, and no closed dialogue takes
        )

    def _prepared(self, state: Dialogue, intent: Any, context: Context) -> Context:
        """Before a decision: one that can open a round is given the round's random seed."""
        self._stood.decides(state)
        if type(intent) not in _OPENING:
            return context
        return msgspec.structs.replace(context, seed=self._outgoing.token())

    # -- notices ------------------------------------------------------------------------------

    def _announce(self, state: Dialogue, written: Any, said: Any, at: datetime) -> None:
        kind = type(written)
        if kind in self._votes:  # the busiest: nothing but the card can hear of it
            index, box = written.round, state.boxes[written.round]
            # without a first choice an edit tells that a choice changed
            if (box is not None and box.arrived) or may_show(state, index):
                self._outgoing.changed.card(state, index)
            return
        self._outgoing.changed.for_staff(state)
        if getattr(written, "pending", False):
            self._listen(state, said, at)
        index = getattr(written, "round", card_index(state))
        moves = kind not in CARD_STAYS and kind not in self._quiet
        if (
            index >= 0
            and (moves or self._stood.otherwise(state))
            and state.frames[index].opened_at is not None
        ):
            self._outgoing.changed.card(state, index)
        if kind in _LISTS or (index >= 0 and kind in state.machine(index).begins):
            self._outgoing.lists(state, state.position, at)
        if kind is ev.RoundClosed:
            self._outgoing.closed_a_round = True
            take_sign(self._store, state.id, card_changed(index).slot, at)
        if kind is ev.AdviceRequested:
            self._outgoing.jobs.append((state.id, state.position))
        if kind is ev.RoundOpened:
            self._outgoing.begins()
            if not index:
                self._outgoing.opened.append(state.id)
        self._told(state, written, at)
        if kind is ev.RoundOpened:  # not at the end: it stands above what comes after it
            self._outgoing.tell_card(state, index, at)

    def _told(self, state: Dialogue, written: Any, at: datetime) -> None:
        head = self._store.journal.head(state.id).hash.hex()[:16]
        for notice in announce(state, written, head):
            self._outgoing.tell(state, notice, at)
        if hasattr(written, "round") or getattr(written, "item", "") in state.items.by_number:
            of = getattr(written, "round", None)
            if of is None:
                of = state.items.by_number[written.item].round
            for notice in state.machine(of).announce(state.states[of], written):
                mine = [structs.replace(c, dialogue=state.id, round=of) for c in notice.choices]
                self._outgoing.tell(state, structs.replace(notice, choices=tuple(mine)), at)

    def _listen(self, state: Dialogue, event: Any, at: datetime) -> None:
        """In a room of young people: tell staff which item holds words that cannot wait."""
        words = self._town.rooms.youth.get(state.room)
        mine = getattr(event, "staff", False)
        if words is not None and not mine and words.heard(event.text.words):
            self._outgoing.alarmed = True
            number = getattr(event, "item", "") or event.number
            data = {"item": number}
            notice = Notice("youth_alarm", data, Audience.STAFF, choices=(work(state),))
            self._outgoing.tell(state, notice, at)

    # -- what happens by itself ---------------------------------------------------------------

    def _when(self, state: Dialogue, due: Due, presence: Presence) -> datetime | None:
        if due.step is Step.START and self._closing(state, due.at):
            return None
        if due.opens:
            return presence.opens(state, due.at)
        waits = due.step is Step.CLOSE or (due.step is Step.ADVICE and state.draft is not None)
        if waits and not presence.settled(state, due.at):
            return None
        return due.at

    def _closing(self, state: Dialogue, at: datetime) -> bool:
        """Whether the room's open dialogue is only about to close, at this hour or before it."""
        other = self._open_in(state.room)
        frame = other.open_frame if other is not None else None
        ends = frame is not None and frame.closes_at is not None and frame.closes_at <= at
        return ends and other is not None and other.current + 1 >= len(other.frames)

    def _do(self, states: Acting, state: Dialogue, due: Due, at: datetime, now: datetime) -> bool:
        if due.step is Step.CLOSE:
            due = _with_receipts(state, due, self._town.key)
        if due.step is Step.START:
            other = self._open_in(state.room)
            due = replace(due, taken=other.title if other is not None else "")
        if due.step is Step.COMING:
            due = replace(due, minutes=minutes_to_tell(state, due, now))
        if due.step is Step.REMINDER:
            due = replace(due, minutes=_minutes_left(state, due, now))
        if due.step is Step.PAUSE_ENDS:
            due = replace(due, minutes=minutes_left(state.frames[due.round], now))
        due = replace(due, now=now) if due.step in FOLLOWING else due
        if due.step in (Step.ADVICE, Step.LINKS):
            due = replace(due, figures=self.figures(state))
        if due.step is Step.LINKS:
            told = counted(self._store.evaluations.counts(state.id))
            links = destroy_links(self._store, state.id, now)
            due = replace(due, links=links, category=self._town.category, evaluated=told)
        if due.step is Step.AUTHORS:
            links = forget_authors(self._store, state.id, now)
            due = replace(due, links=links, category=self._town.category)
        return acted(states, state, due, at, now)

    def document_again(self, state: Dialogue) -> None:
        """Ask once more for the document that was requested and is not there: it is being made, or
        could not be made."""
        assert state.advice is not None
        self._outgoing.jobs.append((state.id, state.advice.position))

    def figures(self, state: Dialogue) -> it.RequestAdvice:
        """The numbers of people who took part over all rounds, as they are now."""
        known = self._store.participants
        found = figures(state, known.links(state.id), known.linked(state.id))
        return it.RequestAdvice(found.contributed, found.voted, found.total, found.linked)


def _with_receipts(state: Dialogue, due: Due, key: bytes) -> Due:
    box = state.boxes[state.current]
    if box is None:
        return due
    codes = receipts(key, box.ballots())
    return replace(due, voters=len(codes), receipts_sha256=receipts_sha256(codes))


def _minutes_left(state: Dialogue, due: Due, now: datetime) -> int:
    """The minutes that a reminder says are left: those of its plan, or where it comes late those
    there really are; 0 where it comes too late."""
    frame = state.frame
    if frame is None or frame.closes_at is None:
        return 0
    if now <= due.at + timedelta(minutes=1):
        return frame.plan.reminder
    left = (frame.closes_at - now) // timedelta(minutes=1)
    return left if left >= _SHORT else 0
