"""How a page of a town's site is made: its frame, its policy, and what templates may call.

Every page is whole in itself. Its policy allows no request at all, and of scripts and styles only
those whose hash it names. What people wrote is put in as data, escaped, isolated in its direction.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from advice.document import Code, Inline, Line, plain
from advice.drawing.svg import svg
from advice.kinds import AllPages
from advice.town.planned import Named
from advice.words import Words, catalogue, known, utc
from advice.writing.html import environment, line
from advice.writing.lettering import quote, typed
from advice.writing.logo import Logo
from advice.writing.theme import NEUTRAL, Theme, css

#: The folder with the catalogues of the site.
TEXTS = Path(__file__).parent

FEED = "atom.xml"


@dataclass(frozen=True, slots=True)
class Place:
    """A page that every page leads to: its file, and the code of what it is called."""

    file: str
    title: str


PLACES = (
    Place("index.html", "site.nav_index"),
    Place("register.html", "promise.nav"),
    Place("agenda.html", "site.nav_agenda"),
    Place("tellen.html", "site.nav_count"),
    Place("over.html", "site.nav_about"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the frame of one page needs. ``root`` leads from it to the top of the site, ``here`` is
    its own file; ``script`` is "" where it has none, and so is ``feed``."""

    language: str
    town: Inline
    root: str
    here: str
    policy: str
    css: str
    script: Markup
    logo: Logo | None
    feed: str
    places: tuple[Place, ...] = PLACES


class Looks:
    """Makes pages of one town, in the colours of its theme. ``address``: where the site stands, ""
    where that is not known."""

    def __init__(
        self, town: Named, pages: AllPages, theme: Theme = NEUTRAL, address: str = ""
    ) -> None:
        self.town = town
        self.address = f"{address.rstrip('/')}/" if address else ""
        self.language = known(town.language)
        self.zone = ZoneInfo(town.zone)
        self.words = catalogue(self.language, [TEXTS])
        self.kinds = pages.words(self.language)
        self.order = tuple(each.kind for each in pages)
        self._logo = theme.logo
        self._css = css(theme) + _file("site.css") + _states()
        self._script = _file("zoek.js")

    def page(self, template: str, here: str, *, script: bool = False, **values: object) -> bytes:
        """The page of a template at a place of the site; ``script``: with the one of the search."""
        look = Look(
            language=self.language,
            town=typed(self.town.town),
            root="../" * here.count("/"),
            here=here,
            policy=_policy(self._css, self._script if script else ""),
            css=Markup(self._css),
            script=Markup(self._script if script else ""),
            logo=self._logo,
            feed=FEED if self.address else "",
        )
        return self._environment.get_template(template).render(look=look, **values).encode()

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        made = environment("site/templates")
        made.filters |= {"line": line, "svg": svg}
        made.globals |= {
            "code": Code,
            "day": self.day,
            "day_of": self.day_of,
            "line_of": lambda text: plain((typed(text),)),
            "moment": self.moment,
            "month": self.month,
            "plain": lambda key, **values: plain(self.words.line(key, **values)),
            "quote": quote,
            "quoted": lambda text: line((quote(text),)),
            "said": lambda text: line((typed(text),)),
            "say": self.say,
            "span": self.span,
            "t": self.text,
            "texts": self.texts,
            "typed": typed,
        }
        return made

    def text(self, key: str, /, **values: str | int) -> str:
        """A phrase of ours, also one of a kind of round."""
        return self._of(key).text(key, **values)

    def texts(self, key: str) -> tuple[str, ...]:
        """The paragraphs of a section."""
        return {**self.words.lists, **self.kinds.lists}[key]

    def line(self, key: str, /, **values: Inline | int | Line) -> Line:
        """A phrase with words of people in it."""
        return self._of(key).line(key, **values)

    def say(self, key: str, /, **values: Inline | int | Line) -> Markup:
        """The same as HTML."""
        return line(self.line(key, **values))

    def _of(self, key: str) -> Words:
        return self.words if key in self.words.phrases else self.kinds

    def moment(self, iso: str) -> str:
        """A UTC moment in the town's local time."""
        return self.words.moment(iso, self.zone)

    def clock(self, iso: str) -> str:
        """The local hour of a UTC moment."""
        at = utc(iso).astimezone(self.zone)
        return self.words.text("site.clock", hour=f"{at.hour:02}", minute=f"{at.minute:02}")

    def span(self, begins_at: str, ends_at: str) -> str:
        """From one UTC moment to another; of the same day its hour alone."""
        same = self.day_of(begins_at) == self.day_of(ends_at)
        end = self.clock(ends_at) if same else self.moment(ends_at)
        return self.text("site.span", begin=self.moment(begins_at), end=end)

    def day_of(self, iso: str) -> str:
        """The local day of a UTC moment."""
        return self.words.day(utc(iso).astimezone(self.zone).date())

    def month(self, key: str, month: str) -> str:
        """A phrase with the name and the year of a month (2026-11) in it."""
        year, number = month.split("-")
        return self.text(key, month=self.kinds.lists["format.months"][int(number) - 1], year=year)

    def day(self, iso: str) -> str:
        """A date written out."""
        return self.words.day(date.fromisoformat(iso))


def _policy(css: str, script: str) -> str:
    """No request, no form and no frame; of style and script this one alone. A picture may stand in
    the page itself."""
    parts = ["default-src 'none'", f"style-src {_hash(css)}", "img-src data:"]
    if script:
        parts.append(f"script-src {_hash(script)}")
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _states() -> str:
    """The looks of the picture of answers, which documents have as well."""
    return files("advice.templates").joinpath("states.css").read_text(encoding="utf-8")


def _file(name: str) -> str:
    return files("advice.site.templates").joinpath(name).read_text(encoding="utf-8")
