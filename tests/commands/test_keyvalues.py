"""Reading ``key=value`` as keyboards and telephones write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.keyvalues import head, pairs, unquoted
from commands.wrong import Wrong, wrong

KEYS = {"vast": "vast", "fixed": "vast", "open": "open", "niveau": "niveau", "a-geeft": "a-geeft"}
ALL = ("vast", "open", "niveau", "a-geeft")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("niveau=meedoen", {"niveau": "meedoen"}),
        ("NIVEAU=meedoen  open=bomen\nvast=bus",
         {"niveau": "meedoen", "open": "bomen", "vast": "bus"}),
        ('vast="de bus blijft" open="bomen"', {"vast": "de bus blijft", "open": "bomen"}),
        ("vast=“de bus blijft” open=„bomen en banken”",
         {"vast": "de bus blijft", "open": "bomen en banken"}),
        ("vast=”de bus” open='zo is 't'", {"vast": "de bus", "open": "zo is 't"}),
        ("vast=«de bus» open=‘bomen’", {"vast": "de bus", "open": "bomen"}),
        ('vast="de “bus” blijft" open=x', {"vast": "de “bus” blijft", "open": "x"}),
        ('vast="wat "echt" telt" open=x', {"vast": 'wat "echt" telt', "open": "x"}),
        ('vast="a=b; c" open=x=y', {"vast": "a=b; c", "open": "x=y"}),
        ('vast = "de bus" open= bomen', {"vast": "de bus", "open": "bomen"}),
        ('vast=x a-geeft="12 bomen"', {"vast": "x", "a-geeft": "12 bomen"}),
        ('vast="een a-geeft="x"', wrong("quote_open", key="vast")),
        ("-vast=x", wrong("quotes_needed", key="", rest="-vast=x")),
        ("vast=x a--geeft=y", wrong("quotes_needed", key="vast", rest="a--geeft=y")),
        ('vast="twee\nregels" open=x', {"vast": "twee\nregels", "open": "x"}),
        ('vast="de bus" open="bomen" ', {"vast": "de bus", "open": "bomen"}),
        ('vast="de bus open="bomen"', wrong("quote_open", key="vast")),
        ('vast="de bus', wrong("quote_open", key="vast")),
        ("vast=“de bus open=x", wrong("quote_open", key="vast")),
        ('vast="', wrong("quote_open", key="vast")),
        ("vast=de bus blijft", wrong("quotes_needed", key="vast", rest="bus blijft")),
        ("zomaar", wrong("quotes_needed", key="", rest="zomaar")),
        ("vast=x vast=y", wrong("key_twice", key="vast")),
        ("vast=x fixed=y", wrong("key_twice", key="vast")),
        ("vats=x",
         wrong("key_unknown", key="vats", nearest="vast", known=ALL)),
        ("kleur=x",
         wrong("key_unknown", key="kleur", nearest="", known=ALL)),
        ("vast= ", wrong("value_empty", key="vast")),
        ('vast="" open=x', wrong("value_empty", key="vast")),
    ],
)  # fmt: skip
def test_pairs(text: str, expected: dict[str, str] | Wrong) -> None:
    assert pairs(text, KEYS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De Zomerstraat", ("De Zomerstraat", "")),
        ("De Zomerstraat open=x", ("De Zomerstraat", "open=x")),
        ('"E=mc2 voor iedereen" open=x', ("E=mc2 voor iedereen", "open=x")),
        ("“De straat” opnieuw open=x", ("“De straat” opnieuw", "open=x")),
        ("'t Zand open=x", ("'t Zand", "open=x")),
        ("open=x", ("", "open=x")),
        ("", ("", "")),
    ],
)
def test_head(text: str, expected: tuple[str, str]) -> None:
    assert head(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"abc"', "abc"),
        (" “abc” ", "abc"),
        ("'t huis'", "t huis"),
        ("“a” en “b”", "“a” en “b”"),
        ('"', '"'),
        ('""', '""'),
        ("abc", "abc"),
        ("'t huis", "'t huis"),
    ],
)
def test_unquoted(text: str, expected: str) -> None:
    assert unquoted(text) == expected


VALUE = st.text(alphabet="abc ',;.12\n", max_size=30).map(lambda text: f"x{text}y")


@given(st.dictionaries(st.sampled_from(["vast", "open", "niveau"]), VALUE))
def test_quoted_values_come_back(values: dict[str, str]) -> None:
    for opening, closing in ('""', "“”", "„”", "«»"):
        typed = " ".join(f"{key}={opening}{value}{closing}" for key, value in values.items())
        assert pairs(typed, KEYS) == values


@given(st.text(alphabet="ab \"'“”=\n", max_size=60))
def test_no_text_makes_it_fall_over(text: str) -> None:
    pairs(text, {"a": "a", "b": "b", "ab": "ab"})
    head(text)
