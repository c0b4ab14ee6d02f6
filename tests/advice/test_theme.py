"""A town's colours and logo: what can be read is taken, what cannot is refused with its key."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace

import html5lib
import pytest

from advice.document import Document, Page, Typed
from advice.writing.html import html
from advice.writing.logo import LARGEST, Logo, Unfit, logo
from advice.writing.theme import (
    DARK,
    LIGHT,
    NEUTRAL,
    chosen,
    contrast,
    css,
    faults,
    lightened,
    mixed,
)

DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the greys between which WCAG's border lies
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.006)
    assert contrast(other, one) == contrast(one, other)


def test_ours_can_be_read() -> None:
    assert list(faults(NEUTRAL)) == []


@pytest.mark.parametrize(
    ("surface", "token", "colour"),
    [
        ("light", "accent", "#7fb8c8"),
        ("light", "signal", "#ffaa00"),
        ("light", "soft", "#8f959b"),
        ("light", "ink", "#fefefe"),
        ("light", "paper", "#555555"),
        ("dark", "accent", "#17495a"),
        ("dark", "soft", "#444444"),
        ("print", "accent", "#ffdd00"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_surface(
    surface: str, token: str, colour: str
) -> None:
    worse = replace(NEUTRAL, **{surface: replace(getattr(NEUTRAL, surface), **{token: colour})})
    found = list(faults(worse))
    assert found
    assert {fault.surface for fault in found} == {surface}
    assert found[0].token == ("ink" if token == "paper" else token)
    assert colour in found[0].why
    assert "4.5" in found[0].why
    assert ("lighter" if surface == "dark" or token == "paper" else "darker") in found[0].why


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#17495A", "", "#17495a;}"])
def test_what_is_no_colour_is_a_fault(colour: str) -> None:
    worse = replace(NEUTRAL, light=replace(LIGHT, accent=colour))
    (fault,) = faults(worse)
    assert (fault.surface, fault.token) == ("light", "accent")
    assert "no colour" in fault.why


def test_the_accent_of_a_town_is_on_paper_and_lighter_at_night() -> None:
    made = chosen({"accent": "#004699"}, {}, {}, None)
    assert (made.light.accent, made.print.accent) == ("#004699", "#004699")
    assert made.light.signal == LIGHT.signal
    assert made.dark.accent != "#004699"
    assert list(faults(made)) == []
    own = chosen({"accent": "#004699"}, {"accent": "#99ccff"}, {"accent": "#000000"}, None)
    assert (own.light.accent, own.dark.accent, own.print.accent) == (
        "#004699",
        "#99ccff",
        "#000000",
    )


@pytest.mark.parametrize("part", range(0, 256, 51))
def test_any_colour_becomes_one_that_is_read_at_night(part: int) -> None:
    for colour in (f"#{part:02x}0000", f"#00{part:02x}00", f"#0000{part:02x}"):
        made = replace(NEUTRAL, dark=replace(DARK, accent=lightened(colour, DARK)))
        assert list(faults(made)) == []


def test_mixing() -> None:
    assert mixed("#000000", "#ffffff", 0) == "#ffffff"
    assert mixed("#000000", "#ffffff", 100) == "#000000"
    assert mixed("#ff0000", "#0000ff", 50) == "#800080"


def page(theme: object = NEUTRAL) -> str:
    front = Page(kicker=("Haarlem",), title=Typed("Ons plein"), notices=(), sections=())
    return html(Document("nl", "advies", front, "Bijlage"), theme)  # type: ignore[arg-type]


def test_the_page_has_every_token_that_it_uses() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", page()))
    assert used - {"serif", "sans"} <= set(LIGHT.tokens())
    assert css(NEUTRAL) in page()


def test_a_page_with_a_logo_lets_pictures_in_it_and_nothing_else() -> None:
    said = 'Wapen van "Haarlem" <b>'
    with_logo = page(replace(NEUTRAL, logo=Logo(DOT, "png", said)))
    tree = html5lib.parse(with_logo, namespaceHTMLElements=False)
    (found,) = tree.iter("img")
    assert found.attrib["alt"] == said
    assert found.attrib["src"].startswith("data:image/png;base64,")
    policy = [m.attrib["content"] for m in tree.iter("meta") if "http-equiv" in m.attrib]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert "<img" not in page()
    assert "img-src" not in page()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#17495a"/>',
        '<linearGradient id="a"><stop style="stop-color:#fff"/></linearGradient>',
        '<rect width="9" height="9" fill="url(#a)" stroke="url(\'#a\')"/>',
        '<g id="b"/><use href="#b"/><text x="1" y="2">Haarlem</text>',
    ],
)
def test_an_svg_that_draws_is_a_logo(inside: str) -> None:
    found = logo(SVG.format(inside).encode(), "Wapen")
    assert (found.kind, found.text) == ("svg", "Wapen")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>@import 'https://kwaad.example/x.css';</style>",
        "<foreignObject><b/></foreignObject>",
        '<image href="https://kwaad.example/x.png"/>',
        '<image href="data:image/svg+xml,x"/>',
        '<use href="https://kwaad.example/x.svg#a"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd"/>',
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<rect fill="url(https://kwaad.example/x)"/>',
        "<rect style=\"fill: URL( 'https://kwaad.example/x')\"/>",
        '<rect style="fill: u\\72l(https://kwaad.example/x)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        "<set/>",
        "<iframe/>",
        "<unclosed>",
    ],
)
def test_an_svg_that_can_do_more_is_refused(inside: str) -> None:
    with pytest.raises(Unfit):
        logo(SVG.format(inside).encode(), "Wapen")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<html><svg/></html>",
        DOT[:-4],
        DOT[:12],
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<desc>&a;</desc>").encode(),
        b'<?xml-stylesheet href="x.css"?>' + SVG.format("").encode(),
        SVG.format("").encode("utf-16"),
        SVG.format("<desc>" + "x" * LARGEST + "</desc>").encode(),
    ],
)
def test_what_is_no_logo_is_refused(data: bytes) -> None:
    with pytest.raises(Unfit):
        logo(data, "Wapen")


def test_a_logo_has_words() -> None:
    assert logo(DOT, "Wapen").kind == "png"
    with pytest.raises(Unfit, match="logo_text"):
        logo(DOT, " ")
