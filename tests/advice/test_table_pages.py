"""The pages for tables: what stands on each, and a code that holds the link and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Tree

import html5lib
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from advice.town.qr import qr
from advice.town.table_pages import pages_of
from meetings import events as ev
from meetings.fold import evolve
from meetings.meeting import Group, Hours, Meeting, Plan
from meetings.tables import listing_hash

AT = datetime(2026, 12, 1, 18, tzinfo=UTC)
HOURS = Hours(AT + timedelta(days=3), AT + timedelta(days=3, hours=2), "2026-12-04T19:00:00")
LINK = "https://matrix.to/#/#plein:haarlem.example"


def meeting(title: str = "Ons plein", where: str = "Wijkhuis", language: str = "nl") -> Meeting:
    """A meeting of eleven people, three of whom staff signed up, at two tables."""
    made = Meeting("meeting/3")
    plan = Plan(where=where)
    zone = "Europe/Amsterdam"
    events = [
        ev.MeetingPlanned(title, "plein", zone, language, HOURS, plan, "Haarlem"),
        *(ev.SignedUp(number, Group.RESIDENTS) for number in range(1, 9)),
        ev.SignedUp(9, Group.COUNCIL, people=3, staff=True),
    ]
    for number, event in enumerate(events):
        evolve(made, event, AT, f"p{number}")
    evolve(made, ev.TablesListed(2, 11, listing_hash(made.people())), AT, "p0")
    return made


def drawn(title: str = "Ons plein", where: str = "Wijkhuis", language: str = "nl") -> Meeting:
    made = meeting(title, where, language)
    evolve(made, ev.TablesDrawn("9f86d081884c7d65"), AT, "clock")
    return made


def page(made: Meeting, link: str = LINK) -> str:
    (data,) = pages_of(made, link, lambda _ref: None).values()
    return data.decode()


def parsed(text: str) -> Tree.Element:
    """The page as a strict parser of HTML reads it."""
    found: Tree.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return found


def words(element: Tree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_table_has_a_page_with_its_numbers(language: str) -> None:
    made = drawn(language=language)
    tree = parsed(page(made))
    assert tree.get("lang") == language
    pages = tree.findall(".//article")
    assert made.draw is not None
    assert len(pages) == 2
    for one, there in zip(pages, made.draw.drawn, strict=True):
        numbers = [words(each) for each in one.findall(".//ul/li")]
        assert numbers == [person.name for person in there]
        assert len(one.findall(".//ol/li")) == 3
        assert all(
            part.lower() in words(one).lower() for part in ("Ons plein", "Wijkhuis", "4 dec", LINK)
        )


def test_it_needs_nothing_else_and_runs_nothing() -> None:
    text = page(drawn())
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="([^"]*)"', text) == [LINK, LINK]
    assert "default-src 'none'" in text


def test_without_a_link_there_is_no_code_and_it_says_where_to_go() -> None:
    text = page(drawn(), "")
    assert "<svg" not in text
    assert "agenda M3" in text
    assert "plein" in text


def test_no_pages_before_the_draw_and_none_once_nobody_can_tell_who_signed_up() -> None:
    assert pages_of(meeting(), LINK, lambda _ref: None) == {}
    made = drawn()
    evolve(made, ev.SignUpsErased(), AT, "clock")
    assert pages_of(made, LINK, lambda _ref: None) == {}


@given(st.text(max_size=200), st.text(max_size=200))
def test_words_of_people_are_words_alone(title: str, where: str) -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    tree = parsed(page(drawn(evil + title, evil + where)))
    assert tree.findall(".//script") == []
    assert len(tree.findall(".//article")) == 2
    assert "{{ 7*7 }}" in words(tree)


# -- the code ------------------------------------------------------------------------------------


def squares(svg: str) -> list[list[int]]:
    """The squares that a picture draws, read back from its path, without the edge."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    found = [[0] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        for place in range(int(width)):
            found[int(y)][int(x) + place] = 1
    return found


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300))
def test_the_squares_are_those_of_the_link_with_an_empty_edge(text: str) -> None:
    made = squares(str(qr(text, "code")))
    meant = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    assert made == meant


def test_a_link_that_is_too_long_for_a_code_stands_there_in_words() -> None:
    text = page(drawn(), "https://example.org/" + "x" * 4000)
    assert "<svg" not in text
    assert "x" * 4000 in text
