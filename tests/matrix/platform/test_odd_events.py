"""Promise 18: whatever stands in an event of any type that is listened to, it is skipped or read.

Each begins as an event should be, and has parts exchanged for what does not belong there, or left
out. Nothing is raised, and what comes of it holds an account, a place and words of the right kind.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Chose, Edited, Fact, Said
from bot.platforms.matrix import joining, polls, reading
from bot.platforms.matrix.events import Memory
from bot.platforms.matrix.keys import Waiting
from bot.platforms.matrix.news import all_seen
from bot.platforms.matrix.rooms import House, lacking, level, powerful
from bot.platforms.matrix.settings import NAME, Settings
from bot.platforms.matrix.store import Known, Named
from bot.platforms.places import Place, PlaceKind
from tests.generated import some

ME, ANNA = "@bot:wijk.test", "@anna:wijk.test"
ROOMS = {
    "!1": Place(NAME, PlaceKind.ROOM, "straat"),
    "!2": Place(NAME, PlaceKind.PERSONAL, ANNA),
    "!3": Place(NAME, PlaceKind.STAFF, "staf"),
}
EVENTS = some(100_000)

TEXT = {"msgtype": "m.text", "body": "stelling Er moet een boom komen."}
RELATED = {"rel_type": "m.replace", "event_id": "$1", "m.in_reply_to": {"event_id": "$0"}}

#: An event of every type that anything comes of, as it should be.
RIGHT: dict[str, dict[str, Any]] = {
    "m.room.message": {**TEXT, "m.new_content": TEXT, "m.relates_to": RELATED},
    "m.reaction": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$1", "key": "👍"}},
    "m.room.redaction": {"redacts": "$1", "reason": "weg"},
    "m.room.encrypted": {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x", "session_id": "s"},
    "m.room.member": {"membership": "join", "is_direct": True, "displayname": "Anna"},
    "m.room.create": {"room_version": "12", "additional_creators": [ANNA], "type": "x"},
    "m.room.power_levels": {
        "users": {ANNA: 50, ME: "100"},
        "users_default": 0,
        "events": {"m.room.message": 0, "m.room.pinned_events": 50},
        "events_default": 0,
        "state_default": 50,
        "redact": 50,
    },
    "m.room.encryption": {"algorithm": "m.megolm.v1.aes-sha2"},
    "m.room.join_rules": {"join_rule": "public"},
    "m.room.history_visibility": {"history_visibility": "world_readable"},
    "m.room.tombstone": {"replacement_room": "!3", "body": "verhuisd"},
    polls.START: {
        polls.START: {"question": {"body": "Waar?"}, "answers": [{"id": "d/0/S1/agree"}]}
    },
    **{
        kind: {
            "m.relates_to": {"rel_type": "m.reference", "event_id": "$1"},
            kind: {"answers": ["ons-gesprek/0/S1/agree"]},
            "m.selections": ["ons-gesprek/0/S1/agree"],
        }
        for kind in sorted(polls.RESPONSES)
    },
}

#: A client library that has the key of no message.
NO_KEYS: Any = SimpleNamespace(
    olm=SimpleNamespace(inbound_group_store=SimpleNamespace(get=lambda *_: None))
)

#: What is put in the place of any part.
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 7.5, 10**40, float("inf"), "", "x", "\ud800", "\u202e" * 9, "9" * 5000),
    *([], [None], [[]], ["x", 7], {}, {"x": None}, {"event_id": ["$1"]}, "a/b/c/d", "d/٣/S1/agree"),
    *("@", "@x", "$1", "!1", ME, "m.replace", "join", {"users": {"x": {}}}, [{}], {"": ""}),
)


def odd(chance: random.Random, like: Any, deep: int = 0) -> Any:
    """Something like this, with parts of it exchanged or left out."""
    if chance.random() < (0.05 if deep < 2 else 0.15):
        return chance.choice(ODD)
    if isinstance(like, dict):
        return {k: odd(chance, v, deep + 1) for k, v in like.items() if chance.random() > 0.06}
    if isinstance(like, list):
        return [odd(chance, one, deep + 1) for one in like]
    return like


def made(chance: random.Random, number: int) -> Any:
    """An event of some type, odd in places."""
    kind = chance.choice([*RIGHT])
    event: dict[str, Any] = {
        "event_id": f"${number}",
        "sender": chance.choice((ANNA, ME, "@vera:wijk.test")),
        "origin_server_ts": 1_796_148_000_000 + number,
        "type": kind,
        "content": RIGHT[kind],
        "redacts": "$1",
        "unsigned": {"prev_content": RIGHT[kind], "prev_sender": ANNA},
    }
    if kind.startswith("m.room.") and kind not in ("m.room.message", "m.room.redaction"):
        event["state_key"] = chance.choice(("", ME, ANNA))
    return odd(chance, event)


def house() -> House:
    settings = Settings("http://x", ME, Path("x"), rooms={"straat": "!1"})
    known = Known(named={"straat": Named("!1", "!1")}, direct={"!2": ANNA})
    return House(settings, known)


def right(fact: Fact) -> bool:
    """Whether a fact has what its type says: names and words that are text, and a true moment."""
    origin = getattr(fact, "origin", None)
    if origin is not None:
        assert isinstance(origin.account, str)
        assert isinstance(origin.cause, str)
        assert origin.at.tzinfo is not None
    if isinstance(fact, Said | Edited):
        assert isinstance(fact.text, str)
    if isinstance(fact, Chose):
        assert all(isinstance(part, str) for part in (fact.means.item, fact.means.choice))
    return True


@pytest.mark.parametrize("seed", range(4))
def test_odd_events_of_every_type_are_read_or_skipped(seed: int) -> None:
    chance = random.Random(seed)
    home, memory, waiting = house(), Memory(), Waiting()
    facts: list[Fact] = []
    for number in range(0, EVENTS // 4, 20):
        part: Any = {"events": [made(chance, number + n) for n in range(20)]}
        part = odd(chance, part) if chance.random() < 0.1 else part
        events = all_seen(part if isinstance(part, dict) else {})
        room = chance.choice([*ROOMS])
        home.learn(room, events)
        home.settle()
        stretch = reading.Stretch(room, ROOMS[room])
        for event in events:
            reading._put(stretch, event)
        reading._cut(stretch, home)
        reading._last(stretch, events, ME)
        facts += reading.facts(NO_KEYS, home, memory, waiting, [stretch], 0)
        lacking(home.rooms[room], ME)
        powerful(home.rooms[room])
        assert isinstance(level(home.rooms[room], ANNA), int)
    assert all(map(right, facts))
    assert len({type(fact) for fact in facts}) >= 7
    assert len(facts) > EVENTS // 200


@pytest.mark.parametrize(
    "part", [{"events": None}, {"events": 7}, {"events": "ab"}, {"events": {}}]
)
def test_events_that_are_no_list_are_none(part: dict[str, Any]) -> None:
    assert all_seen(part) == []


INVITED = {"membership": "invite", "is_direct": True}


@pytest.mark.parametrize("seed", range(4))
def test_odd_invitations_are_skipped_or_noted(seed: int) -> None:
    """What stands in an invitation another server made up."""
    chance, home = random.Random(seed), house()
    told: list[str] = []
    for number in range(EVENTS // 40):
        mine = {"type": "m.room.member", "state_key": ME, "sender": ANNA, "content": INVITED}
        invite = {f"!{number}": {"invite_state": {"events": [mine, {"type": "m.room.name"}]}}}
        data = {"rooms": {"invite": odd(chance, invite, 1)}}
        joining.invited(home, data, 0, told.append)
    assert set(told) <= {"invitation_not_trusted"}
    assert len(home.known.invited) > EVENTS // 1_000
    assert all(isinstance(one.by, str) for one in home.known.invited.values())


def test_every_type_that_the_code_names_is_tried() -> None:
    """Read from the source, so that a new type is not left out."""
    folder = Path(reading.__file__).parent
    source = "".join(
        (folder / f"{name}.py").read_text("utf-8")
        for name in ("events", "keys", "looking", "reading", "rights", "rooms")
    )

    named = set(re.findall(r'type [!=]= "([a-z.]+)"', source))
    assert named <= set(RIGHT)
    assert len(named) >= 8
