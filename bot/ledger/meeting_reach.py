"""To whom the bot writes in person about a meeting, and whose card is pinned."""

from __future__ import annotations

from datetime import datetime

from bot.ledger import work
from bot.ledger.outgoing import Outgoing
from bot.town.town import Town
from dialogues.core import Audience, Notice
from meetings import announce
from meetings import events as ev
from meetings.meeting import Meeting
from storage.rows import Work
from storage.store import Store

#: The events with which a meeting is over, and those with which a proposal can be.
_ENDING = frozenset({ev.MeetingCalledOff, ev.MeetingHeld, ev.MeetingLapsed})
_PROPOSAL_OVER = frozenset(
    {ev.ProposalDeclined, ev.ProposalErased, ev.ProposalLapsed, ev.ProposalWithdrawn}
)


class Reach:
    """Whom the bot can write to, and may."""

    def __init__(self, store: Store, town: Town, outgoing: Outgoing) -> None:
        self._store = store
        self._town = town
        self._outgoing = outgoing

    def may_say(self, meeting: Meeting, notice: Notice) -> bool:
        """Whether the bot may begin with a notice. In a room of young people it begins nothing in
        person: the room hears it. Where people have no conversation with the bot only who asked for
        a message before gets one; others see what changed among what is theirs."""
        if notice.audience is not Audience.PERSON:
            return True
        if meeting.room in self._town.rooms.youth:
            return False
        number = notice.data.get("number")
        one = meeting.sign_ups.get(number) if isinstance(number, int) else None
        asked = one is not None and (one.day or one.hour)
        return asked or self._talks_with(notice.person)

    def can_be_asked(self, meeting: Meeting) -> bool:
        """Whether the first who waits has a conversation in which the bot may ask something."""
        first = meeting.next_waiting()
        young = meeting.room in self._town.rooms.youth
        return first is not None and not young and self._talks_with(first.by)

    def _talks_with(self, participant: str) -> bool:
        """Whether somebody has a conversation in which the bot can write at any time, and may."""
        person = self._store.participants.person_of(participant)
        if not person or self._store.people.quiet(person):
            return False
        places = self._store.places.of_person(person)
        return any(place.partition("/")[0] in self._outgoing.talking for place in places)

    def pin(self, meeting: Meeting, written: object, at: datetime) -> None:
        """The card of a proposal that was taken up is pinned from now on, and that of a meeting
        that is over no more; from that, and from that of a proposal, the sign to tap is taken."""
        what = Work.PIN if type(written) is ev.ProposalTaken else Work.UNPIN
        if what is Work.PIN or type(written) in _ENDING:
            for post in self._store.posts.standing(meeting.id, announce.SLOT):
                work.do(self._store, self._outgoing.token(), post, what, at)
        if meeting.ended_at is not None and type(written) in _ENDING | _PROPOSAL_OVER:
            work.take_sign(self._store, meeting.id, announce.SLOT, at)
