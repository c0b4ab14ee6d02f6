"""Priorities by hand: which statements are listed, what a ballot can say, how it is counted."""

from __future__ import annotations

import pytest

from dialogues import intents as it
from dialogues.core import Text
from rounds.priorities.rules import MACHINE, CastPriorities, choosable
from rounds.priorities.talk import TALK
from rounds.priorities.words import WORDS, priorities
from rounds.statements.rules import GiveStatement
from tests.dialogues.scene import Scene, plan

S = ("S1", "S2", "S3", "S4")


def opened(**values: object) -> Scene:
    scene = Scene(plan("statements"), plan("priorities", **values))
    scene.do(it.StartDialogue())
    for number in range(1, 6):
        scene.do(GiveStatement(Text(f"Zin {number}.")), f"a{number}")
    scene.do(it.HideItem("S5", it.HideReason.OFF_TOPIC))
    scene.do(it.NextRound(), minutes=1)
    return scene


def cast(scene: Scene, *choices: tuple[int, ...] | None) -> None:
    for number, choice in enumerate(choices, 1):
        scene.do(CastPriorities("B1", choice), f"b{number}")


def test_the_shown_statements_of_earlier_rounds_are_listed() -> None:
    scene = opened()
    assert choosable(scene.state) == list(enumerate(S, 1))
    card = MACHINE.card(scene.state)
    assert card == {"shortlist": 4, "places": 3, "voters": 0}
    assert MACHINE.report(scene.live.states[1])[0].text == "priorities"
    assert MACHINE.side(None, (1,)) == ""


def test_before_it_opens_there_is_nothing() -> None:
    scene = Scene(plan("statements"), plan("priorities"))
    assert scene.report(1) == ()


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ((), "unknown_choice"),
        ((0,), "unknown_choice"),
        ((5,), "unknown_choice"),
        ((1, 1), "priority_twice"),
        ((1, 2, 3, 4), "too_many_priorities"),
    ],
)
def test_what_no_ballot_can_say(choice: tuple[int, ...], code: str) -> None:
    scene = opened()
    assert scene.refused(CastPriorities("B1", choice), "b1")[0] == code


def test_the_newest_ballot_counts_as_a_ranking() -> None:
    scene = opened()
    cast(scene, (3, 1), (3, 2, 1), (2, 3), (1,), (3,), (4,))
    scene.do(CastPriorities("B1", None), "b6")
    assert scene.do(CastPriorities("B1", (3,)), "b5") == []
    (row,) = scene.report(1)
    assert row.counts == {"S1": [1, 1, 1], "S2": [1, 1, 0], "S3": [3, 1, 0], "S4": [0, 0, 0]}
    assert (row.voters, row.result) == (5, ("S3",))
    assert scene.refused(CastPriorities("S1", (1,)), "b1")[0] == "wrong_kind"
    scene.check_replay()


def test_a_statement_that_is_hidden_drops_out_and_comes_back() -> None:
    scene = opened()
    cast(scene, (3, 1), (3,))
    scene.do(it.HideItem("S3", it.HideReason.OFF_TOPIC))
    (row,) = scene.report(1)
    assert row.counts == {"S1": [1, 0, 0], "S2": [0, 0, 0], "S4": [0, 0, 0]}
    assert (row.voters, row.result) == (1, ("S1",))
    assert scene.refused(CastPriorities("B1", (3,)), "b3")[0] == "unknown_choice"
    scene.do(it.ShowItem("S3"))
    (row,) = scene.report(1)
    assert row.counts["S3"] == [2, 0, 0]
    scene.check_replay()


def test_words_hidden_after_closing_are_gone_and_the_figures_stay() -> None:
    scene = opened()
    cast(scene, (3, 1), (3,))
    scene.do(it.NextRound(), minutes=1)
    scene.do(it.HideItem("S3", it.HideReason.OFF_TOPIC))
    (row,) = scene.report(1)
    assert row.counts["S3"] == [2, 0, 0]
    assert [number for number, text in row.texts.items() if text is None] == ["S3"]


def test_a_message_has_the_most_points_first_and_holds_back_few() -> None:
    scene = opened(places=2)
    cast(scene, (2, 1), (2,))
    (row,) = scene.report(1)
    shown = MACHINE.values(row, False)["shortlist"]
    assert [(one["number"], one["points"]) for one in shown][:2] == [("S2", 4), ("S1", 1)]
    assert {one["points"] for one in MACHINE.values(row, True)["shortlist"]} == {None}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("S3 S1", (3, 1)),
        ("s3, s1 en S2", (3, 1, 2)),
        ("3 1", (3, 1)),
        ("2", (2,)),
        ("niets", ()),
        ("S9", None),
        ("S3 bomen", None),
        ("", None),
        ("1 " * 300, None),
    ],
)
def test_what_is_typed(typed: str, expected: tuple[int, ...] | None) -> None:
    assert priorities(typed, S) == expected


@pytest.mark.parametrize(("rest", "vote"), [("S3 S1", True), ("niets", True), ("bomen", False)])
def test_what_reads_as_a_vote(rest: str, vote: bool) -> None:
    assert WORDS.is_vote(rest) is vote


def test_the_example_names_what_is_shown() -> None:
    scene = opened()
    assert TALK.asked is not None
    assert TALK.asked(scene.live, "B1") == {"example": "2 1"}
    for number in ("S1", "S4"):
        scene.do(it.HideItem(number, it.HideReason.OFF_TOPIC))
    assert TALK.asked(scene.live, "B1") == {"example": "3 2"}
    scene.do(it.HideItem("S2", it.HideReason.OFF_TOPIC))
    assert TALK.asked(scene.live, "B1") == {"example": "3"}
