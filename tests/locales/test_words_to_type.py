"""Words that people can type are set apart as code, in every text; plain bodies show no marks."""

from __future__ import annotations

import pytest

from bot.platforms.document import Run, Source
from bot.platforms.writing import html, plain
from bot.text.markup import parse

KEPT = ((Run("stelling", Source.COMMAND),), (Run("Anna"),))
WORD, NAME = "\x020\x03", "\x021\x03"


@pytest.mark.parametrize(
    ("source", "formatted", "bare"),
    [
        (f"Typ {WORD} en uw zin.", "Typ <code>stelling</code> en uw zin.",
         "Typ stelling en uw zin."),
        (f"Typ `{WORD} S1`.", "Typ <code>stelling S1</code>.", "Typ stelling S1."),
        (f"**Typ {WORD}**", "<strong>Typ <code>stelling</code></strong>", "Typ stelling"),
        (f"- {WORD}: {NAME}", "<li><code>stelling</code>: Anna</li>", "stelling: Anna"),
        (f"Dag {NAME}", "Dag Anna", "Dag Anna"),
    ],
)  # fmt: skip
def test_words_to_type_are_code(source: str, formatted: str, bare: str) -> None:
    document = parse(source, KEPT)
    assert formatted in html(document)
    assert "<code><code>" not in html(document)
    assert bare in plain(document)
    assert "`" not in plain(document)
