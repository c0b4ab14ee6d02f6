"""One resident's words on a real homeserver: typed as a statement, voted on, objected to, handed
over, answered and done; what she reads of it, and what the town's site shows of it."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.cli.publish import publish_site
from bot.town import keys
from dialogues.followup.again import told_at
from tests.discord.double.server import Double
from tests.matrix import synapse as surroundings
from tests.matrix.synapse import Synapse
from tests.platforms.living import Living
from tests.platforms.meeting_life import told
from tests.platforms.on_network import OnNetwork
from tests.platforms.people import KEY
from tests.replay.playing import LIVE_CHARTER
from tests.site.town import CONFIG

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

TREES, BUS = "Er moeten meer bomen komen.", "De bus moet vaker rijden."
SCHOOL = "Er moeten meer bomen langs de school komen."
WE_PLANT, DONE = "Wij planten tien bomen.", "De tien bomen staan er."
DECIDED, LETTER = "besluit van het college, nummer 12", "brief over de bomen"
NEIGHBOURS = ("anna", "bram", "carla", "daan", "eva")
TEN_MINUTES = timedelta(minutes=10)


def test_the_words_of_a_resident_walk_to_the_council_and_back(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once; what becomes of the words does not depend on limits."""
    asyncio.run(_walked(lifted_synapse, tmp_path))
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    keys.make(keys.beside(tmp_path / "town.db"), KEY)
    site = tmp_path / "site"
    assert publish_site(site, tmp_path / "town.db", tmp_path / "config.toml", False) == 0
    page = (site / "gesprekken" / "de-zomerstraat" / "index.html").read_text("utf-8")
    for words in (TREES, SCHOOL, WE_PLANT, DECIDED, DONE, LETTER, BUS):
        assert words in page, words
    register = (site / "register.html").read_text("utf-8")
    assert WE_PLANT in register
    assert DONE in register
    pages = [one for one in site.rglob("*") if one.is_file()]
    assert len(pages) > 10
    for one in pages:
        for name in (*NEIGHBOURS, "vera", "gerda", "otto"):
            assert f"@{name}".encode() not in one.read_bytes(), one.name


async def _walked(server: Synapse, folder: Path) -> None:
    async with Living(folder, ("matrix",), Double(), server) as town:
        there = OnNetwork(town, "matrix")
        await _held(there)
        await _objected(there, town)
        await _answered(there, town)
        await _done(there)
    assert town.log == []


async def _held(there: OnNetwork) -> None:
    new = f'gesprek nieuw gesprek De Zomerstraat {LIVE_CHARTER} minimum=5 concept="2 dagen"'
    await there.say("vera", f"{new} in=zomerstraat")
    await there.say("vera", "gesprek start")
    await there.say("anna", f"stelling {TREES}")
    await there.say("bram", f"stelling {BUS}")
    for who in NEIGHBOURS:
        await there.say(who, "stem S1 eens")
        await there.say(who, f"stem S2 {'oneens' if who == 'eva' else 'eens'}")
    await there.say("vera", "volgende ja")
    await there.say("vera", "volgende ja")
    for who in NEIGHBOURS:
        await there.say(who, "stem A1 ja")
        await there.say(who, "stem A2 ja")
    await there.say("vera", "sluit ja")
    await told(there, there.room, "draft_posted")


async def _objected(there: OnNetwork, town: Living) -> None:
    await there.say("anna", "kloptniet A1 Ik bedoelde bomen langs de school.")
    await there.say("vera", f'oordeel O1 aangepast Dat klopt zo. wordt="{SCHOOL}"')
    await told(there, there.room, "objection_adjusted")
    await told(there, lambda: there.read("anna"), "your_objection_ruled")
    draft: Any = town.state.draft
    await there.go_to(draft.ruled_until)
    await there.until(lambda: town.state.advice is not None and bool(town.state.advice.manifest))
    await there.until(lambda: any(SCHOOL in one and TREES in one for one in there.room()))


async def _answered(there: OnNetwork, town: Living) -> None:
    day = town.state.charter.answer_by
    assert day is not None
    await there.say("gerda", "ontvangen 2026-1234")
    await told(there, there.room, "advice_received")
    ready = day + timedelta(days=30)
    rest = f'van=college bron="{DECIDED}" klaar="{ready}"'
    await there.say("otto", f"reactie A1 overgenomen {WE_PLANT} {rest}")
    await there.say("otto", "ja")
    await there.go_to(there.now() + TEN_MINUTES)
    await told(there, there.room, "answers_given")
    assert any(SCHOOL in one and WE_PLANT in one and DECIDED in one for one in there.room())
    await there.go_to(_five_o_clock(there, day))
    await told(there, there.room, "answers_missing")
    later = day + timedelta(days=20)
    await there.say("gerda", f'uitstel A2 {later} want="De raad praat er nog over."')
    await told(there, there.room, "answer_postponed")
    await there.say("gerda", 'reactie A2 niet Dat doet de provincie. van=raad bron="motie 3"')
    await there.say("gerda", "ja")
    await told(there, there.room, "answers_given", 2)
    await there.go_to(_five_o_clock(there, later))
    await told(there, there.room, "answers_missing")  # once: it was answered in time


async def _done(there: OnNetwork) -> None:
    await there.say("otto", f'voortgang A1 klaar {DONE} bron="{LETTER}"')
    await there.until(lambda: any(DONE in one and LETTER in one for one in there.room()))
    await there.say("anna", "mijn")
    await there.until(lambda: "S1" in there.read("anna")[-1])
    mine = there.read("anna")[-1]
    for words in (TREES, WE_PLANT, DONE):
        assert words in mine, words
    await there.say("anna", "register")
    await there.until(lambda: "T1" in there.read("anna")[-1])
    assert LETTER in there.read("anna")[-1]


def _five_o_clock(there: OnNetwork, day: date) -> datetime:
    """The hour of a day at which it is said that an answer is missing."""
    return told_at(day, there.town.town.zone, 0)
