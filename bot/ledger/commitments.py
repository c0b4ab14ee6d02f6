"""Commitments as a kind of aggregate: their notices and steps, for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.ledger.aggregates import Acting, Aggregate
from bot.ledger.outgoing import Outgoing
from commitments import announce
from commitments.commitment import Commitment, id_of
from commitments.decide import decide
from commitments.due import next_due
from commitments.events import CommitmentMakerErased
from commitments.fold import FOLD
from commitments.intents import Due, Step
from dialogues.core import Audience, Context
from storage.forgetting import erase_maker
from storage.store import Store


class Commitments:
    """``by_id`` are the states, which the ledger keeps."""

    def __init__(self, store: Store, outgoing: Outgoing) -> None:
        self._store = store
        self._outgoing = outgoing
        self.by_id: Mapping[str, Commitment] = {}
        self.aggregate = Aggregate(FOLD, decide, self._announce, next_due, do=self._do)

    # -- looking ------------------------------------------------------------------------------

    def get(self, number: int) -> Commitment | None:
        """The commitment with this number."""
        return self.by_id.get(id_of(number))

    def fresh_id(self) -> str:
        """The id of the next commitment: numbers are never used again."""
        return id_of(len(self.by_id) + 1)

    def of_item(self, dialogue: str, item: str) -> list[Commitment]:
        """What was promised about an item of a dialogue, oldest first."""
        return [
            one
            for one in self.by_id.values()
            if (one.source.dialogue, one.source.item) == (dialogue, item)
        ]

    def of_agreement(self, meeting: int, agreement: int) -> Commitment | None:
        """The commitment that an agreement of a meeting became."""
        for one in self.by_id.values():
            if (one.source.meeting, one.source.agreement) == (meeting, agreement):
                return one
        return None

    # -- notices ------------------------------------------------------------------------------

    def _announce(self, commitment: Commitment, written: Any, _said: Any, at: datetime) -> None:
        if type(written) is CommitmentMakerErased:
            erase_maker(self._store, commitment.id, at)
        for notice in announce.announce(commitment, written):
            self._outgoing.tell(commitment, notice, at)

    # -- what happens by itself ---------------------------------------------------------------

    def _do(self, states: Acting, one: Commitment, due: Due, at: datetime, now: datetime) -> bool:
        """Do a step, and with it the same step of all of that room that is due by now: one message
        says all. What became late while nobody was there is late from its own day."""
        if due.step is Step.ERASE:
            return bool(states.act(one.id, due, Context(at, "clock")))
        told = []
        for each, step in [(one, due), *self._with(one, due.step, now)]:
            events = states.act(each.id, replace(step, now=now), Context(step.at, "clock"))
            if any(getattr(event, "told", True) for event in events):
                told.append(each)
        if told:
            notice = announce.together(told, due.step)
            if one.room or notice.audience is not Audience.STAFF:
                self._outgoing.tell(one, notice, at)
            else:
                self._outgoing.tell_staff(notice.template, at, notice.data)
        return True

    def _with(self, one: Commitment, step: Step, now: datetime) -> Iterable[tuple[Commitment, Due]]:
        """The others of the same room that have this step due by now."""
        for other in list(self.by_id.values()):
            if other is one or other.room != one.room:
                continue
            due = next_due(other)
            if due is not None and due.step is step and due.at <= now:
                yield other, due
