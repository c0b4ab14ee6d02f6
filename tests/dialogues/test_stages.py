"""Every kind of round in every stage against every intent, in one complete table per kind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogues import intents as it
from dialogues.core import Refused
from rounds.registry import KINDS, kinds
from tests.dialogues.scene import Scene, plan
from tests.dialogues.stages import NAMES, stages

MACHINES = kinds().machines
PAIRS = [
    (kind, stage, name)
    for kind in KINDS
    for name in stages(kind).intents
    for stage in NAMES
    if stages(kind).filled is not None or stage != "skipped"
]


@pytest.mark.parametrize("kind", KINDS)
def test_no_pair_is_forgotten(kind: str) -> None:
    told = stages(kind)
    names = {intent.__name__ for intent in MACHINES[kind].intents}
    assert names == set(told.table) == set(told.intents)
    assert all(type(intent).__name__ == name for name, intent in told.intents.items())
    for row in told.table.values():
        assert len(row) == len(NAMES) - (told.filled is None)


@pytest.mark.parametrize(("kind", "stage", "name"), PAIRS)
def test_every_stage_and_intent(kind: str, stage: str, name: str) -> None:
    scene = in_stage(kind, stage)
    expected = stages(kind).table[name][NAMES.index(stage)]
    try:
        came = "+" if scene.do(stages(kind).intents[name], "somebody") else "="
    except Refused as refused:
        came = refused.code
    assert came == expected
    scene.check_replay()


def in_stage(kind: str, stage: str) -> Scene:
    """A dialogue whose second round, of this kind, is in this stage and not empty."""
    own = stages(kind)
    before = "questions" if kind == "statements" else "statements"
    after = "statements" if kind == "questions" else "questions"
    scene = Scene(plan(before), plan(kind), plan(after))
    if stage == "skipped":
        scene.do(it.StartDialogue())
        scene.do(it.NextRound(), minutes=1)
        return scene
    if own.filled is not None:
        own.filled(scene)
    if stage == "preparing":
        return scene
    scene.do(it.StartDialogue())
    if stage == "waiting":
        return scene
    own.before(scene)
    hour = it.Hour(scene.at + timedelta(hours=4), "22:00")
    scene.do(it.NextRound(hour), minutes=1)
    own.opened(scene)
    if stage != "open":
        _go_on(scene, kind, stage)
    return scene


def _go_on(scene: Scene, kind: str, stage: str) -> None:
    if stage == "ended":
        stages(kind).ended(scene)
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
