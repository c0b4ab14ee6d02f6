"""The picture of agreements and divisions: one bar an item, as SVG inside the page.

Its bars stretch with the page while letters keep their size, so it is read on a phone as well.
No meaning by colour alone: agree is solid, don't know is blank, disagree is hatched, always in
this order from left to right, with the number in it; and a table follows.
"""

from __future__ import annotations

from markupsafe import Markup

from advice.document import Bar, Picture
from advice.lettering import visible

ROW = 50  # pixels from one item to the next
TOP = 30  # where the first one begins, under the legend
BAR = 20
BASE = 15  # the line on which letters stand, from the top of a row
NARROW = 7  # a number is left out of a part narrower than so many percent


def svg(picture: Picture) -> Markup:
    """The picture as SVG; a screen reader reads its title and description."""
    height = TOP + ROW * len(picture.bars)
    return Markup(
        '<svg class="picture" role="img" aria-labelledby="{id}-t {id}-d" width="100%" '
        'height="{height}" xmlns="http://www.w3.org/2000/svg">\n'
        '<title id="{id}-t">{title}</title>\n<desc id="{id}-d">{desc}</desc>\n'
        '<defs><pattern id="{id}-p" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>'
        '<rect class="hatch-line" width="2" height="6"/></pattern></defs>\n'
        "{legend}{bars}</svg>"
    ).format(
        id=picture.anchor,
        height=height,
        title=picture.title,
        desc=picture.description,
        legend=_legend(picture),
        bars=Markup("").join(_bar(picture, bar, place) for place, bar in enumerate(picture.bars)),
    )


def _legend(picture: Picture) -> Markup:
    """The legend: solid, blank and hatched, each under its part of the bar."""
    return Markup(
        '<g class="legend">'
        '<rect class="agree" x="0" y="3" width="12" height="12"/><text x="18" y="14">{agree}</text>'
        '<rect class="pass" x="33%" y="3.5" width="11" height="11"/>'
        '<text x="33%" dx="18" y="14">{passed}</text>'
        '<rect class="disagree" x="74%" y="3" width="12" height="12" fill="url(#{id}-p)"/>'
        '<text x="74%" dx="18" y="14">{disagree}</text></g>\n'
    ).format(
        id=picture.anchor,
        agree=picture.agree,
        passed=picture.passed,
        disagree=picture.disagree,
    )


def _bar(picture: Picture, bar: Bar, place: int) -> Markup:
    top = TOP + ROW * place
    words = Markup(
        '<text class="words" y="{y}"><tspan class="label">{number}</tspan> '
        '«<tspan class="said">{text}</tspan>»{more}{note}</text>'
    ).format(
        y=top + BASE,
        number=bar.number,
        text=visible(bar.quote.text),
        more="…" if bar.quote.cut else "",
        note=bar.note,
    )
    parts = (("agree", bar.agree), ("pass", bar.passed), ("disagree", bar.disagree))
    total = bar.agree + bar.passed + bar.disagree
    left, drawn = 0, []
    for kind, people in parts:
        if people:
            drawn.append(_part(picture, kind, people, left, total, top + BASE + 7))
        left += people
    return words + Markup("").join(drawn) + Markup("\n")


def _part(picture: Picture, kind: str, people: int, left: int, total: int, top: int) -> Markup:
    """One part of a bar. Percentages are rounded to four decimals, so that bytes stay the same."""
    fill = Markup(' fill="url(#{}-p)"').format(picture.anchor) if kind == "disagree" else ""
    width = 100 * people / total
    rect = Markup(
        '<rect class="{kind}" x="{x}%" y="{y}" width="{width}%" height="{height}"{fill}/>'
    ).format(
        kind=kind,
        x=_percent(left, total),
        y=top,
        width=_percent(people, total),
        height=BAR,
        fill=fill,
    )
    if width < NARROW:
        return rect
    middle = _percent(2 * left + people, 2 * total)
    number = Markup('<text class="in-{kind}" x="{x}%" y="{y}">{people}</text>')
    return rect + number.format(kind=kind, x=middle, y=top + BASE, people=people)


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.4f}".rstrip("0").rstrip(".")
