"""The same transcript gives the same uitslag.json on console, Matrix, Discord, and on both at
once, for every kind of round.

What people type is a slash command on Discord; a vote, and a reaction on an open ballot, is a press
where there is a button for it. Talk in the room that is taken up is not played: on Discord that
needs the menus of messages.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

pytest.importorskip("discord", reason="discord.py is not installed here")
pytest.importorskip("nio", reason="matrix-nio is not installed here")

from rounds import registry
from tests.discord.double.server import Double
from tests.engine.bots import FORMATS
from tests.matrix import synapse as surroundings
from tests.platforms.living import Living
from tests.platforms.people import SIGNS
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.rounds import walking
from tests.rounds.surfaces import Evening, each, surface
from tests.rounds.walked import end
from tests.rounds.walking import Walk

pytest_plugins = ["tests.matrix.synapse"]

#: Every evening that is played to its end for a kind of round; those of several kinds once.
EVENINGS: dict[str, Evening] = {}
for _kind in registry.kinds().machines:
    for _number, _evening in enumerate(surface(_kind).exported):
        if _evening.says not in [evening.says for evening in EVENINGS.values()]:
            EVENINGS[f"{_kind}-{_number}"] = _evening

#: Votes by reactions on an open ballot, some changed later: buttons on Discord.
REACTED = (
    ("vera", "start"),
    ("zoe", "stelling Er moeten meer bomen komen."),
    ("yara", "stelling De bus moet vaker rijden."),
    *each(*["👍 S1"] * 6, "👎 S1", "🤷 S1"),
    *each(*["👎 S2"] * 5, "👍 S2"),
    ("kiezer6", "stem S1 eens"),
    ("kiezer0", "waarom S1 Bomen geven schaduw."),
)
EVENINGS["reactions"] = Evening(
    format="stellingenronde", says=REACTED, rows=(), page=(), more="minimum=5 stemming=open"
)

#: The evenings in which people are shown buttons for what they vote.
PRESSED = ("closing-0", "reactions")

NETWORKS = {"matrix": ("matrix",), "discord": ("discord",), "together": ("matrix", "discord")}


def comparable(value: Any) -> Any:
    """uitslag.json without ids, hashes, times, journal and ``simulated``; without the seed of a
    draw, and how evenly time was shared."""
    if isinstance(value, dict):
        return {key: comparable(one) for key, one in value.items() if not _differs(key)}
    return [comparable(one) for one in value] if isinstance(value, list) else value


def _differs(key: str) -> bool:
    if key in ("id", "journal", "simulated", "by", "at", "until", "seed", "gini"):
        return True
    return key.endswith("sha256") or key in ("opened_at", "closed_at")


def test_every_kind_is_played() -> None:
    played = {plan.kind for evening in EVENINGS.values() for plan in FORMATS[evening.format].rounds}
    assert played == set(registry.kinds().machines)


@dataclass(frozen=True)
class Held:
    """uitslag.json of each evening on some networks, and how often a button was pressed in it."""

    outcomes: dict[str, bytes]
    pressed: dict[str, int]


@pytest.fixture(scope="module", params=NETWORKS)
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Held]:
    """All evenings in one town, one after the other."""
    networks, server = NETWORKS[request.param], None
    if "matrix" in networks:
        if not surroundings.installed():
            pytest.skip(surroundings.MISSING)
        server = request.getfixturevalue("lifted_synapse")
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp(f"same-{request.param}")
        yield asyncio.run(_held(networks, server, folder, patch))


async def _held(
    networks: tuple[str, ...], server: Any, folder: Path, patch: pytest.MonkeyPatch
) -> Held:
    found = Held({}, {})
    double = Double()
    async with double:
        double.points(patch)
        async with Living(folder, networks, double, server) as town:
            pressing = town.networks.get("discord")
            for name, evening in EVENINGS.items():
                before = pressing.pressed if pressing else 0
                charter = f"{CHARTER} {evening.more}"
                found.outcomes[name] = await town.play(evening.format, charter, evening.says)
                found.pressed[name] = pressing.pressed - before if pressing else 0
    assert double.wrong == []
    assert town.log == []
    return found


@pytest.mark.parametrize("name", EVENINGS)
def test_same_transcript_same_outcome(name: str, held: Held) -> None:
    found, expected = json.loads(held.outcomes[name]), json.loads(on_console(name))
    assert json.dumps(comparable(found), indent=1) == json.dumps(comparable(expected), indent=1)
    assert found["simulated"] is False
    if any(held.pressed.values()):
        assert all(held.pressed[name] for name in PRESSED)


@cache
def on_console(name: str) -> bytes:
    """The same evening in one process, every line of it typed or reacted."""
    evening = EVENINGS[name]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "CHARTER", CHARTER)
        walk = Walk(Path(folder) / "town.db")
        walk.prepare(replace(surface("statements"), format=evening.format), evening.more)
        for who, text in evening.says:
            if text[0] in SIGNS:
                walk.put(walk.reaction(who, *text.split()))
            else:
                walk.ask(who, text)
        end(walk)
        made: bytes = walk.session.hand_over("ons-gesprek").files["uitslag.json"]
        walk.close()
    return made
