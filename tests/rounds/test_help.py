"""What each kind of round adds to ``hulp``, in dialogues that were played so far.

The desk is a stand-in: of its store only whose ballot is whose is asked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.desk.views import help_for
from commands.said import Where
from dialogues import intents as it
from dialogues.charter import Review
from dialogues.core import Role, Text
from rounds.closing.state import CastConsent
from rounds.poll.state import CastPoll, FillPoll
from rounds.questions.state import AnswerQuestion, AskQuestion
from rounds.registry import talks, vocabulary
from rounds.statements.rules import CastVote, GiveStatement
from tests.dialogues.scene import Scene, plan
from tests.rounds.closing.closings import BAD, GOOD, closing_after

NOBODY: frozenset[Role] = frozenset()
MODERATOR = frozenset({Role.MODERATOR})
OFFICIAL = frozenset({Role.OFFICIAL})
CLERK = frozenset({Role.CLERK})
COUNCILLOR = frozenset({Role.COUNCILLOR})


def things(scene: Scene | None, where: Where, roles: frozenset[Role] = NOBODY) -> tuple[str, ...]:
    """The help of Anna, whose ballot is "b1" in every round."""
    services: Any = SimpleNamespace(
        known=vocabulary(),
        town=SimpleNamespace(address=""),
        talk=talks().of,
        ledger=SimpleNamespace(meetings=SimpleNamespace(by_id={})),
        names=lambda _asker, _dialogue: frozenset({"anna"}),
        participant=lambda _asker, _dialogue: "anna",
        store=SimpleNamespace(
            forms=SimpleNamespace(form=lambda *_what: None),
            places=SimpleNamespace(begun=lambda _place, _dialogue: True),
            ballots=SimpleNamespace(of=lambda _p: dict.fromkeys(range(9), "b1")),
        ),
    )
    asker: Any = SimpleNamespace(
        where=where,
        roles=roles,
        staff=bool(roles),
        here="console:anna",
        milliseconds=0,
        at=datetime(2026, 12, 1, 18, 30, tzinfo=UTC),
        person="anna",
        held=frozenset(),
        personal="console:anna",
        conversation="console:anna",
        origin=SimpleNamespace(language=""),
        known=SimpleNamespace(language=""),
        can=SimpleNamespace(press=False),
    )
    (notice,) = help_for(services, asker, scene.live if scene else None)
    found: Any = notice.data["things"]
    return tuple(found)


def started(*kinds: str, **charter: object) -> Scene:
    scene = Scene(*map(plan, kinds), **charter)
    scene.do(it.StartDialogue())
    return scene


def statements(*, voted: bool = False, collecting: bool = True, **charter: object) -> Scene:
    scene = started("statements", "closing", **charter)
    scene.do(GiveStatement(Text("Meer bomen.")), "bas")
    if voted:
        scene.do(CastVote("S1", "agree"), "b1")
    if not collecting:
        scene.do(it.EndCollecting())
    return scene


def questions(*, answered: bool = False, by: str = "bas") -> Scene:
    scene = started("questions")
    scene.do(AskQuestion(Text("Wanneer?")), by)
    if answered:
        scene.do(AnswerQuestion("V1", Text("In maart.")), "wethouder")
    return scene


def poll(*, voted: bool = False, empty: bool = False) -> Scene:
    scene = Scene(*([plan("questions")] * empty), plan("poll"))
    if not empty:
        scene.do(FillPoll("one", "Wat?", ("a", "b"), 0))
    scene.do(it.StartDialogue())
    if voted:
        scene.do(CastPoll("P1", (1,)), "b1")
    return scene


def voting(*, voted: bool = False) -> Scene:
    scene = closing_after(GOOD)  # b1 voted on the statement
    scene.do(it.NextRound(), minutes=1)
    if voted:
        scene.do(CastConsent("A1", "yes"), "b1")
    return scene


def closed() -> Scene:
    scene = statements()
    scene.do(it.CloseDialogue(), minutes=1)
    return scene


PERSONAL, ROOM, STAFF = Where.PERSONAL, Where.ROOM, Where.STAFF


@pytest.mark.parametrize(
    ("scene", "where", "roles", "first"),
    [
        (statements(), ROOM, NOBODY, ("help_join", "help_statement", "help_status")),
        (statements(), PERSONAL, NOBODY, ("help_join", "help_statement", "help_status")),
        (statements(voted=True), ROOM, NOBODY, ("help_join", "help_statement", "help_status")),
        (statements(voted=True), PERSONAL, NOBODY, ("help_vote", "help_statement", "help_why")),
        (statements(voted=True, collecting=False), PERSONAL, NOBODY,
         ("help_vote", "help_why", "help_status")),
        (questions(), PERSONAL, NOBODY, ("help_join", "help_question", "help_support")),
        (questions(by="anna"), PERSONAL, NOBODY, ("help_question", "help_support", "help_mine")),
        (poll(), PERSONAL, NOBODY, ("help_join", "help_status", "help_mine")),
        (poll(voted=True), PERSONAL, NOBODY, ("help_vote", "help_status", "help_mine")),
        (closing_after(GOOD), PERSONAL, NOBODY, ("help_results", "help_status", "help_mine")),
        (voting(), PERSONAL, NOBODY, ("help_join", "help_results")),
        (voting(voted=True), PERSONAL, NOBODY, ("help_vote", "help_results")),
        (voting(voted=True), ROOM, NOBODY, ("help_join", "help_results")),
        (closed(), PERSONAL, NOBODY, ("help_results", "help_status", "help_mine")),
        (None, PERSONAL, NOBODY, ("help_privacy", "help_language")),
        (None, STAFF, MODERATOR, ("help_new_dialogue",)),
        (Scene(plan("statements")), STAFF, MODERATOR,
         ("help_start", "help_charter", "help_explain")),
        (Scene(plan("statements"), plan("poll")), STAFF, MODERATOR,
         ("help_start", "help_charter", "help_poll")),
        (statements(review=Review.BEFORE), STAFF, MODERATOR,
         ("help_work", "help_approve", "help_hide", "help_next_round", "help_until")),
        (statements(), STAFF, MODERATOR,
         ("help_next_round", "help_until", "help_hide", "help_stop_collecting")),
        (poll(), STAFF, MODERATOR, ("help_close", "help_until")),
        (poll(empty=True), STAFF, MODERATOR, ("help_poll", "help_next_round", "help_until")),
        (questions(), STAFF, MODERATOR, ("help_now", "help_close", "help_until")),
        (questions(answered=True), STAFF, MODERATOR, ("help_close", "help_until")),
        (closing_after(GOOD), STAFF, MODERATOR,
         ("help_next_round", "help_advice_drop", "help_advice_order", "help_advice_add",
          "help_close")),
        (closing_after(BAD), STAFF, MODERATOR,
         ("help_next_round", "help_advice_add", "help_close", "help_until")),
        (voting(), STAFF, MODERATOR, ("help_close", "help_until")),
        (closed(), STAFF, MODERATOR, ("help_advice", "help_results")),
        (closed(), STAFF, CLERK, ("help_advice",)),
        (questions(), STAFF, OFFICIAL, ("help_answer", "help_look_up", "help_status")),
        (questions(answered=True), STAFF, OFFICIAL, ("help_status",)),
        (questions(answered=True), ROOM, OFFICIAL,
         ("help_answer", "help_look_up", "help_status")),
        (poll(), STAFF, COUNCILLOR, ("help_status", "help_results")),
    ],
)  # fmt: skip
def test_what_matters_most_comes_first(
    scene: Scene | None, where: Where, roles: frozenset[Role], first: tuple[str, ...]
) -> None:
    assert things(scene, where, roles)[: len(first)] == first


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("where", list(Where))
def test_staff_is_not_told_to_vote_or_to_contribute(where: Where, role: Role) -> None:
    for scene in (statements(voted=True), questions(), poll(voted=True), voting(voted=True)):
        residents = {"help_join", "help_vote", "help_statement", "help_question", "help_why"}
        assert not residents & set(things(scene, where, frozenset({role})))
