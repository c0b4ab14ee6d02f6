"""A dilemma by hand: filled, voted on, counted."""

from __future__ import annotations

import pytest

from dialogues import intents as it
from dialogues.core import Text
from dialogues.items import ItemState
from rounds.dilemma.rules import MACHINE, result
from rounds.dilemma.state import CastDilemma, FillDilemma, Option
from rounds.registry import kinds
from tests.dialogues.scene import Scene, plan

TREES = Option("12 bomen erbij", "schaduw", "8 parkeerplaatsen")
CARS = Option("3 bomen erbij")


def fill(
    question: str = "Bomen of parkeren?", a: Option = TREES, b: Option = CARS, source: str = ""
) -> FillDilemma:
    return FillDilemma(question, a, b, source, 0)


def opened() -> Scene:
    scene = Scene(plan("dilemma"))
    scene.do(fill())
    scene.do(it.StartDialogue())
    return scene


def cast(scene: Scene, *choices: str | None) -> None:
    for number, choice in enumerate(choices, 1):
        scene.do(CastDilemma("D1", choice), f"b{number}")


def test_without_a_dilemma_no_round_opens() -> None:
    scene = Scene(plan("dilemma"))
    assert scene.refused(it.StartDialogue()) == ("nothing_to_open", {"kind": "dilemma"})
    assert scene.report(0) == ()
    assert MACHINE.card(scene.live.states[0]) == {"voters": 0}


def test_it_is_filled_with_its_own_words() -> None:
    scene = Scene(plan("dilemma"))
    (event,) = scene.do(fill("  Bomen  of\nparkeren? ", source=" tekening "))
    assert (event.number, event.question, event.source) == ("D1", "Bomen of parkeren?", "tekening")
    assert scene.do(fill(source="tekening")) == []
    (event,) = scene.do(fill("Iets anders?"))
    assert (event.number, event.question) == ("D1", "Iets anders?")
    scene.do(it.StartDialogue())
    assert scene.do(fill())
    cast(scene, "a")
    assert scene.refused(fill("Weer iets?")) == ("dilemma_has_votes", {"item": "D1"})


def test_it_stands_among_the_items_as_the_towns_own_words() -> None:
    item = opened().live.items.by_number["D1"]
    assert (item.label, item.staff, item.state) == ("Bomen of parkeren?", True, ItemState.SHOWN)


def test_of_two_votes_of_one_moment_the_higher_order_counts() -> None:
    scene = opened()
    (event,) = scene.do(CastDilemma("D1", "a"), "b1", order="2")
    assert event.order == "2"
    assert scene.do(CastDilemma("D1", "b"), "b1", order="1") == []
    assert scene.do(CastDilemma("D1", "neither"), "b1", order="3")
    assert scene.report(0)[0].counts == {"a": 0, "b": 0, "neither": 1}


def test_it_is_filled_no_more_when_it_is_closed() -> None:
    scene = Scene(plan("dilemma"), plan("questions"))
    scene.do(fill())
    scene.do(it.StartDialogue())
    scene.do(it.NextRound(), minutes=1)
    assert scene.refused(fill("Weer iets?"))[0] == "round_closed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (fill(" "), "empty_text"),
        (fill("x" * 301), "text_too_long"),
        (fill(a=Option("")), "empty_text"),
        (fill(b=Option("x" * 121)), "text_too_long"),
        (fill(a=Option("bomen", "x" * 121)), "text_too_long"),
        (fill(a=Option("bomen", "", "x" * 121)), "text_too_long"),
        (fill(source="x" * 121), "text_too_long"),
        (fill(a=Option("Bomen"), b=Option(" bomen")), "dilemma_same_choices"),
    ],
)
def test_what_cannot_be_asked(wrong: FillDilemma, code: str) -> None:
    assert Scene(plan("dilemma")).refused(wrong)[0] == code


def test_as_long_as_it_may_be() -> None:
    long = Option("x" * 120, "y" * 120, "z" * 120)
    assert Scene(plan("dilemma")).do(fill("v" * 300, long, CARS, "b" * 120))


def test_the_newest_vote_of_a_ballot_counts() -> None:
    scene = opened()
    cast(scene, "a", "b", "neither", "a", "a")
    scene.do(CastDilemma("D1", "b"), "b1")
    scene.do(CastDilemma("D1", None), "b3")
    assert scene.do(CastDilemma("D1", "b"), "b2") == []
    (row,) = scene.report(0)
    assert row.counts == {"a": 2, "b": 2, "neither": 0}
    assert (row.voters, row.result, row.state) == (4, "too_few", ItemState.SHOWN)
    assert (row.text, row.staff, row.a, row.b) == ("Bomen of parkeren?", True, TREES, CARS)
    assert MACHINE.card(scene.live.states[0])["voters"] == 5
    scene.check_replay()


def test_what_is_no_vote() -> None:
    scene = opened()
    scene.do(CastDilemma("D1", "a"), "b1")
    scene.do(it.GiveReason("D1", Text("Het is er warm.")), "b1")
    assert scene.refused(CastDilemma("D1", "c"), "b2")[0] == "unknown_choice"
    assert scene.refused(CastDilemma("R1", "a"), "b2")[0] == "wrong_kind"
    assert scene.refused(it.HideItem("D1", "off_topic"))[0] == "cannot_hide"
    (row,) = scene.live.machine(0).report(scene.live.states[0])
    assert row.voters == 1


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((3, 1, 1), "a"),
        ((1, 3, 1), "b"),
        ((1, 1, 3), "neither"),
        ((2, 2, 1), "tie"),
        ((2, 1, 2), "tie"),
        ((4, 0, 0), "too_few"),
        ((5, 0, 0), "a"),
        ((0, 0, 0), "too_few"),
        ((3, 3, 3), "tie"),
    ],
)
def test_result(counts: tuple[int, int, int], expected: str) -> None:
    assert result(dict(zip(("a", "b", "neither"), counts, strict=True))) == expected


def test_a_message_holds_back_few() -> None:
    scene = opened()
    cast(scene, "a", "a", "b")
    (row,) = scene.report(0)
    names = {"option_a": "12 bomen erbij", "option_b": "3 bomen erbij"}
    assert MACHINE.values(row, True) == {"a": None, "b": None, "neither": None, **names}
    assert MACHINE.values(row, False) == {"a": 2, "b": 1, "neither": 0, **names}


def test_a_reason_is_on_the_side_of_its_choice() -> None:
    scene = opened()
    cast(scene, "neither")
    (row,) = scene.report(0)
    assert MACHINE.side(row, "neither") == "neither"
    letter = kinds().letters["D"]
    assert (letter.votable, letter.takes_reasons) == (True, True)
    assert {letter.can_hide, letter.can_change, letter.contribution} == {False}
