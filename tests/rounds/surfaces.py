"""What people meet of a kind of round, as the tests know it: ``tests/rounds/KIND/surface.py``.

A kind's ``SURFACE`` is written by hand from the contract, so that a place that its folder leaves
out fails by name: ``walks.py`` says how each part of it is looked at. What a kind does not have, it
says with ``Lacking`` and why; then nothing may come of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Lacking:
    """A surface that the kind does not have, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody says, and the codes that come back; ``has`` must stand in their values.

    ``vera`` is the moderator and talks in the staff room, ``otto`` is an official; everybody else
    lives there. What stands behind ``~`` is said in the room, the rest in person.
    """

    who: str
    text: str
    codes: tuple[str, ...]
    has: Mapping[str, object] = field(default_factory=dict)


def line(who: str, text: str, *codes: str, **has: object) -> Line:
    return Line(who, text, codes, has)


def helped(who: str, *codes: str) -> Line:
    """What ``hulp`` names."""
    return line(who, "hulp", "help", things=list(codes))


#: What ``hulp`` names to a moderator while an open round takes contributions.
GUIDES_COLLECTING = helped(
    "vera", "help_close", "help_until", "help_hide", "help_stop_collecting", "help_status"
)


def choice(item: str, **said: object) -> list[dict[str, object]]:
    """One vote in the answer to it."""
    return [{"item": item, **said}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """What a sign on the message that shows ``item`` counts as, by sign: what it adds to.

    ``on`` is the slot of that message. ``both`` are signs of one person that stand together, with
    what counts then;
    ``left`` is what counts when they say ``typed`` of it after that and take the last sign away.
    ``fills`` prepares another round than the surface's own.
    """

    item: str
    on: str
    signs: Mapping[str, object]
    both: tuple[tuple[str, ...], tuple[object, ...]]
    typed: str
    left: tuple[object, ...]
    fills: tuple[Line, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """The choices under the offer of each item, and how many items come at once to somebody whose
    answer had to wait after ``more`` was said (0: no more than to others)."""

    choices: tuple[str, ...]
    waited: int = 0
    more: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The code that notes what was said in the room and marked there; ``before`` comes first."""

    noted: str
    before: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """An item that is hidden, its words, and what is said of it before and after that."""

    item: str
    words: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What anna says before she is forgotten; the votes and the states that are left of it, and
    what is said afterwards. ``words`` of hers stand nowhere any more."""

    before: tuple[Line, ...]
    votes: Mapping[str, Mapping[object, int]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    after: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """A dialogue that is played to its end, and what is handed over of it.

    ``rows`` are the lines of its rounds of the kind in ``uitslag.csv``; ``page`` stands in the
    document, ``absent`` does not; ``texts`` stand in ``teksten.csv``, ``typed`` are the choices in
    the clerk's ``stemmen.csv``, ``polis`` those in ``votes.csv`` where it is there. ``drawn``: what
    people voted stands in the page as a picture too.
    """

    format: str
    says: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    page: tuple[str, ...]
    absent: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    polis: tuple[str, ...] = ()
    more: str = "minimum=5"
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Forged:
    """A change in ``uitslag.json`` of an evening, and the codes that verify finds it by;
    ``value`` may be a function of what stood there."""

    path: tuple[str | int, ...]
    value: Any
    codes: tuple[str, ...]
    evening: int = 0


@dataclass(frozen=True, slots=True)
class Youth:
    """What is said in a room of young people; ``opens`` lets in what waits there. In other rooms
    the same comes back and ``left_out`` besides, once."""

    opens: tuple[Line, ...]
    says: tuple[Line, ...]
    left_out: str | Lacking


def twice(number: str) -> Callable[[list[dict[str, object]]], list[dict[str, object]]]:
    """The items of a round with the first once more, under another number."""
    return lambda items: [*items, {**items[0], "number": number}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """``words`` are the kind's own words, each with who may say it where. ``settings`` are its own
    settings, each with its value where nothing is said, the least and the most.

    A dialogue of ``format`` is prepared with ``fills`` and comes with ``opens`` to its ``round`` of
    the kind, where ``item`` stands, if any can. The rest is one surface each:

    - ``filled``: what is said while nothing is filled in yet, before ``fills``;
    - ``typed``: every word of the kind, choices in all their forms, talk that is none;
    - ``offered``: what one is asked, the answers to it by place, and when nothing is left;
    - ``reacted``, ``pressed``: votes by sign and by button;
    - ``gathered``: what was said in the room and marked there;
    - ``heard``: what talk in the room leads to by itself;
    - ``hidden``, ``forgotten``; ``exported``, with its place among the kinds on the page
      (``order``); what in that is ``forged``;
    - ``helped``: ``hulp`` at each moment; ``status``: what stands there and on the card;
    - ``youth``; ``unsaid`` are its texts that none of these say, and why (refusals are left out).
    """

    words: Mapping[str, Allowed] = field(default_factory=dict)
    settings: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    format: str
    round: int = 0
    fills: tuple[Line, ...] = ()
    opens: tuple[Line, ...] = ()
    item: str
    filled: tuple[Line, ...] | Lacking
    typed: tuple[Line, ...]
    offered: tuple[Line, ...]
    reacted: tuple[Reacted, ...] | Lacking
    pressed: Pressed | Lacking
    gathered: Gathered | Lacking
    heard: tuple[Line, ...] | Lacking
    hidden: Hidden | Lacking
    forgotten: Forgotten
    order: int
    exported: tuple[Evening, ...]
    forged: tuple[Forged, ...]
    helped: tuple[Line, ...]
    status: tuple[str, ...]
    youth: Youth
    unsaid: Mapping[str, str] = field(default_factory=dict)


def surface(kind: str) -> Surface:
    """The surface of a kind."""
    found: Surface = import_module(f"tests.rounds.{kind}.surface").SURFACE
    return found


def each(*texts: str) -> tuple[tuple[str, str], ...]:
    """Residents who each say one of these."""
    return tuple((f"kiezer{number}", text) for number, text in enumerate(texts))
