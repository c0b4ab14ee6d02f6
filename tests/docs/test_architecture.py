"""architecture.md: who may import whom is what the import contracts say."""

from __future__ import annotations

import inspect
import re
import tomllib

from rounds import registry
from tests.docs import pages

PAGE = pages.text("docs/architecture.md")
CONTRACTS = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = [
    re.findall(r"[\w.]+", layer)
    for layer in CONTRACTS["tool"]["importlinter"]["contracts"][0]["layers"]
]


def test_the_order_of_the_house() -> None:
    (shown,) = pages.blocks(pages.section(PAGE, "Who may import whom"))
    place = {name.removeprefix("bot."): n for n, names in enumerate(LAYERS) for name in names}
    lines = [re.findall(r"[\w.]+", line) for line in shown.text.splitlines()]
    told = [{place[name.removeprefix("bot.")] for name in names} for names in lines]
    assert told == [{n} for n in range(len(LAYERS))]


def folders(table: list[dict[str, str]]) -> set[str]:
    """The folders that a table has links to."""
    return {re.sub(r"[\[\]]|\(.*\)", "", row["folder"]) for row in table}


def test_every_room_of_the_house() -> None:
    rooms, within_advice, within_bot = pages.tables(pages.section(PAGE, "The rooms of the house"))
    assert folders(rooms) == set(CONTRACTS["tool"]["importlinter"]["root_packages"])
    assert all((pages.ROOT / folder).is_dir() for folder in folders(rooms))
    there = {file.parent.name for file in (pages.ROOT / "bot").glob("*/__init__.py")}
    assert folders(within_bot) == there
    there = {path.name for path in (pages.ROOT / "advice").iterdir() if path.is_dir()}
    assert folders(within_advice) == there - {"__pycache__"}


def test_the_four_parts_of_a_kind() -> None:
    (parts,) = pages.tables(pages.section(PAGE, "A kind of round"))
    told = {pages.code(row["file"])[0]: pages.code(row["value"])[0] for row in parts}
    source = inspect.getsource(registry)
    named = set(re.findall(r'rounds\.\{name\}\.(\w+)"\)\.(\w+)', source))
    assert {(f"{file}.py", value) for file, value in named} == set(told.items())
