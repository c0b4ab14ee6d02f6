"""Promise 4: the last vote by its own time counts, in whatever order the facts arrive."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.ballots import BallotBox
from dialogues.charter import Charter
from dialogues.core import Context, Refused, Text
from dialogues.decide import decide
from dialogues.dialogue import Dialogue, Status
from dialogues.fold import evolve
from dialogues.items import Item, ItemState
from dialogues.machine import Frame, Scope, Stage
from dialogues.recommendations import Recommendation
from rounds.closing.state import CastConsent
from rounds.poll.state import CastPoll, PollFilled, PollKind
from rounds.registry import kinds
from rounds.statements.rules import CastVote
from tests.dialogues.scene import START, plain, plan
from tests.generated import examples

CLOSES = START + timedelta(minutes=9)

#: A moment, the tie-break within it, whose ballot, and which choice (None: taken back).
FACTS = st.lists(
    st.tuples(
        st.integers(0, 11),  # minutes: from 9 on it is too late, whenever it arrives
        st.integers(0, 3),
        st.sampled_from(["b1", "b2"]),
        st.sampled_from([0, 1, 2, None]),
    ),
    max_size=8,
    unique_by=lambda fact: fact[:3],
)
ARRIVALS = FACTS.flatmap(lambda facts: st.tuples(st.just(facts), st.permutations(facts)))

#: The three choices of each kind of vote, and the intent.
KINDS: dict[str, tuple[str, list[Any], Any]] = {
    "consent": ("closing", ["yes", "no", "yes"], lambda c: CastConsent("A1", c)),
    "one": ("poll", [(1,), (2,), (3,)], lambda c: CastPoll("P1", c)),
    "several": ("poll", [(1,), (1, 2), (2, 3)], lambda c: CastPoll("P1", c)),
    "ranked": ("poll", [(1, 2), (2, 1), (3,)], lambda c: CastPoll("P1", c)),
    "date": ("poll", [(1,), (1, 2), (2, 3)], lambda c: CastPoll("P1", c)),
    "points": ("poll", [(9,), (0, 9), (4, 5)], lambda c: CastPoll("P1", c)),
    "statements": ("statements", ["agree", "disagree", "pass"], lambda c: CastVote("S1", c)),
}


def open_round(name: str) -> Dialogue:
    """A dialogue in which one item of this kind can be voted on until nine minutes past."""
    kind = KINDS[name][0]
    dialogue = Dialogue("d", kinds(), status=Status.OPEN, current=0, charter=Charter())
    machine = kinds().machines[kind]
    settings = machine.settings()
    frame = Frame(0, plan(kind), machine, settings, Stage.OPEN, START, CLOSES)
    dialogue.frames.append(frame)
    scope = Scope(frame, dialogue.items, Charter, [], lambda number: (Recommendation("", number),))
    state = machine.blank(scope)
    dialogue.states.append(state)
    dialogue.boxes.append(machine.box(state))
    if kind == "poll":
        filled = PollFilled(0, "P1", PollKind(name), "?", ("a", "b", "c"), 9, None, 3, False)
        machine.evolve(state, filled, START, "mod")
        return dialogue
    number = "A1" if kind == "closing" else "S1"
    dialogue.items.add(Item(number, 0, "anna", Text("", "t1", "s"), ItemState.SHOWN))
    state.box.open(number)
    if kind == "closing":
        state.fixed = {"A1": Recommendation("A1", "S1")}
    return dialogue


def played(name: str, facts: list[tuple[int, int, str, int | None]]) -> tuple[BallotBox, int]:
    """The box after these facts in this order, and how many were refused."""
    dialogue, (_, choices, intent) = open_round(name), KINDS[name]
    refused = 0
    for minute, tie, ballot, choice in facts:
        at = START + timedelta(minutes=minute)
        context = Context(at, ballot, order=f"{tie}{ballot}", settled=False)
        wanted = intent(None if choice is None else choices[choice])
        try:
            for event in decide(dialogue, wanted, context):
                evolve(dialogue, event, at, ballot)
        except Refused:
            refused += 1
    return dialogue.states[0].box, refused


def outcome(box: BallotBox) -> Any:
    """The content of a ballot box, without zeros and without the order of arrival."""
    (book,) = box.books.values()
    tally = {key: n for key, n in book.tally.items() if n}
    return plain(book.votes), tally, book.voters, box.roll.stood()


@pytest.mark.parametrize("name", KINDS)
def test_any_order_of_arrival_gives_one_final_state(name: str) -> None:
    @examples(340, 8500)
    @given(ARRIVALS)
    def check(arrivals: Any) -> None:
        facts, order = arrivals
        box, refused = played(name, order)
        in_time, refused_in_time = played(name, sorted(facts, key=lambda fact: fact[:3]))
        assert outcome(box) == outcome(in_time)
        assert refused == refused_in_time == sum(minute >= 9 for minute, *_ in facts)
        for ballot in ("b1", "b2"):
            assert choice_of(box, ballot) == meant_last(name, facts, ballot)

    check()


def choice_of(box: BallotBox, ballot: str) -> Any:
    (item,) = box.books
    return box.choice(item, ballot)


def meant_last(name: str, facts: list[tuple[int, int, str, int | None]], ballot: str) -> Any:
    """The choice of the latest moment before closing, with the highest tie-break."""
    mine = sorted(fact[:2] + fact[3:] for fact in facts if fact[2] == ballot and fact[0] < 9)
    last = mine[-1][2] if mine else None
    return None if last is None else KINDS[name][1][last]


def test_a_vote_of_the_same_moment_is_the_one_with_the_higher_order() -> None:
    box, _ = played("statements", [(1, 2, "b1", 0), (1, 1, "b1", 1)])
    assert box.choice("S1", "b1") == "agree"


def test_the_closing_hour_itself_is_too_late() -> None:
    assert datetime(2026, 12, 1, 18, 9, tzinfo=START.tzinfo) == CLOSES
    box, refused = played("one", [(9, 0, "b1", 0)])
    assert (box.voters, refused) == (0, 1)
