"""``uitleg``: what a level, a phase, an agreement, a format, a term or a word means."""

from __future__ import annotations

from bot.desk.asker import Asker
from bot.desk.followup.following import example_asked
from bot.desk.leading.charter_form import explained
from bot.desk.services import Services
from bot.desk.views import example_item
from bot.desk.which import perhaps
from bot.town.formats import named
from commands import said as words
from commands.charter import CHOICES, FIELDS
from commands.explaining import TERMS, Sort, find
from dialogues.core import Notice, Value


def explain(services: Services, asker: Asker, said: words.Explain) -> list[Notice]:
    """Explain what somebody names; without a word, say what can be named."""
    if not said.word.strip():
        return [Notice("explain", _all(services))]
    sort, what = find(services.known, named(services.formats), said.word)
    if sort is Sort.FORMAT:
        return [Notice("explain_format", _format(services, asker, what))]
    if sort is Sort.WORD:
        word = services.known.by_dutch[what]
        data: dict[str, Value] = {"typed": word.dutch, "code": word.help}
        about = perhaps(services, asker)
        data |= {"example_item": example_item(about), "example_asked": example_asked(about)}
        return [Notice("explain_word", data)]
    if sort is Sort.UNKNOWN:
        return [Notice("explain_unknown", {"word": said.word[:40], "nearest": what})]
    if sort is Sort.KEY:
        return explained(what)
    return [Notice("explain_choice" if sort is Sort.CHOICE else "explain_term", {"what": what})]


def _all(services: Services) -> dict[str, Value]:
    formats = sorted(name for name, plan in services.formats.items() if not plan.imported)
    return {
        "levels": list(CHOICES["level"]),
        "phases": list(CHOICES["phase"]),
        "formats": formats,
        "keys": list(FIELDS),
        "terms": sorted(TERMS),
    }


def _format(services: Services, asker: Asker, name: str) -> dict[str, Value]:
    """A format's rounds, in the language of the asker, how long they last at most, and their kinds,
    each of which says what one does in it."""
    plan = services.formats[name]
    english = (asker.known.language or asker.subject.language or services.town.language) == "en"
    titles = [r.title_en if english and r.title_en else r.title for r in plan.rounds]
    days = max(r.days for r in plan.rounds)
    done = [f"{kind}_does" for kind in dict.fromkeys(r.kind for r in plan.rounds)]
    return {"format": name, "count": len(titles), "rounds": titles, "days": days, "done": done}
