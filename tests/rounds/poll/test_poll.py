"""Polls, given - when - then: filling, and voting in four ways."""

from __future__ import annotations

from typing import Any

import pytest

from dialogues import intents as it
from dialogues.core import Text
from dialogues.machine import Stage
from rounds.poll.state import CastPoll, FillPoll, open_options
from tests.dialogues.scene import Scene, plan
from tests.rounds.poll.polls import THREE, cast, fill, opened

# Filling


def test_a_poll_gets_its_number_when_it_is_filled() -> None:
    scene = Scene(plan("poll"), plan("poll"))
    assert not scene.live.machine(1).ready(scene.live.states[1])
    (event,) = scene.do(fill(round=1))
    assert event.number == "P1"
    assert scene.live.machine(1).ready(scene.live.states[1])
    assert scene.live.items.by_number["P1"].label == "Wat eerst?"
    (event,) = scene.do(fill(round=0))
    assert event.number == "P2"


def test_filling_again_replaces_the_question_until_somebody_voted() -> None:
    scene = opened()
    scene.do(FillPoll("several", "Wat dan?", ("a", "b"), 0, at_most=1))
    (row,) = scene.report()
    assert (row.number, row.text, row.poll) == ("P1", "Wat dan?", "several")
    assert row.counts == {"1": 0, "2": 0}
    scene.do(CastPoll("P1", (1,)), "b1")
    scene.do(CastPoll("P1", None), "b1")
    assert scene.refused(fill()) == ("poll_has_votes", {"item": "P1"})


def test_spaces_around_a_question_and_an_option_are_not_kept() -> None:
    (event,) = Scene(plan("poll")).do(FillPoll("one", " Wat eerst? ", (" a", "b "), 0))
    assert (event.question, event.options) == ("Wat eerst?", ("a", "b"))


def test_filling_the_same_again_changes_nothing() -> None:
    scene = opened()
    assert scene.do(fill()) == []


def test_a_poll_round_without_a_question_is_skipped() -> None:
    scene = Scene(plan("poll"), plan("questions"))
    scene.do(it.StartDialogue())
    assert [frame.stage for frame in scene.live.frames] == [Stage.SKIPPED, Stage.OPEN]
    assert scene.refused(fill()) == ("round_skipped", {"round": 1})


def test_a_closed_poll_or_dialogue_is_not_filled() -> None:
    scene = Scene(plan("poll"), plan("poll"))
    scene.do(fill())
    scene.do(it.StartDialogue())
    assert scene.refused(fill(round=7))[0] == "no_such_round"
    scene.do(it.CloseDialogue(), minutes=1)
    assert scene.refused(fill(round=1))[0] == "dialogue_closed"


def test_another_kind_of_round_is_not_filled() -> None:
    scene = Scene(plan("questions"))
    assert scene.refused(fill()) == ("wrong_round", {"kind": "questions"})


