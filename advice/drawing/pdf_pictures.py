"""Pictures as data for the PDF's template, which draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from advice.document import Bar, Drawn, Line, Overview, Picture
from advice.drawing.overview_rows import fits
from advice.drawing.picture import parted
from advice.drawing.states import States
from advice.drawing.turnout import Turnout
from advice.writing.lettering import one_line

#: The bars of a picture that stay together on a sheet.
BARS = 8

#: A number is left out of a part of a bar that is narrower than so many percent.
NARROW = 3


class Writing(Protocol):
    """What makes words printable."""

    def words(self, text: str) -> str: ...

    def line(self, line: Line) -> list[tuple[str, str]]: ...


def drawn(by: Writing, picture: Drawn) -> Iterator[dict[str, Any]]:
    """A picture in as many parts as it has on paper."""
    match picture:
        case Overview():
            yield _overview(by, picture)
        case Picture():
            yield from _parts(by, picture)
        case Turnout():
            yield _turnout(by, picture)
        case States():
            yield _states(by, picture)


def _turnout(by: Writing, picture: Turnout) -> dict[str, Any]:
    rounds = [
        {
            "title": by.line((f"{one.number}. ", one.title)),
            "measures": [
                {"words": by.words(each.words), "size": each.size, "look": 0 if each.people else 1}
                for each in one.measures
            ],
        }
        for one in picture.rounds
    ]
    return {
        "kind": "turnout",
        "alt": by.words(f"{picture.title}. {picture.description}"),
        "legend": [by.words(picture.voted), by.words(picture.contributed)],
        "rounds": rounds,
        "most": picture.most,
        "caption": by.line(picture.caption),
    }


def _states(by: Writing, picture: States) -> dict[str, Any]:
    tiles = [
        {
            "number": by.words(tile.number),
            "look": tile.look,
            "letter": by.words(tile.letter),
            "words": by.words(tile.words),
            "progress": by.words(tile.progress),
        }
        for tile in picture.tiles
    ]
    return {
        "kind": "states",
        "alt": by.words(f"{picture.title}. {picture.description}"),
        "tiles": tiles,
        "caption": by.line(picture.caption),
    }


def _overview(by: Writing, picture: Overview) -> dict[str, Any]:
    """The picture at the top of the page, as rows with words where there are few enough, and as
    lines for where these have no room."""
    bands = [
        {
            "title": by.words(band.title),
            "bars": [] if picture.dense else [_bar(by, _in_a_row(bar), fits) for bar in band.bars],
            "shares": [[bar.agree, bar.passed, bar.disagree] for bar in band.bars],
        }
        for band in picture.bands
    ]
    return {
        "kind": "overview",
        "alt": by.words(f"{picture.title}. {picture.description}"),
        "legend": [*map(by.words, (picture.agree, picture.passed, picture.disagree))],
        "bands": bands,
        "dense": picture.dense,
        "caption": by.line(picture.caption),
    }


def _in_a_row(bar: Bar) -> Bar:
    """The bar with its words on one line."""
    return replace(bar, quote=replace(bar.quote, text=one_line(bar.quote.text)))


def _parts(by: Writing, picture: Picture) -> Iterator[dict[str, Any]]:
    """A picture of bars by sheet; its caption stands under the last."""
    parts = [*parted(picture, BARS)]
    for part in parts:
        yield {
            "kind": "picture",
            "alt": by.words(f"{part.title}. {part.description}"),
            "legend": [*map(by.words, (part.agree, part.passed, part.disagree))],
            "bars": [_bar(by, bar, _wide) for bar in part.bars],
            "caption": by.line(part.caption) if part is parts[-1] else [],
        }


def _wide(people: int, total: int) -> bool:
    """Whether a number has room in its part of a bar that is as wide as the sheet."""
    return 100 * people >= NARROW * total


def _bar(by: Writing, bar: Bar, fit: Callable[[int, int], bool]) -> dict[str, Any]:
    """A bar: its words, and of each part how many people, with the number where that has room."""
    parts = [
        {"look": look, "people": people, "number": str(people) if fit(people, bar.total) else ""}
        for look, people in enumerate((bar.agree, bar.passed, bar.disagree))
        if people
    ]
    line = by.line((bar.quote, bar.note))
    return {"label": by.words(bar.number), "line": line, "parts": parts}
