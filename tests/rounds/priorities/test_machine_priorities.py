"""A round of priorities against a plain model, step by step."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from dialogues import intents as it
from dialogues.core import Text
from dialogues.items import ItemState
from rounds.priorities.rules import CastPriorities
from rounds.statements.rules import GiveStatement
from tests.dialogues.model import BALLOTS, MINUTES, RoundMachine
from tests.dialogues.scene import Scene, plan
from tests.generated import examples

LISTED = ("S1", "S2", "S3", "S4")
PLACES = 3


class Priorities(RoundMachine):
    """Four statements of an earlier round; each may be hidden, shown, withdrawn or erased."""

    intent = CastPriorities
    round = 1

    def begin(self) -> None:
        self.scene = Scene(plan("statements"), plan("priorities", places=PLACES))
        self.scene.do(it.StartDialogue())
        for number in LISTED:
            self.scene.do(GiveStatement(Text(f"Zin van {number}.")), f"by-{number}")
            self.states[number], self.authors[number] = ItemState.SHOWN, f"by-{number}"
        self.scene.do(it.NextRound(), minutes=1)
        self.states["B1"] = ItemState.SHOWN

    @property
    def choosable(self) -> list[int]:
        shown = ItemState.SHOWN
        return [place for place, n in enumerate(LISTED, 1) if self.states[n] is shown]

    @rule(data=st.data(), ballot=BALLOTS, back=MINUTES, settled=st.booleans())
    def cast(self, data: st.DataObject, ballot: str, back: int, settled: bool) -> None:
        orders = st.permutations(self.choosable).map(tuple)
        most = min(PLACES, len(self.choosable))
        lengths = st.integers(1, most) if most else st.just(0)
        length = data.draw(lengths)
        choice = data.draw(st.one_of(st.none(), orders.map(lambda order: order[:length])))
        meant = self.is_open and choice != ()
        assert (not self.vote(ballot, "B1", choice, back, settled)) is meant

    @rule(data=st.data(), ballot=BALLOTS)
    def cast_what_is_not_listed(self, data: st.DataObject, ballot: str) -> None:
        unknown = [place for place in range(7) if place not in self.choosable]
        choice = (*self.choosable[:1], data.draw(st.sampled_from(unknown)))
        assert self.vote(ballot, "B1", choice, 0, False)

    @precondition(lambda self: len(self.votes.given) > 8)
    @rule()
    def close(self) -> None:
        was_open = self.is_open
        assert (not self.attempt(it.CloseDialogue())) is was_open

    @invariant()
    def counted_as_recounted(self) -> None:
        (row,) = self.scene.report(1)
        kept = [
            tuple(place for place in choice if place in self.choosable)
            for choice in self.votes.newest("B1").values()
        ]
        ballots = [choice for choice in kept if choice]
        counts = {
            number: [
                sum(ballot[k : k + 1] == (place,) for ballot in ballots) for k in range(PLACES)
            ]
            for place, number in enumerate(LISTED, 1)
            if place in self.choosable
        }
        points = {n: sum(c * (PLACES - k) for k, c in enumerate(row)) for n, row in counts.items()}
        best = [n for n, score in points.items() if score == max(points.values())]
        if self.is_open:
            assert row.counts == counts
            assert row.voters == len(ballots)
            assert row.result == (tuple(best) if len(best) == 1 and any(points.values()) else ())


TestPriorities = Priorities.TestCase
TestPriorities.settings = examples(40, 600)
