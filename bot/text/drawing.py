"""Figures as a picture: a title, and under each text its bars, to scale, each with its number.

The letters are Lato's, which stand beside this file under their own licence (fonts/OFL.txt);
nothing is fetched. Meaning is in words and numbers, and never in colour alone.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

#: Sizes in pixels: the width, the margin, letters, and a bar with the room below it.
_WIDTH, _MARGIN, _TITLE, _TEXT, _BAR, _GAP = 1080, 60, 56, 40, 44, 24

#: Dark on white: 15 to 1; bars 7 to 1.
_PAPER, _INK, _SOLID, _EMPTY = "#ffffff", "#1b1b1b", "#154273", "#e3e8ee"

#: So high a picture may be, as it is read on a phone.
_HIGHEST = 8_000


@dataclass(frozen=True, slots=True)
class Bars:
    """The figures under one text: what each is of, and how many."""

    text: str
    figures: tuple[tuple[str, int], ...]


def png(title: str, every: Sequence[Bars]) -> bytes | None:
    """The picture; None where letters are needed that the font does not have, or it would be too
    high. Signs that it does not have, such as emoji, are left out."""
    words = [title, *(one.text for one in every), *(of for one in every for of, _ in one.figures)]
    if not every or any(_foreign(text) for text in words):
        return None
    rows = list(_rows(title, every))
    height = sum(row.height for row in rows) + 2 * _MARGIN
    if height > _HIGHEST:
        return None
    image = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen, top = ImageDraw.Draw(image), _MARGIN
    for row in rows:
        row.draw(pen, top)
        top += row.height
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of letters."""

    text: str
    bold: bool
    size: int

    @property
    def height(self) -> int:
        return round(self.size * 1.3)

    def draw(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        pen.text((_MARGIN, top), self.text, fill=_INK, font=_font(self.size, self.bold))


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar with its number, ``share`` of the longest there can be."""

    number: int
    share: float

    @property
    def height(self) -> int:
        return _BAR + _GAP

    def draw(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        font, room = _font(_TEXT, bold=True), 110
        right = _WIDTH - _MARGIN - room
        pen.rectangle((_MARGIN, top, right, top + _BAR), fill=_EMPTY)
        if self.number:
            reach = _MARGIN + max(4, round((right - _MARGIN) * self.share))
            pen.rectangle((_MARGIN, top, reach, top + _BAR), fill=_SOLID)
        pen.text((right + 20, top - 3), str(self.number), fill=_INK, font=font)


@dataclass(frozen=True, slots=True)
class _Space:
    """Nothing, between two texts."""

    height: int

    def draw(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        """Leave it white."""


def _rows(title: str, every: Sequence[Bars]) -> Iterator[_Line | _Bar | _Space]:
    yield from (_Line(line, True, _TITLE) for line in _wrapped(title, _TITLE, bold=True))
    for one in every:
        yield _Space(2 * _GAP)
        yield from (_Line(line, True, _TEXT) for line in _wrapped(one.text, _TEXT, bold=True))
        yield _Space(_GAP // 2)
        whole = max((number for _, number in one.figures), default=0) or 1
        for of, number in one.figures:
            yield from (_Line(line, False, _TEXT) for line in _wrapped(of, _TEXT, bold=False))
            yield _Bar(number, number / whole)


def _wrapped(text: str, size: int, *, bold: bool) -> Iterator[str]:
    """The lines of a text; a word that is too long for one is broken."""
    font, room, line = _font(size, bold), _WIDTH - 2 * _MARGIN, ""
    for word in _known(text).split():
        for part in _parts(word, font, room):
            longer = f"{line} {part}".strip()
            if line and font.getlength(longer) > room:
                yield line
                longer = part
            line = longer
    if line:
        yield line


def _parts(word: str, font: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    part = ""
    for letter in word:
        if font.getlength(part + letter) > room:
            yield part
            part = ""
        part += letter
    yield part


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "Lato-Bold.ttf" if bold else "Lato-Regular.ttf"
    return ImageFont.truetype(str(Path(__file__).parent / "fonts" / name), size)


@cache
def _has(letter: str) -> bool:
    """Whether the font has a letter: one that it lacks looks as any other that it lacks."""
    if letter.isspace():
        return True
    font = _font(_TEXT, bold=False)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def _known(text: str) -> str:
    return "".join(filter(_has, unicodedata.normalize("NFC", text)))


def _foreign(text: str) -> bool:
    """Whether letters or figures of a text are lacking."""
    letters = unicodedata.normalize("NFC", text)
    return any(unicodedata.category(one)[0] in "LNM" and not _has(one) for one in letters
               if one != "\ufe0f")  # fmt: skip
