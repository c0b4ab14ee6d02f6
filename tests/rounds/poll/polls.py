"""Polls to play with: filled, opened, voted on."""

from __future__ import annotations

from typing import Any

from dialogues import intents as it
from dialogues.core import Text
from rounds.poll.state import CastPoll, FillPoll, SuggestOption
from tests.dialogues.scene import Scene, plan

THREE = ("Bomen", "Parkeren", "Oversteken")


def fill(kind: str = "one", options: tuple[str, ...] = THREE, **values: Any) -> FillPoll:
    return FillPoll(kind, "Wat eerst?", options, values.pop("round", 0), **values)


def opened(kind: str = "one", **values: Any) -> Scene:
    scene = Scene(plan("poll"))
    scene.do(fill(kind, **values))
    scene.do(it.StartDialogue())
    return scene


def cast(scene: Scene, *votes: tuple[int, ...] | None) -> None:
    for number, choice in enumerate(votes, 1):
        scene.do(CastPoll("P1", choice), f"b{number}")


def suggest(scene: Scene, words: str = "Banken", by: str = "anna") -> str:
    (event,) = scene.do(SuggestOption("P1", Text(words)), by)
    return str(event.number)
