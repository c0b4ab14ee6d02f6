"""journal.md: every event with its version and its data, and nothing that does not exist."""

from __future__ import annotations

from inspect import signature

import msgspec

from dialogues import record
from tests.docs import pages

PAGE = pages.text("docs/journal.md")


def test_every_event_is_there_with_its_data_and_no_other() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Every event"))
    told = {pages.code(row["event"])[0]: pages.code(row["data"]) for row in table}
    assert told == {name: list(signature(event).parameters) for event, name in record.NAMES.items()}
    assert all(row["when"] for row in table)


def test_events_that_hold_words_of_people() -> None:
    sentence = pages.section(PAGE, "Every event").rpartition("Of these")[2]
    text, *named = pages.code(sentence)
    real = {event.__name__: names for event, names in record.TEXT_FIELDS.items() if names}
    assert set(named) == set(real)
    assert set(real.values()) == {(text,)}


def test_the_line_that_is_shown_is_a_line() -> None:
    shown = next(b for b in pages.blocks(PAGE) if b.language == "text").text.strip()
    line = record.read(shown.encode())
    written = record.write(line.dialogue, line.seq, line.at, line.by, line.event)
    assert msgspec.json.decode(written) == msgspec.json.decode(shown)
    assert written.decode() == shown
