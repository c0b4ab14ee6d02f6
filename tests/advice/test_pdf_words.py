"""People's words in a PDF stay words: no markup, no link, no file, and every letter that can be."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tagged import same, tagged

from advice.document import (
    Bar,
    Code,
    Column,
    Document,
    Entries,
    Entry,
    Page,
    Picture,
    Quote,
    Ref,
    Row,
    Section,
    Table,
    Typed,
)
from advice.writing.lettering import breakable, one_line, visible
from advice.writing.letters import LACKING, latin, printable
from advice.writing.pdf import pdf
from tests.corpus.reading import Surface, texts, tried

AT = datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
LACKS = ("Sommige letters ontbreken.",)
ALL = texts(Surface.PDF)


def test_there_are_enough() -> None:
    assert len(set(ALL)) >= 300


def everywhere(texts: tuple[str, ...]) -> Document:
    """A document in which each text stands wherever words of people can."""
    rows = [Row(((f"S{n}",), (Quote(t),), (Typed(t),)), f"S{n}") for n, t in enumerate(texts)]
    columns = (Column("Nr.", "label"), Column("Tekst", "words"), Column("Kort", "short"))
    table = Table(("Tabel ", Typed(texts[0])), columns, tuple(rows))
    entries = Entries(
        tuple(
            Entry(f"A{n}", (Quote(t), " ", Code(t)), ((Typed(t, True), Ref(f"S{n}")),))
            for n, t in enumerate(texts)
        ),
        "asks",
    )
    bars = tuple(Bar(f"S{n}", Quote(t), "", 3, 2, 1) for n, t in enumerate(texts))
    picture = Picture("p1", "Beeld", "Zegt het.", ("Onder.",), "Eens", "Weet niet", "Oneens", bars)
    front = Page(
        kicker=("Advies · ", Typed(texts[0])),
        title=Typed(texts[0]),
        notices=((Typed(texts[0]),),),
        sections=(Section(("Wat ", Typed(texts[0])), (entries,)),),
        facts=(Typed(texts[0]),),
    )
    return Document("nl", "advies", front, "Bijlage", (Section(("Ronde",), (picture, table)),))


#: What is set: all of it, or a quarter where few are asked for.
TRIED = tried(Surface.PDF)


@pytest.mark.parametrize("start", range(0, len(TRIED), 60))
def test_every_payload_stays_what_was_said(start: int) -> None:
    """In every place: no heading, link, picture or table more than ours, and its letters whole."""
    few = TRIED[start : start + 60]
    data = pdf(everywhere(few), AT, LACKS)
    found = tagged(data)
    roles = [tag.role for tag in found.tree.every()]
    assert [role for role in roles if role.startswith("H")] == ["H1", "H2", "H2", "H3"]
    assert roles.count("Table") == 1
    assert roles.count("TR") == len(few) + 1
    assert roles.count("Figure") == -(-len(few) // 8)
    assert roles.count("Link") == len(few)
    assert not re.search(rb"/URI|/JavaScript|/JS\b|/Launch|/EmbeddedFile|/RichMedia|/AA\b", data)
    (table,) = found.tree.every("Table")
    rows = [*table.every("TR")][1:]
    for text, row in zip(few, rows, strict=True):
        assert same(row.children[1].text, f"«{visible(text)}»"), (text, row.children[1].text)
        assert same(row.children[2].text, visible(text))
    for text, item in zip(few, found.tree.every("LI"), strict=True):
        first, *_ = item.every("P")
        assert same(first.text, f"«{visible(text)}» {one_line(text)}"), text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("şehir, ğ, ı, İ: Türkçe", "şehir, ğ, ı, İ: Türkçe"),
        ("Żółć, Україна, ελληνικά", "Żółć, Україна, ελληνικά"),
        ("ትግርኛ, עברית, مرحبا", "ትግርኛ, עברית, مرحبا"),
        ("🌳 👨\u200d👩\u200d👧 ✅", "🌳 👨\u200d👩\u200d👧 ✅"),
        ("你好", LACKING * 2),
        ("e\u0301 e\u05b0", "\u00e9 " + LACKING),  # a Hebrew point on a Latin letter
        ("z" + "\u0337\u0322\u031b\u0347\u0333\u034d", LACKING),
        ("\ufeffbegin \x00 \x1b[31m", f"begin {LACKING} {LACKING}[31m"),
    ],
)
def test_letters_that_no_font_has_are_told_apart(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_what_no_font_sets_together_becomes_plain() -> None:
    assert latin("Café ş 你 e\u0301 🌳") == f"Café ş {LACKING} {LACKING} {LACKING}"


def test_where_letters_are_lacking_it_is_said_at_the_end() -> None:
    def text(words: str) -> str:
        return tagged(pdf(everywhere((words,)), AT, LACKS)).tree.text

    assert text("你好").endswith(LACKS[0])
    assert LACKING in text("你好")
    assert LACKS[0] not in text("Meer bomen")
    assert LACKS[0] not in text(f"teken {LACKING}")  # somebody wrote it


def test_a_long_run_can_be_broken_and_keeps_its_letters() -> None:
    assert breakable("kort en lang", 24) == "kort en lang"
    long = breakable("a" * 25 + " b", 10)
    assert long == "a" * 10 + "\u200b" + "a" * 10 + "\u200b" + "a" * 5 + " b"
    family = "👨\u200d👩\u200d👧"
    assert breakable(family * 3, 2) == family * 2 + "\u200b" + family
