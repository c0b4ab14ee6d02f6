"""Reading messages: every word in every place, and what is refused."""

from __future__ import annotations

import pytest

from commands.said import (
    Plain,
    Said,
    Where,
)
from commands.wrong import Wrong
from tests.commands.reading import (
    EVERY,
    RESIDENTS,
    STAFF,
    said,
)


@pytest.mark.parametrize(("text", "expected"), RESIDENTS)
def test_what_a_resident_says(text: str, expected: Said) -> None:
    assert said(text) == expected
    assert said("!" + text) == expected
    assert said("  !  " + text + " \n") == expected


@pytest.mark.parametrize(("text", "expected"), STAFF)
def test_what_staff_says(text: str, expected: Said) -> None:
    assert said(text, Where.STAFF, EVERY) == expected
    assert said(text, Where.PERSONAL, EVERY) == expected
    assert said(text.swapcase().swapcase(), Where.STAFF, EVERY) == expected
    assert said("!" + text, Where.STAFF, EVERY) == expected


@pytest.mark.parametrize(("text", "_expected"), STAFF)
def test_a_residents_sentence_with_a_staff_word_is_no_command(text: str, _expected: Said) -> None:
    assert said(text) == Plain(text)
    refused = said("!" + text)
    assert isinstance(refused, Wrong)
    assert refused.code in ("word_not_yours", "missing")
