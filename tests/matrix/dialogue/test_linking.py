"""Accounts on Matrix and on Discord are linked by a code, with the libraries of both."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("discord", reason="discord.py is not installed here")
pytest.importorskip("nio", reason="matrix-nio is not installed here")

from tests.discord.double.people import until
from tests.discord.double.server import Double
from tests.discord.double.town import text_of
from tests.matrix import synapse as surroundings
from tests.platforms.living import Living
from tests.platforms.people import ROOM_NAME
from tests.replay.playing import LIVE_CHARTER as CHARTER

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

#: A code as people read it.
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b")


@pytest.mark.parametrize("given_on", ["matrix", "discord"])
def test_a_vote_on_either_is_one_ballot_after_the_code(
    given_on: str, lifted_synapse: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lifted: what is looked at is one ballot, not how fast a server lets people write."""

    async def work() -> None:
        double = Double()
        async with double:
            double.points(monkeypatch)
            async with Living(tmp_path, ("matrix", "discord"), double, lifted_synapse) as town:
                await linked(town, given_on)
        assert double.wrong == []
        assert town.log == []

    asyncio.run(work())


async def linked(town: Living, given_on: str) -> None:
    await town.say("vera", f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in={ROOM_NAME}")
    await town.say("vera", "start")
    await town.say("zoe", "stelling Er moeten meer bomen komen.")
    await said(town, "matrix", "stem S1 eens")
    await said(town, "discord", "stem S1 oneens")
    box = town.state.states[0].box
    assert (box.turnout, box.recount("S1")[0]) == (2, {"agree": 1, "disagree": 1})
    other = "discord" if given_on == "matrix" else "matrix"
    await said(town, given_on, "koppel")
    code = await until(lambda: read(town, given_on))
    await said(town, other, f"koppel {code}")
    assert (box.turnout, box.recount("S1")[0]) == (1, {"disagree": 1})
    await said(town, "matrix", "stem S1 ?")
    assert (box.turnout, box.recount("S1")[0]) == (1, {"pass": 1})
    await said(town, "discord", "stem S1 eens")
    assert (box.turnout, box.recount("S1")[0]) == (1, {"agree": 1})


async def said(town: Living, network: str, text: str) -> None:
    """Anna says something on one of the networks."""
    event = await town.networks[network].say("anna", text)
    await until(lambda: event in town.handled, 60)


def read(town: Living, network: str) -> str:
    """The code that anna reads there; not on the lock screen of a phone."""
    if network == "discord":
        texts = [
            text_of(message) for message in town.networks[network].double.people.private("anna")
        ]
    else:
        person, direct = town.networks[network].people["anna"]
        texts = [one.text for one in person.history(direct)]
    for text in texts:
        found = CODE.search(text)
        if found:
            assert found.start() >= 80
            return found.group()
    return ""
