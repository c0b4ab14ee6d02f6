"""A closing round against a plain model, step by step."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from dialogues import intents as it
from dialogues.core import Text
from dialogues.counting import recommend
from dialogues.items import ItemState
from rounds.closing.state import (
    AddRecommendation,
    CastConsent,
    DropRecommendation,
    OrderRecommendations,
    draft,
)
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.model import BALLOTS, MINUTES, RoundMachine
from tests.dialogues.scene import Scene, plan
from tests.generated import examples

#: How many of five agree with each statement; three or more of five is enough to be proposed.
AGREE = (5, 4, 3, 1, 1, 0, 1)

#: So many of five pass on a statement instead of disagreeing: a moderator may add it.
PASS = (0, 0, 0, 4, 4, 0, 0)


class Closing(RoundMachine):
    """``draft`` pairs numbers with statements, ``numbers`` those ever shown, ``fixed`` those that
    are voted on."""

    intent = CastConsent
    round = 1

    def begin(self) -> None:
        rounds = (plan("statements"), plan("closing", collecting_margin=0))
        self.scene = Scene(*rounds)
        self.scene.do(it.StartDialogue())
        for number, agree in enumerate(AGREE, 1):
            self.scene.do(GiveStatement(Text(f"Zin {number}.")), f"author{number}")
            self.authors[f"S{number}"] = f"author{number}"
            self.states[f"S{number}"] = ItemState.SHOWN
            for ballot in range(5):
                others = "pass" if ballot < agree + PASS[number - 1] else "disagree"
                side = "agree" if ballot < agree else others
                self.scene.do(CastVote(f"S{number}", side), f"b{ballot}")
        self.scene.do(it.NextRound(), minutes=1)
        self.draft = [("A1", "S1"), ("A2", "S2"), ("A3", "S3")]
        self.numbers = {source: number for number, source in self.draft}
        self.fixed: list[tuple[str, str]] = []

    @property
    def standing(self) -> list[tuple[str, str]]:
        return [(n, source) for n, source in self.draft if self.states[source] == "shown"]

    @rule(number=st.sampled_from(["A1", "A2", "A3", "A4"]))
    def drop(self, number: str) -> None:
        allowed = not self.fixed and number in dict(self.standing) and self.is_open
        assert (not self.attempt(DropRecommendation(number, "dubbel"))) is allowed
        if allowed:
            self.draft = [pair for pair in self.draft if pair[0] != number]

    @rule(source=st.sampled_from(["S1", "S2", "S3", "S4", "S5", "S6", "S7"]))
    def add(self, source: str) -> None:
        known = source in dict(self.standing).values()
        room = len(self.standing) < recommend.LIMIT and self.states[source] is ItemState.SHOWN
        place = int(source[1:]) - 1
        wanted = AGREE[place] * 2 + PASS[place] > 5
        allowed = not self.fixed and not known and room and wanted and self.is_open
        assert (not self.attempt(AddRecommendation(source, "toch"))) is allowed
        if allowed:
            number = self.numbers.setdefault(source, f"A{len(self.numbers) + 1}")
            self.draft.append((number, source))

    @rule(data=st.data())
    def order(self, data: st.DataObject) -> None:
        named = data.draw(st.permutations(self.standing))[: data.draw(st.integers(0, 3))]
        code = self.attempt(OrderRecommendations(tuple(n for n, _ in named), "zo"))
        assert (not code) is (not self.fixed and self.is_open)
        if not code:
            self.draft = [*named, *(pair for pair in self.draft if pair not in named)]

    @precondition(lambda self: not self.fixed and self.standing and self.is_open)
    @rule(by_hand=st.booleans())
    def open_the_vote(self, by_hand: bool) -> None:
        if by_hand:
            self.scene.do(it.NextRound())
        else:
            self.scene.wait(60)
        self.fixed = self.standing
        self.states |= {number: ItemState.SHOWN for number, _ in self.fixed}

    @rule(
        ballot=BALLOTS,
        number=st.sampled_from(["A1", "A2", "A3"]),
        choice=st.sampled_from(["yes", "yes", "no", None]),
        back=MINUTES,
        settled=st.booleans(),
    )
    def consent(
        self, ballot: str, number: str, choice: str | None, back: int, settled: bool
    ) -> None:
        code = self.vote(ballot, number, choice, back, settled)
        shown = self.states.get(number) is ItemState.SHOWN or choice is None
        assert (not code) is (number in dict(self.fixed) and shown and self.is_open)

    def moderated(self, number: str) -> None:
        for recommendation, source in self.fixed:
            if source == number:
                self.states[recommendation] = self.states[source]

    @precondition(lambda self: len(self.votes.given) > 8 and self.is_open)
    @rule()
    def close(self) -> None:
        self.scene.do(it.CloseDialogue())
        assert self.scene.live.frames[1].voters == self.consenting()

    def consenting(self) -> int:
        shown = [n for n, _ in self.fixed if self.states[n] is ItemState.SHOWN]
        return len({ballot for n in shown for ballot in self.votes.newest(n)})

    @invariant()
    def as_the_model_says(self) -> None:
        state = self.scene.live.states[1]
        if not self.fixed:
            assert [(r.number, r.item) for r in draft(state)] == self.standing
        rows = self.scene.report(1)
        assert [(row.number, row.source) for row in rows] == self.fixed
        for row in rows:
            votes = Counter(self.votes.newest(row.number).values())
            assert row.counts == {"yes": votes["yes"], "no": votes["no"]}
            assert row.voters == votes.total()
        if self.is_open:
            assert state.box.voters == self.consenting()


TestClosing = Closing.TestCase
TestClosing.settings = examples(20, 1000)
