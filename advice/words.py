"""``Words``: the phrases of the documents, from the catalogues in ``advice/templates``.

The phrases of one kind of round stand in its own folder and are handed in.

A phrase has ``{places}`` that are filled with pieces of the document, never by formatting: words
of people are put in as they are and are not read again, so that nothing they wrote is a template.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from advice.document import Inline, Line, Quote, Typed
from dialogues.joining import ends

#: The languages with a catalogue; the first is the default.
LANGUAGES = ("nl", "en")

#: A parsed phrase: pairs of our words and the name of the place after them ("" at the end).
Phrase = tuple[tuple[str, str | None], ...]


def _ended(piece: Inline) -> bool:
    """Whether words of a person end in a sign of their own, or in the … of a cut: then no full stop
    follows."""
    if isinstance(piece, Typed):
        return piece.cut or ends(piece.text)
    return isinstance(piece, Quote) and piece.cut


@dataclass(frozen=True)
class Words:
    """The catalogue of one language, with its phrases parsed."""

    language: str
    phrases: Mapping[str, Phrase]
    lists: Mapping[str, tuple[str, ...]]

    def line(self, key: str, /, **values: Inline | int | Line) -> Line:
        """The phrase with its places filled; an unknown key or an unfilled place is an error."""
        found: list[Inline] = []
        for words, place in self.phrases[key]:
            if found and words.startswith(".") and _ended(found[-1]):
                words = words[1:]
            if words:
                found.append(words)
            if place is None:
                continue
            value = values[place]
            if isinstance(value, tuple):
                found.extend(value)
            else:
                found.append(self.number(value) if isinstance(value, int) else value)
        return tuple(found)

    def text(self, key: str, /, **values: str | int) -> str:
        """A phrase as text, with places that hold words of ours only."""
        return "".join(str(piece) for piece in self.line(key, **values))

    def get(self, key: str, default: str) -> str:
        """The phrase ``key``, or ``default`` where there is none."""
        return self.text(key) if key in self.phrases else default

    def number(self, value: int) -> str:
        """A number as text; from ten thousand on with a separator."""
        if abs(value) < 10_000:
            return str(value)
        return f"{value:,}".replace(",", self.text("format.thousands"))

    def decimal(self, value: float) -> str:
        """A fraction with three decimals."""
        return f"{value:.3f}".replace(".", self.text("format.decimal"))

    def day(self, moment: date) -> str:
        """A date written out: dinsdag 15 december 2026."""
        return self.text(
            "format.day",
            weekday=self.lists["format.weekdays"][moment.weekday()],
            day=str(moment.day),
            month=self.lists["format.months"][moment.month - 1],
            year=str(moment.year),
        )

    def moment(self, iso: str, zone: tzinfo) -> str:
        """A UTC moment in the town's local time: dinsdag 15 december 2026, 20.30 uur."""
        local = utc(iso).astimezone(zone)
        return self.text(
            "format.moment",
            day=self.day(local.date()),
            hour=f"{local.hour:02}",
            minute=f"{local.minute:02}",
        )


def utc(iso: str) -> datetime:
    """A stored moment as ``datetime``; one without an offset is UTC."""
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))


#: Whatever may be a day, at any place in a text.
_DAYS = re.compile(r"(?=\b(\d+[-/]\d+[-/]\d+|\d{1,2} [^\W\d]+(?: \d{4})?|[^\W\d]+ \d{1,2}\b))")


def day_in(text: str, months: Sequence[str], since: date) -> date | None:
    """The first day that a text names: 2026-12-10, 10-12-2026, 10 december 2026. One without a year
    is the first from ``since`` on."""
    for found in _DAYS.finditer(text.lower()):
        day = _day(re.split(r"[-/ ]", found[1]), [month.lower() for month in months], since)
        if day is not None:
            return day
    return None


def _day(parts: Sequence[str], months: Sequence[str], since: date) -> date | None:
    if len(parts[0]) == 4 and len(parts) == 3:
        parts = parts[::-1]
    elif not parts[0].isdecimal():
        parts = parts[::-1]  # December 10
    number, month, *year = parts
    names = [i for i, name in enumerate(months, 1) if name.startswith(month) and len(month) > 2]
    place = int(month) if month.isdecimal() and year else names[0] if names else 0
    try:
        if year:
            return date(int(year[0]), place, int(number))
        day = date(since.year, place, int(number))
        return day if day >= since else day.replace(year=since.year + 1)
    except ValueError:
        return None


def known(language: str) -> str:
    """The language, or the default where it has no catalogue."""
    base = language.split("_")[0]
    return base if base in LANGUAGES else LANGUAGES[0]


def catalogue(language: str, kinds: Iterable[Path] = ()) -> Words:
    """The phrases of a language that has a catalogue, with those of the ``kinds`` of rounds:
    folders with a file for each language, whose phrases are under ``[page]``. Each key is in one
    file only."""
    phrases: dict[str, Phrase] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, table in _tables(language, kinds):
        for key, value in _flat("", table):
            if key in phrases or key in lists:
                raise ValueError(f"{name}/{language}.toml: {key} is there already")
            if isinstance(value, list):
                lists[key] = tuple(value)
            else:
                parts = Formatter().parse(value)
                phrases[key] = tuple((words, place) for words, place, _, _ in parts)
    return Words(language, phrases, lists)


def _tables(language: str, kinds: Iterable[Path]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    source = files("advice.templates").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    yield "advice", tomllib.loads(source)
    for folder in kinds:
        source = (folder / f"{language}.toml").read_text(encoding="utf-8")
        yield folder.name, tomllib.loads(source).get("page", {})


def _flat(path: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from _flat(name, value)
        else:
            yield name, value
