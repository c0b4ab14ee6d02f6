"""A dilemma in every stage: what its intents come to (``tests/dialogues/test_stages``)."""

from rounds.dilemma.state import CastDilemma, FillDilemma, Option
from tests.dialogues.stages import CLOSED, NO_ITEM, NOT_OPEN, THREE_CLOSED, Stages

X, Y = Option("x"), Option("y")

STAGES = Stages(
    intents={
        "FillDilemma": FillDilemma("Wat dan?", X, Y, "", 1),
        "CastDilemma": CastDilemma("D1", "a"),
    },
    table={
        "FillDilemma": ("+", "+", "+", "+", CLOSED, CLOSED, "dialogue_closed", "round_skipped"),
        "CastDilemma": (NOT_OPEN, NOT_OPEN, "+", "+", *THREE_CLOSED, NO_ITEM),
    },
    filled=lambda scene: scene.do(FillDilemma("Wat eerst?", X, Y, "", 1)),
)
