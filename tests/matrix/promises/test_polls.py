"""Polls in the room by reactions on their card: which reaction counts, over restarts too."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Heard, Street
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw peiling Ons gesprek {CHARTER} in=zomerstraat stemming=open"
ONE, TWO, THREE, NINE = "1️⃣", "2️⃣", "3️⃣", "9️⃣"
BARE_ONE = "1⃣"  # without the sign that asks for a picture


def opened(street: Street, poll: str) -> Heard:
    """Open a poll in the room; its card as anna reads it."""
    street.open_directs()
    street.command(NEW, part("prepared", "not missing"))
    street.command(poll, "P1")
    street.command("gesprek start", "Ronde 1", street.room)
    return street.find("anna", street.room, "Waar komt de bank?")


def counts(street: Street) -> dict[str, int]:
    """Close the round, end the bot, and return the counts."""
    street.command("sluit ja", "Ronde 1 is klaar", street.room)
    assert street.running.end() == 0
    (item,) = street.outcome("ons-gesprek")["rounds"][0]["items"]
    found: dict[str, int] = item["counts"]
    return found


def test_the_newest_standing_reaction_on_the_card_counts(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once; what counts is the same at any limits."""
    with Street(lifted_synapse, tmp_path, "poll-one") as street:
        card = opened(street, 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park"')
        anna, bram, carla, daan, eva, fien = street.people.values()
        anna.react(street.room, card.id, ONE)
        anna.react(street.room, card.id, TWO)  # newer: this one counts
        bram.react(street.room, card.id, BARE_ONE)
        again = carla.react(street.room, card.id, TWO)
        carla.react(street.room, card.id, "👍")  # means nothing on a poll
        daan.react(street.room, card.id, THREE)  # there is no third option
        daan.react(street.room, card.id, NINE)
        removed = eva.react(street.room, card.id, ONE)
        street.read("eva", street.room, removed)
        street.running.kill()
        carla.redact(street.room, again)
        carla.react(street.room, card.id, ONE)
        street.vera.redact(street.room, removed)  # removed by anybody: it stands no longer
        street.running.start()
        last = fien.react(street.room, card.id, TWO)
        street.read("fien", street.room, last)
        street.vera.react(street.room, card.id, ONE)  # staff has no ballot
        typed = street.shout("daan", "!stem P1 park")
        street.read("daan", street.room, typed)
        for name, choice in (("anna", "2"), ("bram", "1"), ("carla", "1"), ("daan", "2")):
            assert f"P1 {choice}" in street.ask(name, "mijn", "Ronde 1")
        assert "P1" not in street.ask("eva", "mijn", part("mine", "rounds"))
        street.tell("eva", "stem P1 1")
        street.answer("eva", part("votes_noted", "given"))
        late = counts(street)
        assert late == {"plein": 3, "park": 3}
        street.assert_log_is_silent()


def test_all_standing_reactions_count_where_several_may_be_chosen(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once; what counts is the same at any limits."""
    with Street(lifted_synapse, tmp_path, "poll-more") as street:
        card = opened(
            street, 'peiling soort=meer vraag="Waar komt de bank?" opties="plein; park; hoek"'
        )
        anna, bram, carla, daan, eva, fien = street.people.values()
        for person in (anna, bram, carla, daan, eva):
            person.react(street.room, card.id, ONE)
            gone = person.react(street.room, card.id, TWO)
        eva.redact(street.room, gone)
        fien.react(street.room, card.id, THREE)
        last = fien.react(street.room, card.id, ONE)
        street.read("fien", street.room, last)
        for name in ("anna", "eva", "fien"):
            street.ask(name, "mijn", "P1")
        assert counts(street) == {"plein": 6, "park": 4, "hoek": 1}


def test_reactions_on_a_closed_card_do_nothing(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Promise 6, lifted: what stands in the room from an earlier round has no effect later."""
    with Street(lifted_synapse, tmp_path, "poll-old") as street:
        card = opened(street, 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park"')
        for person in street.people.values():
            last = person.react(street.room, card.id, ONE)
        street.read("fien", street.room, last)
        street.ask("fien", "mijn", "P1 1")
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        street.running.kill()
        for person in street.people.values():
            last = person.react(street.room, card.id, TWO)
        street.running.start()
        street.read("fien", street.room, last)
        assert "P1 1" in street.ask("fien", "mijn", "Ronde 1")
        street.ask("fien", "stem P1 2", "sloot op")
        assert street.running.end() == 0
        (item,) = street.outcome("ons-gesprek")["rounds"][0]["items"]
        assert item["counts"] == {"plein": 6, "park": 0}
