"""A title, a question or a sentence that ends in a sign of its own is followed by no other."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.writing import html
from dialogues.joining import asked, ends, read_out
from tests.locales.made import CATALOGUES, renderer
from tests.locales.samples import WORDS, samples

ENDINGS = ("?", "!", ".", "…", "?!", '."', "?”", "!’")

#: A colon or full stop behind a sign; what is typed is set apart and ends as it has to.
TWO = re.compile("[?!.…][\"'”’]*\u2069?(?:»?\\.(?!\\.)|:(?= ))")
CODE = re.compile("<code>.*?</code>", re.DOTALL)


def ending(value: Any, title: str) -> Any:
    """The values of a text, with all words that can be anybody's made these."""
    if isinstance(value, str):
        return title if value == WORDS else value
    if isinstance(value, dict):
        return {key: ending(inner, title) for key, inner in value.items()}
    return [ending(inner, title) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_puts_a_sign_behind_a_sign(language: str) -> None:
    wrong = set()
    texts = CATALOGUES[language].texts
    for code in texts:
        for number, data in enumerate(islice(samples(code, texts), 27)):
            title = "Wat eerst" + ENDINGS[number % len(ENDINGS)]
            for filled in (ending(data, title), ending(data, "Wat eerst?")):
                made = CODE.sub("typ", html(renderer().render(code, filled, language)))
                bare = re.sub("<[^>]*>", "", made)
                wrong |= {(code, found[0]) for found in TWO.finditer(bare) if "=" not in bare}
    assert wrong == set()


@given(st.text(), st.sampled_from(ENDINGS), st.text(min_size=1))
def test_a_question_and_its_option(question: str, sign: str, option: str) -> None:
    """Published it is question, colon, option; people read one sign."""
    published = asked(f"Wat eerst{sign}", option)
    assert published == f"Wat eerst{sign}: {option}"
    assert read_out(published) == f"Wat eerst{sign} {option}"
    assert read_out(asked("Wat eerst", "bomen")) == "Wat eerst: bomen"
    assert ends(question + sign)
