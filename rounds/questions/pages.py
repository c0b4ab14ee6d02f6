"""Questions in the documents: each with its support, and its answer or promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from advice.document import Block, Column, Entries, Entry, Line, Paragraph, Row, Section, Table
from advice.kind import Pages, Told
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.published import Texts, iso, published, said
from advice.register import SHOWN, plain
from advice.rounds import Tables
from advice.verifying import checks
from advice.verifying.verdict import Finding
from advice.writing.lettering import quote
from rounds.questions.rules import LETTER, MACHINE
from rounds.questions.state import QuestionReport

KIND = MACHINE.kind


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An official's answer to a question; ``at`` is UTC in ISO form."""

    text: str
    at: str
    by: str = "official"


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was promised when no answer could be given yet; ``until`` is UTC in ISO form."""

    text: str | None
    until: str


class Question(Item, frozen=True, forbid_unknown_fields=True):
    """Counts are {support}, which is no ballot; the result is answered, promised or open."""

    answer: Answer | None = None
    promise: Promise | None = None


class Questions(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """A question hour. Nobody votes in it: ``voters`` is None."""

    items: Sequence[Question] = []


def item(report: QuestionReport, texts: Texts) -> Question:
    return published(
        Question,
        report,
        said(report.text, texts),
        counts=report.counts,
        result=report.result if isinstance(report.result, str) else None,
        ballots=False,
        shown={
            "answer": _answer(report, texts),
            "promise": Promise(None, iso(report.promise.until)) if report.promise else None,
        },
    )


def _answer(report: QuestionReport, texts: Texts) -> Answer | None:
    if report.answer is None:
        return None
    text = said(report.answer.text, texts)
    return Answer(text, iso(report.answer.at)) if text is not None else None


# On the page


def sections(phrases: Phrases, most: int) -> Iterator[Section]:
    """A section with the questions that have most support."""
    items = [item for item in _told(phrases) if item.text]
    items.sort(key=lambda item: (-_support(item), _place(item)))
    if items[:most]:
        head = Paragraph(_summary(phrases))
        entries = Entries(tuple(_entry(phrases, item) for item in items[:most]), "items")
        more = phrases.others(len(items) - most)
        yield Section(phrases.words.line("page.questions"), (head, entries, *more))


def _told(phrases: Phrases) -> Iterator[Question]:
    for place in phrases.register.told(KIND):
        if isinstance(place.item, Question):
            yield place.item


def _support(item: Question) -> int:
    return plain(item)["support"]


def _place(item: Question) -> int:
    digits = item.number[1:]
    return int(digits) if digits.isdecimal() else 0


def _summary(phrases: Phrases) -> Line:
    """How many questions were answered, how many were promised an answer, how many neither."""
    items = [*_told(phrases)]
    found = [item.result for item in items]
    overdue = sum(late(phrases, item) for item in items)
    return phrases.words.line(
        "page.questions_late" if overdue else "page.questions_text",
        late=overdue,
        questions=phrases.words.line(
            "page.one_question" if len(found) == 1 else "page.n_questions", n=len(found)
        ),
        answered=found.count("answered"),
        promised=found.count("promised"),
        open=found.count("open"),
    )


def _entry(phrases: Phrases, item: Question) -> Entry:
    """A question with its support and what came of it."""
    support = phrases.words.line("item.support", n=_support(item))
    notes = (phrases.spaced([support, outcome_of(phrases, item)]),)
    return Entry(item.number, phrases.words_of(item.text), notes)


def outcome_of(phrases: Phrases, item: Question) -> Line:
    """The answer to a question, the promise of one, or that there is none yet."""
    words = phrases.words
    if item.answer:
        if item.answer.text and phrases.reason_words != 0:
            answer = quote(item.answer.text, phrases.reason_words)
            return words.line("item.answered", answer=answer)
        return words.line("item.answered_short")
    if item.promise:
        moment = words.moment(item.promise.until, phrases.zone)
        if late(phrases, item):
            return words.line("item.promised_late", moment=moment)
        if item.promise.text and phrases.reason_words != 0:
            text = quote(item.promise.text, phrases.reason_words)
            return words.line("item.promised_text", moment=moment, text=text)
        return words.line("item.promised", moment=moment)
    return words.line("item.unanswered")


def late(phrases: Phrases, item: Question) -> bool:
    """Whether the moment of a promise passed without an answer."""
    if item.promise is None or item.answer is not None:
        return False
    return item.promise.until <= phrases.result.journal.at


# In the appendix and the tables


def blocks(tables: Tables) -> tuple[Block, ...]:
    words, round_ = tables.words, tables.round
    if not isinstance(round_, Questions) or not round_.items:
        return ()
    columns = (
        Column(words.text("table.number"), "label"),
        Column(words.text("table.question"), "words"),
        Column(words.text("table.support"), "number"),
        Column(words.text("table.answer"), "words"),
    )
    rows = []
    for item in round_.items:
        shown = item.state == SHOWN and item.counts is not None
        support = words.number(_support(item)) if shown else ""
        answer: Line = outcome_of(tables.phrases, item) if shown else ()
        rows.append(Row(((item.number,), tables.text(item), (support,), answer), item.number))
    return (Table(tables.caption("questions_caption"), columns, tuple(rows)),)


def texts(item: Question) -> Iterator[Told]:
    if item.answer:
        yield Told("answer", item.answer.text)
    if item.promise and item.promise.text:
        yield Told("promise", item.promise.text)


# What verify computes again


def recount(item: Question, _round: Questions) -> list[Finding]:
    meant = "answered" if item.answer else "promised" if item.promise else "open"
    wrong = checks.shape(item, LETTER.name, checks.choices(item, ("support",)))
    return [
        *(wrong or checks.possible(item, plain(item).values())),
        *checks.outcome(item, meant),
    ]


PAGES = Pages(
    machine=MACHINE,
    round=Questions,
    item=item,
    order=3,
    sections=sections,
    why=lambda phrases: phrases.words.line("page.why_questions"),
    blocks=blocks,
    texts=texts,
    recount=recount,
)
