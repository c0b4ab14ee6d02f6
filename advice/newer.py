"""What a version changed, as its documents say it: in one line on the page, and in a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advice.document import Column, Inline, Line, Row, Section, Table
from advice.model import Difference
from advice.phrases import Phrases

#: So many differences are named on the page.
_NAMED = 4


def notice(by: Phrases) -> Iterator[Line]:
    """Which version this is, and what is otherwise than in the one before it."""
    before, words = by.result.previous, by.words
    if before is None:
        return
    names = list(dict.fromkeys(_name(by, each) for each in before.changes))
    key = "page.newer" if names else "page.newer_same"
    version = str(by.result.version)
    yield words.line(key, version=version, before=str(before.version), what=by.some(names, _NAMED))


def section(by: Phrases) -> Iterator[Section]:
    """Every difference; no section in a first version, or where nothing differs."""
    before, words = by.result.previous, by.words
    if before is None or not before.changes:
        return
    columns = (
        Column(words.text("table.what"), "label"),
        Column(words.text("table.change"), "words"),
    )
    rows = tuple(Row(((_name(by, each),), _said(by, each))) for each in before.changes)
    caption = words.line(
        "newer.caption", before=str(before.version), moment=words.moment(before.at, by.zone)
    )
    title = words.line("newer.heading", before=str(before.version))
    yield Section(title, (Table(caption, columns, rows),))


def _name(by: Phrases, each: Difference) -> Inline:
    """What is otherwise: an item by its number, else in our words."""
    words = by.words
    if each.what == "charter":
        return by.word(f"charter.{each.item}", each.item)
    if each.what in ("round", "withheld"):
        return words.text("newer.round", n=each.item)
    if each.what in ("kind", "moderator", "order", "people"):
        return words.text(f"newer.{each.what}")
    return by.typed(each.item)


def _said(by: Phrases, each: Difference) -> Line:
    """In what it is otherwise; was and now where these are published."""
    words = by.words
    item = by.word(f"attested.{each.item}", each.item)
    line = words.line(f"newer.of_{each.what}", item=item)
    if each.was is None and each.now is None:
        return line
    was, now = (_value(by, each, value) for value in (each.was, each.now))
    return line + words.line("change.was_now", was=was, now=now)


def _value(by: Phrases, each: Difference, value: str | None) -> Inline:
    if value is None:
        few = each.what == "people"
        return by.words.text("people.untold_number" if few else "table.no_figure")
    if each.what in ("state", "round"):
        return by.word(f"state.{value}", value)
    if each.what == "charter" and each.item == "answer_by" and is_day(value):
        return by.day(value)
    if each.what == "charter":
        return by.word(f"value.{value}", value)
    return by.typed(value)


def is_day(text: str) -> bool:
    """Whether a value of the charter is a day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
