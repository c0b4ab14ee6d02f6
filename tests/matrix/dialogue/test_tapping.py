"""From a tap on the card to the first list, and voting by tap, on a real server and encrypted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.client import Resident
from tests.matrix.dialogue.stage import Closed, Street, until
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
SIGN = "🙋"
MSC = "org.matrix.msc3381.poll"
CHESTNUTS, LAMPS = "Er moeten meer kastanjes komen.", "De lantaarns gaan eerder uit."


class Tapper:
    """Anna's encrypting client: everything that she reads, polls too."""

    def __init__(self, street: Street) -> None:
        voice = street.voices["anna"]
        assert isinstance(voice, Closed)
        self.client, self.bot = voice.client, street.bot
        self.read: list[dict[str, Any]] = []

    def wait(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 60) -> dict[str, Any]:
        """The newest message of the bot that is wanted."""
        end = time.monotonic() + seconds
        while True:
            self.read += [one.source for one in self.client.read() if one.sender == self.bot]
            for source in reversed(self.read):
                if wanted(source):
                    return source
            assert time.monotonic() < end, [one.get("type") for one in self.read[-5:]]

    def says(self, part: str) -> dict[str, Any]:
        return self.wait(lambda one: part in str(one["content"].get("body", "")))

    def poll(self, place: int) -> dict[str, Any]:
        """The poll about the statement at this place of the list."""

        def wanted(one: dict[str, Any]) -> bool:
            question = one["content"].get(f"{MSC}.start", {}).get("question", {})
            return str(question.get("org.matrix.msc1767.text", "")).startswith(f"{place}. «")

        return self.wait(wanted)

    def tap(self, room: str, poll: dict[str, Any], number: int) -> None:
        """Choose the answer with this number, from 0."""
        answer = poll["content"][f"{MSC}.start"]["answers"][number]["id"]
        relation = {"rel_type": "m.reference", "event_id": poll["event_id"]}
        content = {"m.relates_to": relation, f"{MSC}.response": {"answers": [answer]}}
        self.client.send(room, f"{MSC}.response", content)


def test_from_a_tap_to_a_counted_vote(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted, as polls ask for. What is tapped while the bot is down counts, the newest of it."""
    street = Street(lifted_synapse, tmp_path, "taps", closed=True, people=3)
    config = street.running.config
    config.write_text(config.read_text().replace("[matrix]", "[matrix]\npolls = true"))
    with street:
        street.vera.set_power(street.room, street.bot, 50)  # it may take signs away
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        for words, number in ((CHESTNUTS, 1), (LAMPS, 2)):
            street.ask("carla", f"stelling {words}", f"{part('statement_noted')} S{number}", 60)
        card = street.find("vera", street.room, "Ronde 1 van 1").id
        anna = street.people["anna"]
        until(lambda: signs(anna, street.room, card) == {street.bot}, 60, "the bot's sign")
        tapper = Tapper(street)
        anna.react(street.room, card, SIGN)
        room = invited(anna)
        anna.join(room)
        listed = tapper.says(f"«{CHESTNUTS}»")
        assert f"«{LAMPS}»" in listed["content"]["body"]
        until(lambda: signs(anna, street.room, card) == {street.bot}, 60, "Anna's sign gone")

        tapper.tap(room, tapper.poll(1), 0)
        second = tapper.poll(2)
        assert street.running.end() == 0
        tapper.tap(room, second, 0)
        tapper.tap(room, second, 1)
        street.running.start()
        tapper.says(part("votes_noted", "given"))
        tapper.client.say(room, "mijn")
        mine = str(tapper.says("Code: ")["content"]["body"])
        assert len([line for line in mine.splitlines() if " eens: «" in line]) == 1
        assert len([line for line in mine.splitlines() if " oneens: «" in line]) == 1
        kinds = [one["type"] for one in tapper.read if one.get("type", "").startswith(MSC)]
        assert kinds == [f"{MSC}.start"] * 2  # never edited, never ended
        assert street.running.end() == 0
        street.assert_log_is_silent()


def signs(who: Resident, room: str, card: str) -> set[str]:
    """Whose sign stands under the card."""
    return {one.sender for one in who.related(room, card) if one.content}


def invited(who: Resident) -> str:
    """The room to which somebody is invited."""
    found: list[str] = []

    def there() -> bool:
        found[:] = who.sync()["rooms"].get("invite", {})
        return bool(found)

    until(there, 90, "an invitation")
    return found[0]
