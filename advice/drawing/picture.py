"""The picture of agreements and divisions: one bar an item, as SVG inside the page.

Its bars stretch with the page while letters keep their size, so it is read on a phone as well.
No meaning by colour alone: agree is solid, don't know is blank, disagree is hatched, always in
this order from left to right, with the number in it; and a table follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from advice.document import Bar, Drawn, Picture, Quote
from advice.writing.lettering import visible

ROW = 50  # pixels from one item to the next, with its words on one line
LINE = 18  # pixels more for each further line
LETTERS = 46  # the letters that fit on a line of a phone
LINES = 3  # the lines that an item's words can take
TOP = 30  # where the first one begins, under the legend
BAR = 20
BASE = 15  # the line on which letters stand, from the top of a row
NARROW = 7  # a number is left out of a part narrower than so many percent


def svg(picture: Picture) -> Markup:
    """The picture as SVG; a screen reader reads its title and description."""
    lines = [folded(bar) for bar in picture.bars]
    tops = [TOP]
    for each in lines:
        tops.append(tops[-1] + ROW + LINE * (len(each) - 1))
    drawn = zip(picture.bars, lines, tops, strict=False)
    return Markup(
        '<svg class="picture" role="img" aria-labelledby="{id}-t {id}-d" width="100%" '
        'height="{height}" xmlns="http://www.w3.org/2000/svg">\n'
        "{defined}{legend}{bars}</svg>"
    ).format(
        id=picture.anchor,
        height=tops[-1],
        defined=defined(picture),
        legend=legend(picture.anchor, picture.agree, picture.passed, picture.disagree),
        bars=Markup("").join(_bar(picture, bar, each, top) for bar, each, top in drawn),
    )


def parted(picture: Picture, most: int) -> Iterator[Picture]:
    """The picture in parts of at most so many bars, for paper. A part describes its own bars; one
    that is whole keeps its description."""
    if len(picture.bars) <= most:
        yield picture
        return
    for at in range(0, len(picture.bars), most):
        bars = picture.bars[at : at + most]
        said = " ".join(_described(picture, bar) for bar in bars)
        yield replace(picture, description=said, bars=bars)


def _described(picture: Picture, bar: Bar) -> str:
    """The figures of a bar in words of the legend."""
    named = (
        (picture.agree, bar.agree),
        (picture.passed, bar.passed),
        (picture.disagree, bar.disagree),
    )
    return f"{bar.number}: " + ", ".join(f"{name} {people}" for name, people in named) + "."


def defined(picture: Drawn) -> Markup:
    """What a screen reader reads of a picture, and the hatching that its parts are filled with."""
    return Markup(
        '<title id="{id}-t">{title}</title>\n<desc id="{id}-d">{desc}</desc>\n'
        '<defs><pattern id="{id}-p" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>'
        '<rect class="hatch-line" width="2" height="6"/></pattern></defs>\n'
    ).format(id=picture.anchor, title=picture.title, desc=picture.description)


def legend(anchor: str, agree: str, passed: str, disagree: str) -> Markup:
    """The legend: solid, blank and hatched, each under its part of the bar."""
    return Markup(
        '<g class="legend">'
        '<rect class="agree" x="0" y="3" width="12" height="12"/><text x="18" y="14">{agree}</text>'
        '<rect class="pass" x="33%" y="3.5" width="11" height="11"/>'
        '<text x="33%" dx="18" y="14">{passed}</text>'
        '<rect class="disagree" x="74%" y="3" width="12" height="12" fill="url(#{id}-p)"/>'
        '<text x="74%" dx="18" y="14">{disagree}</text></g>\n'
    ).format(
        id=anchor,
        agree=agree,
        passed=passed,
        disagree=disagree,
    )


def fitting(text: str) -> Quote:
    """The words of an item, shortened only where they take more lines than there are."""
    lines = _lines(text, "")
    return Quote(text) if len(lines) <= LINES else Quote("".join(lines[:LINES]).rstrip(), True)


def folded(bar: Bar) -> list[str]:
    """The words of a bar by line; together they are its quote, letter for letter."""
    return _lines(visible(bar.quote.text), bar.note)


def _lines(text: str, note: str) -> list[str]:
    """Lines of at most ``LETTERS``, the first shorter by the number and its sign before it, the
    last with room for what stands behind it."""
    lines, room = [""], LETTERS - 5
    for word in re.findall(r"\S+\s*|\s+", text):
        if lines[-1] and len(lines[-1]) + len(word.rstrip()) > room:
            lines.append("")
            room = LETTERS
        lines[-1] += word
    if note and len(lines[-1]) + len(note) > room and " " in lines[-1].strip():
        head, space, tail = lines[-1].rstrip().rpartition(" ")
        lines[-1:] = [head + space, tail]
    return lines


def _bar(picture: Picture, bar: Bar, lines: Sequence[str], top: int) -> Markup:
    first, *others = lines
    rest = Markup("").join(
        Markup('<tspan x="0" dy="{line}">{text}</tspan>').format(line=LINE, text=text)
        for text in others
    )
    words = Markup(
        '<text class="words" y="{y}"><tspan class="label">{number}</tspan> '
        '«<tspan class="said">{first}{rest}</tspan>»{more}{note}</text>'
    ).format(
        y=top + BASE,
        number=bar.number,
        first=first,
        rest=rest,
        more="…" if bar.quote.cut else "",
        note=bar.note,
    )
    top += LINE * len(others)
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
        x=in_percent(left, total),
        y=top,
        width=in_percent(people, total),
        height=BAR,
        fill=fill,
    )
    if width < NARROW:
        return rect
    middle = in_percent(2 * left + people, 2 * total)
    number = Markup('<text class="in-{kind}" x="{x}%" y="{y}">{people}</text>')
    return rect + number.format(kind=kind, x=middle, y=top + BASE, people=people)


def in_percent(part: int, of: int) -> str:
    """A share as a number of percent."""
    return f"{100 * part / of:.4f}".rstrip("0").rstrip(".")
