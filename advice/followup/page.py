"""The page of what became of an advice: its sentences, from its model alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from advice.document import (
    Code,
    Column,
    Document,
    Entries,
    Entry,
    Line,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
)
from advice.drawing import states
from advice.followup.model import ANSWER_DAYS, FollowUp, Noted, Recommendation, Response
from advice.objections import adjusted
from advice.words import Words, utc
from advice.writing.lettering import quote, typed
from dialogues.followup.again import told_at

#: How many digits of the journal's hash are printed: those that messages in the room show.
_DIGITS = 16


def document(found: FollowUp, words: Words) -> Document:
    """What became of an advice as a document of one page."""
    by = _Sentences(found, words)
    page = Page(
        kicker=words.line("followup.kicker", town=typed(found.dialogue.town)),
        title=typed(found.dialogue.title),
        notices=(),
        sections=tuple(section for section in by.sections() if section.blocks),
        facts=words.line("followup.facts", day=by.day(found.journal.at), version=found.version),
    )
    return Document(words.language, "opvolging", page, appendix="")


class _Sentences:
    """The sentences of one page."""

    def __init__(self, found: FollowUp, words: Words) -> None:
        self.found, self.words, self.zone = found, words, ZoneInfo(found.dialogue.zone)

    def day(self, at: str) -> str:
        """The day of a moment, in the town's own time."""
        return self.words.day(utc(at).astimezone(self.zone).date())

    def sections(self) -> Iterator[Section]:
        line = self.words.line
        yield Section(line("followup.received"), (Paragraph(self._received()),))
        entries = tuple(self._entry(each) for each in self.found.recommendations)
        drawn = states.drawn([*map(self._state, self.found.recommendations)], self.words)
        tables = (states.table(picture, self.words) for picture in drawn)
        told = (Entries(entries),) if entries else ()
        yield Section(line("followup.answers"), (*drawn, *tables, *told))
        yield Section(line("followup.objections"), self._objections())
        yield Section(line("followup.commitments"), self._commitments())
        head = Code(self.found.journal.head[:_DIGITS])
        yield Section(line("followup.check"), (Paragraph(line("followup.head", head=head)),))

    def _received(self) -> Line:
        received = self.found.received
        if received is None:
            return self.words.line("followup.not_received")
        return self.words.line(
            "followup.was_received",
            version=self.found.version,
            day=self.day(received.at),
            case=typed(received.case),
        )

    # -- the answers ------------------------------------------------------------------------------

    def _state(self, asked: Recommendation) -> states.State:
        """What became of one; it is late from the hour at which the room hears so."""
        given, day = asked.response, _day(self.found, asked.number)
        look = states.of(
            given.outcome if given else None,
            decided=given is not None and given.source is not None,
            late=day is not None and _late(self.found, day),
        )
        return states.State(asked.number, look, asked.progress[-1].state if asked.progress else "")

    def _entry(self, asked: Recommendation) -> Entry:
        said = self.words.line("followup.not_shown")
        if asked.text is not None:
            said = (quote(asked.text),)
        return Entry(asked.number, said, tuple(self._notes(asked)))

    def _notes(self, asked: Recommendation) -> Iterator[Line]:
        changed = adjusted(self.found.objections, asked.number)
        if changed and changed[-1].ruling is not None:
            numbers = ", ".join(each.number for each in changed)
            text = self._said(changed[-1].ruling.text)
            yield self.words.line("followup.adjusted", numbers=numbers, text=text)
        if asked.response is None:
            yield self._nothing(asked.number)
        else:
            yield from self._answer("answer", asked.response)
            if asked.response.source is None:
                yield self.words.line("followup.no_decision")
        for each in asked.progress:
            yield self._progress(each)
        for earlier in reversed(asked.earlier):
            yield from self._answer("earlier", earlier)

    def _nothing(self, number: str) -> Line:
        """That there is no answer; its day, and whether that has gone by the last line."""
        day = _day(self.found, number)
        if day is None:
            return self.words.line("followup.no_answer")
        key = f"followup.no_answer_{'late' if _late(self.found, day) else 'by'}"
        return self.words.line(key, day=self.words.day(day))

    def _answer(self, key: str, response: Response) -> Iterator[Line]:
        words = self.words
        yield words.line(
            f"followup.{key}",
            day=self.day(response.at),
            outcome=words.line(f"followup.{response.outcome}"),
            text=self._said(response.text),
        )
        if response.source is not None:
            yield words.line("followup.source", source=typed(response.source))
        if response.due is not None:
            yield words.line("followup.due", day=words.day(date.fromisoformat(response.due)))

    def _progress(self, noted: Noted) -> Line:
        words = self.words
        said = words.line(
            "followup.progress",
            day=self.day(noted.at),
            state=words.line(f"followup.{noted.state}"),
            text=self._said(noted.text),
        )
        if noted.source is None:
            return said
        return (*said, " ", *words.line("followup.source", source=typed(noted.source)))

    def _said(self, text: str | None) -> Line:
        return self.words.line("followup.gone") if text is None else (quote(text),)

    # -- tables -----------------------------------------------------------------------------------

    def _objections(self) -> tuple[Table, ...]:
        words = self.words
        rows = tuple(
            Row(
                (
                    (each.number,),
                    (each.item,),
                    self._said(each.text),
                    words.line(f"followup.ruled_{each.ruling.outcome if each.ruling else 'no'}"),
                )
            )
            for each in self.found.objections
        )
        return self._table("objections", ("number", "item", "text", "ruling"), rows)

    def _commitments(self) -> tuple[Table, ...]:
        words = self.words
        rows = tuple(
            Row(
                (
                    (each.number,),
                    self._said(each.text),
                    (typed(each.who),),
                    (words.day(date.fromisoformat(each.due)),) if each.due else ("",),
                    words.line(f"followup.{each.state}"),
                )
            )
            for each in self.found.commitments
        )
        return self._table("commitments", ("number", "text", "who", "due_day", "state"), rows)

    def _table(
        self, key: str, columns: tuple[str, ...], rows: tuple[Row, ...]
    ) -> tuple[Table, ...]:
        if not rows:
            return ()
        words = self.words
        heads = tuple(
            Column(words.text(f"followup.column_{name}"), "label" if name == "number" else "words")
            for name in columns
        )
        return (Table(words.line(f"followup.{key}_table"), heads, rows),)


def _day(found: FollowUp, number: str) -> date | None:
    """The day for which the answer on a recommendation is promised."""
    charter = found.dialogue.charter
    own = charter.get(ANSWER_DAYS, {}).get(number, charter.get("answer_by"))
    return date.fromisoformat(str(own)) if own else None


def _late(found: FollowUp, day: date) -> bool:
    """Whether a day has gone by the last line: from the hour at which the room hears so."""
    zone = ZoneInfo(found.dialogue.zone)
    return told_at(day, zone, 0) <= utc(found.journal.at)
