"""A dialogue with a room on both networks: what the bot shows in one, it shows in the other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.engine.reception import READ_BACK, Cursor
from bot.platforms.facts import Tick
from dialogues.machine import Stage
from tests.engine.chat import ROOM
from tests.engine.networks import THERE, Networks
from tests.engine.noted import Data

BUS = "De bus moet vaker rijden."
TREES = "Er moeten meer bomen komen."


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    return Networks(tmp_path / "town.db")


def showing(both: Networks, words: str) -> list[int]:
    """How many messages of the bot hold these words, in the room of each network."""
    both.deliver()
    return [sum(words in text for text in both.at(place)) for place in (ROOM, THERE)]


def test_statements_of_either_network_are_seen_on_both(both: Networks) -> None:
    """Also where the author's own message in the one room shows it there."""
    both.open(more="stemming=open")
    both.heard("zoe", f"stelling {BUS}", "discord")
    assert showing(both, BUS) == [1, 1]
    own = both.say("anna", f"!stelling {TREES}", ROOM)
    assert showing(both, TREES) == [0, 1]
    assert own in both.chat.ticks
    both.command("verberg S2 1")
    assert showing(both, TREES) == [0, 0]
    both.deliver()
    assert own in both.chat.removed
    both.command("toon S2")
    assert showing(both, TREES) == [1, 1]
    both.heard("zoe", "wijzig S1 De bus moet elk kwartier rijden.", "discord")
    assert showing(both, "elk kwartier") == [1, 1]


def test_questions_answers_and_figures_are_seen_on_both(both: Networks) -> None:
    both.open("vragenuur")
    both.heard("zoe", "vraag Wanneer komt de bank?", "discord")
    both.heard("anna", "steun V1", "matrix")
    both.command("nu V1")
    assert showing(both, "Wanneer komt de bank?") == [1, 1]
    assert [card["questions"] for card in cards(both)] == [1, 1]
    both.heard("wim", "antwoord V1 In mei.", "matrix", ["official"])
    assert showing(both, "In mei.")[0] == showing(both, "In mei.")[1] > 0


def cards(both: Networks) -> list[Data]:
    """What the card of each network is filled with."""
    both.deliver()
    tokens = [chat.messages[chat.cards()[0]].token for chat in both.chats.values()]
    return [both.noted.told(token).data("card") for token in tokens]


def test_a_confidential_figure_and_the_result_are_seen_on_both(both: Networks) -> None:
    both.open()
    both.heard("zoe", f"stelling {BUS}", "discord")
    for number in range(6):
        both.heard(f"buur-{number}", "stem S1 eens", ("matrix", "discord")[number % 2])
    assert [card["voters"] for card in cards(both)] == [6, 6]
    both.command("sluit ja")
    both.read_back()
    both.put(Tick(both.clock()))
    assert both.dialogue.frames[0].stage is Stage.CLOSED
    counts = showing(both, "klaar")
    assert counts[0] == counts[1] > 0


def test_it_closes_when_the_network_that_reads_back_has(both: Networks) -> None:
    """The other one tells nothing later, and is not waited for."""
    both.open()
    both.heard("zoe", f"stelling {BUS}", "discord")
    both.command("sluit ja")
    hour = both.clock()
    for name in ("discord", "matrix"):
        both.put(Tick(both.clock()))
        assert both.dialogue.frames[0].stage is Stage.OPEN
        both.later(seconds=5)
        both.engine.receive((), Cursor(name, "s", both.clock())).whole()
    both.put(Tick(both.clock()))
    assert both.dialogue.frames[0].stage is Stage.CLOSED
    assert both.clock() - hour < READ_BACK < timedelta(hours=1)