@pytest.mark.parametrize(
    ("intent", "code"),
    [
        (FillPoll("vote", "Wat?", THREE, 0), "unknown_poll_kind"),
        (FillPoll("one", "  ", THREE, 0), "empty_question"),
        (FillPoll("one", "x" * 301, THREE, 0), "text_too_long"),
        (FillPoll("one", "Wat?", ("a", " "), 0), "empty_option"),
        (FillPoll("one", "Wat?", ("a", "x" * 121), 0), "text_too_long"),
        (FillPoll("one", "Wat?", ("a",), 0), "too_few_poll_options"),
        (FillPoll("one", "Wat?", tuple(map(str, range(26))), 0), "too_many_poll_options"),
        (FillPoll("one", "Wat?", ("Café  x", "b", "CAFE\u0301 x "), 0), "duplicate_options"),
        (FillPoll("points", "Wat?", THREE, 0, points=0), "bad_points"),
        (FillPoll("points", "Wat?", THREE, 0, points=101), "bad_points"),
        (FillPoll("several", "Wat?", THREE, 0, at_most=0), "bad_at_most"),
        (FillPoll("ranked", "Wat?", THREE, 0, places=0), "bad_places"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(intent: FillPoll, code: str) -> None:
    assert Scene(plan("poll")).refused(intent)[0] == code


def test_the_largest_poll_there_can_be() -> None:
    scene = Scene(plan("poll"))
    options = ("a" * 120, "b" * 120)
    assert scene.do(FillPoll("points", "x" * 300, options, 0, points=100))


def test_twenty_five_options_are_not_too_many() -> None:
    scene = opened(options=tuple(map(str, range(25))))
    assert len(open_options(scene.state)) == 25


# Voting


def test_one_counts_the_newest_choice() -> None:
    scene = opened("one")
    cast(scene, (1,), (2,), (2,), (3,))
    scene.do(CastPoll("P1", (2,)), "b1")
    scene.do(CastPoll("P1", None), "b4")
    (row,) = scene.report()
    assert row.counts == {"1": 0, "2": 3, "3": 0}
    assert (row.voters, row.result) == (3, ("2",))


def test_the_same_choice_again_is_no_event() -> None:
    scene = opened("several")
    cast(scene, (3, 1))
    assert scene.do(CastPoll("P1", (1, 3, 3)), "b1") == []


def test_several_counts_every_option_chosen() -> None:
    scene = opened("several", at_most=2)
    cast(scene, (1, 2), (2, 3), (2,), (1, 1))
    (row,) = scene.report()
    assert row.counts == {"1": 2, "2": 3, "3": 1}
    assert (row.voters, row.result) == (4, ("2",))


def test_ranked_counts_places_and_a_shorter_ranking() -> None:
    scene = opened("ranked")
    cast(scene, (1, 2, 3), (2, 1), (2,))
    (row,) = scene.report()
    assert row.counts == {"1": [1, 1, 0], "2": [2, 1, 0], "3": [0, 0, 1]}
    assert row.result == ("2",)  # 3+2 against 2+3+3 and 1


def test_there_are_never_more_places_than_options() -> None:
    scene = opened("ranked", options=("a", "b"))
    cast(scene, (2, 1))
    assert scene.report()[0].counts == {"1": [0, 1], "2": [1, 0]}


def test_points_are_counted_by_how_many_ballots_gave_how_many() -> None:
    scene = opened("points", points=10)
    cast(scene, (7, 0, 3), (0, 10), (7, 3, 0))
    (row,) = scene.report()
    assert row.counts == {"1": {"7": 2}, "2": {"3": 1, "10": 1}, "3": {"3": 1}}
    assert row.result == ("1",)  # 14, 13, 3
    assert scene.do(CastPoll("P1", (7, 3)), "b3") == []


def test_nothing_given_to_what_is_no_option_does_no_harm() -> None:
    scene = opened("points", points=10)
    (event,) = scene.do(CastPoll("P1", (7, 3, 0, 0)), "b1")
    assert event.choice == (7, 3)


def test_a_tie_has_no_winner() -> None:
    scene = opened("one")
    cast(scene, (1,), (2,))
    assert scene.report()[0].result == ()


@pytest.mark.parametrize(
    ("kind", "choice", "code", "data"),
    [
        ("one", (), "no_choice", {}),
        ("one", (1, 2), "one_option_only", {}),
        ("one", (4,), "no_such_option", {"option": 4, "most": 3}),
        ("several", (0,), "no_such_option", {"option": 0, "most": 3}),
        ("several", (1, 2, 3), "too_many_options", {"most": 2}),
        ("ranked", (1, 2, 1), "repeated_option", {"option": 1}),
        ("ranked", (1, 2, 3), "too_many_places", {"most": 2}),
        ("points", (4, 3, 2), "points_left", {"left": 1}),
        ("points", (10, 3), "points_over", {"left": -3}),
        ("points", (11, -1), "unknown_choice", {"kind": "poll"}),
        ("points", (), "points_left", {"left": 10}),
        ("points", (0, 0, 0, 10), "no_such_option", {"option": 4, "most": 3}),
    ],
)
def test_choices_that_do_not_count(
    kind: str, choice: tuple[int, ...], code: str, data: dict[str, Any]
) -> None:
    scene = opened(kind, at_most=2, places=2)
    assert scene.refused(CastPoll("P1", choice), "b1") == (code, {"item": "P1"} | data)


def test_a_vote_outside_the_round_is_refused() -> None:
    scene = Scene(plan("poll"))
    scene.do(fill())
    assert scene.refused(CastPoll("P1", (1,)), "b1") == ("round_not_open", {"round": 1})
    scene.do(it.StartDialogue(it.Hour(scene.at.replace(hour=19), "20:00")))
    assert scene.refused(CastPoll("P2", (1,)), "b1")[0] == "no_such_item"
    scene.wait(60)
    assert scene.refused(CastPoll("P1", (1,)), "b1")[0] == "round_closed"


def test_a_reason_does_not_disturb_the_poll() -> None:
    scene = opened("one")
    cast(scene, (1,))
    scene.do(it.GiveReason("P1", Text("Want het is heet.")), "b1")
    scene.do(it.HideItem("R1", it.HideReason.INSULT))
    assert scene.report()[0].counts == {"1": 1, "2": 0, "3": 0}
    assert scene.refused(CastPoll("R1", (1,)), "b1")[0] == "wrong_kind"


def test_the_card_has_what_a_message_needs() -> None:
    scene = opened("points", points=5, other=True)
    card = scene.live.machine(0).card(scene.state)
    assert card["options"] == [{"number": n, "text": words} for n, words in enumerate(THREE, 1)]
    assert (card["item"], card["poll"], card["points"], card["other"]) == ("P1", "points", 5, True)


def test_a_poll_is_the_towns_and_is_not_hidden() -> None:
    scene = opened()
    assert scene.refused(it.HideItem("P1", it.HideReason.INSULT))[0] == "cannot_hide"
