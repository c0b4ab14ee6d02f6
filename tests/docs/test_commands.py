"""commands.md: every word with its forms, who and where, and an example that can be typed."""

from __future__ import annotations

import re

import pytest

from commands import charter, poll_words, reasons
from commands.reading import read
from commands.said import Where, Wrong
from commands.words import BY_DUTCH, WORDS, Who
from dialogues.charter import KEYS, REQUIRED
from dialogues.core import Role
from tests.docs import pages

PAGE = pages.text("docs/commands.md")
ROWS = {
    pages.code(row["Dutch"])[0]: row
    for table in pages.tables(pages.section(PAGE, "The words"))
    for row in table
}
WHO = {who: who.value.replace("_", " ") for who in Who} | {Who.ALL: "everybody"}
WHERE = {Where.ROOM: "room", Where.STAFF: "staff room", Where.PERSONAL: "personal"}


def test_every_word_is_there_and_no_other() -> None:
    assert list(ROWS) == list(dict.fromkeys(ROWS))
    assert set(ROWS) == set(BY_DUTCH)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.dutch)
def test_a_word_is_as_the_page_says(word: object) -> None:
    entry = BY_DUTCH[word.dutch]  # type: ignore[attr-defined]
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
    entry = BY_DUTCH[dutch]
    roles = {role for role in Role if Who(role.value) in entry.who}
    for where in entry.where:
        reading = read(f"!{example}", where, roles)
        assert reading is not None
        assert (reading.word, isinstance(reading.said, Wrong)) == (dutch, False), reading.said


@pytest.mark.parametrize("form", sorted({form for word in WORDS for form in word.forms}))
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
    for english, name in charter.ENGLISH_KEYS.items():
        row = dutch[KEYS[name]]
        assert pages.code(row["English"]) == [english]
        assert (row["required"] == "yes") == (name in REQUIRED)
        if name in charter.CHOICES:
            assert set(charter.CHOICES[name]) <= set(pages.code(row["values"]))


def test_the_keys_of_a_poll() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Polls"))
    named = {key: pages.code(row["key"])[0] for row in table for key in _both(row)}
    assert named == poll_words.KEYS
    kinds = pages.code(table[0]["means"])
    assert tuple(kinds) == poll_words.KIND_WORDS


def _both(row: dict[str, str]) -> list[str]:
    return pages.code(row["key"]) + pages.code(row["English"])


def test_the_reasons_for_hiding() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Hiding"))
    listed = [tuple(pages.code(row["words"])) for row in table]
    assert listed == list(reasons.WORDS.values())
    assert [row["number"] for row in table] == [str(n) for n in range(1, len(table) + 1)]
