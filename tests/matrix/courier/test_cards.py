"""On a real homeserver: the card that moves down, a removal, and an echo that was never heard."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import KEY
from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
POLL = f"gesprek nieuw peiling Ons gesprek {CHARTER} in=zomerstraat stemming=open"
QUESTION = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'


def cards(street: Street) -> list[str]:
    """The cards posted in the room, oldest first; edits left out."""
    return [
        e.id
        for e in street.vera.history(street.room)
        if str(e.content.get(KEY, {}).get("slot", "")).startswith("card-")
        and "m.relates_to" not in e.content
    ]


def pinned(street: Street) -> list[str]:
    found: list[str] = street.vera.state(street.room, "m.room.pinned_events").get("pinned", [])
    return found


def limits(street: Street, messages: int) -> None:
    path = street.running.config
    more = f"\n[limits]\ncard_messages = {messages}\ncard_minutes = 0\n"
    path.write_text(path.read_text("utf-8") + more, "utf-8")


def strengthen(street: Street) -> None:
    """The bot gets power level 50 in the room."""
    where = f"{CLIENT}/rooms/{street.room}/state/m.room.power_levels/"
    levels = street.vera.request("GET", where)
    levels["users"][street.bot] = 50
    street.vera.request("PUT", where, levels)


def test_the_card_of_an_open_poll_moves_down(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: it is about what stands where in the end."""
    street = Street(lifted_synapse, tmp_path, "moves", people=3)
    limits(street, 5)
    with street:
        strengthen(street)
        street.command(POLL, part("prepared", "not missing"))
        street.command(QUESTION, "Waar komt de bank?")
        street.command("gesprek start", "Ronde 1", street.room)
        until(lambda: len(cards(street)) == 1, 20, "the card")
        (old,) = cards(street)
        until(lambda: pinned(street) == [old], 20, "the card pinned")
        first = street.people["anna"].react(street.room, old, "1️⃣")
        street.people["bram"].react(street.room, old, "2️⃣")
        for number in range(6):
            street.shout("carla", f"wat praat tussendoor {number}")
        until(lambda: old not in cards(street) and len(cards(street)) == 1, 60, "the new card")
        (new,) = cards(street)
        until(lambda: pinned(street) == [new], 20, "the new card pinned alone")
        street.people["carla"].react(street.room, new, "2️⃣")
        street.open_directs()
        assert "park" in street.ask("bram", "mijn", "Ronde 1")
        assert "plein" in street.ask("anna", "mijn", "Ronde 1")
        street.people["anna"].redact(street.room, first)
        street.people["bram"].react(street.room, new, "3️⃣")
        until(lambda: "hoek" in street.ask("bram", "mijn", "Ronde 1"), 20, "the newest counts")
        assert "park" in street.ask("carla", "mijn", "Ronde 1")
        street.ask("anna", "mijn", part("mine", "rounds"))
        street.command("sluit ja", "", street.staff)
        street.wait("vera", street.room, "Ronde 1 is klaar", 60)
        assert street.running.end() == 0
        assert cards(street) == [new]
        tokens = street.tokens()
        assert len(tokens) == len(set(tokens))
        street.assert_log_is_silent()


@pytest.mark.parametrize("strong", [True, False])
def test_hiding_reaches_the_room(strong: bool, lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. With power the message goes; without staff is told."""
    with Street(lifted_synapse, tmp_path, f"hide-{strong}".lower(), people=2) as street:
        if strong:
            strengthen(street)
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        said = street.shout("anna", "!stelling De overbuurman is een oplichter.")
        street.answer("anna", f"{part('statement_noted')} S1")
        street.command("verberg S1 1", "S1 is verborgen")
        words = [e for e in street.vera.history(street.room) if e.id == said]
        if strong:

            def gone() -> bool:
                there = [e for e in street.vera.history(street.room) if e.id == said]
                return not any(e.content for e in there)

            until(gone, 20, "the message removed")
        else:
            street.wait("vera", street.staff, part("cannot_remove"))
            assert any(e.content for e in words)
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_an_echo_that_never_reached_us(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: it is no matter of pace. The message stands, the program died before it knew, and
    its token is one the server never had from this device."""
    with Street(lifted_synapse, tmp_path, "echo", people=1) as street:
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        until(lambda: len(cards(street)) == 1, 20, "the card")
        assert street.running.end() == 0
        _as_if_it_had_not_heard(tmp_path / "stadsgesprek.db")
        _from_another_device(street)
        street.running.start()
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        until(lambda: _edits(street) > 0, 40, "the card changed")
        assert len(cards(street)) == 1
        assert street.running.end() == 0
        street.assert_log_is_silent()


def _as_if_it_had_not_heard(file: Path) -> None:
    """Put the card's row in flight again, and forget where it was posted."""
    db = sqlite3.connect(file)
    (token, place, dialogue, slot) = db.execute(
        "SELECT token, place, dialogue, slot FROM posts WHERE slot = 'card-0'"
    ).fetchone()
    db.execute("DELETE FROM posts WHERE token = ?", (token,))
    notice = b'{"template":"room_votes_do_not_count","data":{},"choices":[],"slot":"card-0"}'
    db.execute(
        "INSERT INTO outbox (token, place, dialogue, slot, message, at, state)"
        " VALUES (?, ?, ?, ?, ?, '2026-12-01T18:00:00+00:00', 'flying')",
        (token, place, dialogue, slot, notice),
    )
    db.commit()
    db.close()


def _from_another_device(street: Street) -> None:
    """Make the server forget the device's tokens, by making it another device."""
    store = street.folder / "matrix-store"
    for file in store.iterdir():
        if file.name == "login.json" or file.suffix == ".db":
            file.unlink()


def _edits(street: Street) -> int:
    return sum(
        str(e.content.get(KEY, {}).get("slot", "")) == "card-0" and "m.relates_to" in e.content
        for e in street.vera.history(street.room)
    )
