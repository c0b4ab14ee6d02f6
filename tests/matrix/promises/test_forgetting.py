"""Promise 28 on a homeserver: a person who asks is forgotten, and the totals stay right."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.cli.backups import make_backup
from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"


def holding(folder: Path, words: bytes) -> list[str]:
    """The files below a folder in which these bytes stand."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    return [path.name for path in files if words in path.read_bytes()]


@pytest.mark.parametrize("closed", [False, True], ids=["plain", "encrypted"])
def test_nothing_is_left_of_who_asks_to_be_forgotten(
    closed: bool, lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once. All that the bot keeps is searched once it ended."""
    tag = f"forget-{'closed' if closed else 'plain'}"
    with Street(lifted_synapse, tmp_path, tag, closed=closed) as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        street.ask(
            "bram", "stelling De lantaarns gaan eerder uit.", f"{part('statement_noted')} S2"
        )
        for name in ("anna", "carla", "daan", "eva", "fien"):
            street.ask(name, "stem S2 eens", part("votes_noted", "given"))
        street.ask("anna", "waarom S2 Dan slapen de uilen.", "R1")
        street.ask("bram", "stem S1 oneens", part("votes_noted", "given"))
        street.ask("anna", "vergeetmij", "ja, vergeet mij")
        street.ask("anna", "ja, vergeet mij", part("forgotten"))
        anna = street.people["anna"]
        room = street.directs.pop("anna")
        until(lambda: street.bot not in anna.members(room), 30, "the bot out of the conversation")
        again = street.ask("bram", "mijn", "S2")
        assert "kastanjes" not in again
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        assert street.running.end() == 0
        copies = tmp_path / "copies"
        assert make_backup(copies, False, None, street.running.config) == 0
        items = street.outcome("ons-gesprek")["rounds"][0]["items"]
        assert [item["state"] for item in items if item["number"] == "S1"] == ["erased"]
        assert [item["voters"] for item in items if item["number"] == "S2"] == [None]  # 4 are left
        for words in ("kastanjes", "uilen"):
            assert holding(tmp_path, words.encode()) == []
        kept = holding(tmp_path, anna.user.encode())
        assert "rooms.json" not in kept
        assert [name for name in kept if name.startswith(("stadsgesprek", "journal"))] == []
        assert [name for name in kept if name.endswith((".log", ".csv", ".html", ".md"))] == []
        assert holding(tmp_path, b"lantaarns") != []
        in_copy = [path for path in copies.rglob("*") if path.is_file()]
        assert any(b"lantaarns" in path.read_bytes() for path in in_copy)
        known = [path for path in in_copy if anna.user.encode() in path.read_bytes()]
        assert {path.parent.name for path in known} <= {"matrix-store"}  # keys of devices
        assert "rooms.json" not in {path.name for path in known}
        street.assert_log_is_silent()
