"""Statements in the documents: agreements, divisions, a picture, a table, Polis files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from advice.document import Block, Entry, Line, Ref
from advice.kind import Pages
from advice.model import Item, Recommendation, Round
from advice.phrases import Phrases
from advice.published import Texts, outcome, published, reasons, said
from advice.register import reasons as given_on
from advice.rounds import Tables
from advice.verifying import checks
from advice.verifying.verdict import Finding
from advice.writing import polis
from advice.writing.lettering import quote
from dialogues.counting import statement
from dialogues.report import ItemReport
from rounds.statements import ranking
from rounds.statements.picture import picture
from rounds.statements.rules import CHOICES, MACHINE, opinions

KIND = MACHINE.kind


class Statements(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """A round of statements. Counts are {agree, disagree, pass}; the result is agreed, rejected,
    divided or too_few."""

    items: Sequence[Item] = []


def item(report: ItemReport, texts: Texts) -> Item:
    return published(
        Item,
        report,
        said(report.text, texts),
        counts=report.counts,
        result=outcome(report),
        reasons=reasons(report, texts),
    )


# On the page


def behind(phrases: Phrases, item: Item, recommendation: Recommendation) -> Line:
    agree, disagree, passed = opinions(item.counts or {})
    key = "ask.agree_pass" if passed else "ask.agree"
    values = {"agree": agree, "of": agree + disagree, "passed": passed}
    return phrases.words.line(key, item=Ref(recommendation.from_), **values)


def clear(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    return tuple(entry(phrases, item) for item in ranking.clearest(_told(phrases))[:most])


def divided(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The divided statements, without those that became a recommendation."""
    asked = {recommendation.from_ for recommendation in phrases.result.recommendations}
    items = (item for item in _told(phrases) if item.number not in asked)
    return tuple(entry(phrases, item, sides=True) for item in ranking.most_divided(items)[:most])


def undivided(phrases: Phrases) -> Line:
    enough = any(item.result != "too_few" for item in _told(phrases))
    return phrases.words.line("page.not_divided") if enough else ()


def _told(phrases: Phrases) -> Iterator[Item]:
    return (place.item for place in phrases.register.told(KIND))


def entry(phrases: Phrases, item: Item, sides: bool = False) -> Entry:
    """A statement with its figures; with ``sides`` also a reason of each side."""
    agree, disagree, passed = opinions(item.counts or {})
    values = {"agree": agree, "disagree": disagree, "of": agree + disagree}
    keys = {"agreed": "item.agree", "rejected": "item.disagree"}
    key = keys.get(str(item.result), "item.divided")
    figures = phrases.words.line(key, **values)
    if passed:
        figures = (*figures, " ", *phrases.words.line("item.passed", passed=passed))
    notes = [figures]
    withheld = phrases.register.places[item.number].round.reasons_withheld
    if sides and phrases.reason_words != 0 and phrases.register.quotable and not withheld:
        notes += _sides(phrases, item)
    return Entry(item.number, phrases.words_of(item.text), tuple(notes))


def _sides(phrases: Phrases, item: Item) -> list[Line]:
    """The first reason on each side, or that there is none."""
    sides = ("agree", "disagree")
    left_out = phrases.left_out(item.number)
    if not any(given_on(item, side) for side in sides):
        return [left_out or phrases.words.line("reason.none")]
    found = []
    for side in sides:
        given = given_on(item, side)
        if given:
            reason = quote(given[0], phrases.reason_words)
            found.append(phrases.words.line(f"reason.{side}", reason=reason))
        elif not left_out:
            found.append(phrases.words.line(f"reason.none_{side}"))
    return [*found, left_out] if left_out else found


# In the appendix


def blocks(tables: Tables) -> tuple[Block, ...]:
    drawn = picture(tables)
    table = tables.figures("statement", "statements_caption", CHOICES)
    return (drawn, *table) if drawn else table


# What verify computes again


def opposed(item: Any) -> int:
    return opinions(item.counts)[1]


def recount(item: Item, round_: Statements) -> list[Finding]:
    wrong = checks.shape(item, KIND, checks.choices(item, CHOICES))
    if wrong:
        return wrong
    counts = opinions(item.counts or {})
    return checks.possible(item, counts) or [
        *checks.ballots(item, round_, checks.one_each),
        *checks.outcome(item, statement.result(*counts, round_.voters or 0)),
    ]


PAGES = Pages(
    machine=MACHINE,
    round=Statements,
    item=item,
    opposed=opposed,
    against="disagree",
    behind=behind,
    order=1,
    clear=clear,
    divided=divided,
    undivided=undivided,
    opinions=lambda item: opinions(item.counts or {}),
    blocks=blocks,
    sides=CHOICES,
    polis={"agree": polis.AGREE, "disagree": polis.DISAGREE, "pass": polis.PASS},
    recount=recount,
    rules=lambda _: (statement.NAME,),
)
