"""``nieuwsbrief``: the draft of a month's newsletter in the staff room, and the ok of one person.

The draft is made of what happened, as it stands now. What is released goes into the town's chain,
with every entry, so that it stays as it was shown; ``export`` writes the file. Nothing is posted.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec

from advice.papers.news import Month, news
from advice.papers.newsletter import newsletter as paper
from advice.papers.newsletter import sentences
from advice.words import catalogue, known
from bot.desk import asked
from bot.desk.asker import Asker
from bot.desk.services import Services
from commands.choices import agrees
from commands.said_papers import Newsletter
from commands.times.days import MONTHS
from dialogues.core import Notice, Refused, Role, Value
from dialogues.newsletter_events import NewsletterReleased
from dialogues.record import TOWN
from storage.forms import Form

#: The kind of the question whether the draft is right.
KIND = "newsletter"

#: No town has news of before this year.
_FIRST = 2000

_MAY = frozenset({Role.CLERK, Role.MODERATOR})


def newsletter(services: Services, asker: Asker, said: Newsletter) -> list[Notice]:
    """Show the draft of a month, and ask whether it is right."""
    local = asker.at.astimezone(services.town.zone)
    name = month_of(said.month, local)
    if name >= f"{local:%Y-%m}":
        raise Refused("newsletter_early")
    return [_ask(services, asker, _made(services, asker.at, name), again=False)]


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to that question; None for other words. Where something changed since it was
    shown, it is shown and asked about once more."""
    said = agrees(text)
    if said not in ("yes", "no"):
        return None
    asked.done(services, asker, KIND)
    if said == "no":
        return [Notice("newsletter_not", {})]
    if not asker.held & _MAY:
        raise Refused("word_not_yours", word="nieuwsbrief")
    made = _made(services, asker.at, str(form.data["month"]))
    if _seal(made) != form.data["seal"]:
        return [_ask(services, asker, made, again=True)]
    services.store.journal.append(TOWN, asker.at, "clock", made)
    return [Notice("newsletter_released", {**_named(made), "version": made.version})]


def _ask(services: Services, asker: Asker, made: NewsletterReleased, *, again: bool) -> Notice:
    asked.ask(services, asker, KIND, "", {"month": made.month, "seal": _seal(made)})
    parts: list[Value] = [
        {"title": title, "lines": list(lines)}
        for title, lines in sentences(paper(made), catalogue(known(made.language)))
    ]
    data: dict[str, Value] = {**_named(made), "version": made.version, "again": again}
    return Notice("newsletter_draft", {**data, "parts": parts})


def _named(made: NewsletterReleased) -> dict[str, Value]:
    year, month = made.month.split("-")
    return {"month": MONTHS[0][int(month) - 1], "year": int(year)}


def _made(services: Services, now: datetime, name: str) -> NewsletterReleased:
    """The newsletter of a month as it would be released now."""
    town, ledger = services.town, services.ledger
    month = Month.of(name, town.zone)
    found = news(
        ledger.states.values(),
        ledger.meetings.by_id.values(),
        ledger.commitments.by_id.values(),
        month,
        now,
        town.rooms.is_published,
    )
    before = [one for one in released(services) if one.month == name]
    return NewsletterReleased(name, len(before) + 1, town.name, town.zone.key, town.language, found)


def released(services: Services) -> list[NewsletterReleased]:
    """Every newsletter that was released, the oldest first."""
    lines = services.store.reader().journal(TOWN)
    return [line.event for line in lines if isinstance(line.event, NewsletterReleased)]


def _seal(made: NewsletterReleased) -> str:
    return hashlib.sha256(msgspec.json.encode(made)).hexdigest()


def month_of(text: str, now: datetime) -> str:
    """The month that somebody typed (november, november 2026, 2026-11), the newest that has begun
    where the year is left out; for nothing the month before this one. Raises ``Refused``."""
    parts = text.casefold().replace("-", " ").split()
    if not parts:
        year, month = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
        return f"{year}-{month:02}"
    digits = [part for part in parts if part.isascii() and part.isdecimal()]
    years = [int(part) for part in digits if len(part) == 4]
    numbers = [int(part) for part in digits if len(part) < 3]
    numbers += [names.index(part) + 1 for part in parts for names in MONTHS if part in names][:1]
    if len(years) + len(numbers) != len(parts) or len(numbers) != 1 or len(years) > 1:
        raise Refused("newsletter_month", value=text)
    month = numbers[0]
    year = years[0] if years else now.year if month <= now.month else now.year - 1
    if not 1 <= month <= 12 or year < _FIRST:
        raise Refused("newsletter_month", value=text)
    return f"{year}-{month:02}"
