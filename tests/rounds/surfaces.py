"""What people can do with a kind of round, as the tests know it: ``tests/rounds/KIND/surface.py``.

A kind's ``SURFACE`` is written by hand from the contract, so that a place that its folder leaves
out fails here by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from commands.said import Where
from dialogues.core import Role

#: Where words may be typed: in the room and in person; in the staff room and in person; anywhere.
OUT_FRONT = frozenset({Where.ROOM, Where.PERSONAL})
BACKSTAGE = frozenset({Where.STAFF, Where.PERSONAL})
ANYWHERE = frozenset(Where)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may say a word (``roles`` None: everybody), and where."""

    where: frozenset[Where]
    roles: frozenset[Role] | None = None


def moderator() -> Allowed:
    return Allowed(BACKSTAGE, frozenset({Role.MODERATOR}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """``words`` are the kind's own words, each with who may say it where. ``settings`` are its own
    settings, each with its value where nothing is said, the least and the most."""

    words: Mapping[str, Allowed] = field(default_factory=dict)
    settings: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


def surface(kind: str) -> Surface:
    """The surface of a kind."""
    found: Surface = import_module(f"tests.rounds.{kind}.surface").SURFACE
    return found
