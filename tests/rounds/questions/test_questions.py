"""Questions, given - when - then: asking, support, taking, answering, promising, the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.charter import Level, Review
from dialogues.core import Audience, Text
from dialogues.items import ItemState
from rounds.questions import order
from rounds.questions.state import (
    AnswerQuestion,
    AskQuestion,
    PromiseAnswer,
    PromiseLapsed,
    PromiseReport,
    Support,
    TakeNow,
    WithdrawSupport,
)
from tests.dialogues.scene import Scene, plan, started


def asked(*authors: str, **charter: object) -> Scene:
    """A question by each of these, V1 upwards."""
    scene = Scene(plan("questions"), **charter)
    scene.do(it.StartDialogue())
    for author in authors:
        scene.do(AskQuestion(Text(f"Vraag van {author}?")), author)
    return scene


def support(scene: Scene, **given: int) -> None:
    for number, people in given.items():
        for person in range(people):
            scene.do(Support(number), f"p{person}")


def answer(scene: Scene, number: str, words: str = "Ja.") -> list[Any]:
    return scene.do(AnswerQuestion(number, Text(words)), "wethouder", 1)


def promise(scene: Scene, number: str, minutes: int = 120) -> list[Any]:
    until = scene.at + timedelta(minutes=minutes)
    return scene.do(PromiseAnswer(number, until, "2026-12-01T21:00"), "wethouder")


def results(scene: Scene) -> dict[str, Any]:
    return {row.number: row.result for row in scene.report(0)}


def test_a_question_gets_a_number_and_is_open() -> None:
    scene = asked("anna", "bas")
    first, second = scene.report()
    assert (first.number, second.number) == ("V1", "V2")
    assert scene.text(first.text) == "Vraag van anna?"
    assert (first.counts, first.voters, first.result) == ({"support": 0}, 0, "open")


def test_a_level_of_only_informing_allows_questions() -> None:
    assert results(asked("anna", level=Level.INFORM)) == {"V1": "open"}


def test_questions_that_are_refused() -> None:
    scene = asked("anna", "anna", "anna")
    assert scene.refused(AskQuestion(Text("?")), "anna") == ("enough_questions", {"limit": 3})
    assert scene.refused(AskQuestion(Text("")), "bas")[0] == "empty_text"
    assert scene.refused(AskQuestion(Text("x" * 281)), "bas")[0] == "text_too_long"
    scene.do(it.WithdrawItem("V2"), "anna")
    scene.do(AskQuestion(Text("Nog een?")), "anna")
    scene.do(it.EndCollecting())
    assert scene.refused(AskQuestion(Text("?")), "bas")[0] == "collecting_ended"


def test_one_question_each_is_one() -> None:
    scene = started("questions", per_person=1)
    scene.do(AskQuestion(Text("Wanneer?")), "anna")
    assert scene.refused(AskQuestion(Text("?")), "anna") == ("enough_questions", {"limit": 1})


def test_what_staff_asks_waits_for_nobody_and_is_known_as_theirs() -> None:
    scene = asked("anna", review=Review.BEFORE)
    scene.do(AskQuestion(Text("Hoe?")), "wethouder", staff=True)
    first, second = scene.report()
    assert (first.state, second.state) == (ItemState.PENDING, ItemState.SHOWN)
    assert (first.staff, second.staff) == (False, True)


def test_an_answer_may_be_long() -> None:
    scene = asked("anna")
    assert scene.do(AnswerQuestion("V1", Text("x" * 2000)), "wethouder")


def test_with_review_before_a_question_waits_for_ok() -> None:
    scene = asked("anna", review=Review.BEFORE)
    assert scene.refused(Support("V1"), "bas")[0] == "item_not_shown"
    assert order.shown(scene.state) == []
    scene.do(it.ApproveItem("V1"))
    scene.do(Support("V1"), "bas")
    assert results(scene) == {"V1": "open"}


def test_support_counts_each_person_once_and_never_the_asker() -> None:
    scene = asked("anna")
    assert scene.refused(Support("V1"), "anna") == ("own_question", {"item": "V1"})
    scene.do(Support("V1"), "bas")
    assert scene.do(Support("V1"), "bas") == []
    scene.do(Support("V1"), "cor")
    assert scene.report()[0].counts == {"support": 2}
    assert scene.live.items.by_number["V1"].supported
    assert scene.refused(it.ChangeItem("V1", Text("Anders?")), "anna")[0] == "supported_already"


@pytest.mark.parametrize("told", [answer, promise])
def test_what_was_answered_or_promised_keeps_its_words(told: Any) -> None:
    """The town's answer never stands under words that it was not given to."""
    scene = asked("anna")
    told(scene, "V1")
    assert scene.refused(it.ChangeItem("V1", Text("Anders?")), "anna")[0] == "answered_unchanged"
    scene.do(it.WithdrawItem("V1"), "anna")


