"""Closing rounds, given - when - then: the draft, the moderator's changes, the consent vote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.core import Audience, Text
from dialogues.events import DialogueClosed, HourSet, RoundClosed
from dialogues.format import Kind
from dialogues.items import ItemState
from dialogues.rounds import closing
from dialogues.rounds.closing import (
    AddRecommendation,
    CastConsent,
    ClosingWithoutVote,
    DropRecommendation,
    OrderRecommendations,
    VoteOpened,
    draft,
)
from dialogues.rounds.machine import Stage
from dialogues.rounds.poll import CastPoll, FillPoll, SuggestOption
from dialogues.rounds.statements import CastVote, GiveStatement
from tests.dialogues.scene import Scene, plan

#: Votes on a statement as agree, disagree, pass.
GOOD, BETTER, BAD = (4, 2, 0), (5, 1, 0), (2, 4, 0)


def statements(scene: Scene, *votes: tuple[int, int, int]) -> None:
    """A statement with these votes each, S1 upwards."""
    for number, sides in enumerate(votes, 1):
        scene.do(GiveStatement(Text(f"Zin {number}.")), f"author{number}")
        agree, disagree, passed = sides
        choices = ["agree"] * agree + ["disagree"] * disagree + ["pass"] * passed
        for ballot, choice in enumerate(choices):
            scene.do(CastVote(f"S{number}", choice), f"b{ballot}")


def closing_after(*votes: tuple[int, int, int], **values: Any) -> Scene:
    """A closing round that has just opened after a round of statements."""
    scene = Scene(plan(Kind.STATEMENTS), plan(Kind.CLOSING, collecting_margin=0, **values))
    scene.do(it.StartDialogue())
    statements(scene, *votes)
    scene.do(it.NextRound(), minutes=30)
    return scene


def with_poll(
    fill: FillPoll, *votes: tuple[int, ...], other: str = "", statement: bool = False
) -> Scene:
    """A closing round after a poll with these votes."""
    first = (plan(Kind.STATEMENTS),) if statement else ()
    scene = Scene(*first, plan(Kind.POLL), plan(Kind.CLOSING, collecting_margin=0))
    scene.do(fill)
    scene.do(it.StartDialogue())
    if statement:
        statements(scene, GOOD)
        scene.do(it.NextRound(), minutes=1)
    if other:
        scene.do(SuggestOption("P1", Text(other)), "anna")
        scene.do(it.ApproveItem("X1"))
    for ballot, choice in enumerate(votes):
        scene.do(CastPoll("P1", choice), f"b{ballot}")
    scene.do(it.NextRound(), minutes=1)
    return scene


def listed(scene: Scene) -> list[tuple[str, str]]:
    return [(r.number, r.item) for r in draft(scene.state)]


def opened(scene: Scene) -> list[tuple[str, str]]:
    """The recommendations after the vote opened by hand."""
    scene.do(it.NextRound(), minutes=1)
    return [(row.number, row.source) for row in scene.report()]


def changes(scene: Scene) -> list[tuple[str, str, str]]:
    return [(c.what, c.item, c.reason) for c in scene.live.changes]


# The draft


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
    assert len(listed(closing_after(*[GOOD] * 3, limit=2))) == 2


def test_what_was_hidden_is_not_proposed() -> None:
    scene = Scene(plan(Kind.STATEMENTS), plan(Kind.CLOSING))
    scene.do(it.StartDialogue())
    statements(scene, GOOD, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.do(it.NextRound(), minutes=1)
    assert listed(scene) == [("A1", "S2")]


def test_a_dropped_number_leaves_a_hole_and_an_added_one_gets_the_next() -> None:
    scene = closing_after(GOOD, BAD, BETTER)
    scene.do(DropRecommendation("A1", "dubbel"))
    scene.do(AddRecommendation("S2", "de helft wil dit"))
    scene.do(AddRecommendation("S3", "toch"))
    assert listed(scene) == [("A2", "S1"), ("A3", "S2"), ("A4", "S3")]
    assert changes(scene) == [
        ("advice_drop", "S3", "dubbel"),
        ("advice_add", "S2", "de helft wil dit"),
        ("advice_add", "S3", "toch"),
    ]
    assert opened(scene) == [("A1", "S1"), ("A2", "S2"), ("A3", "S3")]
    scene.check_replay()


def test_the_named_come_first_and_the_rest_follows() -> None:
    scene = closing_after(GOOD, GOOD, GOOD)
    scene.do(OrderRecommendations(("A3", "A1"), "eerst de school"))
    assert listed(scene) == [("A3", "S3"), ("A1", "S1"), ("A2", "S2")]
    assert changes(scene) == [("advice_order", "S3,S1,S2", "eerst de school")]
    assert scene.do(OrderRecommendations(("A3",), "zo is het al")) == []
    assert opened(scene) == [("A1", "S3"), ("A2", "S1"), ("A3", "S2")]


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
    scene = Scene(plan(Kind.STATEMENTS), plan(Kind.CLOSING))
    scene.do(it.StartDialogue())
    statements(scene, GOOD, GOOD, GOOD)
    scene.do(it.GiveReason("S1", Text("Want.")), "b1")
    scene.do(it.HideItem("S3", it.HideReason.INSULT))
    scene.do(it.NextRound(), minutes=1)
    assert scene.refused(intent)[0] == code


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
    assert (row.text, row.source, row.options) == ("Wat eerst?: Bomen", "P1", ())


def test_a_residents_option_keeps_its_text_apart() -> None:
    fill = FillPoll("one", "Wat eerst?", ("Bomen", "Parkeren"), 0, other=True)
    scene = with_poll(fill, (3,), (3,), (3,), (1,), (3,), other="Banken")
    opened(scene)
    (row,) = scene.report()
    assert (row.text, row.options[0].number) == ("Wat eerst?", 3)
    assert scene.text(row.options[0].text) == "Banken"
    assert b"Banken" not in b"".join(scene.lines)
    (entry,) = closing.card(scene.state)["recommendations"]  # type: ignore[misc]
    assert (entry["label"], scene.text(entry["text"])) == ("Wat eerst?", "Banken")
    scene.do(it.EraseItem("X1"))
    assert scene.report()[0].state is ItemState.ERASED
    scene.check_replay()


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
    scene = with_poll(FillPoll("one", "Wat?", ("a", "b"), 0), (1,), (2,))
    assert scene.refused(AddRecommendation("P1", "x")) == ("no_winning_option", {"item": "P1"})


def test_statements_come_before_polls_at_the_same_share() -> None:
    fill = FillPoll("one", "Wat?", ("a", "b"), 1)
    votes = [(1,)] * 4 + [(2,)] * 2
    scene = with_poll(fill, *votes, statement=True)
    assert listed(scene) == [("A1", "S1"), ("A2", "P1")]


# The vote


def test_the_vote_opens_by_its_hour() -> None:
    scene = closing_after(GOOD)
    assert scene.wait(59) == []
    (event,) = scene.wait(1)
    assert isinstance(event, VoteOpened)
    item = scene.live.items.by_number["A1"]
    assert (item.about, scene.text(item.text), item.state) == ("S1", "Zin 1.", ItemState.SHOWN)


def test_volgende_opens_the_vote_and_then_closes() -> None:
    scene = closing_after(GOOD)
    scene.do(it.NextRound(it.Hour(scene.at + timedelta(minutes=20), "x")), minutes=5)
    assert scene.live.frames[1].stage is Stage.OPEN
    scene.do(CastConsent("A1", "yes"), "b1")
    scene.wait(15)
    assert scene.live.frames[1].stage is Stage.CLOSED
    assert scene.report()[0].counts == {"yes": 1, "no": 0}


def test_in_a_short_round_the_vote_opens_half_way() -> None:
    short = plan(Kind.CLOSING, collecting_margin=0, reminder=0)
    scene = Scene(plan(Kind.STATEMENTS), short)
    scene.do(it.StartDialogue())
    statements(scene, GOOD)
    hour = it.Hour(scene.at + timedelta(minutes=21), "x")
    scene.do(it.NextRound(hour), minutes=1)
    assert scene.wait(9) == []
    assert [type(event) for event in scene.wait(1)] == [VoteOpened]
    scene.do(CastConsent("A1", "no"), "b1")
    scene.wait(10)
    assert scene.live.frames[1].stage is Stage.CLOSED


def test_an_hour_set_later_moves_the_vote() -> None:
    scene = closing_after(GOOD)
    scene.wait(50)
    scene.do(it.SetHour(it.Hour(scene.at + timedelta(minutes=6), "x")))
    assert scene.state.vote_at == scene.at + timedelta(minutes=3)
    scene.do(it.SetHour(it.Hour(scene.at + timedelta(minutes=600), "x")))
    assert scene.state.vote_at == scene.at + timedelta(minutes=10)


def test_a_round_closed_early_fixes_what_the_rule_found() -> None:
    scene = closing_after(GOOD)
    scene.do(it.CloseDialogue(), minutes=5)
    assert scene.live.frames[1].stage is Stage.CLOSED
    (row,) = scene.report()
    assert (row.number, row.source, row.voters) == ("A1", "S1", 0)
    notices = scene.live.machine(1).announce(scene.state, VoteOpened(1, ()))
    assert notices == ()


def test_without_candidates_there_is_no_vote_and_the_round_closes() -> None:
    scene = closing_after(BAD)
    events = scene.wait(60)
    kinds = [type(event) for event in events]
    assert kinds == [ClosingWithoutVote, HourSet, RoundClosed, DialogueClosed]
    assert scene.report() == ()
    scene.check_replay()


def test_without_candidates_volgende_closes() -> None:
    scene = closing_after(BAD)
    scene.do(it.NextRound(), minutes=1)
    assert scene.live.frames[1].stage is Stage.CLOSED
    assert scene.report() == ()


def test_something_may_be_added_where_the_rule_found_nothing() -> None:
    scene = closing_after(BAD)
    scene.do(AddRecommendation("S1", "de raad vroeg ernaar"))
    (event,) = scene.wait(60)
    assert isinstance(event, VoteOpened)


def test_the_newest_consent_counts() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    for ballot, choice in (("b1", "yes"), ("b2", "no"), ("b3", "no"), ("b1", "no"), ("b2", None)):
        scene.do(CastConsent("A1", choice), ballot)
    assert scene.do(CastConsent("A1", "no"), "b1") == []
    first, second = scene.report()
    assert (first.counts, first.voters, first.result) == ({"yes": 0, "no": 2}, 2, None)
    assert second.counts == {"yes": 0, "no": 0}
    assert closing.offer(scene.state, "b1", 5) == ["A2"]


def test_consent_that_is_refused() -> None:
    scene = closing_after(GOOD)
    opened(scene)
    assert scene.refused(CastConsent("A1", "agree"), "b1")[0] == "unknown_choice"
    assert scene.refused(CastConsent("A2", "yes"), "b1")[0] == "no_such_item"
    assert scene.refused(CastConsent("S1", "yes"), "b1")[0] == "wrong_kind"
    assert scene.refused(CastVote("A1", "agree"), "b1")[0] == "wrong_kind"


def test_a_recommendation_goes_with_the_statement_it_rests_on() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    scene.do(CastConsent("A1", "yes"), "b1")
    scene.do(it.HideItem("S1", it.HideReason.PERSONAL))
    assert [row.state for row in scene.report()] == [ItemState.HIDDEN, ItemState.SHOWN]
    assert scene.state.box.voters == 0
    assert scene.refused(CastConsent("A1", "no"), "b2")[0] == "item_not_shown"
    assert scene.refused(it.ShowItem("A1"))[0] == "cannot_hide"
    scene.do(CastConsent("A1", None), "b1")
    scene.do(CastConsent("A2", "yes"), "b2")
    scene.do(it.ShowItem("S1"))
    assert [row.voters for row in scene.report()] == [0, 1]
    assert scene.state.box.voters == 1
    scene.check_replay()


def test_recommendations_are_numbered_on_in_a_second_closing_round() -> None:
    scene = Scene(*(plan(kind) for kind in (Kind.STATEMENTS, Kind.CLOSING, Kind.CLOSING)))
    scene.do(it.StartDialogue())
    statements(scene, GOOD)
    for _ in range(3):
        scene.do(it.NextRound(), minutes=1)
    assert listed(scene) == [("A2", "S1")]
    assert opened(scene) == [("A2", "S1")]


def test_staff_hears_of_the_draft_and_the_room_of_the_vote() -> None:
    scene = closing_after(GOOD)
    machine = scene.live.machine(1)
    (dropped,) = scene.do(DropRecommendation("A1", "x"))
    (notice,) = machine.announce(scene.state, dropped)
    assert (notice.template, notice.audience) == ("recommendations_draft", Audience.STAFF)
    assert (notice.data["recommendations"], notice.slot) == ([], "draft/2")
    (notice,) = machine.announce(scene.state, ClosingWithoutVote(1))
    assert (notice.template, notice.audience) == ("closing_without_vote", Audience.ROOM)
    (added,) = scene.do(AddRecommendation("S1", "toch"))
    (vote,) = scene.wait(60)
    (notice,) = machine.announce(scene.state, vote)
    assert (notice.template, notice.audience) == ("vote_opened", Audience.ROOM)
    (entry,) = notice.data["recommendations"]  # type: ignore[misc, union-attr]
    assert (entry["number"], entry["item"], scene.text(entry["text"])) == ("A1", "S1", "Zin 1.")
    assert machine.announce(scene.state, added)[0].slot == "draft/2"
