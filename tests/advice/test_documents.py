"""Markdown and HTML: people's words are shown as text, and the pages are valid for any reader."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import html5lib
import pytest
from handmade import PAGES, result, round_, said
from handmade_odd import ALL, NASTY, large, nasty
from handmade_street import street
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advice.documents import document, written
from advice.model import Result
from advice.writing.lettering import isolated, one_line
from advice.writing.markdown import escaped, read

VOID = {"meta", "br", "hr", "img", "link", "input"}


def files(made: Result) -> tuple[str, str]:
    """The Markdown and the HTML file."""
    found = written(made, PAGES)
    by_form = {name.split(".")[1]: data.decode() for name, data in found.items()}
    return by_form["md"], by_form["html"]


class Elements(HTMLParser):
    """Elements with their attributes, and the text outside of style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_html_is_sound_and_asks_for_nothing(name: str, language: str) -> None:
    _, page = files(ALL[name](language=language))
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    assert [e for e in parser.errors if e[1] != "invalid-codepoint"] == []
    elements = Elements(page)
    assert elements.open == []
    tags = [tag for tag, _ in elements.tags]
    assert tags.count("h1") == 1
    assert elements.tags[0] == ("html", {"lang": language})
    assert not {"script", "img", "iframe", "link", "object", "form", "base"} & set(tags)
    for tag, attributes in elements.tags:
        assert not any(key.startswith("on") for key in attributes)
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#"), tag
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


@pytest.mark.parametrize("name", ALL)
def test_headings_go_down_one_level_at_a_time_and_none_is_empty(name: str) -> None:
    _, page = files(ALL[name]())
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for block in re.findall(r"<section>(.*?)</section>", page, re.DOTALL):
        assert re.search(r"<(p|table|ul|figure)", block), block
    assert '<ul role="list" class="entries asks">\n</ul>' not in page
    assert not re.search(r"<tbody[^>]*>\s*</tbody>", page)


@pytest.mark.parametrize("name", ALL)
def test_tables_have_captions_and_scopes_and_links_lead_somewhere(name: str) -> None:
    _, page = files(ALL[name]())
    elements = Elements(page)
    tags = elements.tags
    tables = [n for n, (tag, _) in enumerate(tags) if tag == "table"]
    assert all(tags[n + 1][0] == "caption" for n in tables)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")
    anchors = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    links = {a["href"] for tag, a in tags if tag == "a" and a["href"]}
    rows = {f"#{anchor}" for anchor in anchors}
    assert {link for link in links if link and link[1] in "SV"} <= rows


def test_the_picture_has_words_for_whoever_cannot_see_it() -> None:
    _, page = files(street())
    picture = page[page.rindex("<svg class") : page.rindex("</svg>")]
    assert '<title id="beeld-1-t">Eens en oneens in ronde 1</title>' in picture
    assert "S7: 19 eens, 0 weet ik niet, 2 oneens." in picture
    assert picture.index(">S1<") < picture.index(">S7<") < picture.index(">S5<")
    assert picture.index(">S5<") < picture.index(">S8<")  # too few votes: never ranked
    assert "S8: 4 eens, 1 weet ik niet, 3 oneens, te weinig stemmen." in picture
    assert page.index("</svg>") < page.index("Alle stellingen van ronde 1")


def test_what_people_wrote_is_never_html() -> None:
    _, page = files(nasty())
    assert "<script" not in page
    assert "onerror=alert" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    text = Elements(page).text
    for written_text in NASTY[:12]:
        assert " ".join(one_line(written_text).split()) in " ".join(text.split())


def test_what_people_wrote_is_never_a_template() -> None:
    for text in files(nasty()):
        assert "{{ 7777\\*7 }}" in text or "{{ 7777*7 }}" in text
        assert "54439" not in text


def test_every_quote_is_isolated_in_html() -> None:
    _, page = files(nasty())
    assert page.count("<q") == page.count('<bdi>«<q dir="auto">')


def reader() -> MarkdownIt:
    """A reader of Markdown with tables and strikethrough."""
    return MarkdownIt("gfm-like", {"linkify": False})


