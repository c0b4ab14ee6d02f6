"""Whatever people wrote stands in every file of a bundle as they wrote it, and does nothing there.

The texts of the corpus stand wherever words of people can: in titles, statements, options, reasons,
answers and sources. A file with them has the elements that it has with harmless words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import vobject
from handmade import CLOSED, PAGES, poll, result, round_, said
from shapes_of_papers import shape
from test_calendar_file import EVENING, NAMES, raw
from test_calendar_file import seen as visible
from test_table_pages import drawn, page
from test_tables import is_formula, rows

from advice import documents
from advice.archive import decisions, mdto
from advice.archive.decisions import Decision
from advice.model import Change, Consent, Minority, Reason, Recommendation, Result, encode
from advice.papers import evaluation
from advice.papers.registry import written
from advice.town import commitments as register
from advice.town import moments
from advice.town.calendar_file import calendar_bytes
from advice.town.planned import Named
from advice.verifying.rebuild import texts_bytes
from advice.writing import cells, polis, tables
from commitments.commitment import Commitment, Kind, Note, Postponement, Source, State, What
from dialogues.followup.progress import Progress
from tests.corpus.reading import Surface, texts, tried, whole
from tests.generated import FEW
from tests.locales.readers import seen

AT = datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
TOWN = Named("Haarlem", "Europe/Amsterdam", "nl")

#: So many texts stand in one document.
TOGETHER = 25


def spread(given: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The texts in groups that are large enough for a document."""
    told = [text for text in given if seen(text) and whole(text)]
    yield from (tuple(told[at : at + TOGETHER]) for at in range(0, len(told), TOGETHER))


def saying(given: Sequence[str], **more: Any) -> Result:
    """A result in which each of these texts is a statement with a reason, and the first stands
    wherever else somebody typed something."""
    first, of = given[0], 20
    items = [
        said(f"S{n}", text, (12, 6, 2), of, reasons=[Reason("agree", text)])
        for n, text in enumerate(given, 1)
    ]
    options = {text: n % 4 for n, text in enumerate(given[:6])}
    rounds = [
        round_("statements", first, items, of, 1),
        round_("poll", first, [poll("P1", first, "one", options, 20, None)], 20, 2),
    ]
    asked = Recommendation("A1", first, "S1", Consent(12, 3), False, Minority(6, first))
    fields: dict[str, Any] = {
        "title": first,
        "charter": {"decider": first, "agenda": first, "voor": first, "uitnodiging": first},
        "recommendations": [asked],
        "changes": [Change("charter", "open", None, CLOSED, first, first, None)],
    }
    return result(rounds, **(fields | more))


def counted(files: Mapping[str, bytes]) -> tuple[Counter[str], list[str]]:
    """How often each element stands in the page, but for the lines of words in a picture, and the
    blocks of the Markdown."""
    elements, tokens = shape(files)
    return Counter(name for name in elements if not name.endswith("}tspan")), tokens


def test_a_document_has_the_same_elements_whatever_was_said() -> None:
    """HTML as a browser reads it, Markdown as a reader of it does; its quotes are held letter for
    letter while it is written."""
    for given in spread(tried(Surface.PAGE)):
        harmless = [f"gewone woorden {n}" for n in range(len(given))]
        files = documents.written(saying(given), PAGES)
        assert counted(files) == counted(documents.written(saying(harmless), PAGES)), given


def test_the_data_of_a_result_has_the_words_as_they_are() -> None:
    for given in spread(texts(Surface.JSON)):
        (statements, _) = json.loads(encode(saying(given)))["rounds"]
        assert [item["text"] for item in statements["items"]] == [*given]
        assert [item["reasons"][0]["text"] for item in statements["items"]] == [*given]


def test_every_word_in_a_table_is_text_and_as_it_was() -> None:
    """Of what the public tables hold, the table for Polis among them, and the list of decisions."""
    for given in spread(texts(Surface.TABLE)):
        made = saying(given, charter={"ballot": "open", "minimum": 5})
        found = [row for row in rows(tables.texts(made, PAGES)) if row[1] == "statement"]
        assert [row[3] for row in found] == [cells.guarded(text) for text in given]
        assert [cells.unguarded(row[3]) for row in found] == [*given]
        options = [row[2] for row in rows(tables.results(made, PAGES)) if row[1] == "P1"]
        assert options == [cells.guarded(text) for text in given[:6]]
        told = [row[-1] for row in rows(polis.comments_file(made, PAGES), ",")][1:]
        assert not any(map(is_formula, told))
        for text, cell in zip(given, told, strict=False):
            assert cell in (text, "'" + text)
        decided = [Decision("x", 1, "item_hidden", text, text, text, text) for text in given]
        for text, row in zip(given, rows(decisions.table(decided))[1:], strict=True):
            assert row[3:7] == [cells.guarded(text)] * 4


