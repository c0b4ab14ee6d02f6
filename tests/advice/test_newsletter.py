"""The newsletter as a document: at most 400 words, each sentence with its source, words alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bundles import put, sentences
from handmade import PAGES
from hypothesis import given
from hypothesis import strategies as st
from shapes_of_papers import shape

from advice.papers import registry
from advice.papers.again import verify_papers
from advice.papers.newsletter import LIMIT, Newsletter, document, length, newsletter
from dialogues.news import News, NewsItem
from dialogues.newsletter_events import NewsletterReleased
from tests.corpus.reading import Surface, tried

AT = "2026-11-12T18:30:00Z"


def made(*items: NewsItem, language: str = "nl") -> Newsletter:
    event = NewsletterReleased("2026-11", 1, "Haarlem", "Europe/Amsterdam", language, items)
    return newsletter(event, datetime(2026, 12, 2, 9, tzinfo=UTC))


def item(what: News, title: str = "De Zomerstraat", source: str = "de-zomerstraat") -> NewsItem:
    return NewsItem(what, AT, title, source)


def written(model: Newsletter) -> dict[str, bytes]:
    return registry.written("nieuwsbrief-2026-11", model, PAGES)


STREET = (
    item(News.OPENED),
    NewsItem(News.CLOSED, AT, "De Dorpsweg", "de-dorpsweg", people=41),
    NewsItem(News.HELD, AT, "Avond in het wijkhuis", "M3", people=23),
    NewsItem(News.ANSWERED, AT, "De Dorpsweg", "raad 12 november, punt 7", outcomes=(2, 1, 1)),
    NewsItem(News.MISSING, AT, "Het plein", "het-plein", outcomes=(3, 0, 0)),
    NewsItem(News.DONE, AT, "Er komt een bank", "T3"),
    NewsItem(News.COMING, "2026-12-11T18:30:00Z", "Avond over bomen", "M4"),
)

EXPECTED = """\
# Nieuwsbrief november 2026

Gesprekken met bewoners · Haarlem

Vrijgegeven op woensdag 2 december 2026.

## Wat er gebeurde

- Op 12 november begon het gesprek «De Zomerstraat».  
  Bron: de-zomerstraat.
- Op 12 november was het gesprek «De Dorpsweg» klaar. Er deden 41 mensen mee.  
  Bron: de-dorpsweg.
- Op 12 november was de bijeenkomst «Avond in het wijkhuis». Er waren 23 mensen.  
  Bron: M3.

## Adviezen en antwoorden

- Er is antwoord op het advies van «De Dorpsweg»: 2 overgenomen, 1 deels overgenomen, 1 niet overgenomen.  
  Bron: raad 12 november, punt 7.
- Op het advies van «Het plein» ontbreekt nog antwoord. Aantal: 3.  
  Bron: het-plein.

## Wat er van afspraken kwam

- Klaar: «Er komt een bank».  
  Bron: T3.

## Wat er komt

- vrijdag 11 december 2026, 19.30 uur: «Avond over bomen».  
  Bron: M4.
"""  # noqa: E501, W291 - as it is written


def test_each_entry_is_a_sentence_with_its_source() -> None:
    assert written(made(*STREET))["nieuwsbrief-2026-11.md"].decode() == EXPECTED


def test_a_month_without_news_says_so() -> None:
    assert "Deze maand gebeurde er niets." in written(made())["nieuwsbrief-2026-11.md"].decode()


@given(
    st.lists(
        st.builds(
            item,
            st.sampled_from(News),
            st.text(max_size=300),
            st.text(max_size=80),
        ),
        max_size=120,
    ),
    st.sampled_from(["nl", "en"]),
)
def test_it_never_has_more_than_400_words(items: list[NewsItem], language: str) -> None:
    found = document(made(*items, language=language), PAGES.words(language))
    assert length(found) <= LIMIT


def test_what_is_left_out_is_counted() -> None:
    many = made(*(item(News.OPENED, f"Gesprek {n}", f"gesprek-{n}") for n in range(60)))
    text = written(many)["nieuwsbrief-2026-11.md"].decode()
    told = text.count("Bron: ")
    assert 20 < told < 60
    assert f"En nog {60 - told} andere." in text


def test_words_of_people_are_words_alone() -> None:
    calm = shape(written(made(item(News.CLOSED, "rustig", "bron"))))
    for payload in filter(None, tried(Surface.PAGE)):
        text = payload.encode("utf-8", "replace").decode()[:40]  # as whatever is typed is kept
        assert shape(written(made(item(News.CLOSED, text, text)))) == calm, payload


def test_verify_names_a_changed_page(tmp_path: Path) -> None:
    files = written(made(*STREET))
    assert verify_papers(put(files, tmp_path / "whole"), PAGES).ok
    name = "nieuwsbrief-2026-11.html"
    files[name] = files[name].replace(b"41 mensen", b"91 mensen")
    assert name in sentences(verify_papers(put(files, tmp_path / "changed"), PAGES))


@pytest.mark.parametrize("form", ["json", "md", "html"])
def test_the_same_newsletter_gives_the_same_bytes(form: str) -> None:
    name = f"nieuwsbrief-2026-11.{form}"
    assert written(made(*STREET))[name] == written(made(*STREET))[name]
