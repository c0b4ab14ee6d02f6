"""Statements in every stage: what their intents come to (``tests/dialogues/test_stages``)."""

from dialogues.core import Text
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.stages import AFTERWARDS, CLOSED, NO_ITEM, THREE_CLOSED, UNTIL_OPEN, Stages

STAGES = Stages(
    intents={
        "GiveStatement": GiveStatement(Text("Nog een zin.")),
        "CastVote": CastVote("S1", "agree"),
    },
    table={
        "GiveStatement": (*UNTIL_OPEN, "+", "collecting_ended", CLOSED, *AFTERWARDS),
        "CastVote": (NO_ITEM, NO_ITEM, "+", "+", *THREE_CLOSED),
    },
    opened=lambda scene: scene.do(GiveStatement(Text("Een zin.")), "anna"),
)
