"""Figures of a round in the chat: from five voters on, reasons by side, each kind's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.charter import BallotMode, Reveal
from dialogues.core import Text
from dialogues.results import may_show, report, round_values
from rounds.closing.state import CastConsent
from rounds.poll.state import CastPoll
from rounds.questions.state import AnswerQuestion, AskQuestion, PromiseAnswer, Support
from rounds.statements.rules import CastVote
from tests.dialogues.scene import Scene, plan, started
from tests.rounds.closing.closings import GOOD, closing_after, opened, statements
from tests.rounds.poll import polls


def rows(scene: Scene) -> list[dict[str, Any]]:
    found: Any = round_values(scene.live, scene.live.current)["items"]
    return list(found)


def picked(row: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


def with_statements(*votes: tuple[int, int, int]) -> Scene:
    scene = started("statements")
    statements(scene, *votes)
    return scene


# When


@pytest.mark.parametrize(
    ("charter", "shown"),
    [
        ({}, False),
        ({"ballot": BallotMode.OPEN}, True),
        ({"ballot": BallotMode.OPEN, "reveal": Reveal.AFTER_CLOSING}, False),
    ],
)
def test_figures_of_a_vote_that_is_open(charter: dict[str, object], shown: bool) -> None:
    scene = Scene(plan("statements"), plan("questions"), **charter)
    assert not may_show(scene.live, 0)
    scene.do(it.StartDialogue())
    assert may_show(scene.live, 0) is shown
    scene.do(it.NextRound(), minutes=1)
    assert may_show(scene.live, 0)
    assert may_show(scene.live, 1)  # support is no ballot


# Every kind


def test_a_round_in_a_message() -> None:
    scene = with_statements((4, 1, 0), (1, 0, 0), (1, 0, 0))
    scene.do(it.HideItem("S2", it.HideReason.INSULT))
    values = round_values(scene.live, 0)
    told = ("round", "title", "kind", "ballots", "voters", "hidden", "quotes")
    assert [values[key] for key in told] == [1, "statements", "statements", True, 5, 1, True]
    assert [row["item"] for row in rows(scene)] == ["S1", "S3"]
    assert round_values(with_statements((3, 1, 0)).live, 0)["voters"] is None  # under five
    assert round_values(started("questions").live, 0)["ballots"] is False
    scene.do(it.CloseDialogue(), minutes=1)
    assert round_values(scene.live, 0)["voters"] == 5


def test_under_five_voters_figures_are_held_back() -> None:
    scene = with_statements((4, 1, 0), (3, 1, 0))
    five, four = rows(scene)
    assert picked(five, "voters", "few", "agree", "disagree", "pass") == (5, False, 4, 1, 0)
    assert picked(four, "voters", "few", "agree", "disagree", "pass") == (None, True, *[None] * 3)
    assert four["result"] == "too_few"


def test_what_was_hidden_at_closing_has_no_figures_when_it_is_shown_again() -> None:
    scene = with_statements((5, 0, 0))
    scene.do(it.HideItem("S1", it.HideReason.INSULT))
    scene.do(it.CloseDialogue(), minutes=1)
    scene.do(it.ShowItem("S1"))
    (row,) = rows(scene)
    assert picked(row, "voters", "few", "agree", "result") == (None, True, None, "too_few")
    assert round_values(scene.live, 0)["voters"] == 0


# Reasons


def test_a_reason_is_on_the_side_of_the_vote_beside_it() -> None:
    scene = with_statements((3, 2, 1))
    for ballot in ("b5", "b3", "b1", "b0", "b9"):
        scene.do(it.GiveReason("S1", Text(f"Want {ballot}.")), ballot)
    scene.do(CastVote("S1", "disagree"), "b1")
    scene.do(it.HideItem("R2", it.HideReason.INSULT))
    (item,) = report(scene.live, 0)
    assert [(r.number, r.side) for r in item.reasons] == [
        ("R1", "pass"), ("R3", "disagree"), ("R4", "agree"),
    ]  # fmt: skip
    (row,) = rows(scene)
    assert [scene.text(row[why]) for why in ("why_agree", "why_disagree")] == [
        "Want b0.",
        "Want b1.",
    ]


def test_of_few_voters_no_reason_is_quoted() -> None:
    scene = with_statements((3, 1, 0))
    scene.do(it.GiveReason("S1", Text("Want.")), "b0")
    (row,) = rows(scene)
    assert picked(row, "why_agree", "why_disagree") == (None, None)


@pytest.mark.parametrize(
    ("kind", "choice", "sides"),
    [("one", (2,), ["2"]), ("several", (2,), []), ("ranked", (2, 1), []), ("points", (10,), [])],
)
def test_a_whole_choice_in_a_poll_is_no_side(
    kind: str, choice: tuple[int, ...], sides: list[str]
) -> None:
    scene = polls.opened(kind)
    scene.do(CastPoll("P1", choice), "b1")
    scene.do(it.GiveReason("P1", Text("Want.")), "b1")
    (item,) = report(scene.live, 0)
    assert [reason.side for reason in item.reasons] == sides


# Statements


def test_statements_by_result() -> None:
    votes = [(5, 0, 0), (6, 0, 0), (5, 0, 0), (0, 5, 0), (0, 6, 0), (4, 4, 0), (3, 3, 3), (1, 0, 0)]
    scene = with_statements(*votes)
    values: Any = round_values(scene.live, 0)
    sorted_ = {
        key: [row["item"] for row in values[key]] for key in ("agreed", "rejected", "divided")
    }
    assert sorted_ == {
        "agreed": ["S2", "S1", "S3"],
        "rejected": ["S5", "S4"],
        "divided": ["S7", "S6"],
    }


# Polls


@pytest.mark.parametrize(
    ("kind", "choices", "scores", "winners"),
    [
        ("one", [(1,)] * 2 + [(2,)] * 3, [2, 3, 0], ("2",)),
        ("several", [(1, 2)] * 2 + [(2,)] * 3, [2, 5, 0], ("2",)),
        ("ranked", [(1, 2, 3)] * 4 + [(2,)], [12, 11, 4], ("1",)),
        ("points", [(7, 3)] * 4 + [(0, 0, 10)], [28, 12, 10], ("1",)),
        ("one", [(1,)] * 4, [None] * 3, ()),  # under five
        ("one", [(1,)] * 3 + [(2,)] * 3, [3, 3, 0], ()),
    ],
)
def test_options_with_their_scores(
    kind: str, choices: list[tuple[int, ...]], scores: list[int | None], winners: tuple[str, ...]
) -> None:
    scene = polls.opened(kind)
    polls.cast(scene, *choices)
    (row,) = rows(scene)
    assert [option["score"] for option in row["options"]] == scores
    assert [option["number"] for option in row["options"]] == [1, 2, 3]
    assert tuple(str(o["number"]) for o in row["options"] if o["wins"]) == row["winners"] == winners
    assert row["poll"] == kind


def test_an_option_that_is_gone_is_not_shown() -> None:
    scene = polls.opened(other=True)
    polls.suggest(scene)
    scene.do(it.ApproveItem("X1"))
    assert [scene.text(option["text"]) for option in rows(scene)[0]["options"]][-1] == "Banken"
    scene.do(it.HideItem("X1", it.HideReason.INSULT))
    assert [option["number"] for option in rows(scene)[0]["options"]] == [1, 2, 3]


# Questions


def test_questions_with_what_came_of_them() -> None:
    scene = started("questions")
    for author in ("anna", "bas", "cor", "dora"):
        scene.do(AskQuestion(Text("Wanneer?")), author)
    scene.do(Support("V1"), "bas")
    scene.do(AnswerQuestion("V1", Text("In maart.")), "wethouder")
    for number, minutes in (("V2", 30), ("V3", 90)):
        until = scene.at + timedelta(minutes=minutes)
        scene.do(PromiseAnswer(number, until, "straks"), "wethouder")
    scene.wait(60)
    first, second, third, fourth = rows(scene)
    assert picked(first, "support", "result", "late") == (1, "answered", False)
    assert scene.text(first["answer"]) == "In maart."
    assert picked(second, "answer", "late", "until") == (
        None,
        True,
        scene.at - timedelta(minutes=30),
    )
    assert picked(third, "late", "result") == (False, "promised")
    assert picked(fourth, "support", "until", "late", "result") == (0, None, False, "open")


# Recommendations


@pytest.mark.parametrize(("voters", "figures"), [(5, (4, 1)), (4, (None, None))])
def test_consent_is_told_from_five_voters_on(
    voters: int, figures: tuple[int | None, int | None]
) -> None:
    scene = closing_after(GOOD)
    opened(scene)
    for ballot in range(voters):
        scene.do(CastConsent("A1", "yes" if ballot else "no"), f"b{ballot}")
    (row,) = rows(scene)
    assert picked(row, "yes", "no") == figures
