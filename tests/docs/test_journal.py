"""journal.md: every event with its version and its data, and nothing that does not exist."""

from __future__ import annotations

from inspect import signature

import msgspec

from rounds.registry import kinds, record
from tests.docs import pages

PAGE = pages.text("docs/journal.md")
#: The events of no kind of round, with their names.
OWN = {
    event: name
    for event, name in record().names.items()
    if not any(event in machine.events for machine in kinds().machines.values())
}


def test_every_event_of_a_dialogue_is_there_with_its_data_and_no_other() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Every event"))
    told = {pages.code(row["event"])[0]: pages.code(row["data"]) for row in table}
    assert told == {name: list(signature(event).parameters) for event, name in OWN.items()}
    assert all(row["when"] for row in table)


def test_words_of_people_are_bold() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Every event"))
    bold = {pages.code(row["event"])[0]: pages.bold(row["data"]) for row in table}
    assert bold == {name: list(record().text_fields[event]) for event, name in OWN.items()}


def test_the_line_that_is_shown_is_a_line() -> None:
    shown = next(b for b in pages.blocks(PAGE) if b.language == "text").text.strip()
    line = record().read(shown.encode())
    written = record().write(line.dialogue, line.seq, line.at, line.by, line.event)
    assert msgspec.json.decode(written) == msgspec.json.decode(shown)
    assert written.decode() == shown
