"""The appendix of the document: charter, course, every item with its counts, and the method."""

from __future__ import annotations

from collections.abc import Iterator

from advice.document import (
    Code,
    Column,
    Entries,
    Entry,
    Inline,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
)
from advice.kinds import AllPages
from advice.model import Change, Result, Round
from advice.page import STEPS
from advice.participants import number, what_they_did
from advice.phrases import Phrases
from advice.register import Register, open_ballot
from advice.rounds import sections_of
from advice.words import Words

#: The order of the charter's keys; other keys follow.
CHARTER = ("level", "decider", "answer_by", "fixed", "open", "phase", "ballot")

#: How many hex digits of the journal's head are printed, as in the bot's messages.
HEAD_DIGITS = 16


def appendix(result: Result, pages: AllPages, step: int) -> tuple[Section, ...]:
    """The sections that are not empty; ``step`` is how far the page was shortened."""
    builder = _Appendix(Register.of(result, pages), pages.words(result.dialogue.language))
    return tuple(builder.sections(step))


class _Appendix(Phrases):
    def sections(self, step: int) -> Iterator[Section]:
        if self.result.dialogue.charter:
            yield self.charter()
        if self.result.rounds:
            yield self.course()
        yield from sections_of(self)
        yield from self.hidden()
        yield from self.changes()
        yield self.counted(step)
        yield self.check()

    def charter(self) -> Section:
        words, charter = self.words, self.result.dialogue.charter
        keys = [key for key in CHARTER if key in charter]
        keys += [key for key in charter if key not in CHARTER]
        rows = tuple(
            Row(((self.word(f"charter.{key}", key),), self.charter_value(key, charter[key])))
            for key in keys
            if charter[key] not in (None, "")
        )
        columns = (
            Column(words.text("table.what"), "label"),
            Column(words.text("table.value"), "words"),
        )
        table = Table(words.line("appendix.charter_caption"), columns, rows)
        return Section(words.line("appendix.charter"), (table,))

    def charter_value(self, key: str, value: object) -> Line:
        if key == "answer_by":
            return (self.day(str(value)),)
        if key == "ballot":
            return (self.word(f"ballot.{value}", str(value)),)
        return (self.typed(value),)

    def course(self) -> Section:
        words = self.words
        columns = (
            Column(words.text("table.round"), "label"),
            Column(words.text("table.title"), "words"),
            Column(words.text("table.kind"), "short"),
            Column(words.text("table.opened"), "short"),
            Column(words.text("table.closed"), "short"),
            Column(words.text("table.turnout"), "number"),
        )
        rows = tuple(
            Row(
                (
                    (str(index),),
                    (self.typed(round_.title),),
                    (self.word(f"kind.{round_.kind}", round_.kind),),
                    self.moment(round_.opened_at),
                    self.ended(round_),
                    self.turnout(round_),
                )
            )
            for index, round_ in enumerate(self.result.rounds, 1)
        )
        table = Table(words.line("appendix.course_caption"), columns, rows)
        did = Paragraph(what_they_did(self))
        return Section(words.line("appendix.course"), (table, did))

    def moment(self, iso: str | None) -> Line:
        return (self.words.moment(iso, self.zone),) if iso else self.words.line("table.no_figure")

    def ended(self, round_: Round) -> Line:
        if round_.state == "closed" and round_.closed_at:
            return self.moment(round_.closed_at)
        return (self.word(f"state.{round_.state}", round_.state),)

    def turnout(self, round_: Round) -> Line:
        """How many voted; "nobody" for a kind without ballots or a skipped round."""
        ballots = self.register.pages.by_kind[round_.kind].ballots
        if round_.state == "skipped" or not (ballots or round_.voters):
            return self.words.line("table.no_figure")
        return (number(round_.voters, self.words),)

    def hidden(self) -> Iterator[Section]:
        words, result = self.words, self.result
        found: list[tuple[Inline, int]] = [
            (self.word(f"hidden.{key}", key), n) for key, n in sorted(result.hidden.items())
        ]
        found.append((words.text("hidden.unreviewed"), result.unreviewed))
        found.append((words.text("hidden.erased"), result.erased))
        rows = tuple(Row(((why,), (words.number(n),))) for why, n in found if n)
        if not rows:
            return
        columns = (
            Column(words.text("table.reason"), "label"),
            Column(words.text("table.times"), "number"),
        )
        table = Table(words.line("appendix.hidden_caption"), columns, rows)
        yield Section(words.line("appendix.hidden"), (table,))

    def changes(self) -> Iterator[Section]:
        if not self.result.changes:
            return
        words = self.words
        columns = tuple(
            Column(words.text(f"table.{key}"), "short" if key in ("when", "by") else "words")
            for key in ("when", "change", "reason", "by")
        )
        rows = tuple(
            Row((self.moment(c.at), self.change(c), self.reason(c), (self.typed(c.by),)))
            for c in self.result.changes
        )
        table = Table(words.line("appendix.changes_caption"), columns, rows)
        yield Section(words.line("appendix.changes"), (table,))

    def change(self, change: Change) -> Line:
        words, what = self.words, change.what
        if what == "charter":
            line = words.line(
                "change.charter", item=self.word(f"charter.{change.item}", change.item)
            )
        elif f"change.{what}" in words.phrases:
            item = self.typed(", ".join(part.strip() for part in change.item.split(",")))
            line = words.line(f"change.{what}", item=item)
        else:
            line = words.line("change.other", what=self.typed(what), item=self.typed(change.item))
        if change.was is None and change.now is None:
            return line
        was, now = self.changed(change.item, change.was), self.changed(change.item, change.now)
        return line + words.line("change.was_now", was=was, now=now)

    def changed(self, key: str, value: str | None) -> Line:
        """A value of the charter before or after a change; a date is written out."""
        if not value:
            return self.words.line("table.no_figure")
        try:
            return (self.day(value),) if key == "antwoord" else (self.typed(value),)
        except ValueError:
            return (self.typed(value),)

    def reason(self, change: Change) -> Line:
        """Why: of a hiding the word from the list, else as the moderator typed it."""
        if change.what in ("hide", "show"):
            return (self.word(f"hidden.{change.reason}", change.reason),)
        return (self.typed(change.reason),)

    def counted(self, step: int) -> Section:
        words, result, used = self.words, self.result, self.used()
        rules = tuple(
            Entry("", (Code(rule), " ", words.get(f"rule.{rule}", "")))
            for rule in result.rules
            if rule in used
        )
        general = [words.line("appendix.few_rule"), words.line("appendix.staff_rule")]
        if not self.register.quotable:
            general.append(words.line("appendix.quotes_rule"))
        if result.participants.attested:
            figures = self.listed(
                [self.word(f"attested.{k}", k) for k in result.participants.attested]
            )
            general.append(words.line("appendix.attested", figures=figures))
        sacrifice = (*words.line("appendix.shortened"), " ")
        if step:
            sacrifice += words.line("appendix.shortened_step", step=step, steps=len(STEPS) - 1)
        else:
            sacrifice += words.line("appendix.shortened_none")
        blocks: list[Paragraph | Entries] = [Entries(rules, "plain")] if rules else []
        blocks += [Paragraph(self.spaced(general)), Paragraph(sacrifice)]
        return Section(words.line("appendix.counted"), tuple(blocks))

    def used(self) -> frozenset[str]:
        """The names of the rules that this result used; the appendix leaves the others out."""
        kinds = self.register.pages.by_kind
        return frozenset(r for each in self.result.rounds for r in kinds[each.kind].rules(each))

    def check(self) -> Section:
        words, result = self.words, self.result
        command = Code("stadsgesprek verify . --expect HASH")
        if result.interim or result.erased:
            command = Code("stadsgesprek verify .")
        found = [words.line("appendix.check_verify", command=command)]
        if result.interim or result.erased:
            found.append(words.line("appendix.check_hash_none"))
        else:
            found.append(words.line("appendix.check_hash", file=Code("SHA256SUMS")))
        ballots = [self.spaced(found)]
        if any(r.receipts_sha256 for r in result.rounds):
            ballots.append(words.line("appendix.check_receipts", file=Code("ontvangstcodes.csv")))
        if open_ballot(result):
            ballots.append(words.line("appendix.check_open", file=Code("votes.csv")))
        elif any(pages.ballots for pages in self.register.kinds):
            ballots.append(words.line("appendix.check_confidential"))
        ballots.append(_journal(self, words))
        return Section(words.line("appendix.check"), tuple(Paragraph(line) for line in ballots))


def _journal(builder: Phrases, words: Words) -> Line:
    journal = builder.result.journal
    return words.line(
        "appendix.journal",
        version=str(builder.result.version),
        dialogue=Code(journal.dialogue),
        position=Code(str(journal.position)),
        moment=words.moment(journal.at, builder.zone),
        head=Code(journal.head[:HEAD_DIGITS]),
    )
