"""What is taken back of somebody who becomes staff or is forgotten, in every kind of round."""

from __future__ import annotations

from dialogues import intents as it
from dialogues.core import Text
from dialogues.withdrawal import standing_support, standing_votes
from rounds.closing.state import CastConsent
from rounds.poll.state import CastPoll
from rounds.questions.state import AskQuestion, Support, WithdrawSupport
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import START, Scene, started
from tests.rounds.closing.closings import GOOD, closing_after, opened
from tests.rounds.poll import polls


def taken_back(scene: Scene, ballot: str) -> list[object]:
    """The intents that take back the votes of a ballot in the open round; then none is left."""
    intents = standing_votes(scene.live, scene.live.current, ballot)
    for intent in intents:
        assert scene.do(intent, ballot)
    assert standing_votes(scene.live, scene.live.current, ballot) == []
    assert not scene.state.box.roll.stands(ballot)
    return intents


def test_votes_on_statements() -> None:
    scene = started("statements")
    for number in range(3):
        scene.do(GiveStatement(Text(f"Zin {number}.")), "anna")
        scene.do(CastVote(f"S{number + 1}", "agree"), "b1")
    scene.do(CastVote("S2", None), "b1")
    scene.do(CastVote("S2", "pass"), "b2")
    assert taken_back(scene, "b1") == [CastVote("S1", None), CastVote("S3", None)]
    assert scene.state.box.voters == 1


def test_a_vote_in_a_poll() -> None:
    scene = polls.opened("points")
    scene.do(CastPoll("P1", (4, 6)), "b1")
    assert taken_back(scene, "b1") == [CastPoll("P1", None)]
    assert taken_back(scene, "b2") == []


def test_votes_on_recommendations() -> None:
    scene = closing_after(GOOD, GOOD)
    opened(scene)
    scene.do(CastConsent("A2", "no"), "b1")
    assert taken_back(scene, "b1") == [CastConsent("A2", None)]


def test_support_for_questions_while_the_round_is_open() -> None:
    scene = started("questions")
    for author in ("anna", "bas"):
        scene.do(AskQuestion(Text("Wanneer?")), author)
    scene.do(Support("V1"), "cor")
    assert standing_votes(scene.live, 0, "cor") == []
    assert standing_support(scene.live, "cor", scene.at) == (WithdrawSupport("V1"),)
    assert standing_support(scene.live, "dora", scene.at) == ()
    scene.do(it.CloseDialogue(), minutes=1)
    assert standing_support(scene.live, "cor", scene.at) == ()


def test_where_nobody_votes_there_is_no_support_either() -> None:
    assert standing_support(started("statements").live, "anna", START) == ()
