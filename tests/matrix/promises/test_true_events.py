"""Promise 21 on a homeserver: copies from other rooms, others' edits, edits and votes after the
closing, forged times, and the notices of bots and bridges change nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT, Refused
from tests.matrix.client import Resident
from tests.matrix.dialogue.stage import Street
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytestmark = [
    pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING),
    pytest.mark.timeout(400),
]

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat stemming=open"
STATEMENT = "Er moeten meer kastanjes komen."

#: Nobody votes on it: else no edit would change it, not even its author's own.
UNVOTED = "De lantaarns gaan eerder uit."
HOUR = 3600_000

#: A bridge: it speaks for accounts of its own, and may say when something was said.
BRIDGE = {
    "id": "brug",
    "url": None,
    "as_token": "brug-geheim",
    "hs_token": "thuis-geheim",
    "sender_localpart": "brug",
    "rate_limited": False,
    "namespaces": {"users": [{"exclusive": False, "regex": "@brug_.*"}]},
}


@pytest.fixture
def bridged(tmp_path: Path) -> Iterator[Synapse]:
    """Lifted: what counts is asked, at any pace. A bridge may date what it says."""
    registration = tmp_path / "brug.yaml"
    registration.write_text(json.dumps(BRIDGE))
    with Synapse(
        lifted="what counts is the same at any pace",
        settings={"app_service_config_files": [str(registration)]},
    ) as server:
        yield server


class Bridged:
    """Somebody behind the bridge."""

    def __init__(self, server: Synapse, name: str) -> None:
        self.user = server.register(name).user
        self.resident = Resident(server.url, self.user, "brug-geheim")

    def join(self, room: str) -> None:
        self._as("POST", f"join/{quote(room, safe='')}", {})

    def say(self, room: str, text: str, at: int = 0, kind: str = "m.text") -> str:
        body = {"msgtype": kind, "body": text}
        where = f"rooms/{quote(room, safe='')}/send/m.room.message/{time.time_ns()}"
        return str(self._as("PUT", where, body, **({"ts": str(at)} if at else {}))["event_id"])

    def _as(self, method: str, where: str, body: dict[str, Any], **more: str) -> dict[str, Any]:
        query = urlencode({"user_id": self.user, **more})
        return self.resident.request(method, f"{CLIENT}/{where}?{query}", body)


def test_only_true_events_count(bridged: Synapse, tmp_path: Path) -> None:
    with Street(bridged, tmp_path, "waar") as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        statement = street.shout("anna", f"!stelling {STATEMENT}")
        street.answer("anna", "S1")
        unvoted = street.shout("anna", f"!stelling {UNVOTED}")
        street.answer("anna", "S2")
        jan, robot = Bridged(bridged, "brug_jan"), Bridged(bridged, "brug_robot")
        for one in (jan, robot):
            one.join(street.room)
        for name in street.people:
            last = street.shout(name, "!stem S1 oneens")
        street.read("fien", street.room, last)
        _forged_while_open(street, statement, unvoted, jan, robot)
        street.running.end()
        daan = street.people["daan"]
        daan.edit(street.room, unvoted, f"!stelling {UNVOTED} En meer.")  # said by anna
        street.running.start()
        last = street.shout("fien", "dag")
        street.read("fien", street.room, last)
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        _said_after_the_closing(street, statement, unvoted, jan)
        assert street.running.end() == 0
        (found,) = street.outcome("ons-gesprek")["rounds"]
        assert [item["text"] for item in found["items"]] == [STATEMENT, UNVOTED]
        assert [item["state"] for item in found["items"]] == ["shown", "shown"]
        item, _ = found["items"]
        assert item["counts"] == {"agree": 0, "disagree": 7, "pass": 0}  # six, and jan's last


def _forged_while_open(
    street: Street, statement: str, unvoted: str, jan: Bridged, robot: Bridged
) -> None:
    """Each of these would be a vote for it, or another text, if it counted."""
    anna, bram, carla, daan, eva, fien = street.people.values()
    now = int(time.time() * 1000)
    # the newest, by its own account: it counts as said when it came in
    street.read("fien", street.room, jan.say(street.room, "!stem S1 eens", now + 24 * HOUR))
    jan.say(street.room, "!stem S1 oneens")
    robot.say(street.room, "!stem S1 eens", kind="m.notice")
    eva.send(street.room, "m.room.message", {"msgtype": "m.notice", "body": "!stem S1 eens"})
    eva.send(
        street.directs["eva"], "m.room.message", {"msgtype": "m.notice", "body": "stem S1 eens"}
    )
    daan.edit(street.room, unvoted, f"!stelling {UNVOTED} Veel meer.")
    for copied in (  # from another room: a homeserver may refuse that itself, as Synapse does
        lambda: carla.edit(street.directs["carla"], unvoted, "!stelling Weg ermee."),
        lambda: anna.edit(street.directs["anna"], unvoted, "!stelling Van elders."),
        lambda: bram.react(street.directs["bram"], statement, "👍"),
        lambda: anna.redact(street.directs["anna"], unvoted),
    ):
        with suppress(Refused):
            copied()
    bram.edit(street.room, street.shout("bram", "zomaar wat"), "!stem S1 eens")
    robot.say(street.room, "!stem S9 eens", now - 24 * HOUR)
    for name in ("anna", "bram", "carla", "eva"):
        last = street.tell(name, "status")
        street.read(name, street.directs[name], last)
    street.read("fien", street.room, fien.say(street.room, "dag"))


def _said_after_the_closing(street: Street, statement: str, unvoted: str, jan: Bridged) -> None:
    anna, bram, *_, fien = street.people.values()
    jan.say(street.room, "!stem S1 eens", int(time.time() * 1000) - 120_000)  # before it, it says
    anna.edit(street.room, unvoted, f"!stelling {UNVOTED} Alsnog.")
    bram.react(street.room, statement, "👍")
    for mine in (statement, unvoted):
        anna.redact(street.room, mine)
    street.read("fien", street.room, fien.say(street.room, "tot ziens"))
