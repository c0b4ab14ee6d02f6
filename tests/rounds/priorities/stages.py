"""Priorities in every stage: what their intents come to (``tests/dialogues/test_stages``)."""

from dialogues.core import Text
from rounds.priorities.rules import CastPriorities
from rounds.statements.rules import GiveStatement
from tests.dialogues.stages import NO_ITEM, THREE_CLOSED, Stages

STAGES = Stages(
    intents={"CastPriorities": CastPriorities("B1", (1,))},
    table={"CastPriorities": (NO_ITEM, NO_ITEM, "+", "+", *THREE_CLOSED)},
    before=lambda scene: scene.do(GiveStatement(Text("Een zin.")), "anna"),
)
