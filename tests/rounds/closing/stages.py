"""A closing round in every stage: what its intents come to (``tests/dialogues/test_stages``)."""

from dialogues import intents as it
from dialogues.core import Text
from rounds.closing.state import (
    AddRecommendation,
    CastConsent,
    DropRecommendation,
    OrderRecommendations,
)
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import Scene
from tests.dialogues.stages import AFTERWARDS, CLOSED, THREE_CLOSED, UNTIL_OPEN, Stages

_DRAFT = (*UNTIL_OPEN, "+", "vote_open_already", CLOSED, *AFTERWARDS)


def _two_agreed_one_nearly(scene: Scene) -> None:
    for number, side in ((1, "agree"), (2, ""), (3, "agree")):
        scene.do(GiveStatement(Text(f"Zin {number}.")), f"a{number}")
        for ballot in range(7):
            choice = side or ("agree" if ballot < 4 else "disagree")
            scene.do(CastVote(f"S{number}", choice), f"b{ballot}")


STAGES = Stages(
    intents={
        "DropRecommendation": DropRecommendation("A1", "dubbel"),
        "AddRecommendation": AddRecommendation("S2", "toch"),
        "OrderRecommendations": OrderRecommendations(("A2", "A1"), "eerst dit"),
        "CastConsent": CastConsent("A1", "yes"),
    },
    table={
        "DropRecommendation": _DRAFT,
        "AddRecommendation": _DRAFT,
        "OrderRecommendations": _DRAFT,
        "CastConsent": ("not_started", "wrong_round", "vote_not_open", "+", *THREE_CLOSED),
    },
    before=_two_agreed_one_nearly,
    ended=lambda scene: scene.do(it.NextRound()),
)
