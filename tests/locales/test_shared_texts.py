"""A text that many people read is made once, and shows no words that were erased since."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from jinja2 import nodes

from bot.delivery.speaking import SHARED, Handout, Speaker
from bot.platforms.discord import Discord
from bot.platforms.document import Document, Run, Strong
from bot.platforms.messages import Choice as Pressed
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain
from bot.text.environment import environment
from bot.text.shared import MOST, OWN
from bot.text.templates import Renderer
from dialogues.core import Choice, Notice, Text, Value
from locales import Catalogue
from rounds.registry import vocabulary
from tests.locales.made import CATALOGUES

TEXTS = {
    "erased_text": "(weg)",
    "choice_agree": "eens",
    "on_button": "{{ text }}",
    "x": "{{ n|quote }} {{ cmd('stem') }}",
    "y": "{{ n }}",
    "done": "{{ n }}: {{ done }} van 7.",
    "own": "{{ n }}.{% if receipt %} **Code: {{ receipt|secret }}**.{% endif %}\n\n- {{ n }}\n"
    "- [{{ receipt|secret }}](https://x)",
}

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


def codes(document: Document) -> list[Run]:
    """The secret words of a document, wherever they stand."""
    found: list[Run] = []

    def look(part: object) -> None:
        if isinstance(part, Run):
            found.extend([part] if part.secret else [])
        for name in ("blocks", "inside", "items", "runs"):
            for inner in getattr(part, name, ()):
                look(Strong(inner) if isinstance(inner, tuple) else inner)

    look(document)
    return found


def test_what_is_each_readers_own_is_theirs(renderer: Renderer) -> None:
    """The rest is made once, whatever their code is; without one it is another text."""
    for n in ("Meer bomen", "\x00"):  # words of people are never taken for the blank
        for code in ("6X5XP4N1MKNW", "0" * 12, ""):
            data: dict[str, Value] = {"n": n, "receipt": code}
            made = renderer.render("own", data, shared=True)
            assert made == renderer.render("own", data)
            assert [run.text for run in codes(made)] == [code, code] if code else not codes(made)
    assert len(renderer._shared) == 4


def test_what_cannot_be_told_apart_is_made_each_time(renderer: Renderer) -> None:
    data: dict[str, Value] = {"n": "half \ud83d", "receipt": "6X5XP4N1MKNW"}
    made = renderer.render("own", data, shared=True)
    assert made == renderer.render("own", data)
    assert [run.text for run in codes(made)] == ["6X5XP4N1MKNW"] * 2
    assert len(renderer._shared) == 0


def test_what_is_shown_to_somebody_alone_makes_no_other_text(renderer: Renderer) -> None:
    for done in (0, 1, 37, 9_999, 10_000):
        data: dict[str, Value] = {"n": "Meer bomen", "done": done}
        made = renderer.render("done", data, shared=True)
        assert plain(made) == plain(renderer.render("done", data))
    assert len(renderer._shared) == 3  # 0 is nothing, and a long number is written in groups


def test_of_what_is_each_readers_own_texts_ask_only_whether_it_is_there() -> None:
    """What is made with a blank in its place is right for everybody."""
    seen = 0
    for catalogue in CATALOGUES.values():
        for name, text in catalogue.texts.items():
            tree = environment().parse(text)
            allowed = {
                *(id(node.test) for node in tree.find_all(nodes.If)),
                *(id(node.node) for node in tree.find_all(nodes.Filter) if node.name == "secret"),
                *(id(one) for node in tree.find_all(nodes.Output) for one in node.nodes),
            }
            for used in tree.find_all(nodes.Name):
                if used.name == "receipt" or (used.name in OWN and name.startswith(SHARED)):
                    seen += 1
                    assert id(used) in allowed, name
    assert seen > 4


def test_buttons_are_made_once_but_for_those_with_words_of_people(renderer: Renderer) -> None:
    can = {"discord": Discord.capabilities}
    handout, card = Handout(Document()), Notice("y", {})
    speaker = Speaker(
        renderer, lambda _p, _d: ("", ""), lambda _d, _a: handout, lambda *_: card, can
    )

    def buttons(*choices: Choice) -> tuple[Pressed, ...]:
        place = Place("discord", PlaceKind.PERSONAL, "anna")
        return speaker.answer(place, [Notice("y", {"n": 1}, choices=choices)], "t").choices

    own, plain = Choice("d", 0, "P1", "1", text=Text(ref="t1")), Choice("d", 0, "S1", "agree")
    assert buttons(plain) is buttons(plain)
    assert [one.label for one in buttons(plain)] == ["Eens"]
    assert [one.label for one in buttons(own)] == ["Meer bomen."]
    renderer.test_words.clear()  # type: ignore[attr-defined]
    assert [one.label for one in buttons(own)] == ["(weg)"]


def test_no_more_than_some_are_kept(renderer: Renderer) -> None:
    first = renderer.render("y", {"n": 0}, shared=True)
    for number in range(1, MOST + 1):
        renderer.render("y", {"n": number}, shared=True)
    again = renderer.render("y", {"n": 0}, shared=True)
    assert again == first
    assert again is not first
    assert len(renderer._shared) == MOST
