"""Participation: people with a shown contribution, with a counting vote, each counted once."""

from __future__ import annotations

from dataclasses import replace

from dialogues import intents as it
from dialogues.core import Text
from dialogues.participation import Figures, figures
from rounds.poll.state import CastPoll, FillPoll, SuggestOption
from rounds.questions.state import AskQuestion, Support
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import Scene, plan, started
from tests.rounds.closing.closings import GOOD, closing_after, opened

LINKS = {"b1": "anna", "b2": "cor", "b3": "dora"}


def said(*authors: str) -> Scene:
    scene = started("statements")
    for author in authors:
        scene.do(GiveStatement(Text(f"Zin van {author}.")), author)
    return scene


def test_somebody_who_says_and_votes_is_one_person() -> None:
    scene = said("anna", "bas", "bas")
    scene.do(CastVote("S1", "agree"), "b1")
    scene.do(CastVote("S2", "agree"), "b1")
    scene.do(CastVote("S2", "pass"), "b2")
    assert figures(scene.live, LINKS) == Figures(2, 2, 3)
    assert figures(scene.live, {}) == Figures(2, 2, 4)  # a ballot of which nothing is known


def test_staff_and_what_is_not_shown_do_not_count() -> None:
    scene = said("anna", "bas", "cor")
    scene.do(GiveStatement(Text("Van de gemeente.")), "wethouder", staff=True)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.do(it.WithdrawItem("S2"), "bas")
    assert figures(scene.live, LINKS) == Figures(1, 0, 1)


def test_a_vote_that_does_not_count_makes_no_voter_and_closing_fixes_who_is_one() -> None:
    scene = said("anna", "bas")
    scene.do(CastVote("S1", "agree"), "b1")
    scene.do(CastVote("S2", "agree"), "b2")
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    assert figures(scene.live, LINKS) == Figures(1, 2, 3)  # while it is open: whoever voted
    scene.do(it.CloseDialogue(), minutes=1)
    assert figures(scene.live, LINKS) == Figures(1, 1, 2)
    scene.do(it.ShowItem("S1"))
    scene.do(it.HideItem("S2", it.HideReason.INSULT))
    assert figures(scene.live, LINKS) == Figures(1, 1, 2)


def test_a_reason_that_is_shown_is_a_contribution() -> None:
    scene = said("anna")
    scene.do(it.GiveReason("S1", Text("Want.")), "b2")
    scene.do(it.GiveReason("S1", Text("Omdat.")), "b3")
    scene.do(it.HideItem("R2", it.HideReason.INSULT))
    assert figures(scene.live, LINKS) == Figures(2, 0, 2)
    scene.do(it.GiveReason("S1", Text("Ook.")), "b1")  # who said it too
    assert figures(scene.live, LINKS) == Figures(2, 0, 2)


def test_questions_are_contributions_and_support_is_none() -> None:
    scene = started("questions")
    scene.do(AskQuestion(Text("Wanneer?")), "anna")
    scene.do(Support("V1"), "bas")
    assert figures(scene.live, {}) == Figures(1, 0, 1)


def test_who_suggested_an_option_took_part_though_nobody_reviewed_it() -> None:
    scene = Scene(plan("poll"))
    scene.do(FillPoll("one", "Wat?", ("a", "b"), 0, other=True))
    scene.do(it.StartDialogue())
    scene.do(SuggestOption("P1", Text("Banken")), "anna")
    scene.do(CastPoll("P1", (1,)), "b2")
    assert figures(scene.live, LINKS) == Figures(1, 1, 2)
    scene.do(it.HideItem("X1", it.HideReason.INSULT))
    assert figures(scene.live, LINKS) == Figures(0, 1, 1)
    scene.do(it.ShowItem("X1"))
    assert figures(scene.live, LINKS) == Figures(1, 1, 2)


def test_polls_and_recommendations_are_nobodys_contribution() -> None:
    scene = closing_after(GOOD)
    before = figures(scene.live, {})
    opened(scene)
    assert scene.live.items.by_number["A1"]
    assert figures(scene.live, {}) == before == Figures(1, 6, 7)


def test_a_kind_may_say_who_else_took_part() -> None:
    scene = said("anna")
    frame = scene.live.frames[0]
    frame.machine = replace(frame.machine, took_part=lambda _state: frozenset({"anna", "eva"}))
    assert figures(scene.live, {}) == Figures(2, 0, 2)
    assert figures(scene.live, {"eva": "anna"}) == Figures(1, 0, 1)  # they are one by now


def test_after_the_links_are_gone_the_kept_figures_stand() -> None:
    scene = said("anna")
    scene.do(it.CloseDialogue(), minutes=1)
    scene.wait(15 * 24 * 60)
    assert scene.live.links_destroyed
    assert figures(scene.live, {}) == Figures(0, 0, 0)  # as this clock gave them


def test_who_gave_something_under_an_account_that_was_linked_is_one_person() -> None:
    """``links`` also says what a merged participant is now."""
    scene = said("anna", "cor")
    scene.do(CastVote("S1", "agree"), "b2")
    merged = {**LINKS, "anna": "cor"}
    assert figures(scene.live, merged, {"cor"}) == Figures(1, 1, 1, 1)
    assert figures(scene.live, LINKS) == Figures(2, 1, 2)
