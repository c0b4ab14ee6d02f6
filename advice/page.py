"""The one page for a councillor: at most 300 words, made from the result alone.

It stands in this order: what these residents ask (in a report: why it is a report, and what they
agreed on most), who took part, what stays divided, when an answer comes, where the rest is.

**The order of sacrifice.** While the page has more than 300 words, one step more is taken, in
this order and never another (``STEPS``; the appendix prints it and says how far it went):

1. reasons are shortened: to 30, 20, 14 and 9 words;
2. what is divided is dropped beyond the three, two, then the one most divided; of a report no
   more than three outcomes of each kind are told, and of the moderator's changes three;
3. recommendations and other contributions are shortened: to 40, 28 and 20 words, others to 14;
4. what was typed beforehand (title, who decides, agenda, …) is shortened: to 14 and 8 words;
5. reasons are left to the appendix;
6. how many voted or wrote, and for whom it was, is left to the appendix;
7. of a report two outcomes of each kind are told, then one, and so of the moderator's changes;
8. contributions that are no recommendation are shortened once more, to 9 and 6 words, and typed
   words to 5;
9. recommendations, and in a report what stands first, have 14 words, then 9, then 6: what residents
   ask is what a councillor comes for, so it is cut last.

A shortened text is a verbatim prefix that ends with a word; its ``…`` stands outside the quote.
Words are counted by spaces or by letters, whichever is more, over the page as Markdown and with
the title twice, because an HTML file says it twice. What stands in the picture above it is not
counted, since the appendix says it in whole: that has limits of its own
(``advice/drawing/overview.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from advice.amendments import AMENDED, amended
from advice.answer import answer
from advice.document import (
    Block,
    Entries,
    Entry,
    Line,
    Page,
    Paragraph,
    Section,
)
from advice.drawing import overview
from advice.heading import facts, notices
from advice.kinds import AllPages
from advice.model import Result
from advice.participants import untold, who_took_part
from advice.phrases import Phrases
from advice.register import Register
from advice.writing.lettering import words_in
from advice.writing.markdown import page_as_markdown

LIMIT = 300

#: More than there can be of anything.
ALL = 10**9


@dataclass(frozen=True, slots=True)
class Space:
    """The limits of a page; None means no limit."""

    reason: int | None = None
    divided: int = 4
    told: int = 5
    turnout: bool = True
    asked: int | None = None
    contribution: int | None = None
    typed: int | None = 24


def _steps() -> tuple[Space, ...]:
    space = Space()
    found = [space]
    order: list[dict[str, Any]] = [
        *({"reason": words} for words in (30, 20, 14, 9)),
        *({"divided": items} for items in (3, 2, 1)),
        {"told": 3},
        *({"asked": words, "contribution": words} for words in (40, 28, 20)),
        {"contribution": 14},
        *({"typed": words} for words in (14, 8)),
        {"reason": 0},
        {"turnout": False},
        *({"told": items} for items in (2, 1)),
        {"contribution": 9, "typed": 5},
        {"contribution": 6},
        *({"asked": words} for words in (14, 9, 6)),
    ]
    for changes in order:
        space = replace(space, **changes)
        found.append(space)
    return tuple(found)


#: The steps from no limits to the strictest; the first with which the page has 300 words at most.
STEPS = _steps()


def page(result: Result, pages: AllPages) -> Page:
    """The page with as much on it as 300 words allow; its picture, whose words do not count, is
    drawn once."""
    for step, space in enumerate(STEPS):
        builder = _Builder(result, pages, space)
        found = _page(builder, step)
        if length(found) <= LIMIT:
            break
    return replace(found, drawn=overview.drawn(builder))


def length(found: Page) -> int:
    """The words of a page, counted strictly."""
    return words_in(page_as_markdown(found)) + words_in(found.title.text)


def _page(builder: _Builder, step: int) -> Page:
    result, space = builder.result, builder.space
    sections = (
        *builder.outcome(),
        builder.who(),
        *builder.divided(),
        answer(builder),
        builder.rest(),
    )
    return Page(
        kicker=builder.words.line(
            f"page.kicker_{result.kind}", town=builder.typed(result.dialogue.town)
        ),
        title=builder.typed(result.dialogue.title),
        facts=facts(builder, space.turnout),
        notices=notices(builder),
        sections=sections,
        step=step,
    )


class _Builder(Phrases):
    """Builds the sections of one page within a given space."""

    def __init__(self, result: Result, pages: AllPages, space: Space) -> None:
        super().__init__(
            register=Register.of(result, pages),
            words=pages.words(result.dialogue.language),
            reason_words=space.reason,
            contribution_words=space.contribution,
            typed_words=space.typed,
        )
        self.space = space
        self.foremost = Phrases(self.register, self.words, space.reason, space.asked, space.typed)

    def outcome(self) -> tuple[Section, ...]:
        """The recommendations; in a report why it is one, and the clearest outcomes."""
        words, result = self.words, self.result
        changed = tuple(Paragraph(line) for line in amended(self, self.space.told))
        if result.kind == "advies":
            asks = tuple(self.foremost.ask(r) for r in result.recommendations)
            return (Section(words.line("page.asks"), (Entries(asks, "asks"), *changed)),)
        why = (*(Paragraph(line) for line in self.why()), *changed)
        sections = [Section(words.line("page.why"), why)] if why else []
        agreed, others = self.agreed()
        if agreed:
            listed: tuple[Block, ...] = (Entries(agreed, "asks"), *self.others(others))
            sections.append(Section(words.line("page.agreed"), listed))
        elif figures := overview.in_words(self):
            sections.append(Section(words.line("page.drawn"), (Paragraph(figures),)))
        for pages in self.register.kinds:
            sections += pages.sections(self, self.space.told)
        return tuple(sections)

    def agreed(self) -> tuple[tuple[Entry, ...], int]:
        """What a report prints first: recommendations that were voted on, else the clearest
        outcomes; and how many more there are."""
        told = self.space.told
        if self.result.recommendations:
            every = [[self.foremost.ask(r) for r in self.result.recommendations]]
        else:
            every = [[*pages.clear(self.foremost, ALL)] for pages in self.register.kinds]
        first = tuple(entry for entries in every for entry in entries[:told])
        return first, sum(map(len, every)) - len(first)

    def why(self) -> tuple[Line, ...]:
        """Why this is a report and no advice."""
        words, result, register = self.words, self.result, self.register
        if result.interim:
            return ()
        total, minimum = result.participants.total, register.minimum
        if not result.participants.minimum_met and not result.dialogue.imported:
            if total is None:
                people = words.line("people.untold" if untold(result) else "people.few")
            else:
                people = words.line("people.n", n=total)
            few = (words.line("page.why_few", people=people, minimum=minimum),)
            return few if register.voted_on else (*few, *self.no_vote())
        if not register.voted_on:
            return self.no_vote()
        if any(change.what == "advice_drop" for change in result.changes):
            return (words.line("page.why_dropped"),)
        return (words.line("page.why_none"),)

    def no_vote(self) -> tuple[Line, ...]:
        """That there was no vote on what to ask the council, however many people took part."""
        register = self.register
        if not any(place.pages.proposes for place in register.finished()):
            own = tuple(line for pages in register.kinds if (line := pages.why(self)))
            if own:
                return own
        return (self.words.line("page.why_no_vote"),)

    def who(self) -> Section:
        lines = who_took_part(self, self.space.turnout)
        return Section(self.words.line("page.who"), tuple(Paragraph(line) for line in lines))

    def divided(self) -> tuple[Section, ...]:
        """What divides people most, with a reason of each side; or the sentence that nothing
        does."""
        most, kinds = self.space.divided, self.register.kinds
        entries = [entry for pages in kinds for entry in pages.divided(self, ALL)]
        title = self.words.line("page.divided")
        if entries:
            told = Entries(tuple(entries[:most]), "items")
            return (Section(title, (told, *self.others(len(entries) - most))),)
        none = tuple(Paragraph(line) for pages in kinds if (line := pages.undivided(self)))
        return (Section(title, none),) if none else ()

    def rest(self) -> Section:
        line = self.words.line("page.rest_text", items=len(self.register.places))
        changed = sum(change.what not in AMENDED for change in self.result.changes)
        if changed:
            line = (*line, " ", *self.words.line("page.rest_changes", n=changed))
        return Section(self.words.line("page.rest"), (Paragraph(line),))
