"""The list of texts that other texts, and the code, name after a kind of round.

``{{ (kind ~ "_card")|part }}`` in a text, ``f"{machine.kind}_shown"`` in the code. A kind has every
part that can be asked of it, and no other.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from jinja2 import nodes

import locales
from bot.desk.talk import Talk
from bot.text.environment import environment
from dialogues.machine import Machine
from tests.sources import every_node

ROOT = Path(locales.__file__).parent.parent
#: The folders of the program.
FOLDERS = ("advice", "bot", "commands", "commitments", "dialogues", "meetings", "rounds", "storage")

ALWAYS_READY = next(f.default for f in fields(Machine) if f.name == "ready")
NO_HINT = next(f.default for f in fields(Talk) if f.name == "perhaps")


def _always(_machine: Machine, _talk: Talk) -> bool:
    return True


def _voted_in(machine: Machine, _talk: Talk) -> bool:
    return machine.cast is not None


def _filled_first(machine: Machine, _talk: Talk) -> bool:
    return machine.ready is not ALWAYS_READY


def _given_in(_machine: Machine, talk: Talk) -> bool:
    return talk.gives is not None


@dataclass(frozen=True, slots=True)
class Part:
    """One such text: when a kind must have it, and whether it may be empty."""

    reached: Callable[[Machine, Talk], bool]
    may_be_empty: bool = False


PARTS = {
    "_ask": Part(_voted_in),
    "_begin": Part(_always, may_be_empty=True),
    "_called": Part(_given_in),
    "_card": Part(_always, may_be_empty=True),
    "_does": Part(_always),
    "_example": Part(_voted_in),
    "_figure": Part(_voted_in),
    "_fill": Part(_filled_first),
    "_give": Part(_given_in),
    "_lead": Part(_always),
    "_misfit": Part(_always),
    "_not_offered": Part(_always),
    "_perhaps": Part(lambda _machine, talk: talk.perhaps is not NO_HINT),
    "_pick": Part(_voted_in),
    "_result": Part(_always, may_be_empty=True),
    "_row": Part(_always),
    "_shown": Part(lambda _machine, talk: talk.shows_items),
    "_status": Part(_always, may_be_empty=True),
}


def wanted(kind: str, machine: Machine, talk: Talk) -> set[str]:
    """The codes of the parts that a kind must have: of its name, of the form of what is given in
    it, and of the names under which authors hear of their items."""
    found = {f"{kind}{suffix}" for suffix, part in PARTS.items() if part.reached(machine, talk)}
    if talk.gives is not None:
        form = talk.gives.form
        found |= {f"giving_{form}", f"sheet_{form}", f"sheet_{form}_example"}
        found.add(f"message_{form}")
        found |= {talk.gives.noted, talk.gives.alike}
    for letter in machine.letters:
        if letter.can_hide and not letter.recommendation:
            found |= {f"your_{letter.told}_{done}" for done in ("approved", "hidden", "shown")}
    return found


def nothing_to_say(kinds: tuple[str, ...]) -> set[str]:
    """The codes whose text may be empty: of parts, those that are rendered on their own line."""
    return {f"{kind}{suffix}" for kind in kinds for suffix, p in PARTS.items() if p.may_be_empty}


def in_text(text: str) -> Iterator[str]:
    """The endings that a text adds to a kind's name."""
    for node in environment().parse(text).find_all(nodes.Filter):
        match node:
            case nodes.Filter(
                name="t" | "part" | "lines", node=nodes.Concat(nodes=[nodes.Name(), ending])
            ):
                yield from (constant.value for constant in constants(ending))


def constants(node: nodes.Node) -> list[nodes.Const]:
    """The constants that an expression can be: itself, or either side of an if."""
    match node:
        case nodes.Const():
            return [node]
        case nodes.CondExpr(expr1=one, expr2=other) if other is not None:
            return [*constants(one), *constants(other)]
        case _:
            return []


def in_code(kinds: tuple[str, ...]) -> Iterator[str]:
    """The endings that the code adds to a kind's name, or writes out with it."""
    for every in nodes_of_files().values():
        for node in every:
            match node:
                case ast.JoinedStr(
                    values=[
                        ast.FormattedValue(value=ast.Attribute(attr="kind") | ast.Name(id="kind")),
                        ast.Constant(value=str() as ending),
                    ]
                ) if ending.startswith("_"):
                    yield ending
                case ast.Constant(value=str() as written):
                    kind, line, rest = written.partition("_")
                    if kind in kinds and line and f"_{rest}" in PARTS:
                        yield f"_{rest}"


@cache
def nodes_of_files() -> dict[str, tuple[ast.AST, ...]]:
    """Every node of the syntax tree of every file of the program."""
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): every_node(file.read_text("utf-8")) for file in files}
