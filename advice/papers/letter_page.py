"""The page of an antwoordbrief: one sheet of paper at B1, from its model alone.

While there are more words than fit on one sheet, reasons are shortened first, then what was asked;
then reasons are left out, and at last who answered on which day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from advice.document import Document, Entries, Entry, Line, Link, Paragraph, Section
from advice.papers.letter import Answer, Asked, Letter
from advice.papers.paper import sheet
from advice.words import Words, utc
from advice.writing.lettering import quote, typed, words_in
from advice.writing.markdown import page_as_markdown
from dialogues.followup.events import Outcome
from dialogues.followup.progress import Progress

#: So many words fit on a sheet, with a code.
LIMIT = 320


@dataclass(frozen=True, slots=True)
class Space:
    """How many words of what was asked, of a reason (0: none) and of a decision are kept;
    ``short``: without the day of the answer and who gave it."""

    asked: int | None
    reason: int | None
    source: int | None
    short: bool = False


#: From no limits to the strictest.
STEPS = (
    Space(None, None, None),
    Space(60, 60, 20),
    Space(40, 40, 20),
    Space(40, 25, 12),
    Space(28, 25, 12),
    Space(20, 14, 12),
    Space(14, 14, 8),
    Space(14, 9, 8),
    Space(9, 6, 6),
    Space(9, 0, 6),
    Space(9, 0, 6, short=True),
    Space(6, 0, 4, short=True),
)


def document(found: Letter, words: Words) -> Document:
    """The letter as a document that fits on one sheet, as far as that can be."""
    made = _Sentences(found, words, STEPS[0]).document()
    for space in STEPS[1:]:
        if words_in(page_as_markdown(made.page)) <= LIMIT:
            break
        made = _Sentences(found, words, space).document()
    return made


class _Sentences:
    """The sentences of one letter."""

    def __init__(self, found: Letter, words: Words, space: Space) -> None:
        self.found, self.words, self.space = found, words, space
        self.zone = ZoneInfo(found.zone)

    def document(self) -> Document:
        words, found = self.words, self.found
        notice = words.line("letter.no_decision")
        if found.simulated:
            notice = (*words.line("page.simulated"), " ", *notice)
        return sheet(
            words,
            "antwoordbrief",
            words.line("letter.kicker", town=typed(found.town)),
            found.title,
            self.sections(),
            facts=words.line("letter.facts", day=self.day(found.advice_at)),
            notice=notice,
        )

    def sections(self) -> Iterator[Section]:
        words = self.words
        entries = tuple(map(self.entry, self.found.asked))
        yield Section(words.line("letter.asked"), (Entries(entries, "items"),))
        left = tuple(Paragraph(line) for line in self.left())
        yield Section(words.line("letter.left"), left)
        ask = "letter.ask_young" if self.found.young else "letter.ask"
        where: list[Paragraph | Link] = [Paragraph(words.line(ask, room=typed(self.found.room)))]
        if self.found.address:
            says = words.text("letter.code", room=self.found.room)
            where.append(Link(self.found.address, says))
        yield Section(words.line("letter.questions"), tuple(where))

    def day(self, at: str) -> str:
        """The day of a moment (UTC ISO), or an ISO day."""
        moment = utc(at)
        return self.words.day((moment.astimezone(self.zone) if "T" in at else moment).date())

    def entry(self, asked: Asked) -> Entry:
        """A recommendation with its answer."""
        words = self.words
        line: Line = words.line("item.no_text")
        if asked.text:
            line = (quote(asked.text, self.space.asked),)
        if asked.answer is None:
            notes = [words.line("letter.none")]
            if asked.promised:
                notes = [words.line("letter.none_until", day=self.day(asked.promised))]
        else:
            notes = list(self.answer(asked.answer, asked.progress))
        return Entry(asked.number, line, tuple(notes))

    def answer(self, answer: Answer, progress: str) -> Iterator[Line]:
        words = self.words
        outcome = words.text(f"letter.{answer.outcome}")
        day = self.day(answer.at)
        if self.space.short:
            source = typed(answer.source, self.space.source)
            key = "letter.short" if answer.source else "letter.short_undecided"
            yield words.line(key, outcome=outcome, source=source)
            return
        if answer.source:
            body = words.text(f"letter.{answer.body}")
            yield words.line("letter.decided", body=body, outcome=outcome)
        else:
            yield words.line("letter.undecided", outcome=outcome, day=day)
        if answer.text and self.space.reason != 0:
            yield words.line("letter.reason", reason=quote(answer.text, self.space.reason))
        if answer.source:
            source = typed(answer.source, self.space.source)
            yield words.line("letter.source", source=source, day=day)
        if progress in (Progress.DONE.value, Progress.STOPPED.value):
            yield words.line(f"letter.is_{progress}")
        elif answer.due:
            yield words.line("letter.due", day=self.day(answer.due))
        elif answer.due_unknown:
            yield words.line("letter.due_unknown")

    def left(self) -> Iterator[Line]:
        """What is still open: what has no decision yet, and what is not done."""
        over = (Progress.DONE.value, Progress.STOPPED.value)
        unanswered, unfinished = [], []
        for each in self.found.asked:
            if each.answer is None or not each.answer.source:
                unanswered.append(each.number)
            elif each.answer.outcome != Outcome.NOT.value and each.progress not in over:
                unfinished.append(each.number)
        comma = self.words.text("format.comma")
        if unanswered:
            yield self.words.line("letter.unanswered", items=comma.join(unanswered))
        if unfinished:
            yield self.words.line("letter.unfinished", items=comma.join(unfinished))
        if not unanswered and not unfinished:
            yield self.words.line("letter.nothing_left")
