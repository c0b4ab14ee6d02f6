"""The walks of all surfaces by name: each fails where a kind leaves a seam of that surface out.

All go through the real engine. Each is given the kind and an empty folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.rounds.walk_contributions import forgotten, gathered, hidden
from tests.rounds.walk_documents import exported, forged
from tests.rounds.walk_languages import languages, youth
from tests.rounds.walk_pauses import paused
from tests.rounds.walk_talk import filled, heard, helped, offered, status, typed
from tests.rounds.walk_votes import pressed, reacted

WALKS: Mapping[str, Callable[[str, Path], None]] = {
    "exported": exported,
    "filled": filled,
    "forgotten": forgotten,
    "gathered": gathered,
    "heard": heard,
    "helped": helped,
    "hidden": hidden,
    "languages": languages,
    "offered": offered,
    "paused": paused,
    "pressed": pressed,
    "reacted": reacted,
    "status": status,
    "typed": typed,
    "verified": forged,
    "youth": youth,
}
