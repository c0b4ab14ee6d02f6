"""The Atom feed: as RFC 4287 has it, with links that are whole wherever it is read; none where the
address of the site is not known."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from tests.site.made import site
from tests.site.town import Town, small_town

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SITE = "https://gesprekken.example/haarlem/"


def read(data: bytes) -> Element:
    """The feed, held against what RFC 4287 asks of a feed and of each entry."""
    root: Element = ElementTree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
        assert MOMENT.fullmatch(each.findtext(f"{ATOM}updated") or "")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each.findtext(f"{ATOM}id") or "")
        alternates = [one for one in each.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert len(alternates) == 1
        for link in each.findall(f"{ATOM}link"):
            assert (link.get("href") or "").startswith("https://")
            assert re.fullmatch(r"[!-~]+", link.get("href") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [each.findtext(f"{ATOM}id") for each in (root, *entries)]
    assert len(set(ids)) == len(ids)
    return root


def links(root: Element, of: str) -> list[str]:
    return [str(each.get("href")) for each in root.findall(of)]


def test_every_link_is_that_of_the_site_and_leads_to_a_page_of_it(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    assert town.publish() == 0
    root = read((town.site / "atom.xml").read_bytes())
    assert links(root, f"{ATOM}link") == [f"{SITE}atom.xml", f"{SITE}index.html"]
    for link in links(root, f"{ATOM}entry/{ATOM}link"):
        assert link.startswith(SITE)
        assert (town.site / link.removeprefix(SITE)).is_file()


def test_it_tells_of_a_newsletter_too() -> None:
    root = read(site()["atom.xml"])
    (found,) = [
        entry
        for entry in root.findall(f"{ATOM}entry")
        if "Nieuwsbrief november 2026" in (entry.findtext(f"{ATOM}title") or "")
    ]
    assert links(found, f"{ATOM}link") == [
        "https://gesprekken.example/nieuwsbrieven/nieuwsbrief-2026-11.html"
    ]


def test_ids_stay_when_the_site_moves(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    before = read((town.site / "atom.xml").read_bytes())
    _move(town, "https://elders.example")
    assert town.publish() == 0
    after = read((town.site / "atom.xml").read_bytes())
    assert [each.text for each in after.iter(f"{ATOM}id")] == [
        each.text for each in before.iter(f"{ATOM}id")
    ]
    assert links(after, f"{ATOM}link")[0] == "https://elders.example/atom.xml"


def test_without_an_address_there_is_no_feed_and_publish_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = small_town(tmp_path)
    assert town.publish() == 0
    assert "Atom" not in capsys.readouterr().out
    _move(town, "")
    assert town.publish() == 0
    said = capsys.readouterr().out
    assert "There is no Atom feed" in said
    assert "[site]" in said
    assert not (town.site / "atom.xml").exists()
    pages = [path.read_text("utf-8") for path in town.site.glob("*.html")]
    pages.append(town.text("gesprekken/de-zomerstraat/index.html"))
    for page in pages:
        assert "atom" not in page.lower()


def _move(town: Town, address: str) -> None:
    config = town.config.read_text("utf-8")
    town.config.write_text(re.sub(r'address = "[^"]*"', f'address = "{address}"', config), "utf-8")
