"""In an encrypted room: the program is killed while a card is being sent, and its keys are lost.

The homeserver has the card, the program does not know that, and its new device cannot read what the
old one wrote: still the card stands there once.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import KEY
from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street
from tests.matrix.faults.between import Between
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"


def test_what_stands_already_is_found_without_keys(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: what is tried is what stands in the room, not how fast."""
    street = Street(lifted_synapse, tmp_path, "sleutels", closed=True, people=1)
    config = street.running.config
    with Between(lifted_synapse.url) as between:
        config.write_text(config.read_text().replace(lifted_synapse.url, between.url))
        with street:
            street.command(NEW, part("prepared", "not missing"))
            street._marks[street.moderator.user] = 0
            street.wait("vera", street.room, part("welcome"))  # else that is what is held
            sending = f"/rooms/{street.room}/send/m.room.encrypted/"
            between.holds = lambda method, path: method == "PUT" and sending in path
            street._say(street.moderator, street.staff, "gesprek start")
            assert between.held.wait(60)
            street.running.kill()
            between.let_go()
            lose_keys(tmp_path / "matrix-store")
            street._marks[street.moderator.user] = len(street.moderator.heard)
            street.running.start()
            street.wait("vera", street.staff, part("trouble_store_lost"))
            street.command("sluit ja", "Ronde 1 is klaar", street.room)
            assert [t for t, times in Counter(street.tokens()).items() if times > 1] == []
            said = [one for one in street.moderator.heard if one.room == street.room]
            cards = [one for one in said if one.content[KEY]["slot"] == "card-0"]
            assert len([one for one in cards if "m.new_content" not in one.content]) == 1
            assert len(cards) > 1  # the same card says that the round is over
            assert street.running.end() == 0
            street.assert_log_is_silent()


def lose_keys(store: Path) -> None:
    """The device's keys, and nothing else of the store."""
    (keys,) = store.glob("*.db")
    keys.unlink()
