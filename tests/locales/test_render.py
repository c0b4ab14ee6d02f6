"""What a catalogue text may use; a missing value is an error that shows no words of people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.platforms.writing import plain
from bot.text.templates import Renderer, RenderError
from dialogues.core import Role, Text, Value
from locales import Catalogue, CatalogueError, load
from rounds.registry import vocabulary

AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)
NAMES = {
    "town": "Haarlem",
    "address": "@stadsgesprek:haarlem.example",
}
COMMON = {"erased_text": "(weg)", "fewer_than_5": "minder dan 5", "choice_agree": "**eens**"}
ENGLISH = {"erased_text": "(gone)", "fewer_than_5": "fewer than 5", "choice_agree": "agree"}


def said(text: str, language: str = "nl", prefix: str = "!", part: str = "", **data: Value) -> str:
    catalogues = {
        "nl": Catalogue("nl", COMMON | {"x": text, "p": part}),
        "en": Catalogue("en", ENGLISH | {"x": text}),
        "nl_jeugd": Catalogue("nl_jeugd", COMMON | {"x": text}),
    }
    texts = {"t1": "Meer bomen."}
    zone = ZoneInfo("Europe/Amsterdam")
    renderer = Renderer(catalogues, "nl", zone, NAMES, texts.get, vocabulary())
    return plain(renderer.render("x", data, language, prefix))


@pytest.mark.parametrize(
    ("text", "data", "dutch", "english"),
    [
        (
            "{{ at|moment }}",
            {"at": AT},
            "dinsdag 15 december 2026 om 20.30 uur",
            "Tuesday 15 December 2026 at 20:30",
        ),
        ("{{ at|day }}", {"at": AT}, "dinsdag 15 december 2026", "Tuesday 15 December 2026"),
        ("{{ at|day }}", {"at": date(2026, 3, 1)}, "zondag 1 maart 2026", "Sunday 1 March 2026"),
        ("{{ at }}", {"at": date(2026, 3, 1)}, "zondag 1 maart 2026", "Sunday 1 March 2026"),
        ("{{ at|clock }}", {"at": AT}, "20.30 uur", "20:30"),
        ("{{ at|clock }}", {"at": datetime(2026, 7, 1, 6, 5)}, "8.05 uur", "08:05"),  # noqa: DTZ001
        ('{{ n|count("a", "b") }}', {"n": 1}, "1 a", "1 a"),
        ('{{ n|count("a", "b") }}', {"n": 0}, "0 b", "0 b"),
        ('{{ n|count("a", "b") }}', {"n": None}, "minder dan 5 b", "fewer than 5 b"),
        ("{{ n|people }}", {"n": None}, "minder dan 5", "fewer than 5"),
        ("{{ n|people }}", {"n": 18}, "18", "18"),
        ("{{ n }}", {"n": 9999}, "9999", "9999"),
        ("{{ n }}", {"n": 12345}, "12.345", "12,345"),
        ("{{ n }}", {"n": 2.5}, "2,5", "2.5"),
        ("{{ n|listing }}", {"n": ["a", "b", "c"]}, "a, b en c", "a, b and c"),
        ("{{ n|listing }}", {"n": ["a"]}, "a", "a"),
        ("{{ n|listing }}", {"n": []}, "", ""),
        ('{{ n|map("quote")|listing }}', {"n": ["a", "b"]}, "«a» en «b»", "«a» and «b»"),
        ("{{ n|quote }}", {"n": "a «b»"}, "«a ‹b›»", "«a ‹b›»"),
        ("{{ n|quote }}", {"n": Text(ref="t1")}, "«Meer bomen.»", "«Meer bomen.»"),
        ("{{ n|quote }}", {"n": Text(ref="t2")}, "(weg)", "(gone)"),
        ("{{ n|quote }}", {"n": Text("Nieuw.")}, "«Nieuw.»", "«Nieuw.»"),
        ('{{ ("choice_" ~ n)|t }}', {"n": "agree"}, "eens", "agree"),
        ("{{ town }}: {{ address }}", {}, *("Haarlem: @stadsgesprek:haarlem.example",) * 2),
        ("{{ n }}", {"n": Role.CLERK}, "clerk", "clerk"),
        ("{{ n.count }} {{ n.items }}", {"n": {"count": 3, "items": "b"}}, "3 b", "3 b"),
        (
            "{% for i in n %}\n{{ loop.index }}. {{ i.text }}\n{% endfor %}",
            {"n": [{"text": Text(ref="t1")}, {"text": "b"}]},
            "1. Meer bomen.\n2. b",
            "1. Meer bomen.\n2. b",
        ),
        ('{{ n|default("niets") }}', {}, "niets", "niets"),
        (
            "{{ n|capital }} beslist.",
            {"n": "de raad van B en W"},
            *("De raad van B en W beslist.",) * 2,
        ),
        ('{{ n|count("a", "b")|capital }}', {"n": None}, "Minder dan 5 b", "Fewer than 5 b"),
        ("{{ n|quote }}. {{ n }}. Einde.", {"n": "Ja!"}, *("«Ja!» Ja! Einde.",) * 2),
        ("{{ n|quote }}. {{ n }}. Einde.", {"n": "Ja"}, *("«Ja». Ja. Einde.",) * 2),
        (
            "a\n{% if n %}\nb\n{% endif %}\nc{% if n %} d{% endif %}\ne",
            {"n": 1},
            *("a\nb\nc d\ne",) * 2,
        ),
        (
            "{{ cmd('stem S7 eens') }} {{ cmd(n) }}",
            {"n": "gesprek nieuw"},
            "!stem S7 eens !gesprek nieuw",
            "!vote S7 eens !dialogue new",
        ),
        (
            "{{ cmd(n) }} {{ cmd('join') }}",
            {"n": "gesprek"},
            "!gesprek !meedoen",
            "!dialogue !join",
        ),
        ("{{ town }}", {"town": "Elders"}, "Haarlem", "Haarlem"),
    ],
)
def test_filters(text: str, data: dict[str, Value], dutch: str, english: str) -> None:
    assert said(text, **data) == dutch
    assert said(text, "en", **data) == english
    assert said(text, "nl_jeugd", **data) == dutch


PART = "{{ n }}: {% if m %}{{ m }}{% endif %}"
LIST = "{% for i in n %}\n- {{ i }}\n{% endfor %}\n"


@pytest.mark.parametrize(
    ("text", "part", "data", "made"),
    [
        ("a {{ 'p'|part }} b", PART, {"n": 1, "m": "c"}, "a 1: c b"),
        ("a {{ ('' ~ p)|part }} b", PART, {"p": "p", "n": 1, "m": ""}, "a 1: b"),
        ("{% for r in n %}{{ 'p'|part(r) }}; {% endfor %}", PART,
         {"n": [{"n": 1, "m": 2}, {"n": 3, "m": None}], "m": "no"}, "1: 2; 3: ;"),
        ("a {{ 'p'|part }} b", "c\n", {}, "a c b"),  # inside a line it has no line end
        ("a\n{{ 'p'|part }}\nb", "c", {}, "a\nc\nb"),
        ("a\n{{ 'p'|part }}\nb", "c\n", {}, "a\nc\nb"),
        ("a\n{{ 'p'|part }}\nb", "c\n\n", {}, "a\nc\n\nb"),
        ("a\n{{ 'p'|part }}\nb", "", {}, "a\nb"),
        ("a\n{% if n %}\n{{ 'p'|part }}\n{% endif %}\nb", LIST, {"n": ["c", "d"]},
         "a\n- c\n- d\nb"),
        ("a\n{% for r in n %}\n{{ 'p'|part(r) }}\n{% endfor %}\nb", LIST,
         {"n": [{"n": ["c"]}, {"n": []}, {"n": ["d"]}]}, "a\n- c\n- d\nb"),
        ("{{ 'p'|part }}{{ 'p'|t }}", "**c**\n", {}, "cc"),
    ],
)  # fmt: skip
def test_parts(text: str, part: str, data: dict[str, Value], made: str) -> None:
    assert said(text, part=part, **data) == made


def test_words_to_type_have_the_prefix_of_the_place() -> None:
    text = 'Typ {{ cmd("stem " ~ n ~ " eens") }}.'
    assert said(text, n="S7") == "Typ !stem S7 eens."
    assert said(text, prefix="", n="S7") == "Typ stem S7 eens."


def test_the_clock_change() -> None:
    assert said("{{ at|moment }}", at=datetime(2027, 3, 28, 0, 59, tzinfo=UTC)).endswith("1.59 uur")
    assert said("{{ at|moment }}", at=datetime(2027, 3, 28, 1, 0, tzinfo=UTC)).endswith("3.00 uur")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("{{ n }}", {}),
        ("{{ n.m }}", {"n": {"geheim": "geheim"}}),
        ("{{ n[m] }}", {"n": {}, "m": "geheim"}),
        ("{{ n|t }}", {"n": "geheim"}),
        ("{{ n|quote }}", {}),
        ("{{ n|moment }}", {}),
        ("{{ n|moment }}", {"n": "geheim"}),
        ("{{ n|listing }}", {"n": "geheim"}),
        ("{{ n|count('a', 'b') }}", {"n": "geheim"}),
        ("{{ n|count('a', 'b') }}", {}),
        ("{{ n + 1 }}", {"n": "geheim"}),
        ("{{ n }}", {"n": None}),
        ("{{ n }}", {"n": True}),
        ("{{ n }}", {"n": ["geheim"]}),
        ("{{ n }}", {"n": {1, 2}}),
        ("{{ n|safe }}", {"n": "geheim"}),
        ("{{ n.__class__.mro() }}", {"n": "geheim"}),
        ("{% if %}", {}),
        ('{{ "x"|t }}', {}),
        ('{{ "x"|part }}', {}),
        ('{{ "geheim"|part }}', {}),
        ('{{ "p"|part(n) }}', {"n": "geheim"}),
        ("{{ cycler }}", {}),
    ],
)
def test_errors_name_the_code_and_no_words(text: str, data: dict[str, Value]) -> None:
    with pytest.raises(RenderError) as caught:
        said(text, **data)
    assert caught.value.code == "x"
    assert str(caught.value).startswith("text x: ")
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_errors_say_what_is_missing() -> None:
    with pytest.raises(RenderError, match="text x: it cannot be filled in \\(turnout\\)"):
        said("{{ turnout }}")
    renderer = Renderer({}, "nl", ZoneInfo("UTC"), {}, {}.get, vocabulary())
    with pytest.raises(RenderError, match="text welcome: it does not exist in nl"):
        renderer.render("welcome", {})


def test_loading(tmp_path: Path) -> None:
    (tmp_path / "nl.toml").write_text('a = "b"\n', encoding="utf-8")
    (tmp_path / "glossary.toml").write_text('[nl]\nx = "y"\n', encoding="utf-8")
    assert load((), tmp_path) == {"nl": Catalogue("nl", {"a": "b"})}


def kind(folder: Path, name: str, text: str) -> Path:
    """The folder of a kind of round, with its Dutch texts."""
    made = folder / name
    made.mkdir()
    (made / "nl.toml").write_text(text, encoding="utf-8")
    return made


def test_the_texts_of_kinds_come_with_them(tmp_path: Path) -> None:
    (tmp_path / "nl.toml").write_text('a = "b"\n', encoding="utf-8")
    one = kind(tmp_path, "one", '[chat]\none_card = "1"\n[page.kind]\none = "een"\n')
    two = kind(tmp_path, "two", '[chat]\ntwo_card = ""\n')
    texts = {"a": "b", "one_card": "1", "two_card": ""}
    assert load((one, two), tmp_path) == {"nl": Catalogue("nl", texts)}


@pytest.mark.parametrize("code", ["a", "one_card"])
def test_a_text_has_one_place(tmp_path: Path, code: str) -> None:
    (tmp_path / "nl.toml").write_text('a = "b"\n', encoding="utf-8")
    one = kind(tmp_path, "one", '[chat]\none_card = "1"\n')
    two = kind(tmp_path, "two", f'[chat]\n{code} = "2"\n')
    with pytest.raises(CatalogueError, match=rf"two/nl\.toml: {code} is there already"):
        load((one, two), tmp_path)


def test_a_kind_without_a_language_is_named(tmp_path: Path) -> None:
    for language in ("nl", "en"):
        (tmp_path / f"{language}.toml").write_text('a = "b"\n', encoding="utf-8")
    one = kind(tmp_path, "one", '[chat]\none_card = "1"\n')
    with pytest.raises(CatalogueError, match=r"one/en\.toml cannot be read"):
        load((one,), tmp_path)


@pytest.mark.parametrize(
    "line", ["a = 1", "[a]\nb = 'c'", "A = 'b'", "a", "a = 'b\tc'", "a='b'\na='c'"]
)
def test_a_faulty_file_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "nl.toml").write_text(line, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"nl\.toml"):
        load((), tmp_path)
