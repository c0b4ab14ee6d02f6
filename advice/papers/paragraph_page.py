"""The page of a participatieparagraaf: its sentences, from its model alone."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from advice.document import Column, Document, Inline, Line, Row, Section, Table
from advice.papers.paper import section, sheet
from advice.papers.paragraph import Gathering, Means, Paragraph
from advice.participants import number
from advice.words import Words, utc
from advice.writing.lettering import typed
from meetings.meeting import Phase


def document(found: Paragraph, words: Words) -> Document:
    """The paragraph as a document of one page."""
    by = _Sentences(found, words)
    day = words.day(utc(found.journal.at).astimezone(ZoneInfo(found.zone)).date())
    key = "so_far" if found.interim and found.begun else "planned" if not found.begun else "day"
    return sheet(
        words,
        "participatieparagraaf",
        words.line("paragraph.kicker", town=typed(found.town)),
        found.title,
        by.sections(),
        facts=words.line(f"paragraph.facts_{key}", day=day),
        notice=words.line("page.simulated") if found.simulated else (),
    )


class _Sentences:
    """The sentences of one paragraph."""

    def __init__(self, found: Paragraph, words: Words) -> None:
        self.found, self.words, self.charter = found, words, found.charter

    def sections(self) -> Iterator[Section]:
        words = self.words
        yield section(words.line("paragraph.level"), *self._level())
        yield section(words.line("paragraph.frames"), *self._frames())
        yield section(words.line("paragraph.groups"), *self._groups())
        yield Section(words.line("paragraph.means"), (self._means(),))
        yield section(words.line("paragraph.answer"), *self._answer())
        yield section(words.line("paragraph.turnout"), *self._turnout())

    def _chosen(self, prefix: str, key: str) -> Inline:
        value = str(self.charter[key])
        return self.words.get(f"{prefix}.{value}", value)

    def _level(self) -> Iterator[Line]:
        if self.charter.get("level"):
            yield self.words.line("paragraph.level_is", level=self._chosen("level", "level"))
        if self.charter.get("decider"):
            yield self.words.line("page.decider", decider=typed(self.charter["decider"]))
        if self.charter.get("besluit"):
            decision = typed(self.charter["besluit"])
            yield self.words.line("paragraph.decision", decision=decision)
        if self.charter.get("phase"):
            yield self.words.line("paragraph.phase", phase=self._chosen("value", "phase"))
        if self.charter.get("initiatief"):
            initiator = self._chosen("value", "initiatief")
            yield self.words.line("paragraph.initiator", initiator=initiator)

    def _frames(self) -> Iterator[Line]:
        for key in ("fixed", "open"):
            if self.charter.get(key):
                yield self.words.line(f"paragraph.{key}", said=typed(self.charter[key]))

    def _groups(self) -> Iterator[Line]:
        charter, words = self.charter, self.words
        if charter.get("voor"):
            yield words.line("people.audience", audience=typed(charter["voor"]))
        addresses, how = charter.get("adressen"), charter.get("uitnodiging")
        if addresses:
            known = isinstance(addresses, int)
            said = words.number(addresses) if known else typed(addresses)
            yield words.line("paragraph.addresses", n=said)
        if how:
            yield words.line("paragraph.invited", how=typed(how))

    def _means(self) -> Table:
        """Rounds and meetings in one table: what it is, and when."""
        words = self.words
        columns = (
            Column(words.text("paragraph.what"), "words"),
            Column(words.text("paragraph.when"), "words"),
        )
        rows = [self._round(means) for means in self.found.means]
        rows += [self._meeting(meeting) for meeting in self.found.meetings]
        ballot = words.text(
            "value.open" if self.charter["ballot"] == "open" else "value.confidential"
        )
        caption = words.line("paragraph.table", room=typed(self.found.room), ballot=ballot)
        return Table(caption, columns, tuple(rows))

    def _round(self, means: Means) -> Row:
        kind = self.words.get(f"kind.{means.kind}", means.kind)
        what: Line = (typed(means.title),)
        if kind.casefold() != means.title.casefold():
            what = self.words.line("paragraph.round", title=typed(means.title), kind=kind)
        if means.state == "skipped":
            return Row((what, (self.words.text("state.skipped"),)))
        return Row((what, self._hours(means.opens_at, means.closes_at)))

    def _hours(self, opens_at: str | None, closes_at: str | None) -> Line:
        words, zone = self.words, ZoneInfo(self.found.zone)
        if opens_at is None:
            return words.line("paragraph.unplanned")
        opens = words.moment(opens_at, zone)
        if closes_at is None:
            return words.line("paragraph.from", opens=opens)
        begin, end = utc(opens_at).astimezone(zone), utc(closes_at).astimezone(zone)
        if begin.date() != end.date():
            return words.line(
                "paragraph.from_to", opens=opens, closes=words.moment(closes_at, zone)
            )
        clock = [
            words.text("paragraph.clock", hour=f"{at:%H}", minute=f"{at:%M}") for at in (begin, end)
        ]
        day = words.day(begin.date())
        return words.line("paragraph.same_day", day=day, opens=clock[0], closes=clock[1])

    def _meeting(self, meeting: Gathering) -> Row:
        words = self.words
        what = words.line("paragraph.meeting", number=meeting.number, title=typed(meeting.title))
        if meeting.where:
            what += words.line("paragraph.where", where=typed(meeting.where))
        when = words.line("paragraph.unplanned")
        if meeting.begins_at is not None:
            when = (words.moment(meeting.begins_at, ZoneInfo(self.found.zone)),)
        if meeting.state == Phase.CALLED_OFF.value:
            when = words.line("paragraph.called_off")
        return Row((what, when))

    def _answer(self) -> Iterator[Line]:
        words, charter = self.words, self.charter
        if charter.get("answer_by"):
            yield words.line("page.answer_by", day=_day(words, str(charter["answer_by"])))
        if charter.get("agenda"):
            yield words.line("page.agenda", agenda=typed(charter["agenda"]))
        if not charter.get("answer_by"):
            yield words.line("page.no_date")

    def _turnout(self) -> Iterator[Line]:
        words, people = self.words, self.found.participants
        if not self.found.begun:
            minimum = self.charter.get("minimum")
            if isinstance(minimum, int):
                yield words.line("paragraph.not_begun", minimum=minimum)
            return
        total = people.total
        if total == 0:
            yield words.line("people.nobody")
        else:
            many = number(total, words, self.found.untold) if total is None else words.number(total)
            yield words.line("paragraph.took_part", n=many)
            voted = number(people.voted, words, self.found.untold)
            contributed = number(people.contributed, words)
            yield words.line("people.did", voted=voted, contributed=contributed)
        yield words.line("people.missing")


def _day(words: Words, iso_day: str) -> str:
    return words.day(utc(iso_day).date())
