"""A circle in every stage: what its intents come to (``tests/dialogues/test_stages``)."""

from dialogues.core import Text
from rounds.circle.state import AskTurn, EndTurn, GiveTurnUp, GiveWord, Onward, SetTurnLength
from tests.dialogues.scene import Scene
from tests.dialogues.stages import AFTERWARDS, CLOSED, UNTIL_OPEN, Stages

_OVER = (CLOSED, *AFTERWARDS)


def _two_turns(scene: Scene) -> None:
    """Somebody had the first turn, another has the second, who can speak longer than a stage
    takes."""
    scene.do(SetTurnLength(30))
    scene.do(AskTurn(), "somebody")
    scene.do(Onward())
    scene.do(EndTurn(), "somebody")
    scene.do(AskTurn(), "anna")


STAGES = Stages(
    intents={
        "AskTurn": AskTurn(),
        "GiveTurnUp": GiveTurnUp(),
        "EndTurn": EndTurn(),
        "Onward": Onward(),
        "SetTurnLength": SetTurnLength(5),
        "GiveWord": GiveWord(Text("Meer bomen.")),
    },
    table={
        "AskTurn": (*UNTIL_OPEN, "+", "+", *_OVER),
        "GiveTurnUp": (*UNTIL_OPEN, "no_turn_asked", "no_turn_asked", *_OVER),
        "EndTurn": (*UNTIL_OPEN, "not_your_turn", "not_your_turn", *_OVER),
        "Onward": (*UNTIL_OPEN, "+", "+", *_OVER),
        "SetTurnLength": (*UNTIL_OPEN, "+", "+", *_OVER),
        "GiveWord": (*UNTIL_OPEN, "+", "collecting_ended", *_OVER),
    },
    opened=_two_turns,
)
