"""Draws the picture at the top of the page: a thin row for each item, under what it is.

Bars stretch with the page while letters keep their size. Words stand beside their bar, on a phone
above it: each row is two small drawings, which the style sheet puts beside or above each other. As
in every picture agree is solid, don't know blank, disagree hatched.

Of many items the rows are lines that touch, drawn as two shapes over a hatched ground; a band is as
high as its share, and never too thin for its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from advice.document import Bar, Overview
from advice.drawing.picture import defined, in_percent, legend
from advice.writing.lettering import visible

HIGH = 260  # pixels of all lines together, where there are many
THIN = 18  # the least height of a band of lines
GAP = 4  # between two bands of lines
GUTTER = 46  # percent, left of the lines


def svg(picture: Overview) -> Markup:
    """The picture as several SVG elements in one element that is a picture to a screen reader."""
    return Markup(
        '<div class="picture every" role="img" aria-labelledby="{id}-t {id}-d">\n'
        '<svg class="key" aria-hidden="true" width="100%" height="22" xmlns="http://www.w3.org/2000/svg">\n'
        '{defined}{legend}</svg>\n<div aria-hidden="true">\n{body}</div></div>'
    ).format(
        id=picture.anchor,
        defined=defined(picture),
        legend=legend(picture.anchor, picture.agree, picture.passed, picture.disagree),
        body=_lines(picture) if picture.dense else Markup("").join(_rows(picture)),
    )


def _rows(picture: Overview) -> Iterator[Markup]:
    for band in picture.bands:
        yield Markup(
            '<svg class="band" width="100%" height="20"><text y="15">{}</text></svg>\n'
        ).format(band.title)
        yield from (_row(picture, bar) for bar in band.bars)


def _row(picture: Overview, bar: Bar) -> Markup:
    return Markup(
        '<div class="row"><svg class="words" width="54%" height="17"><text y="13">'
        '<tspan class="label">{number}</tspan>'
        '<tspan x="36">«<tspan class="said">{said}</tspan>»{more}</tspan></text></svg>'
        '<svg class="bar" width="46%" height="14">{parts}</svg></div>\n'
    ).format(
        number=bar.number,
        said=visible(bar.quote.text),
        more="…" if bar.quote.cut else "",
        parts=Markup("").join(_parts(picture, bar)),
    )


def _parts(picture: Overview, bar: Bar) -> Iterator[Markup]:
    left = 0
    shares = (("agree", bar.agree), ("pass", bar.passed), ("disagree", bar.disagree))
    for kind, people in shares:
        if people:
            fill = Markup(' fill="url(#{}-p)"').format(picture.anchor)
            yield Markup(
                '<rect class="{kind}" x="{x}%" width="{width}%" height="100%"{fill}/>'
            ).format(
                kind=kind,
                x=in_percent(left, bar.total),
                width=in_percent(people, bar.total),
                fill=fill if kind == "disagree" else "",
            )
            if fits(people, bar.total):
                middle = in_percent(2 * left + people, 2 * bar.total)
                yield Markup(
                    '<text class="in-{kind}" x="{x}%" y="50%" dy=".36em">{people}</text>'
                ).format(kind=kind, x=middle, people=people)
        left += people


def fits(people: int, total: int) -> bool:
    """Whether a number has room in its part of a row: some percent a digit."""
    return 100 * people >= (4 + 2 * len(str(people))) * total


# Many items


def _heights(picture: Overview) -> list[int]:
    """How high each band is, in pixels, with the gap under it."""
    every = sum(len(band.bars) for band in picture.bands)
    return [max(THIN, HIGH * len(band.bars) // every) + GAP for band in picture.bands]


def _lines(picture: Overview) -> Markup:
    top, found = 0, []
    for band, high in zip(picture.bands, _heights(picture), strict=True):
        found.append(
            Markup(
                '<text class="heading" y="{middle}">{title}</text>'
                '<svg x="{gutter}%" y="{top}" width="{wide}%" height="{high}">'
                '<rect class="disagree" width="100%" height="100%" fill="url(#{id}-p)"/>'
                '<svg viewBox="0 0 100 {n}" preserveAspectRatio="none" width="100%" height="100%">'
                '<path class="pass" d="{passed}"/><path class="agree" d="{agree}"/></svg>'
                '<rect class="frame" width="100%" height="100%"/></svg>\n'
            ).format(
                middle=top + (high - GAP) // 2 + 4,
                title=band.title,
                gutter=GUTTER,
                top=top,
                wide=100 - GUTTER,
                high=high - GAP,
                id=picture.anchor,
                n=len(band.bars),
                agree=_outline((bar.agree, bar.total) for bar in band.bars),
                passed=_outline((bar.agree + bar.passed, bar.total) for bar in band.bars),
            )
        )
        top += high
    return Markup('<svg width="100%" height="{}">{}</svg>\n').format(top, Markup("").join(found))


def _outline(shares: Iterable[tuple[int, int]]) -> str:
    """A shape from the left edge: each row one high and as wide as its share."""
    return "M0 0" + "".join(f"H{in_percent(*share)}v1" for share in shares) + "H0Z"
