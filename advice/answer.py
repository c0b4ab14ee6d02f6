"""The section of the page that says who decides, by when, and when it is on the agenda."""

from __future__ import annotations

from advice.document import Line, Paragraph, Section
from advice.phrases import Phrases
from advice.words import day_in, utc


def answer(by: Phrases) -> Section:
    """Who decides, by when there is an answer, and when it is on the agenda."""
    words, charter = by.words, by.result.dialogue.charter
    found: list[Line] = []
    if charter.get("decider"):
        found.append(words.line("page.decider", decider=by.typed(charter["decider"])))
    if charter.get("answer_by"):
        found.append(words.line("page.answer_by", day=by.day(str(charter["answer_by"]))))
    if charter.get("agenda"):
        found.append(words.line("page.agenda", agenda=by.typed(charter["agenda"])))
        if _too_early(by, str(charter["agenda"]), str(charter.get("answer_by") or "")):
            found.append(words.line("page.answer_too_early"))
    line = by.spaced(found) or words.line("page.no_date")
    return Section(words.line("page.answer"), (Paragraph(line),))


def _too_early(by: Phrases, agenda: str, answer_by: str) -> bool:
    """Whether an answer is promised before the day that stands in the agenda."""
    made = utc(by.result.journal.at).date()
    day = day_in(agenda, by.words.lists["format.months"], made)
    return bool(answer_by) and day is not None and answer_by < day.isoformat()
