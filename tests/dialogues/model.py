"""The naive model that rounds are compared with: a list of all votes, counted anew each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dialogues import intents as it
from dialogues.core import Refused
from dialogues.items import ItemState
from dialogues.machine import Stage
from tests.dialogues.scene import Scene

BALLOTS = st.sampled_from([f"b{n}" for n in range(7)])
PEOPLE = st.sampled_from(["anna", "bas", "cor", "dora"])
MINUTES = st.sampled_from([0, 1, 2])
GONE = (ItemState.WITHDRAWN, ItemState.ERASED, ItemState.UNREVIEWED)


@dataclass
class Votes:
    """Every vote ever given, in the order of arrival."""

    given: list[tuple[datetime, str, str, str, Any]] = field(default_factory=list)

    def newest(self, item: str) -> dict[str, Any]:
        """Each ballot's vote on an item: the one with the highest time and order."""
        last: dict[str, tuple[datetime, str, Any]] = {}
        for at, order, ballot, about, choice in self.given:
            if about == item and (ballot not in last or (at, order) > last[ballot][:2]):
                last[ballot] = (at, order, choice)
        return {ballot: vote[2] for ballot, vote in last.items() if vote[2] is not None}


class RoundMachine(RuleBasedStateMachine):
    """The hypothesis machine that all kinds share: late votes, items hidden and shown, replay."""

    scene: Scene
    intent: Any  # the intent of a vote
    round = 0

    def __init__(self) -> None:
        super().__init__()
        self.votes = Votes()
        self.states: dict[str, ItemState] = {}
        self.authors: dict[str, str] = {}
        self.tie = 0
        self.settled_at: datetime | None = None
        self.begin()

    def begin(self) -> None:
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return self.scene.live.frames[self.round].stage is Stage.OPEN

    def attempt(self, intent: Any, by: str = "mod", **values: Any) -> str:
        """Do an intent; returns the code of the refusal, or ""."""
        try:
            self.scene.do(intent, by, **values)
        except Refused as refused:
            return refused.code
        return ""

    def vote(self, ballot: str, item: str, choice: Any, back: int, settled: bool) -> str:
        """Cast a vote dated ``back`` minutes ago, unless something newer is settled."""
        self.tie += 1
        order = f"{self.tie:06}"
        at = self.scene.at - timedelta(minutes=0 if settled else back)
        if self.settled_at is not None:
            at = max(at, self.settled_at)
        if settled:
            self.settled_at = at
        intent = self.intent(item, choice)
        code = self.attempt(intent, ballot, at=at, order=order, settled=settled)
        if not code:
            self.votes.given.append((at, order, ballot, item, choice))
        return code

    def voters(self, counting: Any = lambda choice: choice) -> int:
        """The number of ballots with a counting vote on a shown item."""
        people: set[str] = set()
        for item, state in self.states.items():
            if state is ItemState.SHOWN:
                votes = self.votes.newest(item)
                people |= {ballot for ballot, choice in votes.items() if counting(choice)}
        return len(people)

    def numbers(self, letter: str) -> list[str]:
        return [number for number in self.states if number[0] == letter]

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.scene.wait(minutes)

    @precondition(lambda self: self.states)
    @rule(data=st.data(), how=st.sampled_from(["hide", "show", "withdraw", "erase", "approve"]))
    def moderate(self, data: st.DataObject, how: str) -> None:
        names = [n for n in self.states if n[0] in "SVX"]
        if not names:
            return
        number = data.draw(st.sampled_from(names))
        by = self.authors.get(number, "mod")
        intents = {
            "hide": it.HideItem(number, it.HideReason.OFF_TOPIC),
            "show": it.ShowItem(number),
            "withdraw": it.WithdrawItem(number),
            "erase": it.EraseItem(number),
            "approve": it.ApproveItem(number),
        }
        code = self.attempt(intents[how], by)
        self.scene.wait(0)  # shown again, a promise whose hour came meanwhile lapses at once
        state = self.states[number]
        fresh = state in (ItemState.SHOWN, ItemState.PENDING)
        own_open = self.scene.live.frames[self.scene.live.round_of(number) or 0].stage is Stage.OPEN
        allowed, then = {
            "hide": (fresh, ItemState.HIDDEN),
            "show": (state is ItemState.HIDDEN, ItemState.SHOWN),
            "withdraw": (state not in GONE and own_open, ItemState.WITHDRAWN),
            "erase": (True, ItemState.ERASED),
            "approve": (state is ItemState.PENDING, ItemState.SHOWN),
        }[how]
        assert (not code) is allowed
        if allowed:
            self.states[number] = then
            self.moderated(number)

    def moderated(self, number: str) -> None:
        """Called after an item's state changed; a kind's own machine may override it."""

    @invariant()
    def replay_equals_live_state(self) -> None:
        self.scene.check_replay()

    @invariant()
    def states_are_as_the_model_says(self) -> None:
        items = self.scene.live.items.by_number
        assert {number: items[number].state for number in self.states} == self.states
