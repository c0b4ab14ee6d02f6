"""A round of statements against a plain model, step by step."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from dialogues import intents as it
from dialogues.core import Text
from dialogues.items import ItemState
from dialogues.machine import Stage
from rounds.statements import rules as statements
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.model import BALLOTS, MINUTES, PEOPLE, RoundMachine
from tests.dialogues.scene import started
from tests.generated import examples


class Statements(RoundMachine):
    intent = CastVote

    def begin(self) -> None:
        self.scene = started("statements", per_person=2)
        self.freed: set[str] = set()  # withdrawing gives the place back, for good

    @rule(author=PEOPLE)
    def say(self, author: str) -> None:
        mine = [n for n, by in self.authors.items() if by == author and n not in self.freed]
        code = self.attempt(GiveStatement(Text("Een zin.")), author)
        assert (not code) is (self.is_open and len(mine) < 2)
        if not code:
            number = f"S{len(self.authors) + 1}"
            self.authors[number], self.states[number] = author, ItemState.SHOWN

    def moderated(self, number: str) -> None:
        if self.states[number] is ItemState.WITHDRAWN:
            self.freed.add(number)

    @precondition(lambda self: self.states)
    @rule(
        data=st.data(),
        ballot=BALLOTS,
        choice=st.sampled_from(["agree", "agree", "disagree", "pass", None]),
        back=MINUTES,
        settled=st.booleans(),
    )
    def cast(
        self, data: st.DataObject, ballot: str, choice: str | None, back: int, settled: bool
    ) -> None:
        number = data.draw(st.sampled_from(list(self.states)))
        code = self.vote(ballot, number, choice, back, settled)
        shown = self.states[number] is ItemState.SHOWN or choice is None
        assert (not code) is (self.is_open and shown)

    @precondition(lambda self: len(self.votes.given) > 8)
    @rule()
    def close(self) -> None:
        was_open = self.is_open
        assert (not self.attempt(it.CloseDialogue())) is was_open
        assert not self.is_open

    @invariant()
    def counted_as_recounted(self) -> None:
        for row in self.scene.report(0):
            votes = self.votes.newest(row.number)
            told = Counter(votes.values())
            assert row.counts == {side: told[side] for side in statements.CHOICES}
            assert row.voters == len(votes)
        frame = self.scene.live.frames[0]
        if frame.stage is Stage.OPEN:
            assert self.scene.live.states[0].box.voters == self.voters()
            self.voters_at_closing = self.voters()
        else:
            assert frame.voters == self.voters_at_closing

    @invariant()
    def offered_are_shown_and_new(self) -> None:
        offered = statements.offer(self.scene.live.states[0], "b0", 5, {})
        for number in offered:
            assert self.states[number] is ItemState.SHOWN
            assert "b0" not in self.votes.newest(number)


TestStatements = Statements.TestCase
TestStatements.settings = examples(25, 1000)
