"""Parses the pages of the documentation: tables, code blocks, links, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

#: Every page, by its name from the root.
PAGES = {
    str(page.relative_to(ROOT)): page
    for page in sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
    if page.name != "LICENSE" and page != DOCS / "benchmarks.md"
}

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^>]*?) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its line, what the comment before it says, its language and text."""

    line: int
    mark: str
    language: str
    text: str


#: The page of each kind of round, by the kind's name.
ROUNDS = {page.stem: page.read_text("utf-8") for page in sorted((DOCS / "rounds").glob("*.md"))}


@cache
def text(name: str) -> str:
    return PAGES[name].read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    return [
        Block(page.count("\n", 0, found.start()) + 1, found["mark"] or "", *found.group(2, 3))
        for found in _BLOCK.finditer(page)
    ]


def prose(page: str) -> str:
    """A page without its blocks of code."""
    return _FENCED.sub("", page)


def headings(page: str) -> list[str]:
    return [title for _, title in _HEADING.findall(prose(page))]


def anchor(heading: str) -> str:
    """The name by which a heading can be linked to."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").casefold())
    return plain.replace(" ", "-")


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    code = [range(*block.span()) for block in _FENCED.finditer(page)]
    found = [
        (m.start(), m.end(), len(m[1]), m[2])
        for m in _HEADING.finditer(page)
        if not any(m.start() in block for block in code)
    ]
    for place, (_, end, level, title) in enumerate(found):
        if title == heading:
            following = (start for start, _, other, _ in found[place + 1 :] if other <= level)
            return page[end : next(following, len(page))]
    raise AssertionError(f"there is no heading {heading!r}")


def tables(page: str) -> list[list[dict[str, str]]]:
    """Every table as rows: the text of each cell by the title of its column."""
    found: list[list[dict[str, str]]] = []
    rows: list[list[str]] = []
    for line in [*prose(page).splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows:
            found.append([dict(zip(rows[0], row, strict=True)) for row in rows[2:]])
            rows = []
    return found


def code(cell: str) -> list[str]:
    """The texts between backticks."""
    return [found.replace("\\|", "|") for found in _CODE.findall(cell)]


def bold(cell: str) -> list[str]:
    """The texts between backticks in bold."""
    return re.findall(r"\*\*`([^`]+)`\*\*", cell)
