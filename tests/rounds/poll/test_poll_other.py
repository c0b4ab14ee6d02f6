"""Residents' own options in a poll (anders, namelijk), given - when - then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.announce import announce
from dialogues.core import Text
from dialogues.items import ItemState
from rounds.poll import model
from rounds.poll.state import CastPoll, SuggestOption, open_options
from tests.rounds.poll.polls import cast, fill, opened, suggest


def test_a_suggestion_is_an_option_only_after_ok() -> None:
    scene = opened(other=True)
    number = suggest(scene)
    assert number == "X1"
    assert scene.live.items.by_number["X1"].state is ItemState.PENDING
    assert scene.record.read(scene.lines[-1]).event.pending
    assert scene.refused(CastPoll("P1", (4,)), "b1")[0] == "no_such_option"
    scene.do(it.ApproveItem("X1"))
    cast(scene, (4,), (4,), (1,))
    (row,) = scene.report()
    assert row.counts == {"1": 1, "2": 0, "3": 0, "4": 2}
    assert row.result == ("4",)
    assert scene.text(row.options[3].text) == "Banken"
    scene.check_replay()


def test_a_suggestion_nobody_reviewed_is_no_option() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.CloseDialogue(), minutes=5)
    assert scene.live.items.by_number["X1"].state is ItemState.UNREVIEWED
    assert [option.number for option in scene.report()[0].options] == [1, 2, 3]


def test_suggestions_that_are_refused() -> None:
    scene = opened()
    assert scene.refused(SuggestOption("P1", Text("x")))[0] == "no_other_option"
    scene.do(fill(other=True))
    assert scene.refused(SuggestOption("P1", Text(" ")))[0] == "empty_text"
    assert scene.refused(SuggestOption("P1", Text("x" * 281)))[0] == "text_too_long"
    same = SuggestOption("P1", Text(" bomen "))
    assert scene.refused(same) == ("option_exists", {"item": "P1", "option": 1})
    for words in ("a", "b", "c"):
        suggest(scene, words)
    assert scene.refused(SuggestOption("P1", Text("d")), "anna")[0] == "enough_suggestions"
    assert suggest(scene, "van bas", "bas") == "X4"
    scene.do(it.WithdrawItem("X1"), "anna")
    suggest(scene, "d")
    assert scene.refused(SuggestOption("X2", Text("e")))[0] == "no_other_option"
    scene.do(it.EndCollecting())
    assert scene.refused(SuggestOption("P1", Text("e")), "bas")[0] == "collecting_ended"


def test_a_full_poll_takes_no_suggestions() -> None:
    scene = opened(options=tuple(map(str, range(24))), other=True)
    suggest(scene)
    late = SuggestOption("P1", Text("y"))
    assert scene.refused(late, "bas") == ("too_many_poll_options", {"most": 25})
    scene.do(it.ApproveItem("X1"))
    assert scene.refused(late, "bas")[0] == "too_many_poll_options"


def test_options_of_residents_stay_behind_another_question() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    many = fill(options=tuple(map(str, range(25))), other=True)
    assert scene.refused(many) == ("too_many_poll_options", {"most": 25})


def test_who_suggested_hears_of_it_as_an_idea() -> None:
    scene = opened(other=True)
    suggest(scene)
    told = []
    for intent in (
        it.ApproveItem("X1"),
        it.HideItem("X1", it.HideReason.INSULT),
        it.ShowItem("X1"),
    ):
        (event,) = scene.do(intent)
        told += announce(scene.live, event, "")
    assert [(notice.template, notice.person) for notice in told] == [
        ("your_option_approved", "anna"),
        ("your_option_hidden", "anna"),
        ("your_option_shown", "anna"),
    ]


def test_an_approved_option_is_not_reworded() -> None:
    scene = opened(other=True)
    suggest(scene)
    assert scene.refused(it.ChangeItem("X1", Text("Iets")), "anna")[0] == "cannot_change"


def gone(how: str) -> Any:
    return {
        "hidden": it.HideItem("X1", it.HideReason.INSULT),
        "withdrawn": it.WithdrawItem("X1"),
        "erased": it.EraseItem("X1"),
    }[how]


@pytest.mark.parametrize("how", ["hidden", "withdrawn", "erased"])
@pytest.mark.parametrize(
    ("kind", "counts", "voters"),
    [
        ("one", {"1": 1, "2": 0, "3": 0}, 1),
        ("several", {"1": 1, "2": 1, "3": 0}, 2),
        ("ranked", {"1": [1, 1, 0], "2": [1, 0, 0], "3": [0, 0, 0]}, 2),
        ("points", {"1": {"10": 1}, "2": {"6": 1}, "3": {}}, 2),
    ],
)
def test_an_option_that_goes_drops_out_of_every_choice(
    how: str, kind: str, counts: Any, voters: int
) -> None:
    scene = opened(kind, other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    votes: dict[str, list[tuple[int, ...]]] = {
        "one": [(4,), (1,), (4,)],
        "several": [(4,), (1, 4), (2, 4)],
        "ranked": [(4,), (4, 1), (2, 4, 1)],
        "points": [(0, 0, 0, 10), (10,), (0, 6, 0, 4)],
    }
    cast(scene, *votes[kind])
    before = scene.report()[0]
    scene.do(gone(how), "anna")
    row = scene.report()[0]
    assert (row.counts, row.voters, scene.state.box.voters) == (counts, voters, voters)
    assert scene.refused(CastPoll("P1", votes[kind][0]), "b9")[0] == "no_such_option"
    scene.check_replay()
    if how == "hidden":
        scene.do(it.ShowItem("X1"))
        assert scene.report()[0] == before
        scene.check_replay()


def test_the_card_shows_the_options_that_can_be_chosen() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    card = scene.live.machine(0).card
    assert [option["number"] for option in card(scene.state)["options"]] == [1, 2, 3, 4]
    scene.do(gone("hidden"))
    assert [option["number"] for option in card(scene.state)["options"]] == [1, 2, 3]


def test_who_lost_an_option_may_choose_another() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    cast(scene, (4,))
    scene.do(gone("hidden"))
    assert scene.state.box.choice("P1", "b1") is None
    cast(scene, (2,))
    assert scene.report()[0].counts == {"1": 0, "2": 1, "3": 0}
    scene.do(it.ShowItem("X1"))
    assert scene.report()[0].counts == {"1": 0, "2": 1, "3": 0, "4": 0}


def test_options_refilled_stand_before_an_approved_one() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    scene.do(gone("hidden"))
    scene.do(fill(options=("a", "b", "c", "d")))
    assert list(scene.report()[0].counts) == ["1", "2", "3", "4"]
    cast(scene, (4,))
    scene.do(it.ShowItem("X1"))
    assert [option.number for option in open_options(scene.state)] == [1, 2, 3, 4, 5]
    assert scene.report()[0].counts == {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0}
    scene.check_replay()


def test_two_options_that_go_both_drop_out() -> None:
    scene = opened("several", other=True)
    for number, words in enumerate(("Banken", "Water"), 1):
        suggest(scene, words)
        scene.do(it.ApproveItem(f"X{number}"))
    cast(scene, (1, 4), (4, 5), (2, 5))
    for number in ("X1", "X2"):
        scene.do(it.HideItem(number, it.HideReason.INSULT))
    (row,) = scene.report()
    assert (row.counts, row.voters) == ({"1": 1, "2": 1, "3": 0}, 2)
    scene.do(it.ShowItem("X1"))
    assert scene.report()[0].counts == {"1": 1, "2": 1, "3": 0, "4": 2}


def test_what_is_hidden_after_closing_was_counted() -> None:
    scene = opened(other=True)
    suggest(scene)
    scene.do(it.ApproveItem("X1"))
    cast(scene, (4,), (4,), (1,))
    scene.do(it.CloseDialogue(), minutes=1)
    before = scene.report(0)[0]
    scene.do(it.HideItem("X1", it.HideReason.INSULT))
    row = scene.report(0)[0]
    assert (row.counts, row.voters, row.result) == (before.counts, 3, ("4",))
    assert row.options[3].state is ItemState.HIDDEN


def test_an_option_that_is_shown_after_the_closing_never_was_one() -> None:
    """Nobody could choose it: it has no figure, not even 0."""
    scene = opened(other=True)
    scene.do(it.HideItem(suggest(scene), it.HideReason.OFF_TOPIC))
    cast(scene, (1,), (1,), (2,))
    scene.do(it.CloseDialogue(), minutes=1)
    before = scene.report()
    assert before[0].counts == {"1": 2, "2": 1, "3": 0}
    scene.do(it.ShowItem("X1"))
    (after,) = scene.report()
    assert (after.counts, after.options) == (before[0].counts, before[0].options)  # type: ignore[attr-defined]
    assert after.ideas == (ItemState.UNREVIEWED,)
    scene.check_replay()


@pytest.mark.parametrize(
    "options",
    [
        ("Groen", "Groen (3)", "Groen"),
        ("Groen", "Groen", "Groen (2)"),
        ("Groen (3)", "Groen", "Groen"),
        ("Groen", "Groen", "Groen"),
    ],
)
def test_no_figure_is_lost_where_options_read_alike(options: tuple[str, ...]) -> None:
    """They can come to it by changing: what is filled in alike is refused."""
    scene = opened()
    cast(scene, *[(1,)] * 5, *[(2,)] * 6, *[(3,)] * 7)
    (row,) = scene.report()
    alike = tuple(replace(o, text=text) for o, text in zip(row.options, options, strict=True))
    published = model.item(replace(row, options=alike), scene.words.get)
    assert published.counts is not None
    assert sorted(published.counts.values()) == [5, 6, 7]


def test_a_choice_that_stands_again_counts_once_its_option_is_shown() -> None:
    scene = opened(other=True)
    number = suggest(scene)
    scene.do(it.ApproveItem(number))
    scene.do(it.HideItem(number, it.HideReason.OFF_TOPIC))
    assert scene.refused(CastPoll("P1", (4,)), "b1")[0] == "no_such_option"
    scene.do(CastPoll("P1", (4,), stands=True), "b1")
    assert scene.state.box.voters == 0
    scene.do(it.ShowItem(number))
    assert scene.report()[0].counts["4"] == 1
    scene.check_replay()
