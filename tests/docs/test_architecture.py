"""architecture.md: who may import whom is what the import contracts say."""

from __future__ import annotations

import re
import tomllib

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


def test_every_room_of_the_house() -> None:
    (rooms,) = pages.tables(pages.section(PAGE, "The rooms of the house"))
    folders = {re.sub(r"[\[\]]|\(.*\)", "", row["folder"]) for row in rooms}
    assert folders == set(CONTRACTS["tool"]["importlinter"]["root_packages"])
    assert all((pages.ROOT / folder).is_dir() for folder in folders)
