"""Meetings as a kind of aggregate: their notices and steps, for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.ledger.again import Before, Prepared, prepared
from bot.ledger.aggregates import Acting, Aggregate, acted
from bot.ledger.handing_on import handed_on
from bot.ledger.meeting_reach import Reach
from bot.ledger.names import free_id
from bot.ledger.outgoing import Outgoing
from bot.town.town import Town
from dialogues.core import Context, Notice
from dialogues.dialogue import Dialogue
from meetings import announce
from meetings import events as ev
from meetings.decide import decide
from meetings.due import next_due
from meetings.fold import FOLD
from meetings.intents import Due, NotePrepared, Step
from meetings.meeting import Meeting, Phase, id_of
from storage.forgetting import erase_meeting, erase_words
from storage.store import Store

#: The events with which words are erased, and of how many texts at most. At the end all names are.
_ERASING = {
    ev.KeptErased: 1,
    ev.NameErased: 1,
    ev.NameGiven: 1,
    ev.OfferLapsed: 1,
    ev.ProposalErased: 2,
    ev.SignedOff: 1,
}


class Meetings:
    """``by_id`` are the states and ``dialogues`` those of dialogues, which the ledger keeps."""

    def __init__(self, store: Store, town: Town, outgoing: Outgoing) -> None:
        self._store = store
        self._town = town
        self._outgoing = outgoing
        self._reach = Reach(store, town, outgoing)
        self.by_id: Mapping[str, Meeting] = {}
        self.dialogues: Mapping[str, Dialogue] = {}
        self.aggregate = Aggregate(FOLD, decide, self._announce, next_due, do=self._do)

    # -- looking ------------------------------------------------------------------------------

    def get(self, number: int) -> Meeting | None:
        """The meeting with this number."""
        return self.by_id.get(id_of(number))

    def fresh_id(self) -> str:
        """The id of the next meeting: numbers are never used again."""
        return id_of(len(self.by_id) + 1)

    def shown_in(self, room: str) -> list[Meeting]:
        """The meetings and proposals that have a card in a room and are not over."""
        coming = (Phase.PROPOSED, Phase.PLANNED)
        mine = (one for one in self.by_id.values() if one.room == room and one.phase in coming)
        return [one for one in mine if announce.is_seen(one) and self._has_card(one)]

    def coming(self) -> Iterable[Meeting]:
        """Of each room the meeting that begins next."""
        next_: dict[str, Meeting] = {}
        for one in self.by_id.values():
            if one.phase is Phase.PLANNED and not one.begun and one.hours is not None:
                before = next_.get(one.room)
                if before is None or one.hours.begins_at < before.hours.begins_at:  # type: ignore[union-attr]
                    next_[one.room] = one
        return next_.values()

    # -- notices ------------------------------------------------------------------------------

    def _announce(self, meeting: Meeting, written: Any, _said: Any, at: datetime) -> None:
        if type(written) in _ERASING:
            erase_words(self._store, meeting.gone[-_ERASING[type(written)] :], at)
        if type(written) in (ev.KeptGiven, ev.KeptHandedOn):
            erase_words(self._store, meeting.gone, at)
        if announce.changes_card(meeting, written) and self._has_card(meeting):
            self._outgoing.changed.message(meeting, announce.card_changed())
        if announce.changes_list(meeting, written):
            self._list(meeting, announce.listed(meeting), at)
        if meeting.ended_at is not None and meeting.plan.series:
            self._next_card(meeting)
        self._reach.pin(meeting, written, at)
        for notice in announce.announce(meeting, written):
            if self._reach.may_say(meeting, notice):
                self._outgoing.tell(meeting, notice, at)

    def _list(self, meeting: Meeting, notice: Notice, at: datetime) -> None:
        """Have a meeting stand so in the list of events of each platform of its room that has one;
        all who are there can read those."""
        rooms = self._town.rooms
        for place in rooms.rooms.get(meeting.room, ()):
            if place.platform in self._outgoing.listing and rooms.is_published(meeting.room):
                self._outgoing.tell(meeting, notice, at, place)

    def _has_card(self, meeting: Meeting) -> bool:
        """Whether a meeting has its message in the room: of a series only the next one has."""
        if not meeting.plan.series or meeting.ended_at is not None or meeting.begun:
            return True
        return meeting is self._next_of(meeting.plan.series)

    def _next_of(self, series: int) -> Meeting | None:
        """The meeting of a series that comes next."""
        coming = [
            (meeting.hours.begins_at, meeting.number, meeting)
            for meeting in self.of_series(series)
            if meeting.phase is Phase.PLANNED and not meeting.begun and meeting.hours is not None
        ]
        return min(coming)[2] if coming else None

    def of_series(self, series: int) -> Iterator[Meeting]:
        """The meetings of a series, which have numbers one after the other."""
        for number in count(series):
            meeting = self.get(number)
            if meeting is None or meeting.plan.series != series:
                return
            yield meeting

    def _next_card(self, meeting: Meeting) -> None:
        following = self._next_of(meeting.plan.series)
        if following is not None:
            self._outgoing.changed.message(following, announce.card_changed())

    # -- what happens by itself ---------------------------------------------------------------

    def _do(self, states: Acting, meeting: Meeting, due: Due, at: datetime, now: datetime) -> bool:
        due = replace(due, now=now)
        if due.step is Step.PLACE:
            due = replace(due, straight=not self._reach.can_be_asked(meeting))
        if due.step is Step.PREPARE:
            return self._prepared(states, meeting, at)
        if due.step is Step.DRAW:
            due = replace(due, seed=self._outgoing.token())
        if due.step is Step.HAND_ON:
            following = self._next_of(meeting.plan.series)
            due = handed_on(self._store, states, meeting, following, due)
        if due.step is Step.ERASE:
            erase_meeting(self._store, meeting.id, now)
        return acted(states, meeting, due, at, now)

    def _prepared(self, states: Acting, meeting: Meeting, at: datetime) -> bool:
        """Prepare the dialogue of this time of a series, as the one before it was."""
        before = [m for m in self.of_series(meeting.plan.series) if m.number < meeting.number]
        before = [m for m in before if m.plan.dialogue in self.dialogues]
        made, context = Prepared("", "no_previous"), Context(at, "clock")
        if before:
            last = Before(self.dialogues[before[-1].plan.dialogue], before[-1])
            name = free_id(last.dialogue.title, self._store.journal)
            made = prepared(states, self._town, last, meeting, name, context)
        return bool(states.act(meeting.id, NotePrepared(made.dialogue, made.refusal), context))
