"""The level of participation decides which kinds of rounds a dialogue may have."""

from __future__ import annotations

import pytest

from dialogues import intents as it
from dialogues.charter import Level
from tests.dialogues.scene import Scene, plan

NO_SAY = ("level_only_questions", {"format": "test"})


@pytest.mark.parametrize("kind", ["closing", "poll", "statements"])
def test_where_residents_only_hear_and_ask_nothing_is_voted_on(kind: str) -> None:
    scene = Scene(plan("questions"), plan(kind))
    assert scene.refused(it.SetCharter({"level": Level.INFORM})) == NO_SAY


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.INFORM])
def test_any_other_level_takes_every_kind(level: Level) -> None:
    scene = Scene(*map(plan, ("questions", "statements", "poll", "closing")))
    if level is not Level.JOIN:
        scene.do(it.SetCharter({"level": level, "decision": "de raad volgt het advies"}))
    assert scene.do(it.StartDialogue())


def test_questions_fit_every_level() -> None:
    scene = Scene(plan("questions"), plan("questions"))
    scene.do(it.SetCharter({"level": Level.INFORM}))
    assert scene.do(it.StartDialogue())
