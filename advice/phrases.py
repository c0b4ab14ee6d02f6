"""``Phrases``: the sentences that page and appendix share.

Figures stand as two numbers ("19 van de 21"), never as a percentage; what may not be published is
not in the result, and reads as too few voters. What is said of an item stands with its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from advice.contested import below
from advice.document import Entry, Inline, Line, Paragraph, Quote, Ref, Typed
from advice.model import Recommendation, Result
from advice.register import SHOWN, Register
from advice.words import Words
from advice.writing.lettering import quote, typed


@dataclass
class Phrases:
    """The sentences of one document, and the limits to which texts are shortened, in words.

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
        """The phrase for ``key``, or the typed word where there is none."""
        return self.words.text(key) if key in self.words.phrases else self.typed(typed)

    def day(self, iso: str) -> str:
        """A date written out; a text that is no ISO date is kept as typed."""
        return self.words.day(date.fromisoformat(iso))

    def words_of(self, text: str | None) -> Line:
        """A contribution as a quote, or the sentence that its words were erased."""
        if not text:
            return self.words.line("item.no_text")
        return (quote(text, self.contribution_words),)

    # The recommendations

    def ask(self, recommendation: Recommendation) -> Entry:
        """A recommendation: its words, its figures, and the minority line."""
        notes = [self.spaced([self.support(recommendation), *self.consent(recommendation)])]
        if recommendation.divided:
            notes.append(self.words.line("ask.divided"))
        if recommendation.minority:
            notes.append(self.minority(recommendation))
        notes += below(self, recommendation.number)
        return Entry(
            recommendation.number, self.words_of(recommendation.text), tuple(n for n in notes if n)
        )

    def support(self, recommendation: Recommendation) -> Line:
        """The figures of the item behind a recommendation."""
        place = self.register.places.get(recommendation.from_)
        if place is None or not place.told:
            return self.words.line("ask.no_figures", item=Ref(recommendation.from_))
        return place.pages.behind(self, place.item, recommendation)

    def consent(self, recommendation: Recommendation) -> tuple[Line, ...]:
        if recommendation.consent:
            yes, no = recommendation.consent.yes, recommendation.consent.no
            return (self.words.line("ask.consent", yes=yes, no=no),)
        if self.register.voted_on and self.register.item(recommendation.number):
            return (self.words.line("ask.consent_few"),)
        return ()

    def minority(self, recommendation: Recommendation) -> Line:
        minority = recommendation.minority
        assert minority is not None
        opposed = minority.opposed
        if minority.reason and self.reason_words != 0 and self.register.quotable:
            reason = quote(minority.reason, self.reason_words)
            return self.words.line("ask.against_reason", opposed=opposed, reason=reason)
        unsaid = minority.reason or self.withheld(recommendation)
        if unsaid:
            return self.words.line("ask.against", opposed=opposed)
        left_out = self.left_out(recommendation.number, recommendation.from_)
        key = "ask.against_left_out" if left_out else "ask.against_no_reason"
        return self.words.line(key, opposed=opposed, left_out=left_out)

    def left_out(self, *numbers: str) -> Line:
        """That a reason beside these items is hidden or was not reviewed; on which side is not
        told."""
        places = (self.register.places.get(number) for number in numbers)
        states = sorted({state for place in places if place for state in place.item.left_out})
        return self.spaced([self.words.line(f"left_out.{state}") for state in states])

    def withheld(self, recommendation: Recommendation) -> bool:
        """Whether reasons beside a recommendation or what it came from are not given: they stand
        beside what is shown alone."""
        numbers = (recommendation.number, recommendation.from_)
        places = [p for p in map(self.register.places.get, numbers) if p]
        gone = any(p.item.state != SHOWN or p.round.reasons_withheld for p in places)
        return gone or not self.register.quotable

    def listed(self, pieces: Sequence[Inline | Quote]) -> Line:
        """Pieces joined with commas and "and"."""
        found: list[Inline] = []
        for place, piece in enumerate(pieces):
            if place:
                last = place == len(pieces) - 1
                found.append(self.words.text("format.last_comma" if last else "format.comma"))
            found.append(piece)
        return tuple(found)

    def some(self, pieces: Sequence[Inline | Quote], most: int) -> Line:
        """The first ``most`` pieces, and how many others there are in the appendix."""
        if len(pieces) <= most:
            return self.listed(pieces)
        more = self.words.line("page.others", n=len(pieces) - most)
        comma = self.words.text("format.comma")
        first = [part for piece in pieces[:most] for part in (comma, piece)]
        return (*first[1:], " ", *more)

    def others(self, left: int) -> tuple[Paragraph, ...]:
        """The line under a list that was cut: how many others the appendix has."""
        return (Paragraph(self.words.line("page.others", n=left)),) if left > 0 else ()

    @staticmethod
    def spaced(lines: Sequence[Line]) -> Line:
        """Sentences joined with spaces."""
        found: list[Inline] = []
        for line in lines:
            if found:
                found.append(" ")
            found.extend(line)
        return tuple(found)
