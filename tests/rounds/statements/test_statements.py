"""Statements, given - when - then: saying, voting, what counts and what is offered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogues import intents as it
from dialogues.charter import Review
from dialogues.core import Text
from dialogues.items import ItemState
from rounds.statements import rules as statements
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import Scene, plan, started


def said(*authors: str, **charter: object) -> Scene:
    scene = Scene(plan("statements"), **charter)
    scene.do(it.StartDialogue())
    for author in authors:
        scene.do(GiveStatement(Text(f"Zin van {author}.")), author)
    return scene


def test_statements_are_numbered_as_they_come_and_votes_counted() -> None:
    scene = said("anna", "bas")
    for ballot, choice in enumerate(("agree", "agree", "agree", "disagree", "disagree", "pass")):
        scene.do(CastVote("S1", choice), f"b{ballot}")
    first, second = scene.report()
    assert (first.number, second.number) == ("S1", "S2")
    assert first.counts == {"agree": 3, "disagree": 2, "pass": 1}
    assert (first.voters, first.result, second.result) == (6, "agreed", "too_few")


def test_the_newest_vote_counts_and_the_same_again_is_no_event() -> None:
    scene = said("anna")
    scene.do(CastVote("S1", "agree"), "b1")
    assert scene.do(CastVote("S1", "agree"), "b1") == []
    scene.do(CastVote("S1", "disagree"), "b1")
    scene.do(CastVote("S1", None), "b1")
    assert scene.do(CastVote("S1", None), "b1") == []
    assert scene.do(CastVote("S1", None), "b2") == []
    assert scene.report()[0].voters == scene.state.box.voters == 0


def test_an_older_vote_that_arrives_later_does_not_count() -> None:
    scene = said("anna")
    scene.wait(10)
    scene.do(CastVote("S1", "agree"), "b1")
    earlier = scene.at - timedelta(minutes=1)
    assert scene.do(CastVote("S1", "disagree"), "b1", at=earlier) == []
    assert scene.report()[0].counts["agree"] == 1


def test_of_two_votes_of_one_moment_the_higher_order_counts() -> None:
    scene = said("anna")
    (event,) = scene.do(CastVote("S1", "agree"), "b1", order="2")
    assert event.order == "2"
    assert scene.do(CastVote("S1", "disagree"), "b1", order="1") == []
    assert scene.do(CastVote("S1", "pass"), "b1", order="3")
    assert scene.report()[0].counts == {"agree": 0, "disagree": 0, "pass": 1}


def test_a_closing_by_hand_takes_back_no_vote_that_is_in() -> None:
    scene = said("anna")
    newest = scene.at + timedelta(minutes=2)
    for ballot, at in (("b1", newest), ("b2", newest - timedelta(minutes=1))):
        scene.do(CastVote("S1", "agree"), ballot, at=at, settled=False)
    (hour,) = scene.do(it.CloseDialogue())
    assert hour.closes_at == newest


def test_statements_that_are_refused() -> None:
    scene = said("anna", "anna", "anna")
    enough = GiveStatement(Text("x"))
    assert scene.refused(enough, "anna") == ("enough_statements", {"limit": 3})
    assert scene.refused(GiveStatement(Text(" ")), "bas")[0] == "empty_text"
    too_long = GiveStatement(Text("x" * 281))
    assert scene.refused(too_long, "bas") == ("text_too_long", {"length": 281, "most": 280})
    scene.do(it.WithdrawItem("S1"), "anna")
    scene.do(GiveStatement(Text("Nog een.")), "anna")
    assert scene.report()[-1].number == "S4"


def test_votes_that_are_refused() -> None:
    scene = said("anna")
    scene.do(it.GiveReason("S1", Text("Want.")), "b1")
    assert scene.refused(CastVote("S1", "yes"), "b1")[0] == "unknown_choice"
    assert scene.refused(CastVote("S9", "agree"), "b1")[0] == "no_such_item"
    assert scene.refused(CastVote("R1", "agree"), "b1")[0] == "wrong_kind"


def test_without_a_limit_anybody_says_as_much_as_they_like() -> None:
    scene = started("statements", per_person=0)
    for number in range(9):
        scene.do(GiveStatement(Text(f"Zin {number}.")), "anna")
    assert len(scene.report()) == 9


def test_votes_go_on_after_collecting_ended() -> None:
    scene = said("anna")
    scene.do(it.EndCollecting())
    late = GiveStatement(Text("x"))
    assert scene.refused(late, "bas") == ("collecting_ended", {"round": 1})
    scene.do(CastVote("S1", "agree"), "b1")
    assert scene.report()[0].voters == 1


def test_with_review_before_a_statement_waits_and_may_stay_unreviewed() -> None:
    scene = said("anna", "bas", review=Review.BEFORE)
    assert scene.refused(CastVote("S1", "agree"), "b1")[0] == "item_not_shown"
    scene.do(it.ApproveItem("S1"))
    scene.do(CastVote("S1", "agree"), "b1")
    scene.do(it.CloseDialogue(), minutes=1)
    states = [row.state for row in scene.report(0)]
    assert states == [ItemState.SHOWN, ItemState.UNREVIEWED]
    assert scene.live.unreviewed == 1


def test_what_staff_says_waits_for_nobody_and_is_known_as_theirs() -> None:
    scene = said("anna", review=Review.BEFORE)
    scene.do(GiveStatement(Text("Van de gemeente.")), "wethouder", staff=True)
    first, second = scene.report()
    assert (first.state, second.state) == (ItemState.PENDING, ItemState.SHOWN)
    assert (first.staff, second.staff) == (False, True)
    assert scene.live.machine(0).card(scene.state) == {"statements": 1, "voters": 0}


def test_one_statement_each_is_one() -> None:
    scene = started("statements", per_person=1)
    scene.do(GiveStatement(Text("Een.")), "anna")
    twee = GiveStatement(Text("Twee."))
    assert scene.refused(twee, "anna") == ("enough_statements", {"limit": 1})


def test_after_closing_a_result_is_held_against_the_voters_of_then() -> None:
    scene = said("anna", "bas")
    for ballot in range(11):
        scene.do(CastVote("S1", "agree"), f"b{ballot}")
    for ballot in range(5):
        scene.do(CastVote("S2", "agree"), f"b{ballot}")
    assert [row.result for row in scene.report()] == ["agreed", "too_few"]
    scene.do(it.CloseDialogue(), minutes=1)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    rows = scene.report(0)
    assert [row.result for row in rows] == ["agreed", "too_few"]
    assert [row.counted for row in rows] == [True, True]


@pytest.mark.parametrize("how", ["hide", "withdraw", "erase"])
def test_votes_on_what_is_gone_make_no_voter(how: str) -> None:
    scene = said("anna", "bas")
    scene.do(CastVote("S1", "agree"), "b1")
    scene.do(CastVote("S1", "agree"), "b2")
    scene.do(CastVote("S2", "agree"), "b2")
    intents = {
        "hide": it.HideItem("S1", it.HideReason.INSULT),
        "withdraw": it.WithdrawItem("S1"),
        "erase": it.EraseItem("S1"),
    }
    scene.do(intents[how], "anna")
    assert set(scene.state.box.ballots()) == {"b2"}
    assert scene.refused(CastVote("S1", "pass"), "b3")[0] == "item_not_shown"
    scene.do(CastVote("S1", None), "b2")
    assert scene.state.box.voters == 1
    if how == "hide":
        scene.do(it.ShowItem("S1"))
        assert set(scene.state.box.ballots()) == {"b1", "b2"}
    scene.check_replay()


def test_what_was_offered_least_often_is_offered_first_whatever_was_voted() -> None:
    scene = said("anna", "bas", "cor")
    for item, ballot in (("S3", "b1"), ("S3", "b2"), ("S2", "b2")):
        scene.do(CastVote(item, "agree"), ballot)
    offered = {"S1": 2, "S2": 1}
    assert statements.offer(scene.state, "b3", 5, offered) == ["S3", "S2", "S1"]
    assert statements.offer(scene.state, "b2", 5, offered) == ["S1"]
    assert statements.offer(scene.state, "b3", 1, offered) == ["S3"]


def test_what_was_offered_as_often_is_in_an_order_of_the_round_and_the_ballot() -> None:
    scene, voted = said(*(f"p{n}" for n in range(11))), said(*(f"p{n}" for n in range(11)))
    for ballot in ("b8", "b9"):
        voted.do(CastVote("S1", "agree"), ballot)
    first = statements.offer(scene.state, "b1", 99, {})
    assert sorted(first) == sorted(f"S{n}" for n in range(1, 12))
    assert statements.offer(voted.state, "b1", 99, {}) == first
    assert statements.offer(scene.state, "b2", 99, {}) != first
    voted.live.frames[0].seed = "another round"
    assert statements.offer(voted.state, "b1", 99, {}) != first


def test_a_statement_is_changed_until_somebody_voted() -> None:
    scene = said("anna")
    scene.do(it.ChangeItem("S1", Text("Anders.")), "anna")
    assert scene.text(scene.report()[0].text) == "Anders."
    scene.do(CastVote("S1", "agree"), "b1")
    assert scene.refused(it.ChangeItem("S1", Text("Weer.")), "anna")[0] == "voted_already"
    assert scene.refused(it.ChangeItem("S1", Text("Weer.")), "bas")[0] == "not_yours"


def test_a_choice_that_stands_again_counts_once_the_statement_is_shown() -> None:
    """What was chosen before is no new vote: it is taken while the statement is hidden."""
    scene = Scene(plan("statements"))
    scene.do(it.StartDialogue())
    scene.do(GiveStatement(Text("Meer bomen.")), "anna")
    scene.do(it.HideItem("S1", it.HideReason.OFF_TOPIC))
    assert scene.refused(CastVote("S1", "agree"), "b1")[0] == "item_not_shown"
    scene.do(CastVote("S1", "agree", stands=True), "b1")
    assert scene.state.box.voters == 0
    scene.do(it.ShowItem("S1"))
    assert scene.report()[0].counts == {"agree": 1, "disagree": 0, "pass": 0}
    scene.check_replay()