def test_no_word_leaves_its_line_in_a_calendar() -> None:
    for text in tried(Surface.FEED):
        entry = replace(EVENING, title=text, about=text, where=text)
        data = calendar_bytes(text, TOWN.zone, (entry,))
        for line in data.split(b"\r\n"):
            assert len(line) <= 75, text
            line.decode()
        assert all(
            NAMES.fullmatch(name.partition(":")[0].partition(";")[0]) for name in raw(data)[:-1]
        )
        assert raw(data).count("BEGIN:VEVENT") == 1, text
        (event,) = vobject.readOne(data.decode()).contents["vevent"]
        assert seen(visible(event.summary.value)) == seen(visible(text))


def test_the_metadata_of_an_archive_is_well_formed_whatever_was_typed() -> None:
    def elements(text: str) -> list[str]:
        term = mdto.Term(7, date(2026, 1, 1))
        about = mdto.Piece(
            text, text, "Dossier", text, "nl", "2026-01-01", "2026-01-01", term, text,
            parts=((text, text),), files=((text, text),), whole=(text, text),
        )  # fmt: skip
        maker = mdto.Maker(text, text, text, text, text)
        file = mdto.File(text, text, "text/plain", 1, "0" * 64, "2026-01-01T00:00:00", (text, text))
        made = (mdto.piece(about, maker, "Stadsgesprek"), mdto.file(file, "Stadsgesprek"))
        return [each.tag for data in made for each in ElementTree.fromstring(data).iter()]

    plain = elements("gewone woorden")
    for text in filter(seen, texts(Surface.FEED)):
        assert elements(text) == plain, text


def test_the_register_says_what_was_typed_and_no_more() -> None:
    def made(given: Sequence[str]) -> dict[str, bytes]:
        found = [
            Commitment(
                f"commitment/{n}",
                "",
                1,
                TOWN.zone,
                "nl",
                "Haarlem",
                What(Kind.PROMISE, text, "2026-12-20", text),
                Source("straat", "A1"),
                State.OPEN,
                made_at=AT,
                at=AT,
                changed_at=AT,
                notes=[Note(AT, Progress.UNDERWAY, text, text)],
                postponed=[Postponement(AT, "2026-12-20", "2026-12-24", text)],
            )
            for n, text in enumerate(given, 1)
        ]
        return register.files(register.register(found, TOWN, lambda _room: True))

    for given in spread(tried(Surface.PAGE)):
        files = made(given)
        assert shape(files) == shape(made(["gewone woorden"] * len(given))), given
        kept = json.loads(files["register.json"])["commitments"]
        assert [(one["text"], one["who"]) for one in kept] == [(text, text) for text in given]


class Tags(HTMLParser):
    """The elements of a page with their attributes' names; no tree, which takes long."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


def test_pages_for_tables_have_words_alone() -> None:
    plain = Tags(page(drawn("gewone woorden", "gewone woorden"), "")).found
    for text in filter(whole, filter(seen, tried(Surface.PAGE)[:: 3 if FEW else 1])):
        assert Tags(page(drawn(text, text), "")).found == plain, text


def test_the_list_of_meetings_has_the_words_as_they_are() -> None:
    for text in filter(whole, texts(Surface.JSON)):
        (kept,) = json.loads(moments.encode(moments.moments([_meeting(text)])))["moments"]
        assert (kept["title"], kept["where"]) == (text, text)


def _meeting(text: str) -> moments.Meeting:
    return moments.Meeting(
        number=1,
        title=text,
        state="planned",
        planned=True,
        room="zomerstraat",
        language="nl",
        town="Haarlem",
        by="gemeente",
        groups=(),
        begins_at=AT,
        ends_at=AT,
        wall="2026-12-03T20:30",
        zone=TOWN.zone,
        where=text,
        places=None,
        signed_up=None,
        waiting=None,
        attended=None,
        supports=None,
        sequence=0,
        changed_at=AT,
        dialogue="",
    )


def test_every_text_of_a_journal_is_a_line_of_its_own() -> None:
    given = [text for text in texts(Surface.JSON) if whole(text)]
    data = texts_bytes([(f"t{n}", "X.text", b"k", text) for n, text in enumerate(given)])
    assert [json.loads(line)["text"] for line in data.split(b"\n")[:-1]] == given
    assert len(data.splitlines()) == len(given)


def test_an_evaluation_has_a_title_and_no_other_words() -> None:
    def made(title: str) -> dict[str, bytes]:
        found = evaluation.Evaluation(
            evaluation.SCHEMA, "straat", title, "Haarlem", TOWN.zone, "nl", simulated=False,
            closed=True, counted=False, counts_at=None, took_part=None, answers=[],
        )  # fmt: skip
        return written("evaluatie", found, PAGES)

    plain = shape(made("gewone woorden"))
    for text in filter(whole, filter(seen, tried(Surface.PAGE))):
        files = made(text)
        assert shape(files) == plain, text
        assert json.loads(files["evaluatie.json"])["title"] == text
