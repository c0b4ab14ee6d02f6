"""Every link leads somewhere: pages, headings, pictures, files that a page names."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from tests.docs import pages
from tests.docs.pages import PAGES, ROOT

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_ROOMS = "tests|docs|bot|dialogues|commands|storage|advice|locales|rounds"
_PATH = re.compile(rf"(?:{_ROOMS})/[\w./-]+\.\w+")
_ELSEWHERE = ("http://", "https://", "mailto:")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    here = PAGES[name].parent
    wrong = []
    for target in _LINK.findall(pages.prose(pages.text(name))):
        if target.startswith(_ELSEWHERE):
            continue
        path, _, heading = target.partition("#")
        file = (here / unquote(path)).resolve() if path else PAGES[name]
        if not file.exists() or ROOT not in (file, *file.parents):
            wrong.append(target)
        elif heading:
            titles = pages.headings(file.read_text(encoding="utf-8"))
            if heading not in map(pages.anchor, titles):
                wrong.append(target)
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_files_that_are_named_are_there(name: str) -> None:
    named = {
        path
        for found in pages.code(pages.prose(pages.text(name)))
        for path in _PATH.findall(found)
        if not path.endswith(("/x.py",)) and "KIND" not in path
    }
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_page_and_picture_is_linked_to() -> None:
    linked = set()
    for name, page in PAGES.items():
        for target in _LINK.findall(pages.text(name)):
            file = (page.parent / unquote(target.partition("#")[0])).resolve()
            linked |= {file, *(file.rglob("*.md") if file.is_dir() else ())}
    there = [*PAGES.values(), *(ROOT / "docs" / "pictures").glob("*.png")]
    alone = {file.name for file in there if file not in linked}
    assert alone <= {"README.md"}


def test_targets_of_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        target
        for name in PAGES
        for target in re.findall(r"(?:^|`)make ([a-z]+)", pages.text(name), re.MULTILINE)
    }
    assert named
    assert {t for t in named if not re.search(rf"^{t}:", makefile, re.MULTILINE)} == set()


def test_no_address_of_a_registry() -> None:
    registries = re.compile(r"(?i)pypi\.org|pythonhosted|npmjs|docker\.io|ghcr\.io|index-url")
    assert [name for name in PAGES if registries.search(pages.text(name))] == []
