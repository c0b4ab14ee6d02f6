"""Promises 14, 16 and 17: people's words are shown as they wrote them, and have no effect."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.writing import markdown as discord
from bot.platforms.document import Document
from bot.platforms.writing import html, plain
from bot.text.cleaning import one_line
from bot.text.templates import Renderer
from dialogues.core import Text
from locales import Catalogue
from rounds.registry import vocabulary
from tests.corpus.reading import Surface, texts
from tests.generated import examples
from tests.locales.readers import LINKS, PINGS, read_discord, read_html, seen

ALL = list(texts(Surface.CHAT))

#: Every place of a message that can hold a person's words.
TEXTS = {
    "erased_text": "(deze tekst is gewist)",
    "start": "{{ text }}",
    "quoted": "Dank u. Uw stelling is S12: {{ text|quote }}",
    "sentence": "Op {{ text }} is nog geen antwoord.",
    "strong": "Dit is **{{ text }}** en *{{ text|quote }}*.",
    "code": "Typ `{{ text }}`.",
    "list": "Open is:\n- {{ text }}\n- {{ text }}",
    "offer": "1. {{ text|quote }} (S7)\n2. {{ text|quote }} (S9)\n\nWat vindt u?",
    "link": "Lees [{{ text }}](https://haarlem.example/uitslag).",
    "target": "Lees [hier](https://haarlem.example/{{ text }}).",
    "whole": "Lees [hier]({{ text }}).",
    "many": "{{ [text, 'b', text]|listing }} ({{ text ~ '!' }})",
    "inner": "{% for one in items %}\n- {{ one.text }} of {{ one.text|quote }}\n{% endfor %}",
    "branch": "{% if text == 'ja' %}ja{% else %}{{ text }}{% endif %}",
}
PLACES = [code for code in TEXTS if code != "erased_text"]
#: With these the text stands in guillemets, so that its own become single ones.
HARMLESS = "gewone woorden"

#: More marks upon a letter than are shown.
_STACKED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")

RENDERER = Renderer(
    {"nl": Catalogue("nl", TEXTS)},
    "nl",
    ZoneInfo("Europe/Amsterdam"),
    {"town": "Haarlem", "address": "@stadsgesprek:haarlem.example"},
    dict(enumerate(ALL)).get,  # type: ignore[arg-type]
    vocabulary(),
)


@cache
def rendered(place: str, text: str) -> Document:
    return RENDERER.render(place, {"text": text, "items": [{"text": text}]})


@cache
def read(place: str, text: str) -> tuple[str, Counter[str], list[dict[str, str]]]:
    """What a browser finds in the HTML of a text in a place."""
    return read_html(html(rendered(place, text)))


def looks(text: str) -> str:
    """As the eye sees it, guillemets single, of marks upon a letter two."""
    return _STACKED.sub(r"\1", seen(text).replace("«", "‹").replace("»", "›"))


def test_there_are_enough() -> None:
    assert len(set(ALL)) >= 300


@pytest.mark.parametrize("place", PLACES)
def test_plain_shows_the_text_on_its_line(place: str) -> None:
    for text in ALL:
        if not seen(text):
            continue  # nothing to see: the line may be left out
        out = plain(rendered(place, text))
        assert looks(text) in looks(out), text
        expected = plain(rendered(place, HARMLESS))
        assert out.count("\n") == expected.count("\n"), text
        assert looks(out) == looks(expected).replace(HARMLESS, looks(text)), text


@pytest.mark.parametrize("place", PLACES)
def test_html_has_the_catalogues_tags_and_the_same_text(place: str) -> None:
    expected = read(place, HARMLESS)
    for text in ALL:
        if not seen(text):
            continue
        document = rendered(place, text)
        found, tags, attributes = read(place, text)
        if place == "target":
            assert "a" not in tags
        else:
            assert (tags, attributes) == expected[1:], text
        lines = plain(document).replace(" (https://haarlem.example/uitslag)", "")
        assert seen(found) == seen(lines), text


@pytest.mark.parametrize("place", PLACES)
def test_html_and_guarded_text_hold_no_link_and_no_mention(place: str) -> None:
    for text in ALL:
        document = rendered(place, text)
        for out in (read(place, text)[0], plain(document, guarded=True)):
            ours = out.replace("https://haarlem.example/", "")
            assert not LINKS.search(ours), (text, ours)


@pytest.mark.parametrize("place", PLACES)
def test_discord_finds_the_catalogues_marks_and_the_same_text(place: str) -> None:
    expected = read_discord(discord(rendered(place, HARMLESS)))[1]
    for text in ALL:
        if not seen(text):
            continue
        document = rendered(place, text)
        raw = discord(document)
        found, marks = read_discord(raw)
        assert not PINGS.search(raw), text
        if place == "target" or (place == "code" and "`" in text):
            assert not marks
        else:
            assert marks == expected, (text, raw)
        lines = plain(document).replace(" (https://haarlem.example/uitslag)", "")
        assert seen(found) == seen(lines), text


def test_no_direction_is_left_open() -> None:
    for text in ALL:
        for place in PLACES:
            out = plain(rendered(place, text))
            assert out.count("\u2068") == out.count("\u2069")
            assert not re.search("[\u202a-\u202e\u2066\u2067\x00-\x09\x0b-\x1f\x7f-\x9f]", out)
            out.encode()


def test_isolates_stand_only_where_directions_mix() -> None:
    assert plain(rendered("start", "gewoon")) == "gewoon"
    assert plain(rendered("start", "مرحبا")) == "\u2068مرحبا\u2069"
    assert plain(rendered("quoted", "مرحبا")).endswith("«\u2068مرحبا\u2069»")


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\U0001f44d\U0001f3fd 1\ufe0f\u20e3",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
    ],
)
def test_what_needs_joiners_survives(text: str) -> None:
    assert one_line(text) == text


def test_stacked_marks_are_cut() -> None:
    assert len(one_line("Z" + "\u0335\u0321" * 100)) <= 8


def test_a_text_is_looked_up_and_never_a_template() -> None:
    number = ALL.index("{{ 7*7 }}")
    renderer = Renderer(
        {"nl": Catalogue("nl", TEXTS)},
        "nl",
        ZoneInfo("Europe/Amsterdam"),
        {},
        {"t1": ALL[number]}.get,
        vocabulary(),
    )
    assert plain(renderer.render("start", {"text": Text(ref="t1")})) == "{{ 7*7 }}"
    gone = renderer.render("quoted", {"text": Text(ref="t2")})
    assert plain(gone) == "Dank u. Uw stelling is S12: (deze tekst is gewist)"


@examples(300)
@given(st.text(max_size=80))
def test_any_text_at_all(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    for place in ("start", "offer", "strong", "code", "link"):
        document = RENDERER.render(place, {"text": text, "items": [{"text": text}]})
        assert not set(read_html(html(document))[1]) - {
            "p",
            "ol",
            "li",
            "strong",
            "em",
            "code",
            "a",
        }
        assert not PINGS.search(discord(document))
