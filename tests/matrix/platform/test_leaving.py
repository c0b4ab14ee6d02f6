"""Every personal conversation with somebody who was forgotten is left, whatever one room does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.live import NotYet
from bot.platforms.matrix import directs
from bot.platforms.matrix.rooms import House, Room
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Known, load
from bot.platforms.matrix.wire import Refusal
from bot.platforms.places import Place, PlaceKind

ANNA, BRAM = "@anna:x", "@bram:x"
ROOMS = {"!a1": ANNA, "!b1": BRAM, "!a2": ANNA, "!a3": ANNA}


class Server:
    """Answers of a homeserver, by a part of the path."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.asked: list[str] = []
        self.faults: dict[str, Exception] = {}
        self.house = House(Settings("https://x", "@bot:x", folder), Known(direct=dict(ROOMS)))
        self.house.rooms = {room: Room() for room in ROOMS}
        monkeypatch.setattr(directs, "call", self._call)

    async def _call(self, _client: Any, _method: str, path: str, _body: Any) -> dict[str, Any]:
        name = path.replace("%21", "!").removeprefix("/_matrix/client/v3/rooms/")
        self.asked.append(name)
        if name in self.faults:
            raise self.faults[name]
        return {}

    def leave(self) -> None:
        place = Place("matrix", PlaceKind.PERSONAL, ANNA)
        asyncio.run(directs.leave(None, self.house, place, lambda _code: None))

    def known(self) -> list[str]:
        kept = load(self.house.settings.store, "rooms.json", Known)
        assert kept is not None
        assert kept.direct == self.house.known.direct
        return list(kept.direct)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    return Server(monkeypatch, tmp_path)


@pytest.mark.parametrize("step", ["leave", "forget"])
@pytest.mark.parametrize("room", ["!a1", "!a2", "!a3"])
def test_a_room_that_refuses_keeps_the_bot_in_no_other(
    room: str, step: str, server: Server
) -> None:
    server.faults[f"{room}/{step}"] = Refusal("M_FORBIDDEN", 403, {})
    server.leave()
    both = [f"{one}/{what}" for one in ("!a1", "!a2", "!a3") for what in ("leave", "forget")]
    assert server.asked == both
    assert server.known() == ["!b1"]


def test_a_room_that_cannot_be_left_now_is_left_later(server: Server) -> None:
    server.faults["!a1/leave"] = NotYet(1)
    with pytest.raises(NotYet):
        server.leave()
    assert server.known() == ["!a1", "!b1"]
    server.faults.clear()
    server.leave()
    assert server.known() == ["!b1"]
