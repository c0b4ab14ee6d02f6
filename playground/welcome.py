"""The first page of the playground: a link for each person, and what to try."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from pathlib import Path
from string import Template

from playground.neighbourhood import CAST, Person

START = 'start tot="over 1 uur"'
_TEMPLATE = Path(__file__).with_name("welcome.html")
_MONTHS = {
    1: "januari",
    2: "februari",
    3: "maart",
    4: "april",
    5: "mei",
    6: "juni",
    7: "juli",
    8: "augustus",
    9: "september",
    10: "oktober",
    11: "november",
    12: "december",
}
_NO_BOT = (
    '<p class="missing">De bot draait nu niet; alleen de kamers zijn er. '
    '<span lang="en">The bot is not running; there are only the rooms.</span></p>'
)


def welcome(urls: dict[str, str], bot: str, *, bot_runs: bool) -> bytes:
    """The page, in Dutch and English."""
    values = {
        "new": escape(new(), quote=False),
        "start": escape(START, quote=False),
        "bot": escape(bot),
        "missing": "" if bot_runs else _NO_BOT,
        "people": "\n".join(_link(one, urls[one.name]) for one in CAST),
    }
    return Template(_TEMPLATE.read_text("utf-8")).substitute(values).encode()


def new() -> str:
    """The line that the moderator types first; its answer date is in a month."""
    answer_by = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of whoever plays
    day = f"{answer_by.day} {_MONTHS[answer_by.month]} {answer_by.year}"
    return (
        "gesprek nieuw stellingenronde De Zomerstraat opnieuw niveau=meedenken "
        f'beslisser="de gemeenteraad" antwoord="{day}" vast="de bus blijft" '
        'open="bomen, parkeren" fase=voorbereiding minimum=5'
    )


def _link(person: Person, url: str) -> str:
    part = "moderator" if person.moderator else "bewoner · resident"
    tongue = "English" if person.language == "en" else "Nederlands"
    return (
        f'<li><a href="{escape(url)}" target="{person.name}">'
        f"<b>{escape(person.shown)}</b><span>{part}</span><small>{tongue}</small></a></li>"
    )
