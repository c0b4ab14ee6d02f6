"""The sections of the appendix about the course of the dialogue.

What was promised beforehand, its rounds, what was hidden, and what was changed on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from advice.document import Column, Inline, Line, Paragraph, Row, Section, Table
from advice.drawing.turnout import contributions, turnout, voters
from advice.model import Change, Round
from advice.participants import number, what_they_did
from advice.phrases import Phrases
from dialogues.changes import HOURS
from dialogues.charter import CHOSEN, KEYS
from dialogues.items import REASON

#: The order of the charter's keys; other keys follow.
CHARTER = ("level", "decider", "answer_by", "fixed", "open", "phase", "ballot")

#: The keys whose values are chosen from words of ours, as they stand in the model.
_CHOSEN = CHOSEN | {KEYS[name] for name in CHOSEN}


def charter(phrases: Phrases) -> Section:
    """The charter, a row for each of its keys that has a value."""
    words, values = phrases.words, phrases.result.dialogue.charter
    keys = [key for key in CHARTER if key in values]
    keys += [key for key in values if key not in CHARTER]
    rows = tuple(
        Row(((phrases.word(f"charter.{key}", key),), _value(phrases, key, values[key])))
        for key in keys
        if values[key] not in (None, "")
    )
    columns = (
        Column(words.text("table.what"), "label"),
        Column(words.text("table.value"), "words"),
    )
    table = Table(words.line("appendix.charter_caption"), columns, rows)
    return Section(words.line("appendix.charter"), (table,))


def _value(phrases: Phrases, key: str, value: object) -> Line:
    if key == "answer_by":
        return (phrases.day(str(value)),)
    return (_word(phrases, key, str(value)),)


def _word(phrases: Phrases, key: str, value: str) -> Inline:
    """A value of the charter: one of our words in the document's language, else as typed."""
    return phrases.word(f"value.{value}", value) if key in _CHOSEN else phrases.typed(value)


def course(phrases: Phrases) -> Section:
    """The rounds, and how many people did what."""
    words = phrases.words
    columns = (
        Column(words.text("table.round"), "label"),
        Column(words.text("table.title"), "words"),
        Column(words.text("table.kind"), "short"),
        Column(words.text("table.opened"), "short"),
        Column(words.text("table.closed"), "short"),
        Column(words.text("table.turnout"), "number"),
        Column(words.text("table.contributions"), "number"),
    )
    rows = tuple(
        Row(
            (
                (str(index),),
                (phrases.typed(round_.title),),
                (phrases.word(f"kind.{round_.kind}", round_.kind),),
                _moment(phrases, round_.opened_at),
                _ended(phrases, round_),
                _turnout(phrases, round_),
                _contributions(phrases, round_),
            )
        )
        for index, round_ in enumerate(phrases.result.rounds, 1)
    )
    table = Table(words.line("appendix.course_caption"), columns, rows)
    did = Paragraph(what_they_did(phrases))
    return Section(
        words.line("appendix.course"), (*turnout(phrases), table, did, *_accounts(phrases))
    )


def _accounts(phrases: Phrases) -> tuple[Paragraph, ...]:
    """That accounts were counted, and how many of them are linked; nothing where nobody came."""
    people, words = phrases.result.participants, phrases.words
    if people.total == 0:
        return ()
    told = {
        name: words.text("people.untold_number") if n is None else number(n, words)
        for name, n in (("linked", people.linked), ("unlinked", people.unlinked))
    }
    return (Paragraph(words.line("appendix.accounts", **told)),)


def _moment(phrases: Phrases, iso: str | None) -> Line:
    if not iso:
        return phrases.words.line("table.no_figure")
    return (phrases.words.moment(iso, phrases.zone),)


def _ended(phrases: Phrases, round_: Round) -> Line:
    if round_.state == "closed" and round_.closed_at:
        return _moment(phrases, round_.closed_at)
    return (phrases.word(f"state.{round_.state}", round_.state),)


