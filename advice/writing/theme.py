"""How a town's documents look: colours for a light page, a dark one and paper, and its logo.

A colour has a name for what it is for (a *token*). HTML pages, the PDF and the town's site take
their colours from here and nowhere else. ``faults`` says where letters could not be read: every
pair that stands on each other has the contrast that WCAG 2.2 AA asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from advice.writing.logo import Logo

#: The contrast that letters need at least. Shapes need less (3), and have these colours too.
LETTERS = 4.5

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one surface, each ``#rrggbb`` in small letters.

    ``paper`` is the page and ``ground`` what lies around it. ``ink`` is for words, ``soft`` for
    notes. ``line`` divides and has no meaning. ``accent`` is the town's colour: headings, links,
    the bar of who agrees. ``signal`` is for notices and the bar of who disagrees.
    """

    paper: str
    ground: str
    ink: str
    soft: str
    line: str
    accent: str
    signal: str

    @property
    def on_accent(self) -> str:
        """For letters on the accent: paper or ink, whichever is read better."""
        return max(self.paper, self.ink, key=lambda colour: contrast(colour, self.accent))

    @property
    def notice(self) -> str:
        """The ground of a notice."""
        return mixed(self.signal, self.paper, 7)

    @property
    def tint(self) -> str:
        """The ground of the row that a link led to."""
        return mixed(self.accent, self.paper, 8)

    @property
    def hatch(self) -> str:
        """The ground of the hatched bar of who disagrees."""
        return mixed(self.signal, self.paper, 20)

    @property
    def hatch_line(self) -> str:
        """The lines of the hatched bar."""
        return mixed(self.signal, self.paper, 60)

    def tokens(self) -> dict[str, str]:
        """Every colour by its name in a style sheet."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        made = {name: getattr(self, name) for name in _MADE}
        return {name.replace("_", "-"): colour for name, colour in (given | made).items()}


_MADE = ("on_accent", "notice", "tint", "hatch", "hatch_line")

LIGHT = Colours(
    paper="#fffefb",
    ground="#f1efe8",
    ink="#1c2530",
    soft="#4c5763",
    line="#d5d1c5",
    accent="#17495a",
    signal="#8f3d1c",
)
DARK = Colours(
    paper="#171d23",
    ground="#0f1418",
    ink="#e9ecee",
    soft="#b3bdc6",
    line="#3b4650",
    accent="#8ccbdd",
    signal="#f0a585",
)
PRINT = Colours(
    paper="#ffffff",
    ground="#ffffff",
    ink="#1c2530",
    soft="#4c5763",
    line="#d5d1c5",
    accent="#17495a",
    signal="#8f3d1c",
)

Surface = Literal["light", "dark", "print"]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of each surface and the town's logo, if it has one."""

    light: Colours = LIGHT
    dark: Colours = DARK
    print: Colours = PRINT
    logo: Logo | None = None


#: What a town has that chose nothing. Documents whose hash is posted always look like this.
NEUTRAL = Theme()


def css(theme: Theme) -> str:
    """The tokens as custom properties: light, dark where the reader's screen is, and for paper."""
    dark = "@media screen and (prefers-color-scheme: dark) {\n" + _root(theme.dark) + "}\n"
    paper = "@media print {\n" + _root(theme.print, "color-scheme: light; ") + "}\n"
    return _root(theme.light, "color-scheme: light dark; ") + dark + paper


def chosen(
    light: Mapping[str, str], dark: Mapping[str, str], paper: Mapping[str, str], logo: Logo | None
) -> Theme:
    """A theme from what a town chose, by token; what it did not choose is ours.

    Its accent and signal for a light page are those on paper too, and made lighter until they can
    be read on a dark page, where others were not chosen.
    """
    own = {token: light[token] for token in ("accent", "signal") if token in light}
    by_night = {
        token: lightened(colour, DARK) for token, colour in own.items() if _COLOUR.fullmatch(colour)
    }
    return Theme(
        light=replace(LIGHT, **light),
        dark=replace(DARK, **by_night | dict(dark)),
        print=replace(PRINT, **own | dict(paper)),
        logo=logo,
    )


def lightened(colour: str, on: Colours) -> str:
    """The colour, mixed with as much ink as it needs to be read on this surface."""
    steps = (mixed(on.ink, colour, percent) for percent in range(0, 100, 5))
    read = (made for made in steps if contrast(made, mixed(made, on.paper, 8)) >= LETTERS)
    return next(read, on.ink)


def _root(colours: Colours, first: str = "") -> str:
    written = " ".join(f"--{name}: {colour};" for name, colour in colours.tokens().items())
    return f":root {{ {first}{written} }}\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """A colour that cannot be used: of which surface, its token, and a sentence why."""

    surface: Surface
    token: str
    why: str


def faults(theme: Theme) -> Iterator[Fault]:
    """What is wrong with the colours of a theme; nothing where all can be read."""
    surfaces: tuple[Surface, ...] = ("light", "dark", "print")
    for surface in surfaces:
        colours: Colours = getattr(theme, surface)
        wrong = [*_miswritten(surface, colours)]
        yield from wrong or _unreadable(surface, colours)


def _miswritten(surface: Surface, colours: Colours) -> Iterator[Fault]:
    for field in fields(colours):
        value = getattr(colours, field.name)
        if not _COLOUR.fullmatch(value):
            why = f"{value!r} is no colour; write one like #17495a"
            yield Fault(surface, field.name, why)


#: Which colour stands on which, and the contrast they need.
_PAIRS = (
    *((token, on, LETTERS) for token in ("ink", "soft", "accent", "signal") for on in ("paper",)),
    *((token, "ground", LETTERS) for token in ("ink", "soft", "accent")),
    *(("ink", on, LETTERS) for on in ("notice", "tint", "hatch")),
    ("accent", "tint", LETTERS),
    ("on_accent", "accent", LETTERS),
)


def _unreadable(surface: Surface, colours: Colours) -> Iterator[Fault]:
    for token, on, least in _PAIRS:
        one, other = getattr(colours, token), getattr(colours, on)
        found = contrast(one, other)
        if found < least:
            # What is derived cannot be set, so the colour that it is made of is named.
            named = token if token not in _MADE else on
            why = (
                f"{one} on {other} ({_name(token)} on {_name(on)}) has a contrast of {found:.2f}; "
                f"letters need {least} at least. Choose a {_direction(colours)} colour"
            )
            yield Fault(surface, named, why)


def _name(token: str) -> str:
    return token.replace("_", "-")


def _direction(colours: Colours) -> str:
    """Which way a colour has to go to be read on this surface."""
    return "darker" if luminance(colours.paper) > 0.18 else "lighter"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour by WCAG 2: 0 for black, 1 for white."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: int) -> float:
    share = part / 255
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)


def mixed(colour: str, ground: str, percent: int) -> str:
    """A colour laid over a ground, so much of it."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return "#" + "".join(
        f"{(over * percent + under * (100 - percent) + 50) // 100:02x}" for over, under in pairs
    )


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
