"""The draft of the recommendations, given - when - then: the rule, the moderator, polls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.core import Text
from dialogues.items import ItemState
from rounds.closing import rules as closing
from rounds.closing.state import (
    AddRecommendation,
    CastConsent,
    DropRecommendation,
    OrderRecommendations,
    draft,
)
from rounds.poll.state import FillPoll
from tests.dialogues.scene import Scene, plan
from tests.rounds.closing.closings import (
    BAD,
    BETTER,
    CLOSE,
    GOOD,
    changes,
    closing_after,
    listed,
    opened,
    statements,
    with_poll,
)


def test_the_rule_proposes_by_share_and_leaves_out_what_does_not_reach_it() -> None:
    scene = closing_after(GOOD, BAD, BETTER)
    assert listed(scene) == [("A1", "S3"), ("A2", "S1")]
    assert scene.refused(CastConsent("A1", "yes"), "b1") == (
        "vote_not_open",
        {"item": "A1", "at": scene.at + timedelta(minutes=60)},
    )
    assert scene.report() == ()


def test_at_most_so_many_are_proposed() -> None:
    scene = closing_after(*[GOOD] * 6)
    assert [item for _, item in listed(scene)] == ["S1", "S2", "S3", "S4", "S5"]
    assert scene.refused(AddRecommendation("S6", "ook")) == ("enough_recommendations", {"limit": 5})


def test_what_was_hidden_is_not_proposed() -> None:
    scene = Scene(plan("statements"), plan("closing"))
    scene.do(it.StartDialogue())
    statements(scene, GOOD, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.do(it.NextRound(), minutes=1)
    assert listed(scene) == [("A1", "S2")]


def test_between_two_rounds_only_what_is_shown_and_was_counted_is_proposed() -> None:
    scene = Scene(plan("statements"), plan("closing"))
    scene.do(it.StartDialogue(it.Hour(scene.at + timedelta(minutes=60), "x")))
    statements(scene, GOOD, GOOD, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.wait(60)
    scene.do(it.ShowItem("S1"))
    scene.do(it.HideItem("S2", it.HideReason.INSULT))
    scene.do(it.NextRound(), minutes=1)
    assert listed(scene) == [("A1", "S3")]


def test_a_number_stays_a_dropped_one_leaves_a_gap_and_an_added_one_gets_the_next() -> None:
    scene = closing_after(GOOD, CLOSE, BETTER)
    scene.do(DropRecommendation("A1", "dubbel"))
    scene.do(AddRecommendation("S2", "de helft wil dit"))
    scene.do(AddRecommendation("S3", "toch"))
    assert listed(scene) == [("A2", "S1"), ("A3", "S2"), ("A1", "S3")]
    assert changes(scene) == [
        ("advice_drop", "S3", "dubbel"),
        ("advice_add", "S2", "de helft wil dit"),
        ("advice_add", "S3", "toch"),
    ]
    scene.do(DropRecommendation("A2", "dubbel"))
    assert opened(scene) == [("A3", "S2"), ("A1", "S3")]
    assert scene.live.items.next_number("A") == "A4"
    scene.check_replay()


def test_the_number_of_what_was_dropped_last_is_never_given_again() -> None:
    scene = closing_after(GOOD, CLOSE)
    scene.do(AddRecommendation("S2", "ook"))
    scene.do(DropRecommendation("A2", "toch niet"))
    assert opened(scene) == [("A1", "S1")]
    assert scene.live.items.next_number("A") == "A3"
    assert [(c.what, c.item, c.number) for c in scene.live.changes] == [
        ("advice_add", "S2", "A2"),
        ("advice_drop", "S2", "A2"),
    ]


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ((0, 6, 0), "not_wanted_by_most"),
        ((3, 3, 0), "not_wanted_by_most"),
        ((0, 0, 6), "not_wanted_by_most"),
        ((4, 0, 0), "too_few_for_advice"),
    ],
)
def test_what_not_more_people_want_than_do_not_is_not_added(
    votes: tuple[int, int, int], code: str
) -> None:
    scene = closing_after(GOOD, votes)
    assert scene.refused(AddRecommendation("S2", "x"))[0] == code
    assert listed(scene) == [("A1", "S1")]


def test_what_was_hidden_as_its_round_closed_has_no_votes_and_is_not_added() -> None:
    scene = Scene(plan("statements"), plan("closing"))
    scene.do(it.StartDialogue(it.Hour(scene.at + timedelta(minutes=60), "x")))
    statements(scene, GOOD, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.wait(60)
    scene.do(it.ShowItem("S1"))
    scene.do(it.NextRound(), minutes=1)
    assert scene.refused(AddRecommendation("S1", "x"))[0] == "too_few_for_advice"


def test_the_named_come_first_and_the_rest_follows() -> None:
    scene = closing_after(GOOD, GOOD, GOOD)
    scene.do(OrderRecommendations(("A3", "A1"), "eerst de school"))
    assert listed(scene) == [("A3", "S3"), ("A1", "S1"), ("A2", "S2")]
    assert changes(scene) == [("advice_order", "S3,S1,S2", "eerst de school")]
    assert scene.do(OrderRecommendations(("A3",), "zo is het al")) == []
    assert opened(scene) == [("A3", "S3"), ("A1", "S1"), ("A2", "S2")]


@pytest.mark.parametrize(
    ("intent", "code"),
    [
        (DropRecommendation("A9", "x"), "no_such_recommendation"),
        (DropRecommendation("A1", " "), "reason_missing"),
        (DropRecommendation("A1", "x" * 281), "text_too_long"),
        (AddRecommendation("S9", "x"), "no_such_item"),
        (AddRecommendation("S1", "x"), "already_recommended"),
        (AddRecommendation("S1", ""), "reason_missing"),
        (AddRecommendation("R1", "x"), "cannot_recommend"),
        (AddRecommendation("S3", "x"), "item_not_shown"),
        (OrderRecommendations(("A9",), "x"), "no_such_recommendation"),
        (OrderRecommendations(("A2", "A2"), "x"), "repeated_number"),
        (OrderRecommendations(("A2",), ""), "reason_missing"),
    ],
)
def test_changes_that_are_refused(intent: Any, code: str) -> None:
    scene = Scene(plan("statements"), plan("closing"))
    scene.do(it.StartDialogue())
    statements(scene, GOOD, GOOD, GOOD)
    scene.do(it.GiveReason("S1", Text("Want.")), "b1")
    scene.do(it.HideItem("S3", it.HideReason.INSULT))
    scene.do(it.NextRound(), minutes=1)
    assert scene.refused(intent)[0] == code


def test_a_reason_may_be_as_long_as_a_contribution() -> None:
    scene = closing_after(GOOD)
    assert scene.do(DropRecommendation("A1", "x" * 280))


def test_what_is_hidden_is_not_named_in_a_new_order() -> None:
    scene = closing_after(GOOD, GOOD, GOOD)
    scene.do(it.HideItem("S2", it.HideReason.INSULT))
    scene.do(OrderRecommendations(("A3",), "eerst de school"))
    assert changes(scene)[1:] == [("advice_order", "S3,S1", "eerst de school")]


@pytest.mark.parametrize(
    "intent",
    [
        DropRecommendation("A1", "x"),
        AddRecommendation("S2", "x"),
        OrderRecommendations(("A2", "A1"), "x"),
    ],
)
def test_nothing_is_changed_once_the_vote_is_open(intent: Any) -> None:
    scene = closing_after(GOOD, BAD)
    opened(scene)
    assert scene.refused(intent) == ("vote_open_already", {})


def test_what_is_hidden_before_the_vote_drops_out_by_itself() -> None:
    scene = closing_after(BETTER, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.PERSONAL))
    assert listed(scene) == [("A2", "S2")]
    scene.do(it.EraseItem("S2"))
    assert listed(scene) == []
    scene.do(it.ShowItem("S1"))
    assert opened(scene) == [("A1", "S1")]


# Polls


def test_the_option_chosen_by_more_than_half_is_proposed() -> None:
    fill = FillPoll("one", "Wat eerst?", ("Bomen", "Parkeren"), 0)
    scene = with_poll(fill, (1,), (1,), (1,), (1,), (2,))
    (proposed,) = draft(scene.state)
    assert (proposed.item, proposed.option, proposed.label) == ("P1", 1, "Wat eerst?: Bomen")
    opened(scene)
    (row,) = scene.report()
    assert (row.asks, row.source, row.suggested) == ("Wat eerst?: Bomen", "P1", None)
    assert scene.live.items.by_number["A1"].label == "Wat eerst? Bomen"


def test_a_residents_option_keeps_its_text_apart() -> None:
    fill = FillPoll("one", "Wat eerst?", ("Bomen", "Parkeren"), 0, other=True)
    scene = with_poll(fill, (3,), (3,), (3,), (1,), (3,), other="Banken")
    opened(scene)
    (row,) = scene.report()
    (fixed,) = scene.state.fixed.values()
    assert (row.text, fixed.option) == ("Wat eerst?", 3)
    assert scene.text(row.suggested) == "Banken"
    assert b"Banken" not in b"".join(scene.lines)
    (entry,) = closing.card(scene.state)["recommendations"]  # type: ignore[misc]
    assert (entry["label"], scene.text(entry["text"])) == ("Wat eerst?", "Banken")
    scene.do(it.EraseItem("X1"))
    assert scene.report()[0].state is ItemState.ERASED
    scene.check_replay()


def test_of_several_options_each_that_more_than_half_chose_is_proposed() -> None:
    fill = FillPoll("several", "Wat?", ("a", "b"), 0)
    scene = with_poll(fill, *[(1, 2)] * 2, *[(2,)] * 3)
    assert [(r.item, r.option) for r in draft(scene.state)] == [("P1", 2)]
    fill = FillPoll("several", "Wat?", ("a", "b", "c"), 0)
    scene = with_poll(fill, *[(1, 2)] * 5, (2, 3), (1, 3), (3,))
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A1", 1), ("A2", 2)]
    scene.do(DropRecommendation("A1", "kan niet"))
    scene.do(AddRecommendation("P1", "toch wel"))
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A2", 2), ("A1", 1)]
    assert scene.refused(AddRecommendation("P1", "x"))[0] == "already_recommended"


def test_what_more_than_half_chose_is_proposed_where_another_option_is_first() -> None:
    fill = FillPoll("several", "Wat?", ("a", "b", "c"), 0)
    scene = with_poll(fill, *[(1, 2)] * 5, (1,), (3,))
    assert scene.report(0)[0].result == ("1",)
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A1", 1), ("A2", 2)]


def test_what_is_first_together_is_added_together() -> None:
    fill = FillPoll("several", "Wat?", ("a", "b", "c"), 0)
    scene = with_poll(fill, *[(1,)] * 3, *[(3,)] * 3, (2,))
    assert listed(scene) == []
    scene.do(AddRecommendation("P1", "allebei"))
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A1", 1), ("A2", 3)]


def test_neither_an_option_nor_a_reason_can_be_added() -> None:
    fill = FillPoll("one", "Wat?", ("a", "b"), 0, other=True)
    scene = with_poll(fill, *[(3,)] * 6, other="Banken", reason="Want.")
    for number in ("X1", "R1"):
        refused = scene.refused(AddRecommendation(number, "toch"))
        assert refused == ("cannot_recommend", {"item": number})


def test_an_option_that_is_hidden_cannot_be_added_with_its_question() -> None:
    fill = FillPoll("one", "Wat eerst?", ("a", "b"), 0, other=True)
    scene = with_poll(fill, (1,), (1,), (2,), (3,), (3,), (3,), other="Banken")
    assert listed(scene) == []
    scene.do(it.HideItem("X1", it.HideReason.INSULT))
    assert scene.refused(AddRecommendation("P1", "x")) == ("item_not_shown", {"item": "P1"})


def test_what_more_than_half_chose_may_be_added_again_though_another_was_first() -> None:
    fill = FillPoll("several", "Wat eerst?", ("a", "b", "c"), 0)
    scene = with_poll(fill, *[(1, 3)] * 4, (1,), (2,))
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A1", 1), ("A2", 3)]
    scene.do(DropRecommendation("A2", "dubbel"))
    scene.do(AddRecommendation("P1", "toch"))
    assert [(r.number, r.option) for r in draft(scene.state)] == [("A1", 1), ("A2", 3)]


def test_a_winning_option_under_half_may_be_added() -> None:
    fill = FillPoll("one", "Wat eerst?", ("a", "b", "c"), 0)
    scene = with_poll(fill, (1,), (1,), (2,), (3,), (3,), (3,), statement=False)
    assert listed(scene) == []
    scene.do(AddRecommendation("P1", "het meest gekozen"))
    assert scene.refused(AddRecommendation("P1", "x"))[0] == "already_recommended"
    assert [(r.item, r.option) for r in draft(scene.state)] == [("P1", 3)]


@pytest.mark.parametrize("kind", ["ranked", "points"])
def test_a_ranking_is_never_proposed_but_its_winner_may_be_added(kind: str) -> None:
    votes = {"ranked": (1, 2), "points": (10,)}
    scene = with_poll(FillPoll(kind, "Wat?", ("a", "b"), 0), *[votes[kind]] * 6)
    assert listed(scene) == []
    scene.do(AddRecommendation("P1", "duidelijk"))
    assert [r.label for r in draft(scene.state)] == ["Wat?: a"]


def test_a_tie_has_nothing_to_add() -> None:
    scene = with_poll(FillPoll("one", "Wat?", ("a", "b"), 0), *[(1,)] * 3, *[(2,)] * 3)
    assert scene.refused(AddRecommendation("P1", "x")) == ("no_winning_option", {"item": "P1"})
    scene = with_poll(FillPoll("one", "Wat?", ("a", "b"), 0), *[(1,)] * 4)
    assert scene.refused(AddRecommendation("P1", "x")) == ("too_few_for_advice", {"item": "P1"})


def test_statements_come_before_polls_at_the_same_share() -> None:
    fill = FillPoll("one", "Wat?", ("a", "b"), 1)
    votes = [(1,)] * 4 + [(2,)] * 2
    scene = with_poll(fill, *votes, statement=True)
    assert listed(scene) == [("A1", "S1"), ("A2", "P1")]
