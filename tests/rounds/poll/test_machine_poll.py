"""A poll of each of the five kinds against a plain model, step by step."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from dialogues import intents as it
from dialogues.core import Text
from dialogues.intents import Hour
from dialogues.items import ItemState
from rounds.poll.state import CastPoll, FillPoll, SuggestOption
from tests.dialogues.model import BALLOTS, MINUTES, PEOPLE, RoundMachine
from tests.dialogues.scene import Scene, plan
from tests.generated import examples

POINTS, PLACES, AT_MOST = 6, 3, 2

#: Three moments that come after everything that is played here.
AHEAD = [datetime(2100, 1, day, tzinfo=UTC) for day in (1, 2, 3)]


class Poll(RoundMachine):
    """Options by number: three of the town's, and those of residents once approved."""

    intent = CastPoll
    kind: str

    def begin(self) -> None:
        self.scene = Scene(plan("poll", per_person=0))
        options = ("a", "b", "c")
        dated = self.kind == "date"
        dates = tuple(Hour(at, "") for at in AHEAD) if dated else ()
        most = None if dated else AT_MOST
        fill = FillPoll(self.kind, "?", options, 0, POINTS, most, PLACES, not dated, dates)
        self.scene.do(fill)
        self.scene.do(it.StartDialogue())
        self.options: list[str] = list(options)
        self.states["P1"] = ItemState.SHOWN

    @precondition(lambda self: len(self.authors) < 4 and self.kind != "date")
    @rule(author=PEOPLE)
    def suggest(self, author: str) -> None:
        code = self.attempt(SuggestOption("P1", Text("Iets anders.")), author)
        assert (not code) is self.is_open
        if not code:
            number = f"X{len(self.authors) + 1}"
            self.authors[number], self.states[number] = author, ItemState.PENDING

    def moderated(self, number: str) -> None:
        if self.states[number] is ItemState.SHOWN and number not in self.options:
            self.options.append(number)

    @property
    def choosable(self) -> list[int]:
        return [
            place
            for place, option in enumerate(self.options, 1)
            if self.states.get(option, ItemState.SHOWN) is ItemState.SHOWN
        ]

    @rule(data=st.data(), ballot=BALLOTS, back=MINUTES, settled=st.booleans())
    def cast(self, data: st.DataObject, ballot: str, back: int, settled: bool) -> None:
        choice = data.draw(choices(self.kind, self.choosable))
        assert (not self.vote(ballot, "P1", choice, back, settled)) is self.is_open

    @rule(data=st.data(), ballot=BALLOTS)
    def cast_what_is_no_option(self, data: st.DataObject, ballot: str) -> None:
        unknown = [n for n in range(9) if n not in self.choosable]
        choice = data.draw(choices(self.kind, [n for n in unknown if n > 0]))
        if choice is not None:
            assert self.vote(ballot, "P1", choice, 0, False)

    def counting(self, choice: tuple[int, ...]) -> tuple[int, ...]:
        """What is left of a choice without the options that are none any more."""
        if self.kind == "points":
            given = (n if place in self.choosable else 0 for place, n in enumerate(choice, 1))
            left = tuple(given)
            return left if any(left) else ()
        return tuple(option for option in choice if option in self.choosable)

    @invariant()
    def counted_as_recounted(self) -> None:
        (row,) = self.scene.report(0)
        votes = [self.counting(choice) for choice in self.votes.newest("P1").values()]
        votes = [choice for choice in votes if choice]
        assert row.counts == {str(n): self.count(votes, n) for n in self.choosable}
        assert row.voters == self.scene.live.states[0].box.voters == len(votes)
        scores = {n: self.score(row.counts[n]) for n in row.counts}
        best = [n for n, score in scores.items() if score == max(scores.values())]
        won = any(scores.values()) and (len(best) == 1 or self.kind in ("several", "date"))
        assert row.result == (tuple(best) if won else ())

    def count(self, votes: list[tuple[int, ...]], option: int) -> Any:
        if self.kind == "ranked":
            firsts = Counter(choice.index(option) for choice in votes if option in choice)
            return [firsts[place] for place in range(PLACES)]
        if self.kind == "points":
            given = (choice[option - 1] for choice in votes if len(choice) >= option)
            return {str(n): ballots for n, ballots in Counter(given).items() if n}
        return sum(option in choice for choice in votes)

    def score(self, counted: Any) -> int:
        if self.kind == "ranked":
            return sum(n * (PLACES - place) for place, n in enumerate(counted))
        if self.kind == "points":
            return sum(int(n) * ballots for n, ballots in counted.items())
        return int(counted)


def choices(kind: str, options: list[int]) -> st.SearchStrategy[tuple[int, ...] | None]:
    """Choices of this kind among these options; now and then one that is taken back."""
    if not options:
        return st.none()
    one = st.sampled_from(options)
    if kind == "one":
        return st.none() | one.map(lambda option: (option,))
    if kind in ("several", "date"):
        return st.none() | st.sets(one, min_size=1, max_size=AT_MOST).map(sorted).map(tuple)
    if kind == "ranked":
        return st.none() | st.lists(one, min_size=1, max_size=PLACES, unique=True).map(tuple)
    return st.none() | st.lists(one, min_size=POINTS, max_size=POINTS).map(divided)


def divided(points: list[int]) -> tuple[int, ...]:
    """Points by option from a list with an option for each point."""
    given = Counter(points)
    return tuple(given[option] for option in range(1, max(points) + 1))


@pytest.mark.parametrize("kind", ["one", "several", "ranked", "points", "date"])
def test_a_poll_against_a_plain_model(kind: str) -> None:
    machine = type(f"Poll_{kind}", (Poll,), {"kind": kind})
    run_state_machine_as_test(machine, settings=examples(12, 500))
