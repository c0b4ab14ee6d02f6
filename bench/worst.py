"""Measures the worst texts somebody can send: how long reading one of them takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from bench.figures import Figure, Goal
from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.slash import Slash
from bot.runtime.surface import Surface
from bot.text.duplicates import nearest
from bot.town.town import Rooms, Town
from commands.cleaning import LIMIT
from commands.reading import read
from commands.said import Where
from dialogues.core import Role
from rounds import registry

_HEADS = (
    "",
    "!",
    "stelling ",
    "stem S7 ",
    "verberg S3 ",
    "advies orde ",
    'gesprek afspraken vast="',
)
_TAILS = ("a", " ", "1 ", "A1 ", "a=", '"', "é", "\u0300", "👩\u200d", "\u202e", "1 eens ", "@a ")
_RUNS = 5

#: The longest time that one message may keep the engine busy, in milliseconds.
_GOAL = 10.0


def measure(_folder: Path) -> list[Figure]:
    """The slowest text of all; of each the fastest of a few runs."""
    return [
        Figure("reading the worst text", 1000 * _reading(), "ms", goal=Goal(_GOAL)),
        Figure("reading the worst command on Discord", 1000 * _commanded(), "ms", goal=Goal(_GOAL)),
        Figure("comparing with 500 texts", 1000 * _comparing(), "ms", goal=Goal(_GOAL)),
    ]


def _fastest(call: Callable[[], object]) -> float:
    found = []
    for _ in range(_RUNS):
        began = time.thread_time()
        call()
        found.append(time.thread_time() - began)
    return min(found)


def _reading() -> float:
    known = registry.vocabulary()
    texts = [(head + tail * LIMIT)[:LIMIT] for head in _HEADS for tail in _TAILS]
    roles = frozenset(Role)
    return max(
        _fastest(lambda text=text: read(known, text, Where.PERSONAL, roles))  # type: ignore[misc]
        for text in texts
    )


def _commanded() -> float:
    """From what was filled in behind a slash command to what was said."""
    known, roles = registry.vocabulary(), frozenset(Role)
    town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", bytes(32), Rooms({}, {}, {}), {})
    settings = Settings(lambda: "", 1, bytes(32), menu=Surface(town, known).menu())
    slash = Slash(settings, House(settings), lambda _code: None)
    slowest = 0.0
    for name, option in (("stelling", "tekst"), ("peiling", "vraag"), ("stem", "keuze")):
        for tail in _TAILS:
            given = [{"name": option, "type": 3, "value": (tail * LIMIT)[: LIMIT - 60]}]
            asked = SimpleNamespace(data={"name": name, "type": 1, "options": given})
            slowest = max(
                slowest,
                _fastest(lambda asked=asked: read(known, slash.text(asked), Where.PERSONAL, roles)),  # type: ignore[misc]
            )
    return slowest


def _comparing() -> float:
    chance = random.Random(3)
    text = "a b " * 70
    shown = [(f"S{n}", text[:-1] + chance.choice("xyz")) for n in range(500)]
    return _fastest(lambda: nearest(text, shown, 80))
