"""The Markdown subset is parsed, and all written forms have the same words."""

from __future__ import annotations

import pytest

from bot.platforms.discord.writing import markdown as discord
from bot.platforms.document import Break, Document, Items, Link, Paragraph, Run, Strong
from bot.platforms.writing import html, plain
from bot.text.markup import parse

SAID = """Goedendag. Ik ben **Stadsgesprek**.
Typ `!hulp` of *vraag* het.

Open is:
- bomen
- **parkeren**
1. «Meer bomen.» (S7)
2. «Autovrij.» (S9)

[Lees meer](https://haarlem.example/a_b) en \\*niets\\*.
"""


def test_what_it_is_made_of() -> None:
    document = parse("a **b**\nc\n\n- d\n- e\n\n3. f\n4. g\n6. h")
    assert document == Document(
        (
            Paragraph((Run("a "), Strong((Run("b"),)), Break(), Run("c"))),
            Items(((Run("d"),), (Run("e"),))),
            Items(((Run("f"),), (Run("g"),)), 3),
            Items(((Run("h"),),), 6, tight=True),
        )
    )


def test_plain() -> None:
    assert plain(parse(SAID)) == (
        "Goedendag. Ik ben Stadsgesprek.\n"
        "Typ !hulp of vraag het.\n\n"
        "Open is:\n- bomen\n- parkeren\n"
        "1. «Meer bomen.» (S7)\n2. «Autovrij.» (S9)\n\n"
        "Lees meer (https://haarlem.example/a_b) en *niets*."
    )


def test_html() -> None:
    assert html(parse(SAID)) == (
        "<p>Goedendag. Ik ben <strong>Stadsgesprek</strong>.<br>"
        "Typ <code>!hulp</code> of <em>vraag</em> het.</p>"
        "<p>Open is:</p><ul><li>bomen</li><li><strong>parkeren</strong></li></ul>"
        "<ol><li>«Meer bomen.» (S7)</li><li>«Autovrij.» (S9)</li></ol>"
        '<p><a href="https://haarlem.example/a_b">Lees meer</a> en *niets*.</p>'
    )
    assert html(parse("3. c\n4. d")) == '<ol start="3"><li>c</li><li>d</li></ol>'


def test_discord() -> None:
    assert discord(parse(SAID)) == (
        "Goedendag. Ik ben **Stadsgesprek**.\n"
        "Typ `!hulp` of *vraag* het.\n\n"
        "Open is:\n- bomen\n- **parkeren**\n"
        "1\\. «Meer bomen.» (S7)\n2\\. «Autovrij.» (S9)\n\n"
        "[Lees meer](https://haarlem.example/a_b) en \\*niets\\*."
    )


@pytest.mark.parametrize(
    "source",
    [
        "2 * 3 * 4",
        "**",
        "`",
        "[a](http://x.nl)",
        "[a](https://)",
        "-",
        "1.",
        "1) a",
        "a - b",
        "20.30 uur",
    ],
)
def test_what_is_no_markup_is_itself(source: str) -> None:
    assert plain(parse(source)) == source
    assert html(parse(source)) == f"<p>{source}</p>"


def test_blank_lines_and_spaces_count_once() -> None:
    assert plain(parse("\n\n  a   b  \n\n\n\n c\n\n")) == "a b\n\nc"
    assert plain(parse("")) == html(parse("")) == discord(parse("")) == ""


def test_a_link_whose_words_are_its_address_is_written_once() -> None:
    link = Link((Run("https://haarlem.example"),), "https://haarlem.example")
    assert plain(Document((Paragraph((link,)),))) == "https://haarlem.example"
