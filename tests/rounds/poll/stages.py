"""A poll in every stage: what its intents come to (``tests/dialogues/test_stages``)."""

from dialogues.core import Text
from rounds.poll.state import CastPoll, FillPoll, SuggestOption
from tests.dialogues.stages import CLOSED, NO_ITEM, NOT_OPEN, THREE_CLOSED, Stages

STAGES = Stages(
    intents={
        "FillPoll": FillPoll("several", "Wat dan?", ("c", "d"), 1),
        "CastPoll": CastPoll("P1", (1,)),
        "SuggestOption": SuggestOption("P1", Text("Iets anders.")),
    },
    table={
        "FillPoll": ("+", "+", "+", "+", CLOSED, CLOSED, "dialogue_closed", "round_skipped"),
        "CastPoll": (NOT_OPEN, NOT_OPEN, "+", "+", *THREE_CLOSED, NO_ITEM),
        "SuggestOption": (NOT_OPEN, NOT_OPEN, "+", "collecting_ended", *THREE_CLOSED, NO_ITEM),
    },
    filled=lambda scene: scene.do(FillPoll("one", "Wat eerst?", ("a", "b"), 1, other=True)),
)
