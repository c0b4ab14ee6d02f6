"""A closing round in the documents: what goes to the council, with its vote and who is against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from advice.document import Block
from advice.kind import Pages, Source, Sources
from advice.model import Consent, Dropped, Item, Minority, Recommendation, Round
from advice.published import Texts, held_back, outcome, published, reasons, said
from advice.register import plain
from advice.rounds import Tables
from advice.verifying import checks
from advice.verifying.verdict import Finding
from dialogues.counting import minority, recommend
from dialogues.items import ItemState
from dialogues.joining import asked
from dialogues.report import ItemReport
from rounds.closing.rules import MACHINE
from rounds.closing.state import CHOICES, RecommendationReport, State

KIND = MACHINE.kind


class Closing(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """The vote on recommendations. Counts are {yes, no}; there is no result."""

    items: Sequence[Item] = []


def item(report: RecommendationReport, texts: Texts) -> Item:
    return published(
        Item,
        report,
        _text(report, texts),
        counts=report.counts,
        result=outcome(report),
        reasons=reasons(report, texts),
    )


def _text(report: RecommendationReport, texts: Texts) -> str | None:
    """A recommendation's text: of a resident's own option the question, colon, option."""
    text = report.asks or said(report.text, texts)
    if report.suggested is None or text is None:
        return text
    option = said(report.suggested, texts)
    return asked(text, option) if option is not None else None


def recommendations(
    reports: Iterable[RecommendationReport], sources: Sources, texts: Texts
) -> Iterator[Recommendation]:
    for report in reports:
        counts: Any = report.counts
        yes, no = counts["yes"], counts["no"]
        known = not held_back(report)
        yield Recommendation(
            number=report.number,
            text=_text(report, texts) if report.state is ItemState.SHOWN else None,
            from_=report.source,
            option=report.option,
            consent=Consent(yes, no) if known else None,
            divided=known and minority.divided(yes, no),
            minority=_minority(report, sources(report.source), no if known else 0, texts),
        )


def dropped(state: State, texts: Texts) -> Iterator[Dropped]:
    """What was left out, by number."""
    left = (r for number, r in state.drafts.items() if number not in state.order)
    for recommendation in sorted(left, key=lambda r: int(r.number[1:])):
        item = state.scope.items.by_number[recommendation.rests_on]
        words = said(item.text, texts) if item.state is ItemState.SHOWN else None
        label = recommendation.label
        if label and not recommendation.suggested:
            words = label
        elif label and words is not None:
            words = asked(label, words)
        yield Dropped(
            recommendation.number, words, from_=recommendation.item, option=recommendation.option
        )


def _minority(
    report: RecommendationReport, source: Source | None, no: int, texts: Texts
) -> Minority | None:
    """The minority line: the larger of the number against the source item and the number who said
    no, with the first reason of that side by text, else of the other, of those that are published
    beside an item that is shown; None when too few are against."""
    if source is None:
        return None
    row = source.item
    visible = row.state is ItemState.SHOWN and not held_back(row)
    opposed = source.pages.opposed(row) if visible else 0
    against = minority.opposed(opposed, no)
    if not minority.line(against, row.voters if visible else 0):
        return None
    shown = report.state is ItemState.SHOWN
    of_item = _said_by(report, "no", texts) if no and shown else []
    of_source = _said_by(row, source.pages.against, texts) if opposed else []
    ordered = [*of_item, *of_source] if no > opposed else [*of_source, *of_item]
    return Minority(against, next(iter(ordered), None))


def _said_by(item: ItemReport, side: str, texts: Texts) -> list[str]:
    """The reasons of a side that were not erased, by text."""
    found = (texts(reason.text.ref) for reason in item.reasons if reason.side == side)
    return sorted(text for text in found if text is not None)


def consent(item: Item) -> Consent | None:
    """The vote on a recommendation, where it is published."""
    if item.counts is None:
        return None
    counts = plain(item)
    return Consent(counts["yes"], counts["no"])


def blocks(tables: Tables) -> tuple[Block, ...]:
    return tables.figures("proposal", "closing_caption", CHOICES)


def recount(item: Item, round_: Closing) -> list[Finding]:
    return (
        checks.shape(item, KIND, checks.choices(item, CHOICES))
        or checks.possible(item, plain(item).values())
        or [*checks.ballots(item, round_, checks.one_each), *checks.outcome(item, None)]
    )


PAGES = Pages(
    machine=MACHINE,
    round=Closing,
    item=item,
    recommendations=recommendations,
    dropped=dropped,
    consent=consent,
    against="no",
    blocks=blocks,
    sides=CHOICES,
    recount=recount,
    rules=lambda _: (recommend.NAME, minority.NAME),
)
