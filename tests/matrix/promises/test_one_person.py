"""Promise 19 on a homeserver: one person's thousand messages hold up nobody, and new accounts are
taken like others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part, says

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = [
    pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING),
    pytest.mark.timeout(900),
]

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
FRESH = 25


def test_a_thousand_messages_of_one_person(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: at Synapse's own limits nobody can write a thousand messages within the hour."""
    with Street(lifted_synapse, tmp_path, "vloed") as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        with ThreadPoolExecutor(7) as pool:
            flood = [pool.submit(_flood, street, part) for part in range(4)]
            for name in ("carla", "daan", "eva"):
                street.ask(name, "stem S1 eens", part("votes_noted", "given"), 120)
            answered = {name: _last(street, name) for name in ("carla", "daan", "eva")}
            newcomers = list(pool.map(lambda n: _fresh(street, n), range(FRESH)))
            flooded = [one.result() for one in flood]
        assert max(answered.values()) < max(flooded)  # while the flood was on
        street.ask("fien", "stem S1 oneens", part("votes_noted", "given"), 120)
        for person, direct in newcomers:
            until(lambda p=person, d=direct: _noted(street, p, d), 120, person.user)
        until(lambda: _warned(street) > 0, 120, "the hint")
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        assert street.running.end() == 0
        ((item,),) = (one["items"] for one in street.outcome("ons-gesprek")["rounds"])
        counts = item["counts"]
        assert counts["agree"] in (3 + FRESH, 4 + FRESH)  # bram's last one is this or that
        assert sum(counts.values()) == 5 + FRESH
        assert _warned(street) == 1
        assert len(street.tokens()) == len(set(street.tokens()))
        mine = [e for e in street.vera.history(street.room) if e.sender == street.bot]
        told = [e for e in mine if says(e.text, "room_votes_do_not_count")]
        assert len(told) == 1


def _flood(street: Street, part: int) -> int:
    """A quarter of it: half in the room and half in person; gives when the last was said."""
    bram, last = street.people["bram"], ""
    for number in range(125):
        bram.say(street.room, f"!stem S1 {'eens' if number % 2 else 'oneens'}")
        word = "eens" if (number + part) % 2 else "oneens"
        last = bram.say(street.directs["bram"], f"stem S1 {word}")
    return bram.event(street.directs["bram"], last).at


def _fresh(street: Street, number: int) -> tuple[surroundings.Resident, str]:
    """An account made a moment ago, with one vote."""
    person = street.server.register(f"nieuw-{number}-vloed")
    direct = person.direct(street.bot)
    person.say(direct, "stem S1 eens")
    return person, direct


def _last(street: Street, name: str) -> int:
    return max(
        e.at
        for e in street.people[name].history(street.directs[name])
        if e.sender == street.bot and part("votes_noted", "given") in e.text
    )


def _noted(street: Street, person: surroundings.Resident, direct: str) -> bool:
    events = person.history(direct)
    return any(e.sender == street.bot and part("votes_noted", "given") in e.text for e in events)


def _warned(street: Street) -> int:
    events = street.people["bram"].history(street.directs["bram"])
    return sum(e.text.count(part("too_much")) for e in events if e.sender == street.bot and e.text)
