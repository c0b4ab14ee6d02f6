"""Every kind of round in every stage against every intent: one table, and no pair forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.core import Refused, Text
from rounds.closing import rules as closing
from rounds.poll import rules as poll
from rounds.questions import rules as questions
from rounds.registry import kinds
from rounds.statements import rules as statements
from tests.dialogues.scene import Scene, plan

#: preparing: before the start; waiting: another round is open; ended: open, but collecting is
#: over; hour: its hour has come, its closing not yet; over: the dialogue is closed.
#: Only a poll can be skipped (last column): the other kinds are always ready.
STAGES = ("preparing", "waiting", "open", "ended", "hour", "closed", "over", "skipped")

FILL = poll.FillPoll("one", "Wat eerst?", ("a", "b"), 1, other=True)
LATE = timedelta(days=30)
MACHINES = kinds().machines

INTENTS: dict[str, Any] = {
    "GiveStatement": statements.GiveStatement(Text("Nog een zin.")),
    "CastVote": statements.CastVote("S1", "agree"),
    "FillPoll": poll.FillPoll("several", "Wat dan?", ("c", "d"), 1),
    "CastPoll": poll.CastPoll("P1", (1,)),
    "SuggestOption": poll.SuggestOption("P1", Text("Iets anders.")),
    "AskQuestion": questions.AskQuestion(Text("Nog een vraag?")),
    "Support": questions.Support("V1"),
    "WithdrawSupport": questions.WithdrawSupport("V1"),
    "TakeNow": questions.TakeNow("V1"),
    "AnswerQuestion": questions.AnswerQuestion("V1", Text("Ja.")),
    "PromiseAnswer": questions.PromiseAnswer("V1", Scene().at + LATE, "later"),
    "DropRecommendation": closing.DropRecommendation("A1", "dubbel"),
    "AddRecommendation": closing.AddRecommendation("S2", "toch"),
    "OrderRecommendations": closing.OrderRecommendations(("A2", "A1"), "eerst dit"),
    "CastConsent": closing.CastConsent("A1", "yes"),
}

#: What comes of each intent by stage, in the order of STAGES: "+" events, "=" none, or a refusal.
NO_ITEM, NOT_OPEN, CLOSED = "no_such_item", "round_not_open", "round_closed"
_UNTIL_OPEN = ("not_started", "wrong_round")
_AFTERWARDS = ("wrong_round", "dialogue_closed")
_CLOSED = (CLOSED, CLOSED, CLOSED)
TABLE: dict[str, tuple[str, ...]] = {
    "GiveStatement": (*_UNTIL_OPEN, "+", "collecting_ended", CLOSED, *_AFTERWARDS),
    "CastVote": (NO_ITEM, NO_ITEM, "+", "+", *_CLOSED),
    "FillPoll": ("+", "+", "+", "+", CLOSED, CLOSED, "dialogue_closed", "round_skipped"),
    "CastPoll": (NOT_OPEN, NOT_OPEN, "+", "+", *_CLOSED, NO_ITEM),
    "SuggestOption": (NOT_OPEN, NOT_OPEN, "+", "collecting_ended", *_CLOSED, NO_ITEM),
    "AskQuestion": (*_UNTIL_OPEN, "+", "collecting_ended", CLOSED, *_AFTERWARDS),
    "Support": (NO_ITEM, NO_ITEM, "+", "+", *_CLOSED),
    "WithdrawSupport": (NO_ITEM, NO_ITEM, "=", "=", *_CLOSED),
    "TakeNow": (NO_ITEM, NO_ITEM, "+", "+", *_CLOSED),
    "AnswerQuestion": (NO_ITEM, NO_ITEM, "+", "+", "+", "+", "+"),
    "PromiseAnswer": (NO_ITEM, NO_ITEM, "+", "+", "+", "+", "+"),
    "DropRecommendation": (*_UNTIL_OPEN, "+", "vote_open_already", CLOSED, *_AFTERWARDS),
    "AddRecommendation": (*_UNTIL_OPEN, "+", "vote_open_already", CLOSED, *_AFTERWARDS),
    "OrderRecommendations": (*_UNTIL_OPEN, "+", "vote_open_already", CLOSED, *_AFTERWARDS),
    "CastConsent": ("not_started", "wrong_round", "vote_not_open", "+", *_CLOSED),
}

PAIRS = [
    (kind, stage, intent.__name__)
    for kind, machine in MACHINES.items()
    for intent in machine.intents
    for stage in STAGES
    if kind == "poll" or stage != "skipped"
]


def test_no_pair_is_forgotten() -> None:
    names = {intent.__name__ for machine in MACHINES.values() for intent in machine.intents}
    assert names == set(TABLE) == set(INTENTS)
    polls = {intent.__name__ for intent in MACHINES["poll"].intents}
    for name, row in TABLE.items():
        assert len(row) == len(STAGES) - (name not in polls)


@pytest.mark.parametrize(("kind", "stage", "name"), PAIRS)
def test_every_stage_and_intent(kind: str, stage: str, name: str) -> None:
    scene = in_stage(kind, stage)
    expected = TABLE[name][STAGES.index(stage)]
    try:
        came = "+" if scene.do(INTENTS[name], "somebody") else "="
    except Refused as refused:
        came = refused.code
    assert came == expected
    scene.check_replay()


def in_stage(kind: str, stage: str) -> Scene:
    """A dialogue whose second round, of this kind, is in this stage, with something in it."""
    before = "questions" if kind == "statements" else "statements"
    after = "statements" if kind == "questions" else "questions"
    scene = Scene(plan(before), plan(kind), plan(after))
    if stage == "skipped":
        scene.do(it.StartDialogue())
        scene.do(it.NextRound(), minutes=1)
        return scene
    if kind == "poll":
        scene.do(FILL)
    if stage == "preparing":
        return scene
    scene.do(it.StartDialogue())
    if stage == "waiting":
        return scene
    if kind == "closing":
        _two_agreed_one_rejected(scene)
    hour = it.Hour(scene.at + timedelta(hours=4), "22:00")
    scene.do(it.NextRound(hour), minutes=1)
    if kind == "statements":
        scene.do(statements.GiveStatement(Text("Een zin.")), "anna")
    if kind == "questions":
        scene.do(questions.AskQuestion(Text("Een vraag?")), "anna")
    if stage != "open":
        _go_on(scene, stage)
    return scene


def _two_agreed_one_rejected(scene: Scene) -> None:
    for number, side in ((1, "agree"), (2, "disagree"), (3, "agree")):
        scene.do(statements.GiveStatement(Text(f"Zin {number}.")), f"a{number}")
        for ballot in range(5):
            scene.do(statements.CastVote(f"S{number}", side), f"b{ballot}")


def _go_on(scene: Scene, stage: str) -> None:
    if stage == "ended":
        closing_round = scene.live.frames[1].plan.kind == "closing"
        scene.do(it.NextRound() if closing_round else it.EndCollecting())
    elif stage == "hour":
        scene.wait(3.5 * 60)  # the vote of a closing round is open
        scene.at = scene.live.frames[1].closes_at or scene.at
        scene.wait = lambda _minutes: []  # type: ignore[method-assign]  # not read back yet
    elif stage == "closed":
        scene.wait(4 * 60)
        scene.do(it.NextRound(), minutes=1)
    elif stage == "over":
        scene.wait(4 * 60)
        scene.do(it.CloseDialogue())
