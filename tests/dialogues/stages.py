"""``Stages``: what each ``tests/rounds/KIND/stages.py`` gives for the table of stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dialogues import intents as it
from tests.dialogues.scene import Scene

#: preparing: before the start; waiting: another round is open; ended: open, but collecting is
#: over; hour: its hour has come, its closing not yet; over: the dialogue is closed; skipped: only
#: a kind that has to be filled can be.
NAMES = ("preparing", "waiting", "open", "ended", "hour", "closed", "over", "skipped")

#: The outcomes of intents: "+" events, "=" no events, or the code of a refusal.
NO_ITEM, NOT_OPEN, CLOSED = "no_such_item", "round_not_open", "round_closed"
UNTIL_OPEN = ("not_started", "wrong_round")
AFTERWARDS = ("wrong_round", "dialogue_closed")
THREE_CLOSED = (CLOSED, CLOSED, CLOSED)


def _nothing(_scene: Scene) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """``table`` gives by the name of an intent its outcome in each stage, in the order of
    ``NAMES``. The round is the second of three: ``filled`` makes it able to open, ``before`` plays
    the round before it, ``opened`` puts something in it, ``ended`` ends collecting."""

    intents: Mapping[str, Any]
    table: Mapping[str, tuple[str, ...]]
    filled: Callable[[Scene], Any] | None = None
    before: Callable[[Scene], Any] = _nothing
    opened: Callable[[Scene], Any] = _nothing
    ended: Callable[[Scene], Any] = lambda scene: scene.do(it.EndCollecting())


def stages(kind: str) -> Stages:
    """The ``Stages`` of a kind."""
    found: Stages = import_module(f"tests.rounds.{kind}.stages").STAGES
    return found
