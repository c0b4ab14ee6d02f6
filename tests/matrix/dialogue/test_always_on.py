"""The bot as a service: it ends on a signal, starts again, and nothing said meanwhile is lost."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import Street
from tests.matrix.evening import quick
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

SENTENCES = {
    "anna": "Er moeten meer kastanjes langs de straat komen.",
    "bram": "De parkeerplaatsen bij de kerk mogen verdwijnen.",
    "carla": "Wij willen een waterpomp op het speelplein.",
    "daan": "De lantaarns gaan na middernacht uit.",
    "eva": "Honden horen overal aan de riem.",
    "fien": "Het buurthuis verdient een nieuwe keuken.",
}
RECEIPT = part("votes_noted", "given")
OPEN = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"


def opened(street: Street) -> None:
    street.command(OPEN, part("prepared", "not missing"))
    street.command("gesprek start", "Ronde 1", street.room)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])
def test_what_was_said_while_it_was_down(how: str, lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: 20 messages in a row would otherwise cost the residents minutes."""
    with Street(lifted_synapse, tmp_path, f"down-{how.lower()}") as street:
        street.open_directs()  # the numbers of statements follow the order in which they come in
        opened(street)
        for name, sentence in SENTENCES.items():
            street.tell(name, f"stelling {sentence}")
        if how == "SIGTERM":
            for number, name in enumerate(SENTENCES, 1):
                street.answer(name, f"{part('statement_noted')} S{number}")
            assert street.running.end() == 0
        else:
            street.answer("anna", f"{part('statement_noted')} S1")
            street.running.kill()  # amid the others' answers
        for number, name in enumerate(SENTENCES):
            other = (number + 1) % 6 + 1
            street.tell(name, f"stem S{other} oneens")
            street.tell(name, f"stem S{other} eens")
            street.tell(name, f"stem S{(number + 2) % 6 + 1} oneens")
            if number < 2:
                street.tell(name, f"stelling {sentence_of(number)}")
        before = street.tokens()
        street.running.start()
        for name in SENTENCES:
            street.wait(name, street.directs[name], RECEIPT, 40)
        owns = {name: street.ask(name, "mijn", "Ronde 1") for name in SENTENCES}
        for number, own in enumerate(owns.values()):
            assert f"S{(number + 1) % 6 + 1} eens" in own
            assert f"S{(number + 2) % 6 + 1} oneens" in own
        assert "S7" in owns["anna"]
        assert "S8" in owns["bram"]
        street.assert_answered_once()
        after = street.tokens()
        assert len(after) == len(set(after))
        assert set(before) < set(after)
        assert street.running.end() == 0
        outcome = street.outcome("ons-gesprek")
        assert outcome["interim"] is True
        street.assert_log_is_silent()


def sentence_of(number: int) -> str:
    return ("Vuilnisbakken staan te ver weg.", "Brommers rijden te hard door het park.")[number]


def test_ends_when_told_and_logs_in_once(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: log-ins are counted here, and those of other tests share the address. Started as
    a service manager does."""
    street = Street(lifted_synapse, tmp_path, "once")
    street.running.anew = True
    with street:
        opened(street)
        store = tmp_path / "matrix-store"
        login = json.loads((store / "login.json").read_bytes())
        assert login["token"]
        assert login["device"]
        for file in [*store.iterdir(), tmp_path / "town.key", tmp_path / "stadsgesprek.db"]:
            mode = stat.S_IMODE(file.stat().st_mode)
            assert mode == 0o600, f"{file.name} is {mode:o}"
        assert stat.S_IMODE(store.stat().st_mode) == 0o700
        devices = _devices(street)
        for _ in range(2):
            assert street.running.end() == 0
            street.running.start()
        assert _devices(street) == devices
        assert json.loads((store / "login.json").read_bytes())["token"] == login["token"]
        street.ask("anna", "status", "Ons gesprek")
        assert street.running.end() == 0
        street.assert_log_is_silent()


def _devices(street: Street) -> list[str]:
    found = street.spare.request("GET", f"{CLIENT}/devices")["devices"]
    return sorted(one["device_id"] for one in found)


def test_a_wrong_password_is_a_sentence(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: a refused log-in counts for every account of this address."""
    street = Street(lifted_synapse, tmp_path, "wrong", people=1)
    (tmp_path / "password").write_text("sneeuwklokje")
    process = street.running.spawn()
    assert process.wait(30) == 2
    assert process.stdout is not None
    assert process.stdout.read() == ""
    street.running.kill()
    assert "password" in street.running.log
    assert "sneeuwklokje" not in street.running.log
    assert "Traceback" not in street.running.log


def test_a_revoked_token_ends_it(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: it shares the address's log-ins. The keeper takes the bot's device away."""
    with Street(lifted_synapse, tmp_path, "revoked", people=1) as street:
        login = json.loads((tmp_path / "matrix-store" / "login.json").read_bytes())
        lifted_synapse.admin.request(
            "DELETE", f"/_synapse/admin/v2/users/{street.bot}/devices/{login['device']}"
        )
        process = street.running.now
        assert process.wait(30) == 2
        assert "token" in street.running.log
        assert login["token"] not in street.running.log
        assert "Traceback" not in street.running.log


def test_six_residents_at_a_servers_limits(quick_synapse: Synapse, tmp_path: Path) -> None:
    """The receipt is the acknowledgement, while worded answers come when they may: each stands
    before its resident says more, and some stand before the words. On a quicker clock."""
    street = Street(quick_synapse, tmp_path, "limits")
    street.running.module = quick.__name__
    with street:
        opened(street)
        street.open_directs()
        noted(street, {name: f"stelling {sentence}" for name, sentence in SENTENCES.items()})
        assert noted(street, dict.fromkeys(SENTENCES, "stem S1 eens")) != []
        for name in SENTENCES:
            street.wait(name, street.directs[name], RECEIPT, 90)
        tokens = street.tokens()
        assert len(tokens) == len(set(tokens))
        assert street.running.end() == 0
        street.assert_log_is_silent()


def noted(street: Street, words: dict[str, str]) -> list[str]:
    """Everybody speaks at once, and waits for the receipt; who has read no words by then."""
    said = {name: street.tell(name, text) for name, text in words.items()}
    silent = []
    for name, event in said.items():
        street.read(name, street.directs[name], event)
        if not street.has_heard(name, RECEIPT):
            silent.append(name)
    return silent
