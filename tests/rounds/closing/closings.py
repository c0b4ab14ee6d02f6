"""Closing rounds to play with: after statements, after a poll."""

from __future__ import annotations

from typing import Any

from dialogues import intents as it
from dialogues.core import Text
from rounds.closing.state import draft
from rounds.poll.state import CastPoll, FillPoll, SuggestOption
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import Scene, plan

#: Votes on a statement as agree, disagree, pass.
GOOD, BETTER, BAD = (4, 2, 0), (5, 1, 0), (2, 4, 0)

#: More agree than disagree, yet too few for the rule.
CLOSE = (4, 3, 0)


def statements(scene: Scene, *votes: tuple[int, int, int]) -> None:
    """A statement with these votes each, S1 upwards."""
    for number, sides in enumerate(votes, 1):
        scene.do(GiveStatement(Text(f"Zin {number}.")), f"author{number}")
        agree, disagree, passed = sides
        choices = ["agree"] * agree + ["disagree"] * disagree + ["pass"] * passed
        for ballot, choice in enumerate(choices):
            scene.do(CastVote(f"S{number}", choice), f"b{ballot}")


def closing_after(*votes: tuple[int, int, int], **values: Any) -> Scene:
    """A closing round that has just opened after a round of statements."""
    scene = Scene(plan("statements"), plan("closing", collecting_margin=0, **values))
    scene.do(it.StartDialogue())
    statements(scene, *votes)
    scene.do(it.NextRound(), minutes=30)
    return scene


def with_poll(
    fill: FillPoll,
    *votes: tuple[int, ...],
    other: str = "",
    statement: bool = False,
    reason: str = "",
) -> Scene:
    """A closing round after a poll with these votes."""
    first = (plan("statements"),) if statement else ()
    scene = Scene(*first, plan("poll"), plan("closing", collecting_margin=0))
    scene.do(fill)
    scene.do(it.StartDialogue())
    if statement:
        statements(scene, GOOD)
        scene.do(it.NextRound(), minutes=1)
    if other:
        scene.do(SuggestOption("P1", Text(other)), "anna")
        scene.do(it.ApproveItem("X1"))
    for ballot, choice in enumerate(votes):
        scene.do(CastPoll("P1", choice), f"b{ballot}")
    if reason:
        scene.do(it.GiveReason("P1", Text(reason)), "b0")
    scene.do(it.NextRound(), minutes=1)
    return scene


def listed(scene: Scene) -> list[tuple[str, str]]:
    return [(r.number, r.item) for r in draft(scene.state)]


def opened(scene: Scene) -> list[tuple[str, str]]:
    """The recommendations after the vote opened by hand."""
    scene.do(it.NextRound(), minutes=1)
    return [(row.number, row.source) for row in scene.report()]


def changes(scene: Scene) -> list[tuple[str, str, str]]:
    return [(c.what, c.item, c.reason) for c in scene.live.changes]
