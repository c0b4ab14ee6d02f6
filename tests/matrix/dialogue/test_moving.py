"""When a room is upgraded, each statement of an open ballot is posted once in its successor."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.events import Event
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat stemming=open"


def shown(street: Street, room: str) -> list[Event]:
    """The bot's messages in a room that show a statement, oldest first."""
    events = [e for e in street.vera.history(room) if e.sender == street.bot and not e.edits]
    return [e for e in events if e.text.startswith("S") and "Kies 👍" in e.text]


def both_shown(street: Street, room: str) -> list[Event]:
    until(lambda: len(shown(street, room)) >= 2, 40, "both statements in the successor")
    return shown(street, room)


@pytest.mark.parametrize("killed", [False, True], ids=["running", "killed"])
def test_statements_can_be_reacted_on_in_the_successor(
    lifted_synapse: Synapse, tmp_path: Path, killed: bool
) -> None:
    """Lifted: the bot answers at once; what stands where is the same at any limits. ``killed``:
    while the program is down the room moves; and it is killed again after that."""
    with Street(lifted_synapse, tmp_path, f"along{killed}", people=3) as street:
        vera = street.vera
        vera.set_power(street.room, street.bot, 50)
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Stemmen is hier openbaar", street.room)
        own = street.shout("anna", "!stelling Er moeten meer kastanjes komen.")
        street.answer("anna", f"{part('statement_noted')} S1")
        street.ask(
            "bram", "stelling De lantaarns gaan eerder uit.", f"{part('statement_noted')} S2"
        )
        street.find("bram", street.room, "S2: «De lantaarns gaan eerder uit.»")
        carla = street.people["carla"]
        street.read("carla", street.room, carla.react(street.room, own, "👍"))
        if killed:
            street.running.kill()
        successor = vera.upgrade(street.room, "12")
        if killed:
            street.running.start()
        first, second = both_shown(street, successor)
        assert "S1: «Er moeten meer kastanjes komen.»" in first.text
        assert "S2: «De lantaarns gaan eerder uit.»" in second.text
        assert "Dat telt nog." in first.text
        carla.join(successor)
        assert "S1 eens" in street.ask("carla", "mijn", "Ronde 1")
        carla.react(successor, first.id, "👎")
        street.read("carla", successor, carla.react(successor, second.id, "👍"))
        mine = street.ask("carla", "mijn", "Ronde 1")
        assert "S1 oneens: «" in mine
        assert "S2 eens: «" in mine
        if killed:
            street.running.kill()
            street.running.start()
        last = vera.upgrade(successor, "12")  # once more: all of them again, and once
        both_shown(street, last)
        street.command("verberg S1 1", "S1 is verborgen")
        until(lambda: len(shown(street, last)) == 1, 40, "the hidden one taken away there")
        assert [e.id for e in shown(street, successor)] == [first.id, second.id]
        assert street.running.end() == 0
        street.assert_log_is_silent()
