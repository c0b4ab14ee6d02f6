"""Promise 20 on Matrix: every role x command x place, from the table of ``tests/engine``.

A row is a message as a homeserver tells of it, in a room, in the staff room and in the conversation
with the bot. It goes through what reads rooms and events, and the engine; no server is needed for
that. Roles come from the config, by account, and a moderator's also from power in the room alone.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.engine.engine import Engine
from bot.platforms.matrix import NAME, reading
from bot.platforms.matrix.events import Memory, seen
from bot.platforms.matrix.keys import Waiting
from bot.platforms.matrix.platform import capabilities
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Known, Named
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.town.town import Rooms, Town
from rounds import registry
from storage.store import Store
from tests.engine.bots import FORMATS, KEY, START, copied
from tests.engine.test_roles import PLACES, REFUSED, ROLES, TABLE, TOLD, Row, bases
from tests.replay.playing import sound

__all__ = ["bases"]

ME = "@stadsgesprek:wijk.test"
STREETS = ("zomerstraat", "plein")
ACCOUNTS = {role: f"@een-{role}:wijk.test" for role in ROLES}

#: Where only who took part may: that was on the console, by other accounts.
TOOK_PART = {"draft": {"refused_objection_not_there"}}

#: What somebody did before in a situation: it was done on the console there, by another account.
EARLIER = {"signed up": ("aanmelden M1",)}

#: A client library that has the key of no message.
NO_KEYS: Any = SimpleNamespace(
    olm=SimpleNamespace(inbound_group_store=SimpleNamespace(get=lambda *_: None))
)


class Seam:
    """A town on Matrix: what a homeserver tells becomes facts, and the engine handles them.
    ``power``: roles come from no config, and the moderator's from the room."""

    def __init__(self, file: Path, power: bool = False) -> None:
        self.file, self.clock = file, VirtualClock(START.replace(minute=30))
        self._numbers = itertools.count(1)
        staffed = {role: frozenset({one}) for role, one in ACCOUNTS.items() if role != "resident"}
        rooms = {name: f"!{name}:wijk.test" for name in STREETS}
        staff = {"staf": "!staf:wijk.test"}
        settings = Settings(
            *("http://x", ME, Path("x")),
            rooms=rooms,
            staff_rooms=staff,
            roles={} if power else staffed,
        )
        named = {name: Named(room, room) for name, room in {**rooms, **staff}.items()}
        direct = {f"!{role}:wijk.test": one for role, one in ACCOUNTS.items()}
        self.house, self.memory = House(settings, Known(named=named, direct=direct)), Memory()
        closed = {"join_rule": "invite"}
        for room in [*rooms.values(), *staff.values(), *direct]:
            inside = [ME, *([direct[room]] if room in direct else ACCOUNTS.values())]
            self._learn(room, "m.room.join_rules", closed)
            for user in inside:
                self._learn(room, "m.room.member", {"membership": "join"}, user)
        if power:
            levels = {"users": {ACCOUNTS["moderator"]: 50}}
            self._learn(rooms["zomerstraat"], "m.room.power_levels", levels)
        self.house.settle()
        here = {name: (Place(NAME, PlaceKind.ROOM, name),) for name in STREETS}
        back = {"staf": (Place(NAME, PlaceKind.STAFF, "staf"),)}
        known = Rooms(here, back, dict.fromkeys(STREETS, "staf"))
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, known, FORMATS)
        draw = chance.seeded("seam")
        self.store = Store(file, draw, registry.record(), KEY)
        self.engine = Engine(
            *(self.store, town, draw, self.clock, nearest),
            *(registry.vocabulary(), registry.talks(), {NAME: capabilities(settings)}),
        )

    def _learn(self, room: str, kind: str, content: dict[str, Any], key: str = "") -> None:
        """A state event of a room."""
        event = seen({**self._event(kind, content), "state_key": key})
        assert event is not None
        self.house.learn(room, [event])

    def _event(self, kind: str, content: dict[str, Any], sender: str = "@vera:x") -> dict[str, Any]:
        self.clock.set(self.clock() + timedelta(milliseconds=1))
        at = int(self.clock().timestamp() * 1000)
        told = {"event_id": f"${next(self._numbers)}", "type": kind, "content": content}
        return {**told, "sender": sender, "origin_server_ts": at}

    def says(self, role: str, place: str, text: str) -> set[str]:
        """Somebody with this role says it; the codes of what is answered."""
        room = f"!{role if place == 'personal' else place}:wijk.test"
        words = {"msgtype": "m.text", "body": text}
        event = seen(self._event("m.room.message", words, ACCOUNTS[role]))
        where = self.house.place(room)
        assert event is not None
        assert where is not None
        stretch = reading.Stretch(room, where, [event])
        facts = reading.facts(NO_KEYS, self.house, self.memory, Waiting(), [stretch], 0)
        assert len(facts) == 1
        replies = self.engine.receive(facts).whole()
        return {notice.template for reply in replies for notice in reply.notices}

    def lines(self) -> int:
        """The number of lines of all journals together."""
        reader = self.store.reader()
        return sum(len(reader.lines(name)) for name in reader.chains())

    def close(self) -> None:
        self.store.close()
        sound(self.file, KEY)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.text[:24]} ({row.situation})")
