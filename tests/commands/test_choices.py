"""Typed choices that any kind of round can have: numbers, yes or no, enough, keycaps."""

from __future__ import annotations

from commands.choices import enough, keycap, numbers, yes_or_no


def test_numbers_of_a_list() -> None:
    assert numbers("1") == (1,)
    assert numbers("1, 3 2️⃣") == (1, 3, 2)
    assert numbers("1 ja") is None
    assert numbers("") is None


def test_yes_or_no() -> None:
    for word in ("ja", "J.", " yes! ", "y"):
        assert yes_or_no(word) == "yes"
    for word in ("nee", "Nee!", "n", "no"):
        assert yes_or_no(word) == "no"
    assert yes_or_no("niets") == yes_or_no("nothing") == "none"
    for words in ("", "ja hoor", "eens", "x" * 500):
        assert yes_or_no(words) is None


def test_enough_for_now() -> None:
    for word in ("stop", "Klaar.", "genoeg!", "pause"):
        assert enough(word)
    for words in ("", "stop ermee", "nee"):
        assert not enough(words)


def test_keycaps() -> None:
    for number in range(1, 10):
        assert keycap(f"{number}\ufe0f\u20e3") == number
        assert keycap(f"{number}\u20e3") == number
    for emoji in ("", "0️⃣", "🔟", "1", "1️⃣2️⃣", "👍", "#️⃣"):
        assert keycap(emoji) is None
