"""A dilemma against a plain model, step by step."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from dialogues import intents as it
from dialogues.items import ItemState
from rounds.dilemma.state import CHOICES, CastDilemma, FillDilemma, Option
from tests.dialogues.model import BALLOTS, MINUTES, RoundMachine
from tests.dialogues.scene import Scene, plan
from tests.generated import examples


class Dilemma(RoundMachine):
    intent = CastDilemma

    def begin(self) -> None:
        self.scene = Scene(plan("dilemma"))
        self.scene.do(FillDilemma("?", Option("x"), Option("y"), "", 0))
        self.scene.do(it.StartDialogue())
        self.states["D1"] = ItemState.SHOWN

    @rule(
        ballot=BALLOTS,
        choice=st.sampled_from([*CHOICES, None]),
        back=MINUTES,
        settled=st.booleans(),
    )
    def cast(self, ballot: str, choice: str | None, back: int, settled: bool) -> None:
        assert (not self.vote(ballot, "D1", choice, back, settled)) is self.is_open

    @precondition(lambda self: len(self.votes.given) > 8)
    @rule()
    def close(self) -> None:
        was_open = self.is_open
        assert (not self.attempt(it.CloseDialogue())) is was_open

    @invariant()
    def counted_as_recounted(self) -> None:
        (row,) = self.scene.report(0)
        told = Counter(self.votes.newest("D1").values())
        assert row.counts == {choice: told[choice] for choice in CHOICES}
        assert row.voters == sum(told.values())
        best = [choice for choice in CHOICES if told[choice] == max(told.values(), default=0)]
        meant = "too_few" if row.voters < 5 else best[0] if len(best) == 1 else "tie"
        assert row.result == meant


TestDilemma = Dilemma.TestCase
TestDilemma.settings = examples(40, 600)
