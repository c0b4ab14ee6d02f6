"""What documents say of the objections to their draft: below each recommendation, and in a table.

What was adjusted, and what nobody decided on, stands below the recommendation on the page; every
objection with its ruling stands in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from advice.document import Column, Line, Row, Section, Table
from advice.model import Objection
from advice.objections import ADJUSTED, SHOWN
from advice.writing.lettering import quote

if TYPE_CHECKING:
    from advice.phrases import Phrases


def below(phrases: Phrases, number: str) -> Iterator[Line]:
    """The lines below a recommendation: how it is put now, who says that it is not right, and how
    many of these cannot be read."""
    every = [o for o in phrases.result.objections if o.item == number]
    adjusted = [o for o in every if o.ruling is not None and o.ruling.outcome == ADJUSTED]
    if adjusted:
        yield _adjusted(phrases, adjusted)
    dissent = [o for o in every if o.state == SHOWN and o not in adjusted]
    if dissent:
        yield _dissent(phrases, dissent)
    unread = {state: sum(o.state == state for o in every) for state in ("hidden", "unreviewed")}
    if any(unread.values()):
        words = phrases.words
        told = [words.line(f"objection.{s}", n=words.number(n)) for s, n in unread.items() if n]
        yield phrases.spaced([words.line("objection.unread"), *told])


def _adjusted(phrases: Phrases, adjusted: list[Objection]) -> Line:
    """How it is put since the newest ruling, and after which objections it was adjusted."""
    newest = max(adjusted, key=lambda o: o.ruling.at if o.ruling is not None else "")
    assert newest.ruling is not None
    return phrases.words.line(
        "objection.adjusted",
        numbers=phrases.listed([o.number for o in adjusted]),
        text=phrases.words_of(newest.ruling.text),
        stop=_stop(newest.ruling.text),
    )


def _dissent(phrases: Phrases, dissent: list[Objection]) -> Line:
    """Who says that it is not right: the words of the first, and how many more there are."""
    words, first = phrases.words, dissent[0]
    if first.text is None or phrases.reason_words == 0:
        numbers = phrases.listed([o.number for o in dissent])
        return words.line("objection.dissent", numbers=numbers)
    decided = "refused" if first.ruling is not None else "undecided"
    said = words.line(
        "objection.dissent_said",
        number=first.number,
        text=(quote(first.text, phrases.reason_words),),
        stop=_stop(first.text),
    )
    found = [said, words.line(f"objection.{decided}")]
    if len(dissent) > 1:
        found.append(words.line("page.others", n=len(dissent) - 1))
    return phrases.spaced(found)


def section(phrases: Phrases) -> Iterator[Section]:
    """Every objection with its ruling; no section where there was no draft."""
    result, words = phrases.result, phrases.words
    if result.draft is None:
        return
    columns = (
        Column(words.text("table.number"), "label"),
        Column(words.text("table.recommendation"), "short"),
        Column(words.text("table.objection"), "words"),
        Column(words.text("table.ruling"), "words"),
    )
    rows = tuple(
        Row(((o.number,), (o.item,), _said(phrases, o), _ruling(phrases, o)), anchor=o.number)
        for o in result.objections
    )
    caption = words.line(
        "objection.caption" if rows else "objection.none",
        until=words.moment(result.draft.heard_until, phrases.zone),
    )
    yield Section(words.line("objection.heading"), (Table(caption, columns, rows),))


def _said(phrases: Phrases, objection: Objection) -> Line:
    if objection.state != SHOWN:
        return (phrases.word(f"state.{objection.state}", objection.state),)
    if objection.text is None:
        return phrases.words.line("objection.unquoted")
    return (quote(objection.text),)


def _ruling(phrases: Phrases, objection: Objection) -> Line:
    words, ruling = phrases.words, objection.ruling
    if ruling is None:
        gone = objection.state in ("withdrawn", "erased")
        return words.line("table.no_figure" if gone else "objection.undecided")
    reason = phrases.typed((ruling.reason or "").rstrip(" ."))
    if ruling.outcome != ADJUSTED:
        return words.line("objection.ruled_not", reason=reason)
    return words.line(
        "objection.ruled_adjusted",
        text=phrases.words_of(ruling.text),
        stop=_stop(ruling.text),
        reason=reason,
    )


def _stop(text: str | None) -> str:
    """The full stop after a quote, where the quote has none of its own."""
    return "" if (text or "").rstrip().endswith((".", "!", "?", "…")) else "."
