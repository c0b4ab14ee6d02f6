"""Every word with its forms, who and where, and an example that can be typed.

Words of no kind of round stand in commands.md, the others in the page of their kind.
"""

from __future__ import annotations

import re

import pytest

from commands import charter, reasons
from commands.reading import read
from commands.said import Where
from commands.word import Who, Word
from commands.words import WORDS
from commands.wrong import Wrong
from dialogues.charter import KEYS, REQUIRED
from dialogues.core import Role
from rounds.registry import vocabulary
from tests.docs import pages

PAGE = pages.text("docs/commands.md")
KNOWN = vocabulary()


def rows(page: str) -> list[dict[str, str]]:
    """The rows of the tables of words under "Words" or "The words"."""
    headings = [title for title in pages.headings(page) if title in ("Words", "The words")]
    found = [table for title in headings for table in pages.tables(pages.section(page, title))]
    return [row for table in found if "Dutch" in table[0] for row in table]


OWN = [pages.code(row["Dutch"])[0] for row in rows(PAGE)]
ROWS = {
    pages.code(row["Dutch"])[0]: row
    for page in (PAGE, *pages.ROUNDS.values())
    for row in rows(page)
}
WHO = {who: who.value.replace("_", " ") for who in Who} | {Who.ALL: "everybody"}
WHERE = {Where.ROOM: "room", Where.STAFF: "staff room", Where.PERSONAL: "personal"}


def test_every_word_of_no_kind_is_there_and_no_other() -> None:
    assert sorted(OWN) == sorted(word.dutch for word in WORDS)


@pytest.mark.parametrize("entry", KNOWN.words, ids=lambda word: word.dutch)
def test_a_word_is_as_its_page_says(entry: Word) -> None:
    row = ROWS[entry.dutch]
    heads = ["gesprek …", "dialogue …"] if entry.dialogue else []
    assert pages.code(row["English"]) == [entry.english]
    assert pages.code(row["also"]) == [*entry.also, *heads]
    assert set(row["who"].split(", ")) == {WHO[who] for who in entry.who}
    assert set(row["where"].split(", ")) == {WHERE[where] for where in entry.where}
    assert row["what"]


@pytest.mark.parametrize("dutch", ROWS)
def test_an_example_is_read_as_its_word(dutch: str) -> None:
    (example,) = pages.code(ROWS[dutch]["example"])
    entry = KNOWN.by_dutch[dutch]
    roles = {role for role in Role if Who(role.value) in entry.who}
    for where in entry.where:
        reading = read(KNOWN, f"!{example}", where, roles)
        assert reading is not None
        assert (reading.word, isinstance(reading.said, Wrong)) == (dutch, False), reading.said


@pytest.mark.parametrize("form", sorted({form for word in KNOWN.words for form in word.forms}))
def test_every_alias_follows_from_the_page(form: str) -> None:
    known = set()
    for dutch, row in ROWS.items():
        also = pages.code(row["also"])
        heads = [head[1] for name in also if (head := re.fullmatch(r"(\w+) …", name))]
        own = [dutch, *pages.code(row["English"]), *(name for name in also if "…" not in name)]
        known |= {*own, *(f"{head} {word}" for head in heads for word in own)}
    assert form in known


def test_the_keys_of_a_charter() -> None:
    (table,) = pages.tables(pages.section(PAGE, "The charter"))
    dutch = {pages.code(row["key"])[0]: row for row in table}
    assert set(dutch) == set(charter.TYPED_KEYS.values())
    assert set(dutch) == set(KEYS.values())
    for key, english in charter.ENGLISH_KEYS.items():
        row, name = dutch[key], charter.FIELDS[key]
        assert pages.code(row["English"]) == [english]
        assert (row["required"] == "yes") == (name in REQUIRED)
        if name in charter.CHOICES:
            assert set(charter.CHOICES[name]) <= set(pages.code(row["values"]))


def test_the_reasons_for_hiding() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Hiding"))
    listed = [tuple(pages.code(row["words"])) for row in table]
    assert listed == list(reasons.WORDS.values())
    assert [row["number"] for row in table] == [str(n) for n in range(1, len(table) + 1)]