def test_who_is_forgotten_does_not_support_twice() -> None:
    scene = asked("anna")
    scene.do(Support("V1"), "bas")
    scene.do(WithdrawSupport("V1"), "bas")
    assert scene.do(WithdrawSupport("V1"), "bas") == []
    assert not scene.live.items.by_number["V1"].supported
    scene.do(Support("V1"), "bas-again")
    assert scene.report()[0].counts == {"support": 1}
    scene.do(Support("V1"), "cor")
    scene.do(WithdrawSupport("V1"), "bas-again")
    assert scene.live.items.by_number["V1"].supported


def test_one_question_at_a_time_is_taken() -> None:
    scene = asked("anna", "bas")
    scene.do(TakeNow("V1"))
    assert scene.do(TakeNow("V1")) == []
    scene.do(TakeNow("V2"))
    assert order.now(scene.state) == "V2"
    scene.do(it.HideItem("V2", it.HideReason.INSULT))
    assert order.now(scene.state) == ""
    assert scene.refused(TakeNow("V2"))[0] == "item_not_shown"
    scene.do(TakeNow("V1"))
    answer(scene, "V1")
    assert order.now(scene.state) == ""


def test_an_answer_may_be_corrected_and_the_latest_counts() -> None:
    scene = asked("anna")
    assert answer(scene, "V1", "Ja.")[0].corrected is False
    assert answer(scene, "V1", "Nee.")[0].corrected is True
    (row,) = scene.report()
    assert row.result == "answered"
    assert (scene.text(row.answer.text), row.answer.at) == ("Nee.", scene.at)
    late = PromiseAnswer("V1", scene.at + timedelta(days=1), "morgen")
    assert scene.refused(late) == ("answered_already", {"item": "V1"})
    assert scene.refused(AnswerQuestion("V1", Text("x" * 2001)))[0] == "text_too_long"


def test_a_promise_that_is_kept() -> None:
    scene = asked("anna")
    promise(scene, "V1")
    assert promise(scene, "V1") == []
    assert results(scene) == {"V1": "promised"}
    assert scene.state.to_keep == {"V1": scene.at + timedelta(minutes=120)}
    answer(scene, "V1")
    assert scene.state.to_keep == {}
    assert results(scene) == {"V1": "answered"}
    assert scene.report()[0].promise is not None


def test_a_promise_that_is_not_kept_lapses_once() -> None:
    scene = asked("anna")
    promise(scene, "V1", 30)
    assert scene.wait(29) == []
    assert scene.wait(1) == [PromiseLapsed(0, "V1")]
    assert scene.wait(60) == []
    assert results(scene) == {"V1": "promised"}
    promise(scene, "V1", 30)
    assert scene.wait(30) == [PromiseLapsed(0, "V1")]


def test_a_promise_for_what_is_hidden_does_not_lapse() -> None:
    scene = asked("anna")
    promise(scene, "V1", 30)
    scene.do(it.HideItem("V1", it.HideReason.INSULT))
    assert scene.wait(60) == []
    scene.do(it.ShowItem("V1"))
    assert scene.wait(0) == [PromiseLapsed(0, "V1")]


def test_a_promise_needs_a_moment_to_come() -> None:
    scene = asked("anna")
    past = PromiseAnswer("V1", scene.at, "nu")
    assert scene.refused(past) == ("moment_past", {"at": scene.at})


def test_after_closing_a_question_can_still_be_answered_but_not_supported() -> None:
    scene = asked("anna", "bas", "cor")
    promise(scene, "V1", 24 * 60)
    answer(scene, "V2")
    scene.do(it.CloseDialogue(), minutes=5)
    assert scene.refused(Support("V1"), "dora")[0] == "round_closed"
    promise(scene, "V3", 24 * 60)
    answer(scene, "V3", "Alsnog ja.")
    promise(scene, "V1", 48 * 60)
    answer(scene, "V1")
    answer(scene, "V2", "Toch niet.")
    assert results(scene) == {"V1": "answered", "V2": "answered", "V3": "answered"}
    scene.check_replay()


def test_what_is_shown_goes_by_support_and_then_by_number() -> None:
    scene = asked("anna", "bas", "cor")
    support(scene, V2=1, V3=2)
    assert order.shown(scene.state) == ["V3", "V2", "V1"]
    assert order.offer(scene.state, "bas", 5) == ["V3", "V1"]  # not one's own
    assert order.offer(scene.state, "p0", 5) == ["V1"]  # not what one supports
    answer(scene, "V1")
    assert order.offer(scene.state, "p0", 5) == []
    assert order.offer(scene.state, "dora", 1) == ["V3"]


def test_every_third_place_is_for_somebody_not_yet_answered() -> None:
    scene = asked("anna", "anna", "anna", "bas", "bas", "cor")
    support(scene, V1=6, V2=5, V3=4, V4=3, V5=2, V6=0)
    # places 3 and 6; at 3 bas is the best supported without an answer, at 6 nobody but cor
    assert order.queue(scene.state) == ["V1", "V2", "V4", "V3", "V5", "V6"]


