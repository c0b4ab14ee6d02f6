"""Promises 2, 24 and 25 on a homeserver: opposite votes look the same; receipts are repeated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
#: Text that differs between any two evenings: names of accounts, codes, hours, ids in links.
_OTHER = re.compile(
    r"@[\w-]+:[\w.:-]+|matrix\.to/\S+|\b[0-9A-F]{16}\b|\d{1,2}[.:]\d\d uur", re.IGNORECASE
)
#: What anybody may try while the round is open; everybody's answers are compared.
PROBES = ("status", "uitslag", "uitslag 1", "advies", "werk", "hulp")


def evening(server: Synapse, folder: Path, tag: str, words: dict[str, str]) -> set[str]:
    """Hold it with these votes; all that was said to others than the voters, as it stands."""
    folder.mkdir()
    with Street(server, folder, tag) as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask(
            "fien", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        for name, word in words.items():
            street.ask(name, f"stem S1 {word}", part("votes_noted", "given"))
        street.wait("fien", street.room, "5 mensen stemden")
        for word in PROBES:
            street.ask("fien", word, "")
            street.command(word, "")
        street.ask("fien", "mijn", "S1")
        seen = street.vera.history(street.room) + street.vera.history(street.staff)
        seen += street.people["fien"].history(street.directs["fien"])
        said = [one for one in seen if one.sender == street.bot and one.text]
        replaced = {one.edits or one.id: one for one in said}  # a card as it stands now
        rows = street.running.log.splitlines()
        assert street.running.end() == 0
        street.assert_log_is_silent()
        assert not any("stem" in row.lower() for row in rows)
    return {_OTHER.sub("…", f"{one.text}|{one.html}") for one in replaced.values()}


def test_opposite_votes_look_the_same(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: two whole evenings; what is shown does not depend on limits."""
    words = dict.fromkeys(("anna", "bram", "carla", "daan"), "eens") | {"eva": "oneens"}
    turned = {name: "oneens" if word == "eens" else "eens" for name, word in words.items()}
    one = evening(lifted_synapse, tmp_path / "one", "blind-a", words)
    other = evening(lifted_synapse, tmp_path / "other", "blind-b", turned)
    assert one == other
    assert len(one) > 8


def test_a_repeated_vote_has_the_same_receipt(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Promise 2, lifted: said again, also when the program was killed in between."""
    with Street(lifted_synapse, tmp_path, "again", people=1) as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        first = street.ask("anna", "stem S1 eens", part("votes_noted", "given"))
        again = street.ask("anna", "stem S1 eens", part("votes_noted", "given"))
        street.running.kill()
        street.tell("anna", "stem S1 eens")
        street.running.start()
        last = street.answer("anna", part("votes_noted", "given"))
        codes = {re.search(r"Uw code: ([0-9A-Z]{12})", text)[1] for text in (first, again, last)}
        assert len(codes) == 1
        assert street.running.end() == 0
