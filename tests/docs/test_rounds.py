"""docs/rounds: a page a kind, with its words, settings, items, keys and events, and no other."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import get_args, get_type_hints

import pytest

from advice.model import Item, Round
from bot.town import formats
from commands.vocabulary import KindWords
from rounds.registry import KINDS, kinds, record
from rounds.registry import pages as every
from tests.docs import pages
from tests.docs.test_formats import described, settings

MACHINES = kinds().machines
#: What a page of a kind has, in this order.
SECTIONS = ["Words", "Settings", "Items", "What is counted", "Events"]


def page(kind: str) -> str:
    assert kind in pages.ROUNDS, f"the kind {kind} has no page docs/rounds/{kind}.md"
    return pages.ROUNDS[kind]


def table(kind: str, heading: str, first: str) -> list[dict[str, str]]:
    """The table under a heading whose first column has this title; no rows where there is none."""
    found = pages.tables(pages.section(page(kind), heading))
    return next((rows for rows in found if first in rows[0]), [])


def named(rows: list[dict[str, str]], column: str) -> list[str]:
    return [pages.code(row[column])[0] for row in rows]


def test_there_is_a_page_for_every_kind_and_no_other() -> None:
    assert sorted(pages.ROUNDS) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_these_parts_and_says_first_what_it_is(kind: str) -> None:
    title, *sections = pages.headings(page(kind))
    assert title.casefold() == kind
    assert [heading for heading in sections if heading in SECTIONS] == SECTIONS
    said = page(kind).partition("\n")[2].partition("\n## ")[0].strip()
    assert said.count(". ") + said.count(".\n") + said.endswith(".") in range(2, 6)
    for heading in SECTIONS:
        assert pages.section(page(kind), heading).strip(), heading


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_a_kind(kind: str) -> None:
    words: KindWords = import_module(f"rounds.{kind}.words").WORDS
    told = named(table(kind, "Words", "Dutch"), "Dutch")
    assert sorted(told) == sorted(word.dutch for word in words.words)


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_of_a_kind(kind: str) -> None:
    own = described(formats._struct(MACHINES[kind]))
    for name, what in described(formats._Round).items():
        assert own.pop(name) == what
    assert settings(table(kind, "Settings", "setting")) == own


@pytest.mark.parametrize("kind", KINDS)
def test_the_items_of_a_kind(kind: str) -> None:
    rows = table(kind, "Items", "letter")
    assert all(row["what"] for row in rows)
    told = list(zip(named(rows, "letter"), named(rows, "name"), strict=True)) if rows else []
    assert told == [(letter.letter, letter.name) for letter in MACHINES[kind].letters]


@pytest.mark.parametrize("kind", KINDS)
def test_the_keys_of_a_kind_in_the_result(kind: str) -> None:
    rows = table(kind, "What is counted", "key")
    assert all(row["what"] for row in rows)
    round_ = every().by_kind[kind].round
    (item,) = get_args(get_type_hints(round_)["items"])
    own = {("item", name) for name in {*item.__struct_fields__} - {*Item.__struct_fields__}}
    own |= {("round", name) for name in {*round_.__struct_fields__} - {*Round.__struct_fields__}}
    assert {(row["of"], pages.code(row["key"])[0]) for row in rows} == own


@pytest.mark.parametrize("kind", KINDS)
def test_the_events_of_a_kind(kind: str) -> None:
    rows = table(kind, "Events", "event")
    assert all(row["when"] for row in rows)
    told = {pages.code(row["event"])[0]: pages.code(row["data"]) for row in rows}
    events = MACHINES[kind].events
    assert told == {record().names[event]: list(signature(event).parameters) for event in events}
    words = {pages.code(row["event"])[0]: pages.bold(row["data"]) for row in rows}
    assert words == {record().names[e]: list(record().text_fields[e]) for e in events}
