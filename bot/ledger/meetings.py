"""Meetings as a kind of aggregate: their notices and steps, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.ledger.aggregates import Acting, Aggregate, acted
from bot.ledger.outgoing import Outgoing
from bot.town.town import Town
from dialogues.core import Audience, Notice
from meetings import announce
from meetings import events as ev
from meetings.decide import decide
from meetings.due import next_due
from meetings.fold import FOLD
from meetings.intents import Due, Step
from meetings.meeting import Meeting, id_of
from storage.forgetting import erase_meeting, erase_words
from storage.store import Store

#: The events with which words are erased, and of how many texts at most. At the end all names are.
_ERASING = {
    ev.NameErased: 1,
    ev.NameGiven: 1,
    ev.OfferLapsed: 1,
    ev.ProposalErased: 2,
    ev.SignedOff: 1,
}


class Meetings:
    """``by_id`` are the states, which the ledger keeps."""

    def __init__(self, store: Store, town: Town, outgoing: Outgoing) -> None:
        self._store = store
        self._town = town
        self._outgoing = outgoing
        self.by_id: Mapping[str, Meeting] = {}
        self.aggregate = Aggregate(FOLD, decide, self._announce, next_due, do=self._do)

    # -- looking ------------------------------------------------------------------------------

    def get(self, number: int) -> Meeting | None:
        """The meeting with this number."""
        return self.by_id.get(id_of(number))

    def fresh_id(self) -> str:
        """The id of the next meeting: numbers are never used again."""
        return id_of(len(self.by_id) + 1)

    # -- notices ------------------------------------------------------------------------------

    def _announce(self, meeting: Meeting, written: Any, _said: Any, at: datetime) -> None:
        if type(written) in _ERASING:
            erase_words(self._store, meeting.gone[-_ERASING[type(written)] :], at)
        if announce.changes_card(meeting, written):
            self._outgoing.changed.message(meeting, announce.card_changed())
        if announce.changes_list(meeting, written):
            self._list(meeting, announce.listed(meeting), at)
        for notice in announce.announce(meeting, written):
            if self._may_say(meeting, notice):
                self._outgoing.tell(meeting, notice, at)

    def _list(self, meeting: Meeting, notice: Notice, at: datetime) -> None:
        """Have a meeting stand so in the list of events of each platform of its room that has one;
        all who are there can read those."""
        rooms = self._town.rooms
        for place in rooms.rooms.get(meeting.room, ()):
            if place.platform in self._outgoing.listing and rooms.is_published(meeting.room):
                self._outgoing.tell(meeting, notice, at, place)

    def _may_say(self, meeting: Meeting, notice: Notice) -> bool:
        """In a room of young people the bot begins nothing in person: the room hears it."""
        return notice.audience is not Audience.PERSON or meeting.room not in self._town.rooms.youth

    # -- what happens by itself ---------------------------------------------------------------

    def _do(self, states: Acting, meeting: Meeting, due: Due, at: datetime, now: datetime) -> bool:
        due = replace(due, now=now)
        if due.step is Step.PLACE:
            due = replace(due, straight=not self._can_be_asked(meeting))
        if due.step is Step.ERASE:
            erase_meeting(self._store, meeting.id, now)
        return acted(states, meeting, due, at, now)

    def _can_be_asked(self, meeting: Meeting) -> bool:
        """Whether the first who waits has a conversation in which the bot may ask something."""
        first = meeting.next_waiting()
        if first is None or meeting.room in self._town.rooms.youth:
            return False
        person = self._store.participants.person_of(first.by)
        places = self._store.places.of_person(person) if person else ()
        return any(place.partition("/")[0] in self._outgoing.talking for place in places)
