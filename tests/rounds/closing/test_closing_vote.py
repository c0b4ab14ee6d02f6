"""The consent vote, given - when - then: when it opens, what counts, what is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dialogues import intents as it
from dialogues.core import Audience, Text
from dialogues.events import DialogueClosed, HourSet, RoundClosed
from dialogues.followup.days import unanswered
from dialogues.items import ItemState
from dialogues.machine import Stage
from rounds.closing import rules as closing
from rounds.closing.state import (
    AddRecommendation,
    CastConsent,
    ClosingWithoutVote,
    DropRecommendation,
    VoteOpened,
)
from rounds.statements.rules import CastVote
from tests.dialogues.scene import Scene, plan
from tests.rounds.closing.closings import (
    BAD,
    CLOSE,
    GOOD,
    closing_after,
    listed,
    opened,
    statements,
)


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
    short = plan("closing", collecting_margin=0, reminder=0)
    scene = Scene(plan("statements"), short)
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
    scene = closing_after(CLOSE)
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
    assert [row.state for row in scene.report()] == [ItemState.SHOWN, ItemState.SHOWN]
    assert [row.voters for row in scene.report()] == [0, 1]
    assert scene.state.box.voters == 1
    scene.do(CastConsent("A1", "no"), "b3")
    scene.check_replay()


def test_recommendations_are_numbered_on_in_a_second_closing_round() -> None:
    scene = Scene(*(plan(kind) for kind in ("statements", "closing", "closing")))
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


def test_the_card_shows_the_draft_and_then_what_is_voted_on() -> None:
    scene = closing_after(GOOD, GOOD)
    card = scene.live.machine(1).card
    assert listed_on(card(scene.state)) == ["A1", "A2"]
    assert (card(scene.state)["vote_open"], card(scene.state)["voters"]) == (False, 0)
    scene.do(DropRecommendation("A1", "dubbel"))
    assert listed_on(card(scene.state)) == ["A2"]
    opened(scene)
    assert (card(scene.state)["vote_open"], card(scene.state)["at"]) == (True, scene.at)
    assert listed_on(card(scene.state)) == ["A2"]
    scene.do(it.HideItem("S2", it.HideReason.INSULT))
    assert closing.offer(scene.state, "b1", 5) == []


def listed_on(card: dict[str, Any]) -> list[str]:
    return [row["number"] for row in card["recommendations"]]


def test_what_is_hidden_is_neither_on_the_card_nor_offered() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    assert listed_on(scene.live.machine(1).card(scene.state)) == ["A2"]
    assert closing.offer(scene.state, "b1", 5) == ["A2"]
    assert closing.offer(scene.state, "b1", 0) == []


def test_what_is_shown_again_after_the_vote_opened_is_not_voted_on() -> None:
    scene = closing_after(GOOD, GOOD)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    opened(scene)
    scene.do(it.ShowItem("S1"))
    assert listed_on(scene.live.machine(1).card(scene.state)) == ["A2"]
    assert closing.offer(scene.state, "b1", 5) == ["A2"]
    scene.check_replay()


def test_a_report_has_the_words_of_the_statement_and_whether_its_votes_count() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    first, second = scene.report()
    assert (scene.text(first.text), first.counted, first.suggested) == ("Zin 1.", False, None)
    assert (scene.text(second.text), second.counted) == ("Zin 2.", True)


def test_a_vote_may_have_a_reason() -> None:
    scene = closing_after(GOOD)
    opened(scene)
    (given,) = scene.do(it.GiveReason("A1", Text("Te duur.")), "b1")
    assert (given.number, given.about) == ("R1", "A1")


def test_volgende_at_the_closing_hour_opens_no_vote() -> None:
    scene = closing_after(GOOD)
    hour = it.Hour(scene.at + timedelta(minutes=20), "x")
    scene.do(it.SetHour(hour))
    scene.wait(9)
    machine = scene.live.machine(1)
    assert machine.advance(scene.state, scene.at)
    assert machine.advance(scene.state, hour.at) == ()


def test_a_vote_that_opens_as_the_round_closes_is_not_told() -> None:
    scene = closing_after(GOOD)
    events = scene.do(it.CloseDialogue(), minutes=5)
    assert [type(event) for event in events] == [HourSet]
    item = scene.live.items.by_number["A1"]
    told = scene.live.machine(1).announce(scene.live.states[1], VoteOpened(1, ()))
    assert (item.state, told) == (ItemState.SHOWN, ())


def test_every_recommendation_waits_for_an_answer() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    assert unanswered(scene.live) == ["A1", "A2"]


def test_the_hour_of_the_vote_is_a_setting() -> None:
    scene = closing_after(GOOD, prepare=30)
    assert scene.wait(29) == []
    assert [type(event) for event in scene.wait(1)] == [VoteOpened]
