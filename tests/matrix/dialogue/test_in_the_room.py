"""Reactions, edits and removals in the room, and votes there that a confidential ballot ignores."""

from __future__ import annotations

import time
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
ONCE = part("room_votes_do_not_count")


def test_confidential_votes_in_the_room_do_not_count(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once, so that what it does not say is seen sooner."""
    with Street(lifted_synapse, tmp_path, "secret") as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        street.shout("bram", "!stem S1 eens")
        street.wait("bram", street.room, ONCE)
        shown = street.shout("carla", "!stelling De lantaarns gaan eerder uit.")
        street.read("carla", street.room, shown)
        street.people["daan"].react(street.room, shown, "👍")
        street.people["eva"].react(street.room, shown, "👎")
        last = street.shout("bram", "!stem S1 oneens")
        street.read("bram", street.room, last)
        for name in ("bram", "daan", "eva"):
            own = street.ask(name, "mijn", part("mine", "rounds"))
            assert "Code" not in own
        vote = street.tell("fien", "stem S1 eens")
        street.answer("fien", "S1 eens: «")
        street.read("fien", street.directs["fien"], vote)
        words = [e.text for e in street.vera.history(street.room) if e.sender == street.bot]
        assert len([text for text in words if ONCE in text]) == 1
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_an_open_ballot_by_reactions(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once; what counts is the same at any limits."""
    with Street(lifted_synapse, tmp_path, "open") as street:
        street.open_directs()
        street.command(f"{NEW} stemming=open", part("prepared", "not missing"))
        street.command("gesprek start", "Stemmen is hier openbaar", street.room)
        own = street.shout("anna", "!stelling Er moeten meer kastanjes komen.")
        street.answer("anna", f"{part('statement_noted')} S1")
        street.ask(
            "bram", "stelling De lantaarns gaan eerder uit.", f"{part('statement_noted')} S2"
        )
        shown = street.find("bram", street.room, "S2: «De lantaarns gaan eerder uit.»").id
        carla, daan, eva = (street.people[name] for name in ("carla", "daan", "eva"))
        carla.react(street.room, own, "👍")
        carla.react(street.room, shown, "👎")
        daan.react(street.room, own, "👎")
        taken_back = daan.react(street.room, shown, "👍")
        eva.react(street.room, own, "👎")
        newest = eva.react(street.room, own, "👍")
        street.read("eva", street.room, newest)
        mine = street.ask("carla", "mijn", "Ronde 1")
        assert "S1 eens: «" in mine
        assert "S2 oneens: «" in mine
        mine = street.ask("daan", "mijn", "Ronde 1")
        assert "S1 oneens: «" in mine
        assert "S2 eens: «" in mine
        assert "S1 eens" in street.ask("eva", "mijn", "Ronde 1")
        daan.redact(street.room, taken_back)
        eva.redact(street.room, newest)
        last = street.shout("fien", "gewoon wat praat tussendoor")
        street.read("fien", street.room, last)
        assert "S2" not in street.ask("daan", "mijn", "Ronde 1")
        assert "S1 oneens" in street.ask("eva", "mijn", "Ronde 1")
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_the_author_sees_that_it_counts(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. ✅ stands on the message that shows the statement."""
    with Street(lifted_synapse, tmp_path, "tick", people=1) as street:
        street.open_directs()
        street.command(f"{NEW} stemming=open", part("prepared", "not missing"))
        street.command("gesprek start", "Stemmen is hier openbaar", street.room)
        own = street.shout("anna", "!stelling Er moeten meer kastanjes komen.")
        street.answer("anna", f"{part('statement_noted')} S1")

        def ticked() -> bool:
            found = street.vera.related(street.room, own)
            return any(e.sender == street.bot and "✅" in str(e.content) for e in found)

        until(ticked, 5, "the bot's ✅ on the author's message")


def test_at_most_one_conversation_is_opened(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot opens it at once."""
    with Street(lifted_synapse, tmp_path, "two", people=1) as street:
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.read("anna", street.room, street.shout("anna", "!stelling De bus rijdt te weinig."))
        time.sleep(3)
        joined = street.spare.request("GET", f"{CLIENT}/joined_rooms")["joined_rooms"]
        assert len(set(joined) - {street.room, street.staff}) <= 1


def test_edit_changes_and_removal_withdraws(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. In the room and in the personal conversation."""
    with Street(lifted_synapse, tmp_path, "edit") as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        anna, bram, carla = (street.people[name] for name in ("anna", "bram", "carla"))
        first = street.tell("anna", "stelling Er moeten meer kastanjes komen.")
        street.answer("anna", f"{part('statement_noted')} S1")
        second = street.shout("bram", "!stelling De lantaarns gaan eerder uit.")
        street.read("bram", street.room, second)
        bram_asks = street.ask("bram", "mijn", "S2")
        assert "lantaarns" in bram_asks
        anna.edit(street.directs["anna"], first, "stelling Er moeten meer beuken komen.")
        street.answer("anna", "Aangepast. S1 is nu: «Er moeten meer beuken komen.»")
        bram.edit(street.room, second, "!stelling De lantaarns gaan later uit.")
        street.answer("bram", "Aangepast. S2 is nu: «De lantaarns gaan later uit.»")
        street.said += ["Er moeten meer beuken komen.", "De lantaarns gaan later uit."]
        carla.edit(street.room, second, "!stelling Alles moet weg.")  # not hers: a client forges
        anna.redact(street.directs["anna"], first)
        street.answer("anna", "S1 is ingetrokken")
        bram.redact(street.room, second)
        street.answer("bram", "S2 is ingetrokken")
        assert street.running.end() == 0
        items = street.outcome("ons-gesprek")["rounds"][0]["items"]
        assert items == []  # of an open round nothing but the turnout
        street.assert_log_is_silent()
