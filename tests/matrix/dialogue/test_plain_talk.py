"""📌 on a resident's message, or a reply to the card: kept only after its author says yes."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
ASKS = "Mag dit mee, zonder uw naam?"
WORDS = "Er moeten kastanjes langs de hele straat."
OTHER = "De lantaarns gaan veel te laat uit."


def kept(folder: Path) -> bytes:
    """Every byte of the bot's database."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("stadsgesprek.db*")))


def ticked(street: Street, message: str) -> bool:
    found = street.vera.related(street.room, message)
    return any(one.sender == street.bot and "✅" in str(one.content) for one in found)


def begun(street: Street, more: str = "") -> None:
    street.command(f"{NEW} {more}", part("prepared", "not missing"))
    street.command("gesprek start", "Ronde 1", street.room)


@pytest.mark.parametrize("closed", [False, True], ids=["plain", "encrypted"])
def test_asked_in_person(closed: bool, lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. What was edited before the yes goes along as it is then."""
    tag = "pinned-closed" if closed else "pinned"
    with Street(lifted_synapse, tmp_path, tag, closed=closed, people=2) as street:
        street.open_directs()
        begun(street)
        said = street.shout("anna", WORDS)
        street.people["bram"].react(street.room, said, "📌")  # no moderator
        street.vera.react(street.room, said, "📌")
        question = street.answer("anna", ASKS)
        assert WORDS not in question
        assert b"kastanjes" not in kept(tmp_path)
        if not closed:
            later = WORDS.replace("hele", "lange")
            street.people["anna"].edit(street.room, said, later)
            street.said.append(later)
        answer = street.ask("anna", "ja", f"{part('statement_noted')} S1")
        assert ("hele" in answer) == closed
        assert b"kastanjes" in kept(tmp_path)
        street.vera.react(street.room, said, "📌️")
        street.ask("anna", "mijn", "S1")
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_asked_on_the_message(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. The author has no conversation, and the bot begins none."""
    with Street(lifted_synapse, tmp_path, "ticked", people=3) as street:
        street.directs["anna"] = street.people["anna"].direct(street.bot)
        street.ask("anna", "hulp", part("help"))
        begun(street)
        said = street.shout("bram", WORDS)
        street.vera.react(street.room, said, "📌")
        until(lambda: ticked(street, said), 20, "the bot's ✅ on the message")
        street.wait("bram", street.room, part("gather_explained"))
        street.people["carla"].react(street.room, said, "✅")
        street.ask("anna", "status", "0 stellingen")
        assert b"kastanjes" not in kept(tmp_path)
        street.people["bram"].react(street.room, said, "✅")
        until(lambda: b"kastanjes" in kept(tmp_path), 20, "the statement")
        street.ask("anna", "status", "1 stelling")
        rooms = street.spare.request("GET", f"{CLIENT}/joined_rooms")["joined_rooms"]
        assert set(rooms) == {street.room, street.staff, street.directs["anna"]}
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_a_reply_to_the_card_and_a_restart(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. The question stays open while the bot is away."""
    with Street(lifted_synapse, tmp_path, "reply", people=2) as street:
        street.open_directs()
        begun(street)
        card = street.find("vera", street.room, "Ronde 1").id
        said = street.people["anna"].reply(street.room, card, OTHER)
        street.said.append(OTHER)
        street.answer("anna", ASKS)
        street.running.kill()
        assert b"lantaarns" not in kept(tmp_path)
        street.tell("anna", "ja")
        street.running.start()
        street.answer("anna", f"{part('statement_noted')} S1: «{OTHER}»")
        street.people["anna"].redact(street.room, said)
        street.answer("anna", "S1 is ingetrokken")
        assert street.running.end() == 0
        street.assert_log_is_silent()
