"""The homeserver is killed and started again under the running bot, and while it is away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import Plain, Street
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

OPEN = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Synapse]:
    """Lifted: many messages in a row. Of this test alone, which kills it."""
    with Synapse(tmp_path / "synapse", lifted="it is about restarts, not about limits") as found:
        yield found


def test_killed_and_started_again_under_the_bot(server: Synapse, tmp_path: Path) -> None:
    with Street(server, tmp_path, "herstart", people=3) as street:
        street.command(OPEN, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.open_directs()
        process = street.running.now
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        street.ask(
            "anna", "stelling De lantaarns gaan eerder uit.", f"{part('statement_noted')} S2"
        )
        for number, way in enumerate((server.kill, server.stop, server.kill), 1):
            street.tell("bram", f"stem S1 {('eens', 'oneens', '?')[number % 3]}")
            way()
            time.sleep(1)
            server.start()
            street.tell("carla", f"stem S1 {('oneens', '?', 'eens')[number % 3]}")
        for name in ("bram", "carla"):
            said = street.tell(name, "stem S2 eens")
            voice = street.voices[name]
            assert isinstance(voice, Plain)
            feed, room = voice.feed, street.directs[name]
            feed.wait_until(lambda f=feed, r=room, s=said: f.has_read(r, street.bot, s), seconds=90)  # type: ignore[misc]
            assert "S2 eens" in street.ask(name, "mijn", "Ronde 1", 90)
        assert process.poll() is None
        tokens = street.tokens()
        assert len(tokens) == len(set(tokens))
        street.assert_answered_once()
        devices = street.spare.request("GET", f"{CLIENT}/devices")["devices"]
        assert len(devices) == 2
        assert street.running.end() == 0
        street.assert_log_is_silent()


@pytest.mark.parametrize("before", [False, True], ids=["first", "again"])
def test_started_while_the_server_is_away(before: bool, server: Synapse, tmp_path: Path) -> None:
    """It waits by itself until the homeserver is there: nobody has to start it again.
    ``before``: it ran before, and has a token."""
    street = Street(server, tmp_path, "later", people=1)
    if before:
        street.running.start()
        assert street.running.end() == 0
    server.kill()
    process = street.running.spawn()
    time.sleep(3)
    assert process.poll() is None
    server.start()
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    assert street.running.end() == 0
