"""Draws who took part by round, and what became of each recommendation."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from advice.document import Drawn
from advice.drawing.picture import in_percent
from advice.drawing.states import Look, States, Tile
from advice.drawing.turnout import Measure, Taking, Turnout
from advice.writing.lettering import one_line

LINE = 19  # pixels of a title and of each of its bars
GAP = 9  # pixels under the bars of a round
WIDEST = 55  # percent of the longest bar; its words stand behind it

#: The shapes, in a square of 36: a line of each is drawn over its fill.
_SHAPES: dict[Look, str] = {
    "adopted": '<circle class="full" cx="18" cy="18" r="15"/>',
    "partly": '<circle class="empty" cx="18" cy="18" r="15"/>'
    '<path class="full" d="M18 3a15 15 0 0 0 0 30z"/>',
    "not": '<circle class="empty" cx="18" cy="18" r="15"/><path class="stroke" d="M4 32L32 4"/>',
    "waiting": '<circle class="empty dashed" cx="18" cy="18" r="15"/>',
    "late": '<path class="empty warns" d="M18 3L34 32H2z"/>',
}


def _named(picture: Drawn) -> Markup:
    return Markup('<title id="{id}-t">{title}</title>\n<desc id="{id}-d">{desc}</desc>\n').format(
        id=picture.anchor, title=picture.title, desc=picture.description
    )


# Who took part


def turnout(picture: Turnout) -> Markup:
    """The rounds under each other, each with its bars: solid are people, blank contributions."""
    top, found = LINE + GAP, []
    for one in picture.rounds:
        found.append(_taking(one, top, picture.most))
        top += LINE * (1 + len(one.measures)) + GAP
    return Markup(
        '<svg class="picture turnout" role="img" aria-labelledby="{id}-t {id}-d" width="100%" '
        'height="{height}" xmlns="http://www.w3.org/2000/svg">\n{named}'
        '<g class="legend"><rect class="agree" x="0" y="3" width="12" height="12"/>'
        '<text x="18" y="14">{voted}</text>'
        '<rect class="pass" x="50%" y="3.5" width="11" height="11"/>'
        '<text x="50%" dx="18" y="14">{contributed}</text></g>\n{rounds}</svg>'
    ).format(
        id=picture.anchor,
        height=top,
        named=_named(picture),
        voted=picture.voted,
        contributed=picture.contributed,
        rounds=Markup("").join(found),
    )


def _taking(one: Taking, top: int, most: int) -> Markup:
    bars = (_measure(each, top + LINE * n, most) for n, each in enumerate(one.measures, 1))
    return Markup(
        '<text y="{y}"><tspan class="label">{number}</tspan> '
        '<tspan class="typed">{title}</tspan>{more}</text>{bars}\n'
    ).format(
        y=top + 14,
        number=f"{one.number}.",
        title=one_line(one.title.text),
        more="…" if one.title.cut else "",
        bars=Markup("").join(bars),
    )


def _measure(one: Measure, top: int, most: int) -> Markup:
    if not one.size:
        return Markup('<text x="0" y="{}">{}</text>').format(top + 13, one.words)
    return Markup(
        '<rect class="{look}" x="0" y="{y}" width="{width}%" height="13"/>'
        '<text x="{width}%" dx="7" y="{base}">{words}</text>'
    ).format(
        look="agree" if one.people else "pass",
        y=top + 2,
        width=in_percent(WIDEST * one.size, 100 * most),
        base=top + 13,
        words=one.words,
    )


# What became of it


def states(picture: States) -> Markup:
    """The tiles in a row, that goes on below where there is no room."""
    return Markup(
        '<div class="picture states" role="img" aria-labelledby="{id}-t {id}-d">\n'
        '<svg class="named" aria-hidden="true" width="0" height="0" xmlns="http://www.w3.org/2000/svg">{named}</svg>\n'
        "{tiles}</div>"
    ).format(id=picture.anchor, named=_named(picture), tiles=Markup("").join(_tiles(picture.tiles)))


def _tiles(tiles: tuple[Tile, ...]) -> Iterator[Markup]:
    for tile in tiles:
        yield Markup(
            '<svg class="tile {look}" aria-hidden="true" width="116" height="92">'
            '<text class="label" x="58" y="14">{number}</text>'
            '<g transform="translate(40 20)">{shape}'
            '<text class="letter" x="18" y="{base}">{letter}</text></g>'
            '<text x="58" y="71">{words}</text>'
            '<text class="far" x="58" y="86">{progress}</text></svg>\n'
        ).format(
            look=tile.look,
            number=tile.number,
            shape=Markup(_SHAPES[tile.look]),  # ours, without a value in it
            base=28 if tile.look == "late" else 23,
            letter=tile.letter,
            words=tile.words,
            progress=tile.progress,
        )
