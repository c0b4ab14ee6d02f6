"""The ledger: the states of dialogues and other aggregates, and all that follows a change of one.

It puts its parts together: ``states`` (deciding and folding), ``due`` (what happens by itself),
``outgoing`` (what people hear of it) and ``ties`` (whose staff room is whose). All of it is part of
the engine's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.ledger.aggregates import Aggregate, Step
from bot.ledger.commitments import Commitments
from bot.ledger.dialogues import Dialogues
from bot.ledger.due import DueSteps
from bot.ledger.meetings import Meetings
from bot.ledger.outgoing import Outgoing
from bot.ledger.promises import Promises
from bot.ledger.states import States
from bot.ledger.ties import Ties
from bot.town.town import Town
from commitments.commitment import COMMITMENT
from dialogues.aggregates import DIALOGUE
from dialogues.core import Context
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import runs
from dialogues.withdrawal import standing_votes
from meetings.intents import WithdrawSupport
from meetings.meeting import MEETING
from storage.store import Store

#: Makes a kind of aggregate, given what it can send notices with.
Make = Callable[[Outgoing], Aggregate]


class Ledger:
    """``states`` are the dialogues by id, ``meetings`` the meetings and ``commitments`` what was
    promised and agreed; ``more`` are other kinds of
    aggregates, by name. ``alarm`` is called with the type of an error that stops a step."""

    def __init__(
        self,
        store: Store,
        town: Town,
        chance: Callable[[int], bytes],
        alarm: Callable[[str], None],
        more: Mapping[str, Make] = MappingProxyType({}),
    ) -> None:
        self.store = store
        self.town = town
        self.kinds = store.record.kinds
        self.ties = Ties(store, town)
        self.outgoing = Outgoing(store, town, chance)
        self._dialogues = Dialogues(store, town, self.outgoing, self.open_in)
        self.meetings = Meetings(store, town, self.outgoing)
        self.commitments = Commitments(store, self.outgoing)
        own = {
            COMMITMENT: self.commitments.aggregate,
            DIALOGUE: self._dialogues.aggregate,
            MEETING: self.meetings.aggregate,
        }
        kinds = {name: make(self.outgoing) for name, make in more.items()}
        self.aggregates = States(store, {**own, **kinds})
        self.commitments.by_id = self.aggregates.by_kind[COMMITMENT]
        self.meetings.by_id = self.aggregates.by_kind[MEETING]
        self.due = DueSteps(store, self.aggregates, self.outgoing, alarm)
        self.states: dict[str, Dialogue] = self.aggregates.by_kind[DIALOGUE]
        self.meetings.dialogues = self.states
        promises = Promises(store, self.commitments, self.aggregates)
        self.aggregates.follows = promises.follows
        # The parts' own methods, so that what is used most costs no second call.
        self.act = self.aggregates.act
        self.head = self.aggregates.head
        self.tell = self.outgoing.tell
        self.say = self.outgoing.say
        self.run_due = self.due.run
        self.token = self.outgoing.token
        self.figures = self._dialogues.figures
        self.document_again = self._dialogues.document_again

    # -- looking ------------------------------------------------------------------------------

    def in_room(self, room: str) -> list[Dialogue]:
        return [state for state in self.states.values() if state.room == room]

    def open_in(self, room: str) -> Dialogue | None:
        return next((s for s in self.in_room(room) if s.status is Status.OPEN), None)

    def called(self, state: Dialogue) -> str:
        """A dialogue's title as staff reads it: with its id, where another has the same title."""
        title = state.title.casefold()
        double = any(s is not state and s.title.casefold() == title for s in self.states.values())
        return f"{state.title} ({state.id})" if double else state.title

    # -- what happens by itself ---------------------------------------------------------------

    def next_due(self) -> tuple[str, Step] | None:
        """The next step that happens by itself, with the id of its aggregate; None when there is
        none."""
        return self.due.earliest()

    # -- people -------------------------------------------------------------------------------

    def withdraw_votes(
        self, person: str, at: datetime, order: str, rooms: Container[str] | None = None
    ) -> None:
        """Take back a person's votes, reactions included, in every round that is still open, and
        their support of proposed meetings. From its hour on what is in counts, also while it is
        closing.

        ``rooms``: only in dialogues of these. ``order`` places this after everything that was said
        before it in the same moment.
        """
        for dialogue, participant in self.store.participants.participations(person):
            meeting = self.meetings.by_id.get(dialogue)
            if meeting is not None and (rooms is None or meeting.room in rooms):
                self.act(dialogue, WithdrawSupport(), Context(at, participant, order=order))
            state = self.states.get(dialogue)
            frame = state.open_frame if state is not None else None
            if state is None or frame is None or not runs(frame, at):
                continue
            if rooms is not None and state.room not in rooms:
                continue
            ballot = self.store.ballots.of(participant).get(frame.index)
            if ballot is None:
                continue
            self.store.sources.forget_ballot(dialogue, ballot)
            for intent in standing_votes(state, frame.index, ballot):
                context = Context(at, ballot, order=order, settled=False, leaving=True)
                self.act(dialogue, intent, context)

    # -- the engine's transaction -------------------------------------------------------------

    def rolled_back(self) -> None:
        """After a rollback: all states are as they were before."""
        self.ties.rolled_back()
        self.aggregates.rolled_back()
        self.due.rolled_back()
        self.committed()

    def committed(self) -> None:
        """After the commit: the transaction's own notes are dropped."""
        self.ties.committed()
        self.aggregates.committed()
        self.due.committed()
        self.outgoing.committed()
