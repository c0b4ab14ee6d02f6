"""What stands above the sections of the page: of which day it is, and what a reader must know."""

from __future__ import annotations

from advice import newer
from advice.document import Line
from advice.phrases import Phrases
from advice.words import utc


def notices(by: Phrases) -> tuple[Line, ...]:
    """That it is simulated, imported, of a round that is still open, or a version made anew."""
    result, words = by.result, by.words
    found = []
    if result.simulated:
        found.append(words.line("page.simulated"))
    if result.dialogue.imported:
        found.append(words.line("page.imported"))
    if result.dialogue.source:
        found.append(words.line("page.source", source=by.typed(result.dialogue.source)))
    if result.interim:
        found.append(words.line("page.interim"))
    if result.remade is not None:
        key = "page.remade" if result.remade.sha256 else "page.remade_unposted"
        found.append(words.line(key, version=result.version, texts=result.erased))
    elif result.erased:
        found.append(words.line("page.erased", version=result.version, texts=result.erased))
    found += newer.notice(by)
    return tuple(found)


def facts(by: Phrases, turnout: bool) -> Line:
    """Of which day it is, and how far the say of residents goes; with ``turnout`` in a sentence."""
    words, result = by.words, by.result
    day = words.day(utc(result.journal.at).astimezone(by.zone).date())
    level = result.dialogue.charter.get("level")
    found = [words.line("page.facts_day", day=day)]
    if level:
        key = f"level.{level}" if turnout else f"value.{level}"
        found.append(words.line("page.facts_level", level=by.word(key, str(level))))
    return by.spaced(found)
