"""People's talk, reactions, edits and removals among themselves in a room leave no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.platforms.facts import Edited, Removed
from tests.engine.talk import Talk


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    found = Talk(tmp_path / "t.db")
    yield found
    found.close()


@pytest.mark.parametrize("more", ["", "stemming=open"])
def test_talk_leaves_no_trace(talk: Talk, more: str) -> None:
    talk.begin(more=more)
    said = talk.say("bram", "Wie komt er vanavond?")
    talk.react("carla", "👍", said)
    talk.react("carla", "👍", talk.card)
    talk.react("carla", "✅", said)
    talk.unreact("carla", "$2")
    talk.put(Edited(talk.origin("bram"), said, "Wie komt er straks?"))
    talk.put(Removed(talk.origin("bram"), said))
    assert [who for who in ("bram", "carla") if talk.knows(who)] == []
    kept = talk.kept()
    assert b"bram" not in kept
    assert b"carla" not in kept


def test_a_reaction_on_the_question_to_somebody_else(talk: Talk) -> None:
    talk.begin()
    said = talk.say("bram", "Er moeten kastanjes langs de straat.")
    talk.react("vera", "📌", said)
    talk.react("carla", "✅", said)
    assert not talk.knows("carla")
    assert talk.react("bram", "✅", said) == ["statement_noted"]
    assert talk.knows("bram")


def test_what_means_something_is_heard(talk: Talk) -> None:
    """Of somebody the bot did not know: a vote by reaction, a word of ours in an edit."""
    talk.begin(more="stemming=open")
    said = talk.say("anna", "!stelling Er moeten kastanjes langs de straat.")
    talk.react("carla", "👍", said)
    box = talk.dialogue.machine(0).box(talk.dialogue.states[0])
    assert box is not None
    assert sum(box.books["S1"].tally.values()) == 1
    other = talk.say("daan", "stelling zonder uitroepteken")
    hint = talk.put(Edited(talk.origin("daan"), other, "!stelling met uitroepteken"))
    assert hint == ["edit_no_effect"]


def test_anybody_can_take_a_vote_by_reaction_away(talk: Talk) -> None:
    """A keeper of the server, whom the bot never met."""
    talk.begin(more="stemming=open")
    said = talk.say("anna", "!stelling Er moeten kastanjes langs de straat.")
    talk.react("carla", "👍", said)
    talk.unreact("keeper", talk.last)
    box = talk.dialogue.machine(0).box(talk.dialogue.states[0])
    assert box is not None
    assert sum(box.books["S1"].tally.values()) == 0
