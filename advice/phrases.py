"""Sentences about one item, said the same way on the page and in the appendix.

Figures stand as two numbers ("19 van de 21"), never as a percentage; what may not be published is
not in the result, and reads as too few voters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from advice.document import Entry, Inline, Line, Quote, Ref, Typed
from advice.lettering import quote, typed
from advice.model import Item, Recommendation, Result
from advice.register import (
    Register,
    opinions,
    plain,
    reasons,
    scores,
)
from advice.words import Words

#: How many options of a tie are named.
TIED = 3


@dataclass
class Phrases:
    """The sentences of one document; the limits say to how many words texts are shortened.

    ``reason_words`` 0 leaves reasons out, None prints them whole.
    """

    register: Register
    words: Words
    reason_words: int | None = None
    contribution_words: int | None = None
    typed_words: int | None = None

    @property
    def result(self) -> Result:
        return self.register.result

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.result.dialogue.zone)

    def typed(self, value: object) -> Typed:
        return typed(value, self.typed_words)

    def word(self, key: str, typed: str) -> Inline:
        """Our word for something that has one, else what was typed, as such."""
        return self.words.text(key) if key in self.words.phrases else self.typed(typed)

    def day(self, iso: str) -> str:
        """A date written out; one that is no ISO date as it was typed."""
        return self.words.day(date.fromisoformat(iso))

    def words_of(self, text: str | None) -> Line:
        """A contribution as a quote, or that its words are gone."""
        if not text:
            return self.words.line("item.no_text")
        return (quote(text, self.contribution_words),)

    # What is asked

    def ask(self, recommendation: Recommendation) -> Entry:
        """A recommendation: its words, the figures under it, and who is against."""
        notes = [self.spaced([self.support(recommendation), *self.consent(recommendation)])]
        if recommendation.divided:
            notes.append(self.words.line("ask.divided"))
        if recommendation.minority:
            notes.append(self.minority(recommendation))
        return Entry(
            recommendation.number, self.words_of(recommendation.text), tuple(n for n in notes if n)
        )

    def support(self, recommendation: Recommendation) -> Line:
        """What the item behind a recommendation got."""
        item = self.register.item(recommendation.from_)
        source = Ref(recommendation.from_)
        if item is None or item.counts is None:
            return self.words.line("ask.no_figures", item=source)
        if item.poll is None:
            agree, disagree, passed = opinions(item)
            key = "ask.agree_pass" if passed else "ask.agree"
            of = agree + disagree
            return self.words.line(key, item=source, agree=agree, of=of, passed=passed)
        return self.words.line(
            "ask.points" if item.poll in ("ranked", "points") else "ask.chosen",
            item=source,
            chosen=self._chosen(item, recommendation),
            of=item.voters or 0,
        )

    @staticmethod
    def _chosen(item: Item, recommendation: Recommendation) -> int:
        """How often the option of a recommendation was chosen."""
        text = recommendation.text or ""
        return next(
            (n for option, n in scores(item).items() if text == f"{item.text}: {option}"), 0
        )

    def consent(self, recommendation: Recommendation) -> tuple[Line, ...]:
        if recommendation.consent:
            yes, no = recommendation.consent.yes, recommendation.consent.no
            return (self.words.line("ask.consent", yes=yes, no=no),)
        if self.register.has_closing and self.register.item(recommendation.number):
            return (self.words.line("ask.consent_few"),)
        return ()

    def minority(self, recommendation: Recommendation) -> Line:
        minority = recommendation.minority
        assert minority is not None
        opposed = minority.opposed
        if minority.reason and self.reason_words != 0 and self.register.quotable:
            reason = quote(minority.reason, self.reason_words)
            return self.words.line("ask.against_reason", opposed=opposed, reason=reason)
        key = "ask.against" if minority.reason else "ask.against_no_reason"
        return self.words.line(key, opposed=opposed)

    # One item

    def statement(self, item: Item, sides: bool = False) -> Entry:
        """A statement with its figures, and a reason of each side where asked."""
        agree, disagree, _ = opinions(item)
        of = agree + disagree
        if item.result == "agreed":
            figures = self.words.line("item.agree", agree=agree, of=of)
        elif item.result == "rejected":
            figures = self.words.line("item.disagree", disagree=disagree, of=of)
        else:
            figures = self.words.line("item.divided", agree=agree, disagree=disagree)
        notes = [figures]
        if sides and self.reason_words != 0 and self.register.quotable:
            notes += self.sides(item)
        return Entry(item.number, self.words_of(item.text), tuple(notes))

    def sides(self, item: Item) -> list[Line]:
        """A reason of each side."""
        if not reasons(item, "agree") and not reasons(item, "disagree"):
            return [self.words.line("reason.none")]
        return [self.side(item, "agree"), self.side(item, "disagree")]

    def side(self, item: Item, side: str) -> Line:
        """One reason of a side, the first that was given, or that there is none."""
        given = reasons(item, side)
        if not given:
            return self.words.line(f"reason.none_{side}")
        return self.words.line(f"reason.{side}", reason=quote(given[0], self.reason_words))

    def poll(self, item: Item) -> Entry:
        """A poll with its winning option."""
        found = scores(item)
        option = item.result[0] if isinstance(item.result, list) and item.result else ""
        by_points = item.poll in ("ranked", "points")
        figures = self.words.line(
            "item.most_points" if by_points else "item.most_chosen",
            option=quote(option, self.contribution_words),
            n=found.get(option, 0),
            of=item.voters or 0,
        )
        return Entry(item.number, self.words_of(item.text), (figures,))

    def tie(self, item: Item) -> Entry:
        """A poll without a winner: the options that share the highest score."""
        found = scores(item)
        best = max(found.values())
        top = [quote(option, self.contribution_words) for option in found if found[option] == best]
        key = "item.tie_points" if item.poll in ("ranked", "points") else "item.tie"
        figures = self.words.line(key, options=self.listed(top[:TIED]), n=best)
        return Entry(item.number, self.words_of(item.text), (figures,))

    def question(self, item: Item) -> Entry:
        """A question with its support and what came of it."""
        support = self.words.line("item.support", n=plain(item)["support"])
        return Entry(
            item.number, self.words_of(item.text), (self.spaced([support, self.outcome_of(item)]),)
        )

    def outcome_of(self, item: Item) -> Line:
        """The answer to a question, the promise of one, or that there is none yet."""
        if item.answer:
            if item.answer.text and self.reason_words != 0:
                answer = quote(item.answer.text, self.reason_words)
                return self.words.line("item.answered", answer=answer)
            return self.words.line("item.answered_short")
        if item.promise:
            moment = self.words.moment(item.promise.until, self.zone)
            if item.promise.text and self.reason_words != 0:
                text = quote(item.promise.text, self.reason_words)
                return self.words.line("item.promised_text", moment=moment, text=text)
            return self.words.line("item.promised", moment=moment)
        return self.words.line("item.unanswered")

    def questions_line(self) -> Line:
        """How many questions were answered, promised an answer, or neither."""
        found = [place.item.result for place in self.register.counted("questions")]
        return self.words.line(
            "page.questions_text",
            n=len(found),
            answered=found.count("answered"),
            promised=found.count("promised"),
            open=found.count("open"),
        )

    # Joining

    def listed(self, pieces: Sequence[Inline | Quote]) -> Line:
        """Pieces with commas and "and" between them."""
        found: list[Inline] = []
        for place, piece in enumerate(pieces):
            if place:
                last = place == len(pieces) - 1
                found.append(self.words.text("format.last_comma" if last else "format.comma"))
            found.append(piece)
        return tuple(found)

    @staticmethod
    def spaced(lines: Sequence[Line]) -> Line:
        """Sentences one after the other."""
        found: list[Inline] = []
        for line in lines:
            if found:
                found.append(" ")
            found.extend(line)
        return tuple(found)
