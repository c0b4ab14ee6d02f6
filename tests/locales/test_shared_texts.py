"""A text that many people read is made once, and shows no words that were erased since."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.core import Text, Value
from locales import Catalogue
from rounds.registry import vocabulary

TEXTS = {"erased_text": "(weg)", "x": "{{ n|quote }} {{ cmd('stem') }}", "y": "{{ n }}"}

WORDS = {"t1": "Meer bomen."}


@pytest.fixture
def renderer() -> Renderer:
    catalogues = {language: Catalogue(language, TEXTS) for language in ("nl", "en")}
    words = dict(WORDS)
    made = Renderer(catalogues, "nl", ZoneInfo("UTC"), {}, words.get, vocabulary())
    made.test_words = words  # type: ignore[attr-defined]
    return made


def test_the_same_words_are_made_once(renderer: Renderer) -> None:
    data: dict[str, Value] = {"n": Text(ref="t1")}
    first = renderer.render("x", data, shared=True)
    assert renderer.render("x", dict(data), shared=True) is first
    others = [
        renderer.render("y", data, shared=True),
        renderer.render("x", data, "en", shared=True),
        renderer.render("x", data, prefix="/", shared=True),
        renderer.render("x", {"n": "Meer bussen."}, shared=True),
    ]
    assert [plain(one) for one in others] == [
        "Meer bomen.", "«Meer bomen.» !vote", "«Meer bomen.» /stem", "«Meer bussen.» !stem",
    ]  # fmt: skip
    assert plain(first) == "«Meer bomen.» !stem"


def test_erased_words_are_not_shown_from_what_was_made(renderer: Renderer) -> None:
    data: dict[str, Value] = {"n": Text(ref="t1")}
    assert plain(renderer.render("x", data, shared=True)) == "«Meer bomen.» !stem"
    renderer.test_words.clear()  # type: ignore[attr-defined]
    assert plain(renderer.render("x", data, shared=True)) == "(weg) !stem"
    # somebody who writes these very words is quoted
    assert plain(renderer.render("x", {"n": "(weg)"}, shared=True)) == "«(weg)» !stem"


def test_no_more_than_some_are_kept(renderer: Renderer) -> None:
    first = renderer.render("y", {"n": 0}, shared=True)
    for number in range(1, 501):
        renderer.render("y", {"n": number}, shared=True)
    again = renderer.render("y", {"n": 0}, shared=True)
    assert again == first
    assert again is not first
    assert len(renderer._read) == 500
