"""evaluatie: what those who took part and staff think of a dialogue, in figures alone.

The figures come from one line of the journal, written when the period for objections ended. Until
then nothing is told, because two looks at figures that grow would tell an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from advice.document import Column, Document, Line, Row, Section, Table
from advice.model import Result
from advice.papers.paper import section, sheet
from advice.published import iso
from advice.words import Words, utc
from advice.writing.lettering import typed
from dialogues.counting.threshold import THRESHOLD
from dialogues.dialogue import Dialogue
from dialogues.evaluation import QUESTIONS, Side
from dialogues.evaluation_events import EvaluationCounted

SCHEMA = "stadsgesprek/evaluatie/1"


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question: who was asked (residents or staff), its name, and how many gave each answer;
    ``counts`` None where fewer than five answered it, or nothing was counted yet."""

    side: str
    question: str
    counts: dict[str, int] | None


class Evaluation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``counted``: the answers were added up. ``counts_at``: when they are or were (UTC ISO), None
    while that is not known: the dialogue is not ``closed``, or the clerk holds what is erased then.
    ``took_part`` as in uitslag.json."""

    schema: str
    dialogue: str
    title: str
    town: str
    zone: str
    language: str
    simulated: bool
    closed: bool
    counted: bool
    counts_at: str | None
    took_part: int | None
    answers: list[Answers]


def evaluation(
    result: Result, dialogue: Dialogue, counted_at: datetime | None = None
) -> Evaluation:
    """The evaluation of a dialogue as it is now; ``result`` is its last one. ``counted_at``: when
    the answers were added up, if they were."""
    told = result.dialogue
    at = counted_at
    if at is None and dialogue.closed_at is not None and not dialogue.held:
        at = dialogue.closed_at + timedelta(days=dialogue.objection_days)
    return Evaluation(
        schema=SCHEMA,
        dialogue=told.id,
        title=told.title,
        town=told.town,
        zone=told.zone,
        language=told.language,
        simulated=result.simulated,
        closed=dialogue.closed_at is not None,
        counted=counted_at is not None,
        counts_at=iso(at) if at is not None else None,
        took_part=result.participants.total,
        answers=answers(dialogue.evaluation),
    )


def answers(event: EvaluationCounted | None) -> list[Answers]:
    """Every question with what the journal has of it."""
    found = {one.question: one.counts for one in event.asked} if event is not None else {}
    return [
        Answers(
            side.value,
            question.name,
            dict(zip(question.answers, counts, strict=True)) if counts else None,
        )
        for side, questions in QUESTIONS.items()
        for question in questions
        for counts in (found.get(question.name, ()),)
    ]


def impossible(found: Evaluation) -> str:
    """The name of the first question that is not one of ours, or whose figures cannot be; "" where
    all can."""
    known = answers(None)
    if [(a.side, a.question) for a in found.answers] != [(a.side, a.question) for a in known]:
        return "answers"
    names = {one.name: list(one.answers) for side in QUESTIONS.values() for one in side}
    for one in found.answers:
        counts = one.counts
        if counts is None:
            continue
        wrong = list(counts) != names[one.question] or min(counts.values()) < 0
        if wrong or sum(counts.values()) < THRESHOLD or not found.counted:
            return one.question
    return ""


# -- the page --------------------------------------------------------------------------------------


def document(found: Evaluation, words: Words) -> Document:
    """The evaluation as a document of one page."""
    zone = ZoneInfo(found.zone)
    day = words.day(utc(found.counts_at).astimezone(zone).date()) if found.counts_at else ""
    facts = words.line("evaluation.counted", day=day) if found.counted else ()
    notice = words.line("page.simulated") if found.simulated else ()
    if not found.counted:
        later = "not_yet" if day else "later" if found.closed else "not_closed"
        notice = words.line(f"evaluation.{later}", day=day)
    return sheet(
        words,
        "evaluatie",
        words.line("evaluation.kicker", town=typed(found.town)),
        found.title,
        _sections(found, words),
        facts=facts,
        notice=notice,
    )


def _sections(found: Evaluation, words: Words) -> Iterator[Section]:
    for side in Side if found.counted else ():
        asked = [one for one in found.answers if one.side == side.value]
        yield Section(words.line(f"evaluation.{side.value}"), (_table(asked, words),))
    about = [words.line("evaluation.how"), words.line("evaluation.kept")]
    if found.took_part is not None:
        about.insert(1, words.line("evaluation.took_part", n=found.took_part))
    yield section(words.line("evaluation.about"), *about)


def _table(asked: Iterable[Answers], words: Words) -> Table:
    """The questions of one side, a row each: the answers with their numbers, and all together."""
    columns = (
        Column(words.text("evaluation.question"), "words"),
        Column(words.text("evaluation.answers"), "words"),
        Column(words.text("evaluation.together"), "number"),
    )
    return Table(
        words.line("evaluation.caption"), columns, tuple(_row(one, words) for one in asked)
    )


def _row(asked: Answers, words: Words) -> Row:
    question: Line = (words.text(f"evaluation.q_{asked.question}"),)
    if asked.counts is None:
        return Row((question, words.line("evaluation.few"), words.line("table.no_figure")))
    said = [
        words.text("evaluation.times", answer=words.text(f"evaluation.a_{name}"), n=times)
        for name, times in asked.counts.items()
    ]
    total = words.number(sum(asked.counts.values()))
    return Row((question, (words.text("format.comma").join(said),), (total,)))
