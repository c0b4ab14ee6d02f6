"""The whole life of a meeting on Matrix, on a real homeserver, and on Discord, on the double; the
console has its own beside the life itself (``tests/platforms/test_meeting_life.py``)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("discord", reason="discord.py is not installed here")
pytest.importorskip("nio", reason="matrix-nio is not installed here")

from bot.desk.cards import CARD
from meetings.announce import SLOT
from tests.discord.double.server import Double
from tests.discord.double.town import TIME
from tests.matrix import synapse as surroundings
from tests.platforms import meeting_life
from tests.platforms.living import Living
from tests.platforms.on_network import OnNetwork

pytest_plugins = ["tests.matrix.synapse"]


@pytest.mark.parametrize("youth", [False, True], ids=["adults", "youth"])
@pytest.mark.parametrize("network", ["matrix", "discord"])
def test_the_whole_life_of_a_meeting(
    network: str, youth: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: Any = None
    if network == "matrix":
        if not surroundings.installed():
            pytest.skip(surroundings.MISSING)
        server = request.getfixturevalue("lifted_synapse")
    assert SLOT.startswith(CARD)
    with pytest.MonkeyPatch.context() as patch:
        asyncio.run(_lived(network, youth, server, tmp_path, patch))


async def _lived(
    network: str, youth: bool, server: Any, folder: Path, patch: pytest.MonkeyPatch
) -> None:
    double = Double()
    async with double:
        double.points(patch)
        async with Living(folder, (network,), double, server, youth=youth) as town:
            patch.setattr(TIME, "clock", lambda: town.clock().timestamp())
            await meeting_life.begins(OnNetwork(town, network), youth)
    assert double.wrong == []
    assert double.rest.unknown == []
    assert town.log == []
