"""What staff reads of the draft names no number that it does not have."""

from __future__ import annotations

import re

import pytest

from tests.sentences import wording


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("numbers", [(), ("A2",), ("A3", "A1", "A2")])
def test_its_examples_are_there(language: str, numbers: tuple[str, ...]) -> None:
    rows = [
        {"number": number, "item": "S1", "text": "Meer bomen", "label": ""} for number in numbers
    ]
    text = wording("recommendations_draft", language, recommendations=rows, at=None)
    assert set(re.findall(r"\b[A-Z]\d+", text)) <= {*numbers, "S1"}
    for first in numbers[:1]:
        assert text.count(first) == 2  # in the list, and as the example