def _turnout(phrases: Phrases, round_: Round) -> Line:
    """How many voted; "nobody" for a kind without ballots or a skipped round."""
    if not voters(phrases, round_):
        return phrases.words.line("table.no_figure")
    return (number(round_.voters, phrases.words),)


def _contributions(phrases: Phrases, round_: Round) -> Line:
    """How many contributions are shown; of a kind that takes none, nothing."""
    given = contributions(phrases, round_)
    return phrases.words.line("table.no_figure") if given is None else (str(given),)


def hidden(phrases: Phrases) -> Iterator[Section]:
    """How many contributions are not shown, by reason; no section where there are none."""
    words, result = phrases.words, phrases.result
    found: list[tuple[Inline, int]] = [
        (phrases.word(f"hidden.{key}", key), n) for key, n in sorted(result.hidden.items())
    ]
    found.append((words.text("hidden.unreviewed"), result.unreviewed))
    key = "hidden.erased" if result.remade is None else "hidden.erased_after"
    found.append((words.text(key), result.erased))
    rows = tuple(Row(((why,), (words.number(n),))) for why, n in found if n)
    if not rows:
        return
    columns = (
        Column(words.text("table.reason"), "label"),
        Column(words.text("table.times"), "number"),
    )
    table = Table(words.line("appendix.hidden_caption"), columns, rows)
    yield Section(words.line("appendix.hidden"), (table,))


def changes(phrases: Phrases) -> Iterator[Section]:
    """What staff changed on the way; no section where that is nothing."""
    if not phrases.result.changes:
        return
    words = phrases.words
    columns = tuple(
        Column(words.text(f"table.{key}"), "short" if key in ("when", "by") else "words")
        for key in ("when", "change", "reason", "by")
    )
    rows = tuple(Row(_change_cells(phrases, change)) for change in phrases.result.changes)
    table = Table(words.line("appendix.changes_caption"), columns, rows)
    yield Section(words.line("appendix.changes"), (table,))


def _change_cells(phrases: Phrases, change: Change) -> tuple[Line, ...]:
    at, by = _moment(phrases, change.at), (phrases.typed(change.by),)
    return at, _change(phrases, change), _reason(phrases, change), by


def _change(phrases: Phrases, change: Change) -> Line:
    words, what = phrases.words, change.what
    if what == "charter":
        line = words.line(
            "change.charter", item=phrases.word(f"charter.{change.item}", change.item)
        )
    elif f"change.{what}" in words.phrases:
        named = phrases.typed(_spaced(change.item))
        of_reason = change.item == REASON.letter
        item = words.text("appendix.a_reason") if of_reason else named
        line = words.line(f"change.{what}", item=item, number=_spaced(change.number or ""))
    else:
        line = words.line("change.other", what=phrases.typed(what), item=phrases.typed(change.item))
    if change.was is None and change.now is None:
        return line
    was, now = (_changed(phrases, change, value) for value in (change.was, change.now))
    lasted = "change.from_to" if what == "pause" else "change.was_now"
    return line + words.line(lasted, was=was, now=now)


def _spaced(numbers: str) -> str:
    return ", ".join(part.strip() for part in numbers.split(","))


def _changed(phrases: Phrases, change: Change, value: str | None) -> Line:
    """A value before or after a change; a date or a moment is written out."""
    if not value:
        return phrases.words.line("table.no_figure")
    try:
        if change.what in HOURS:
            return _moment(phrases, value)
        key = change.item
        return (phrases.day(value) if key == "antwoord" else _word(phrases, key, value),)
    except ValueError:
        return (phrases.typed(value),)


def _reason(phrases: Phrases, change: Change) -> Line:
    """Why: of a hiding the word from the list, else as the moderator typed it."""
    if change.what in ("hide", "show"):
        return (phrases.word(f"hidden.{change.reason}", change.reason),)
    return (
        (phrases.typed(change.reason),) if change.reason else phrases.words.line("table.no_figure")
    )