def test_the_third_place_is_counted_from_the_first_answer() -> None:
    scene = asked("anna", "anna", "anna", "bas")
    support(scene, V1=6, V2=5, V3=4)
    answer(scene, "V1")
    promise(scene, "V2")
    assert order.queue(scene.state) == ["V4", "V3"]
    scene.do(TakeNow("V4"))
    assert order.queue(scene.state) == ["V3"]


def test_who_is_being_answered_now_has_had_a_turn() -> None:
    scene = asked("cor", "anna", "anna", "bas")
    support(scene, V1=6, V2=5, V3=4)
    answer(scene, "V1")
    scene.do(TakeNow("V2"))
    assert order.queue(scene.state) == ["V4", "V3"]  # the third place


def test_the_queue_leaves_out_what_is_not_shown() -> None:
    scene = asked("anna", "bas")
    scene.do(it.HideItem("V1", it.HideReason.INSULT))
    assert order.queue(scene.state) == ["V2"]
    scene.do(TakeNow("V2"))
    assert order.queue(scene.state) == []


def test_answers_and_promises_are_told_in_the_room_without_names() -> None:
    scene = asked("anna")
    machine = scene.live.machine(0)
    told = []
    for events in (
        scene.do(TakeNow("V1")),
        promise(scene, "V1"),
        answer(scene, "V1"),
        answer(scene, "V1", "Nee."),
    ):
        told += machine.announce(scene.state, events[0])
    assert [notice.template for notice in told] == [
        "question_now",
        "question_promised",
        "question_answered",
        "question_answered",
    ]
    assert all(notice.audience is Audience.ROOM and not notice.person for notice in told)
    assert [notice.slot for notice in told[1:]] == ["promise/V1", "answer/V1", "answer/V1"]
    assert [notice.data["corrected"] for notice in told[2:]] == [False, True]
    assert {"item", "question", "answer", "corrected"} == set(told[3].data)
    assert {"item", "question", "until", "wall"} == set(told[1].data)
    assert "anna" not in str([notice.data for notice in told])


def test_the_card_counts() -> None:
    scene = asked("anna", "bas", "cor")
    answer(scene, "V1")
    promise(scene, "V2")
    scene.do(TakeNow("V3"))
    card = scene.live.machine(0).card(scene.state)
    assert card == {"questions": 3, "answered": 1, "promised": 1, "now": "V3"}


def test_a_report_has_the_answer_and_the_promise_beside_the_question() -> None:
    scene = asked("anna")
    promise(scene, "V1", 60)
    assert scene.report()[0].promise == PromiseReport(scene.at + timedelta(minutes=60))


@pytest.mark.parametrize("how", ["withdraw", "erase", "hide"])
def test_what_is_gone_is_neither_supported_nor_answered(how: str) -> None:
    scene = started("questions")
    scene.do(AskQuestion(Text("Waarom?")), "anna")
    gone = {
        "withdraw": it.WithdrawItem("V1"),
        "erase": it.EraseItem("V1"),
        "hide": it.HideItem("V1", it.HideReason.INSULT),
    }
    scene.do(gone[how], "anna")
    assert scene.report()[0].state is not ItemState.SHOWN
    for intent in (Support("V1"), TakeNow("V1"), AnswerQuestion("V1", Text("Ja."))):
        assert scene.refused(intent, "bas")[0] == "item_not_shown"


def test_a_promise_that_was_kept_is_counted_as_an_answer() -> None:
    scene = asked("anna", "bas")
    promise(scene, "V1")
    promise(scene, "V2")
    answer(scene, "V1")
    card = scene.live.machine(0).card(scene.state)
    assert (card["answered"], card["promised"]) == (1, 1)


def test_what_is_promised_or_closed_is_not_answered_now() -> None:
    scene = asked("anna", "bas")
    scene.do(TakeNow("V1"))
    promise(scene, "V1")
    assert order.now(scene.state) == ""
    scene.do(TakeNow("V2"))
    scene.do(it.CloseDialogue(), minutes=1)
    assert order.now(scene.live.states[0]) == ""


def test_a_promise_that_lapses_leaves_the_card_as_it_is_and_is_told_where_it_is_shown() -> None:
    scene = asked("anna", "bas")
    machine = scene.live.machine(0)
    assert machine.quiet == (PromiseLapsed,)
    (notice,) = machine.announce(scene.state, PromiseLapsed(0, "V1"))
    assert (notice.template, notice.slot, notice.data["item"]) == ("promise_lapsed", "", "V1")
    scene.do(it.HideItem("V2", it.HideReason.INSULT))
    assert machine.announce(scene.state, PromiseLapsed(0, "V2")) == ()


def test_nobody_supports_what_they_asked_under_a_name_they_had_before() -> None:
    """Accounts were linked, parted and linked again: the question keeps the first name."""
    scene = asked("anna", "bas")
    scene.do(it.MergeParticipants("anna", "anna-elders"), "clock")
    scene.do(Support("V1"), "anna-nieuw")
    scene.do(Support("V2"), "anna-nieuw")
    scene.do(it.MergeParticipants("anna-nieuw", "anna-elders"), "clock")
    assert [row.counts["support"] for row in scene.report()] == [0, 1]
