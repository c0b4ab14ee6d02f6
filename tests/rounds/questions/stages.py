"""Questions in every stage: what their intents come to (``tests/dialogues/test_stages``)."""

from datetime import timedelta

from dialogues.core import Text
from rounds.questions.state import (
    AnswerQuestion,
    AskQuestion,
    PromiseAnswer,
    Support,
    TakeNow,
    WithdrawSupport,
)
from tests.dialogues.scene import START
from tests.dialogues.stages import AFTERWARDS, CLOSED, NO_ITEM, THREE_CLOSED, UNTIL_OPEN, Stages

STAGES = Stages(
    intents={
        "AskQuestion": AskQuestion(Text("Nog een vraag?")),
        "Support": Support("V1"),
        "WithdrawSupport": WithdrawSupport("V1"),
        "TakeNow": TakeNow("V1"),
        "AnswerQuestion": AnswerQuestion("V1", Text("Ja.")),
        "PromiseAnswer": PromiseAnswer("V1", START + timedelta(days=30), "later"),
    },
    table={
        "AskQuestion": (*UNTIL_OPEN, "+", "collecting_ended", CLOSED, *AFTERWARDS),
        "Support": (NO_ITEM, NO_ITEM, "+", "+", *THREE_CLOSED),
        "WithdrawSupport": (NO_ITEM, NO_ITEM, "=", "=", *THREE_CLOSED),
        "TakeNow": (NO_ITEM, NO_ITEM, "+", "+", *THREE_CLOSED),
        "AnswerQuestion": (NO_ITEM, NO_ITEM, "+", "+", "+", "+", "+"),
        "PromiseAnswer": (NO_ITEM, NO_ITEM, "+", "+", "+", "+", "+"),
    },
    opened=lambda scene: scene.do(AskQuestion(Text("Een vraag?")), "anna"),
)
