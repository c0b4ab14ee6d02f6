"""No code outside ``rounds`` knows a kind of round, and no kind knows another one.

A kind is known by its name, the letters of its items, its classes and its folder. Whoever puts the
program together (``bot.runtime``, ``bot.cli``) takes the kinds from ``rounds.registry`` and hands
them on.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from rounds.registry import KINDS, kinds
from tests.sources import every_node

ROOT = Path(__file__).parents[1]
ROOMS = (
    *("advice", "bot", "commands", "commitments", "dialogues", "locales", "meetings"),
    "storage",
)
CATALOGUES = ("advice/templates", "locales")

#: The folders that may import ``rounds.registry``, and nothing else of ``rounds``.
ROOTS = ("bot/cli/", "bot/runtime/")

#: The story of the demo is about statements, a poll and a closing round: it numbers what it says.
TELLS = ("bot/playback/demo/",)


@cache
def _classes(folder: str) -> frozenset[str]:
    """The public classes that stand in a folder."""
    sources = (file.read_text("utf-8") for file in (ROOT / folder).rglob("*.py"))
    every = (node for source in sources for node in every_node(source))
    found = (node for node in every if isinstance(node, ast.ClassDef))
    return frozenset(node.name for node in found if not node.name.startswith("_"))


def _classes_of(*folders: str) -> frozenset[str]:
    return frozenset().union(*map(_classes, folders))


class Known:
    """The marks of some kinds of rounds: names, letters, classes; R, a reason, belongs to every
    kind.

    Of their classes only names that nobody else has count: ``others`` are the other folders.
    """

    def __init__(self, names: tuple[str, ...], others: tuple[str, ...]) -> None:
        machines = [kinds().machines[name] for name in names]
        letters = "".join(letter.letter for machine in machines for letter in machine.letters)
        self.names, self.others = names, others
        self.letters = re.compile(f"[{letters}]+")
        self.letter_class = re.compile(rf"\[\^?[{letters}R]{{2,}}[a-z]*\]")

    @cached_property
    def classes(self) -> frozenset[str]:
        ours = _classes_of(*(f"rounds/{name}" for name in self.names))
        return ours - _classes_of(*self.others)

    def faults(self, file: str, source: str) -> list[str]:
        """The lines of a file of the program that name these kinds."""
        every = every_node(source)
        # A string that stands alone is documentation, not code.
        said = {node.value for node in every if isinstance(node, ast.Expr)}
        return [
            f"{file}:{getattr(node, 'lineno', 0)}: {fault}"
            for node in every
            if node not in said
            for fault in self._of(node, file)
        ]

    def _of(self, node: ast.AST, file: str) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from self._string(node.value, file)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from self._import(alias.name, file)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield from self._import(f"{node.module}.{alias.name}", file)
                yield from self._class(alias.name)
        elif isinstance(node, ast.Name):
            yield from self._class(node.id)
        elif isinstance(node, ast.Attribute):
            yield from self._class(node.attr)

    def _string(self, value: str, file: str) -> Iterator[str]:
        if value in self.names:
            yield f"the kind {value!r}"
        if self.letters.fullmatch(value) and not file.startswith(TELLS):
            yield f"the letter {value!r}"
        if self.letter_class.search(value):
            yield f"the letters in {value!r}"
        yield from self._class(value.partition("/")[0])  # its name in the journal
        yield from self._import(value, file)

    def _class(self, name: str) -> Iterator[str]:
        if name in self.classes:
            yield f"the class {name}"

    def _import(self, module: str, file: str) -> Iterator[str]:
        if not module.startswith("rounds."):
            return
        part = module.split(".")[1]
        if part in self.names or (part == "registry" and not file.startswith(ROOTS)):
            yield f"the import of {module}"

    def text_faults(self, file: str, source: str) -> list[str]:
        """The places where a text tests a round's kind or an item's letter."""
        found = []
        tree = Environment(autoescape=True).parse(source)
        for node in tree.find_all((nodes.Compare, nodes.Test)):
            asks = isinstance(node, nodes.Compare) or node.name in ("eq", "equalto", "in", "ne")
            names = {inner.name for inner in node.find_all(nodes.Name)}
            names |= {inner.attr for inner in node.find_all(nodes.Getattr)}
            values = [str(inner.value) for inner in node.find_all(nodes.Const)]
            told = any(v in self.names or self.letters.fullmatch(v) for v in values)
            if asks and (told or "kind" in names):
                found.append(f"{file}:{node.lineno}: asks for a kind")
        return found


EVERY = Known(KINDS, ROOMS)


def _read(file: Path) -> tuple[str, str]:
    return file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_of_the_program_knows_a_kind(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    found = [fault for file in files for fault in EVERY.faults(*_read(file))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", CATALOGUES)
def test_no_text_asks_for_a_kind(folder: str) -> None:
    files = sorted((ROOT / folder).glob("*.toml"))
    assert files
    found = [fault for file in files for fault in EVERY.text_faults(*_read(file))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_does_not_know_another(kind: str) -> None:
    others = Known(tuple(k for k in KINDS if k != kind), (*ROOMS, f"rounds/{kind}"))
    files = sorted((ROOT / "rounds" / kind).glob("*.py"))
    assert files
    found = [fault for file in files for fault in others.faults(*_read(file))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        'if frame.plan.kind == "poll": pass',
        'names = {"statements": 1}',
        "x = f'{y}closing'",
        'x = item[0] == "S"',
        'x = item.startswith("S")',
        'x = item[0] in "SPA"',
        'x = {"V": 1}[item[0]]',
        'x = item[0] in ("R", "X")',
        'x = f"S{n}"',
        'items.next_number("A")',
        're.compile(r"[SPAspa][0-9]+")',
        'match x:\n    case "S": pass',
        "from rounds.poll.state import CastPoll",
        "from rounds.poll import rules",
        "import rounds.poll.rules",
        "from rounds import poll",
        "from rounds import registry",
        "from rounds.registry import kinds",
        'import_module("rounds.poll.rules")',
        "isinstance(event, VoteCast)",
        "isinstance(event, statements.VoteCast)",
        'x = name == "VoteCast/1"',
        'x = type(event).__name__ == "PollFilled"',
        "x = RecommendationReport",
    ],
)
def test_what_would_be_found(line: str) -> None:
    assert EVERY.faults("dialogues/x.py", line)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bot/runtime/parts.py", "from rounds import registry"),
        ("bot/cli/run.py", "from rounds.registry import kinds"),
        ("bot/playback/demo/residents.py", 'x = f"S{n}"'),
        ("dialogues/x.py", '"""statements"""'),
        ("dialogues/x.py", 'x = number.startswith("R")'),
        ("dialogues/x.py", 'x = "S1", "one of the statements", "POST"'),
        ("dialogues/x.py", "class State: pass"),
        ("dialogues/x.py", "self.rounds.append(1)"),
    ],
)
def test_what_is_nobodys_business(file: str, line: str) -> None:
    assert not EVERY.faults(file, line)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bot/runtime/parts.py", "from rounds.poll import rules"),
        ("bot/playback/demo/residents.py", 'x = {"poll": 1}'),
    ],
)
def test_who_may_do_more_may_not_do_all(file: str, line: str) -> None:
    assert EVERY.faults(file, line)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("{% if kind == 'poll' %}x{% endif %}", True),
        ("{% if kind != other %}x{% endif %}", True),
        ("{% if kind in known %}x{% endif %}", True),
        ("{% if round.kind == other %}x{% endif %}", True),
        ("{% if kind is eq('poll') %}x{% endif %}", True),
        ("{{ 'x' if round.kind == 'poll' else 'y' }}", True),
        ("{% if 'A' in item %}x{% endif %}", True),
        ("{% if item[0] == 'S' %}x{% endif %}", True),
        ("{% if item[0] in ('S', 'P') %}x{% endif %}", True),
        ("{% if kind is defined %}{{ (kind ~ '_pick')|t }}{% endif %}", False),
        ("{{ n|count('question', 'questions') }} {{ cmd('poll') }}", False),
        ("{% if level == 'meedoen' %}kind == 'poll'{% endif %}", False),
    ],
)
def test_what_would_be_found_in_a_text(text: str, asks: bool) -> None:
    assert bool(EVERY.text_faults("locales/nl.toml", f"card = '''\n{text}\n'''")) is asks