@example("kop #")
@example("kop ## ")
@given(st.text(max_size=80) | st.sampled_from(NASTY))
def test_any_text_is_shown_by_markdown_as_it_was_written(text: str) -> None:
    html = reader().render(f"- «{escaped(text)}»")
    elements = Elements(html)
    assert {tag for tag, _ in elements.tags} <= {"ul", "li"}
    shown = one_line(text).replace("\x00", "\ufffd")
    assert elements.text.strip("\n").endswith(f"«{shown}»")
    assert read(escaped(text)) == one_line(text)
    heading = reader().render(f"# {escaped(text)}").removeprefix("<h1>")
    assert Elements(f"<h1>{heading}").text.strip() == shown.strip()


def test_nasty_texts_make_no_markup_in_a_whole_document() -> None:
    text, _ = files(nasty())
    elements = Elements(reader().render(text))
    tags = {tag for tag, _ in elements.tags}
    ours = {"h1", "h2", "h3", "p", "strong", "ul", "li", "br", "table", "thead", "tbody", "tr"}
    assert tags <= ours | {"th", "td", "code"}
    rules = len(re.findall(r"^- `", text, re.MULTILINE))
    assert sum(tag == "code" for tag, _ in elements.tags) == rules + 6  # commands, files, journal
    tables = text.count("| --")
    assert tables > 0
    cells = re.findall(r"<td[^>]*>(.*?)</td>", reader().render(text), re.DOTALL)
    found = {Elements(cell).text.strip("\u2068\u2069\u202c") for cell in cells}
    assert {f"«{one_line(each)}»" for each in NASTY} - found == set()


def test_a_line_never_begins_with_words_of_people() -> None:
    made = street(title="1. lijst", charter={"decider": "- punt", "agenda": "> citaat"})
    text, _ = files(made)
    assert not re.search(r"^(1\. lijst|- punt|> citaat)", text, re.MULTILINE)


@given(st.text(alphabet="ab \u202e\u202d\u202c\u2066\u2067\u2068\u2069אב", max_size=20))
def test_isolation_is_balanced_whatever_is_in_it(text: str) -> None:
    depth = 0
    for letter in isolated(text):
        depth += letter in "\u2066\u2067\u2068"
        if letter == "\u2069":
            depth -= 1
            assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize("name", ALL)
def test_the_same_result_gives_the_same_bytes(name: str) -> None:
    assert written(ALL[name](), PAGES) == written(ALL[name](), PAGES)


def test_dates_stand_on_the_towns_own_clock() -> None:
    text, _ = files(street())
    assert "dinsdag 1 december 2026, 19.30 uur" in text
    english, _ = files(street(language="en"))
    assert "Tuesday 1 December 2026, 19:30" in english
    assert "## Appendix" in english


def test_journal_and_head_are_in_the_appendix() -> None:
    text, _ = files(street())
    assert "`3f2a91bc3f2a91bc`" in text
    assert "regel `412`" in text


def test_only_rules_that_were_used_are_explained() -> None:
    text, _ = files(street())
    assert "`poll-one/1`" in text
    assert "`poll-ranked/1`" not in text


def test_500_statements_are_all_in_the_appendix() -> None:
    """How long it takes is for ``make bench``: no test is timed."""
    text, _ = files(large(500))
    assert len(set(re.findall(r"^\| S(\d+) ", text, re.MULTILINE))) == 500


def test_a_long_round_is_pictured_by_its_clearest_and_most_divided() -> None:
    items = [said(f"S{n}", f"Plan {n}.", (n, 100 - n, 0), 100) for n in range(1, 100)]
    made = result([round_("statements", "S", items, 100)], kind="verslag")
    (picture,) = [
        block
        for section in document(made, PAGES).sections
        for block in section.blocks
        if type(block).__name__ == "Picture"
    ]
    numbers = [bar.number for bar in picture.bars]  # type: ignore[union-attr]
    assert len(numbers) == 30
    assert numbers[0] == "S99"
    assert numbers[-1] == "S1"
    assert "S50" in numbers