def test_every_cell(row: Row, bases: dict[str, Path], tmp_path: Path) -> None:
    outside = Seam(copied(bases[row.situation], tmp_path / "outside"))
    for role in ROLES:
        for place in PLACES:
            if row.may(role, place):
                seam = Seam(copied(bases[row.situation], tmp_path / role / place))
                _allowed(row, role, place, seam)
            else:
                _not_allowed(row, role, place, outside)
    outside.close()


def _allowed(row: Row, role: str, place: str, seam: Seam) -> None:
    for earlier in EARLIER.get(row.situation, ()):
        seam.says(role, place, f"!{earlier}")
    before = seam.lines()
    said = seam.says(role, place, f"!{row.text}")
    assert not REFUSED & said, (role, place, said)
    changes = row.changes and said != TOOK_PART.get(row.situation)
    assert (seam.lines() > before) is changes, (role, place, said)
    # what did not change is as sound as it was
    seam.close() if row.changes else seam.store.close()


def _not_allowed(row: Row, role: str, place: str, seam: Seam) -> None:
    before = seam.lines()
    said = seam.says(role, place, f"!{row.text}")
    told = role == "resident" and (row.text, row.situation, place) in TOLD
    grown = seam.lines() - before
    assert grown == 0 or (told and grown == 1), (role, place, said)
    if not told:
        assert REFUSED & said, (role, place, said)


#: What a moderator by power in one room may there: all of its dialogues, and nothing elsewhere.
BY_POWER = [
    row
    for row in TABLE
    if "moderator" in row.who and "resident" not in row.who and "in=plein" not in row.text
]


@pytest.mark.parametrize("row", BY_POWER, ids=lambda row: f"{row.text[:24]} ({row.situation})")
def test_power_in_a_room_is_as_good_there_and_no_other_role_comes_of_it(
    row: Row, bases: dict[str, Path], tmp_path: Path
) -> None:
    """The others have no role at all here, and may nothing that residents may not."""
    for place in PLACES:
        if row.may("moderator", place):
            seam = Seam(copied(bases[row.situation], tmp_path / place), power=True)
            said = seam.says("moderator", place, f"!{row.text}")
            assert not REFUSED & said, (place, said)
            seam.store.close()
        other = Seam(copied(bases[row.situation], tmp_path / f"{place}-other"), power=True)
        before = other.lines()
        assert REFUSED & other.says("clerk", place, f"!{row.text}"), place
        assert other.lines() == before
        other.store.close()
