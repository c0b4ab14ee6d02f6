"""Output of the console: each message tagged with its place, in colour on a terminal only."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Callable
from enum import Enum

from bot.platforms.places import Place, PlaceKind


class Look(Enum):
    """How a message is drawn: in the player's own place, elsewhere, typed by a person, or an
    edit."""

    OWN = "own"
    OTHER = "other"
    SAID = "said"
    EDIT = "edit"


_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_ROOM, _STAFF, _NOTE = "36", "35", "\x1b[33m"
_PEOPLE = ("32", "34", "92", "94", "95", "96")
_INDENT = "  "


class Paper:
    """Writes to the terminal. ``width`` gives the columns to wrap at; None leaves lines as they
    are."""

    def __init__(
        self,
        write: Callable[[str], None],
        colours: bool = False,
        width: Callable[[], int] | None = None,
    ) -> None:
        self._write = write
        self._colours = colours
        self._width = width

    def message(self, place: Place, text: str, look: Look) -> None:
        """Write a message of the bot, with its place."""
        tag = f"[{place.name}] "
        lines = self._wrapped(tag, ("✎ " if look is Look.EDIT else "") + text)
        if not self._colours:
            self._write("\n".join(lines) + "\n")
            return
        dim = _DIM if look in (Look.OTHER, Look.EDIT) else ""
        bold = _BOLD if look is Look.OWN else ""
        tag = f"\x1b[{_colour(place)}m{bold}{tag}{_PLAIN}"
        first, *rest = lines
        body = "\n".join([first.partition("] ")[2], *rest])
        self._write(f"{tag}{dim}{body}{_PLAIN}\n")

    def said(self, place: Place, who: str, text: str) -> None:
        """Write a line somebody typed, where the terminal itself does not show it."""
        self.message(place, f"{who}: {text}", Look.SAID)

    def note(self, text: str) -> None:
        """Write a message of the console itself."""
        lines = self._wrapped("", text, "· ")
        if self._colours:
            self._write(f"{_NOTE}" + "\n".join(lines) + f"{_PLAIN}\n")
        else:
            self._write("\n".join(lines) + "\n")

    def _wrapped(self, tag: str, text: str, first: str = "") -> list[str]:
        lines = [line for line in text.split("\n") if line.strip()] or [""]
        out: list[str] = []
        for number, line in enumerate(lines):
            start = tag + first if number == 0 else _INDENT
            if self._width is None:
                out.append(start + line)
                continue
            out += textwrap.wrap(
                line,
                max(30, self._width() - 1),
                initial_indent=start,
                subsequent_indent=_INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            ) or [start]
        return out


def _colour(place: Place) -> str:
    if place.kind is PlaceKind.PERSONAL:
        return _PEOPLE[zlib.crc32(place.name.encode()) % len(_PEOPLE)]
    return _STAFF if place.kind is PlaceKind.STAFF else _ROOM
