"""The same transcript gives the same uitslag.json on console, Matrix, Discord, and on both at
once, for every kind of round.

What people type is a slash command on Discord; a vote, and a reaction on an open ballot, is a press
where there is a button for it, and every other contribution is given by the menu of a message.
Plain talk that its author lets go along counts as if they had typed it, as on the console.
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
from tests.platforms.people import PLAIN, REPLY, SIGNS, TALK, YES
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

#: Plain talk: taken along by the moderator or said as a reply to the card, with its author's
#: consent or without. Votes by reactions on an open ballot, some changed later: buttons on Discord.
TALKED = (
    ("vera", "start"),
    ("zoe", "💬 Er moeten meer bomen komen."),
    ("yara", "💬 Wat een mooi weer vandaag."),
    ("vera", "📌 zoe"),
    ("zoe", "✅"),
    ("vera", "📌 yara"),
    ("yara", "❌"),
    ("xena", "↩ De bus moet vaker rijden."),
    ("willem", "↩ Dat is voor later."),
    ("xena", "✅"),
    ("willem", "❌"),
    *each(*["👍 S1"] * 6, "👎 S1", "🤷 S1"),
    *each(*["👎 S2"] * 5, "👍 S2"),
    ("kiezer6", "stem S1 eens"),
    ("kiezer0", "waarom S1 Bomen geven schaduw."),
)
EVENINGS["talk"] = Evening(
    format="stellingenronde", says=TALKED, rows=(), page=(), more="minimum=5 stemming=open"
)

#: A pause: what is typed, pressed or given in it counts nowhere; afterwards it does.
PAUSED = (
    ("vera", "start"),
    ("zoe", "stelling Er moeten meer bomen komen."),
    *each(*["stem S1 eens"] * 5),
    ("vera", "pauze Het alarm gaat."),
    *each(*["stem S1 oneens"] * 6),
    ("xena", "stelling De bus moet vaker rijden."),
    ("kiezer0", "waarom S1 Bomen geven schaduw."),
    ("vera", "hervat"),
    ("kiezer6", "stem S1 oneens"),
    ("xena", "stelling De bus moet later rijden."),
)
EVENINGS["paused"] = Evening(
    format="stellingenronde", says=PAUSED, rows=(), page=(), more="minimum=5"
)

#: The evenings in which people are shown buttons for what they vote.
PRESSED = ("closing-0", "talk")

NETWORKS = {"matrix": ("matrix",), "discord": ("discord",), "together": ("matrix", "discord")}


def comparable(value: Any) -> Any:
    """uitslag.json without ids, hashes, times, journal and ``simulated``; without the seed of a
    draw, and how evenly time was shared."""
    if isinstance(value, dict) and value.get("what") == "pause":  # it took another time
        value = {key: one for key, one in value.items() if key not in ("was", "now")}
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
    """uitslag.json of each evening on some networks, how often a button was pressed in it, and
    which words were chosen in the menu of a message."""

    outcomes: dict[str, bytes]
    pressed: dict[str, int]
    chosen: set[str]


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
    found = Held({}, {}, set())
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
            if pressing:
                found.chosen.update(pressing.chosen)
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
        assert held.chosen == {"", *(one.word for one in registry.talks().giving)}


@cache
def on_console(name: str) -> bytes:
    """The same evening in one process, every line of it typed or reacted: there plain talk is what
    its author typed when they agreed."""
    evening = EVENINGS[name]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "CHARTER", CHARTER)
        walk = Walk(Path(folder) / "town.db")
        walk.prepare(replace(surface("statements"), format=evening.format), evening.more)
        said: dict[str, str] = {}
        for who, text in evening.says:
            sign, _, rest = text.partition(" ")
            if sign in (TALK, REPLY):
                said[who] = rest
            elif sign == YES:
                walk.ask(who, f"stelling {said[who]}")
            elif sign in PLAIN:
                continue  # asking and refusing come to nothing
            elif text[0] in SIGNS:
                walk.put(walk.reaction(who, *text.split()))
            else:
                walk.ask(who, text)
        end(walk)
        made: bytes = walk.session.hand_over("ons-gesprek").files["uitslag.json"]
        walk.close()
    return made
