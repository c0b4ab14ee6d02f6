"""Cleaning of odd and huge input: what is refused, what is removed, and what stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.cleaning import LIMIT, MARKS, clean, plain_word, skeleton
from commands.reading import read
from commands.said import Where
from commands.wrong import Wrong, wrong
from rounds.registry import vocabulary

KNOWN = vocabulary()

FAMILY = "👨‍👩‍👧‍👦"
SURVIVES = [
    "Er moeten meer bomen komen.",
    "één café, naïef: coördinatie",
    "مزيد من الأشجار في الشارع",
    "شَدَّةٌ",
    "می‌خواهم",  # with a joiner that Persian needs
    "Çiğdem'in ağaçları",
    FAMILY,
    "❤️‍🔥 👍🏽 🤷🏽‍♀️ 1️⃣",
    "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # the flag of Wales
    "两棵树",
    "tiếng Việt rất khó",
    "a\tb\nc",
]
CUT = [
    ("a\x00b\x07c", "abc"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("\u202eneeuw\u202c", "neeuw"),
    ("\u2067abc\u2069\u200e\u200f\u061c", "abc"),
    ("me\u200be\u00addo\ufeffen", "meedoen"),
    ("me\u200d\u200d\u200dedoen", "meedoen"),
    ("a\u00a0b\u2003c\u3000d", "a b c d"),
    ("e\u0301", "é"),
    ("x" + "\u0300" * 50, "x" + "\u0300" * MARKS),
    ("x" + "\u0316\u0300" * 50 + "y", "x\u0316\u0316\u0300\u0300y"),
    ("a\U000e0041\U000e0042", "a"),
    ("a\ufdd0\U0001d173\U0001fffe\U0010ffffb", "ab"),
    ("a\ufe00\u115f\u3164b", "ab"),
    ("\x1b[31mrood", "[31mrood"),
]


@pytest.mark.parametrize("text", SURVIVES)
def test_what_people_write_survives(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_what_cannot_be_seen_goes(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_what_is_refused() -> None:
    too_long = wrong("too_long_message", limit=LIMIT)
    assert clean("a" * LIMIT) == "a" * LIMIT
    assert clean("a" * (LIMIT + 1)) == too_long
    assert clean("a\ud800b") == wrong("broken_text")
    for where in (Where.PERSONAL, Where.STAFF):
        assert getattr(read(KNOWN, "a" * 1_000_000, where), "said", None) == too_long
    assert read(KNOWN, "a" * 1_000_000, Where.ROOM) is None
    assert read(KNOWN, "\ud800", Where.ROOM) is None
    assert getattr(read(KNOWN, "!stelling \ud800", Where.ROOM), "said", None) == wrong(
        "broken_text"
    )


TRICKY = st.sampled_from([*"aé \u0300\u0316\u200c\u200d\u200b\u202e\r\n\ufe0f\u2028م👩"])


@given(st.text(max_size=80) | st.text(TRICKY, max_size=12))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert isinstance(once, str)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(
    st.lists(st.sampled_from(["a", "é", "\u0300", "\u0316", "\u0344", "\u302e", "\u20e3", FAMILY]))
)
def test_never_a_stack_of_marks(parts: list[str]) -> None:
    cleaned = clean("".join(parts))
    assert isinstance(cleaned, str)
    run = 0
    for character in cleaned:
        mark = unicodedata.category(character) in ("Mn", "Me")
        run = run + 1 if mark else 0
        assert run <= MARKS


@given(st.text(alphabet=st.characters(), max_size=40))
def test_half_a_pair_is_always_refused(text: str) -> None:
    assert isinstance(clean(text + "\udc00"), Wrong)


#: Two texts, and whether they look the same.
LOOKS = (
    ("Paaltje", "p\u0430altje", True),
    ("Meer  bomen", "meer bomen", True),
    ("ＡＢ", "ab", True),
    ("10", "1O", True),
    ("een", "één", True),
    ("bomen", "b\u043emen", True),
    ("Bomen!", "«bomen.»", True),
    ("park", "p\u200dark", True),
    ("lang", "Iang", True),
    ("👍🏽", "👍", True),
    ("👩", "👨", False),
    ("?", "!", False),
    ("+5%", "-5%", False),
    ("C", "C++", False),
    ("30 km", "50 km", False),
)


@pytest.mark.parametrize(("one", "other", "same"), LOOKS)
def test_look_alikes(one: str, other: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is same


def test_every_mark_there_is_can_be_cut() -> None:
    for number in range(0x300, 0x20000):
        mark = chr(number)
        if unicodedata.category(mark) in ("Mn", "Me") or unicodedata.combining(mark):
            assert len(str(clean("x" + mark * 9))) <= 3 + 2 * MARKS, hex(number)


def test_plain_word() -> None:
    assert plain_word(" Na-Sluiting ") == "na sluiting"
    assert plain_word("Één") == "een"
