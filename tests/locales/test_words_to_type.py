"""Words that people can type are set apart as code, in every text; plain bodies show no marks."""

from __future__ import annotations

import re

import pytest

from bot.platforms.document import Run, Source
from bot.platforms.writing import html, plain
from bot.text.markup import parse
from tests.locales.made import CATALOGUES, documents, renderer
from tests.locales.samples import samples

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


#: What leads to words to type, by language: after it stands code, or words that say what to type.
LEADS = {
    "nl": r"\b(?:[Tt]yp(?: dan)?(?: bijvoorbeeld| hier| daar(?:, aan mij)?| als moderator)?:?"
    r"|of:|Anders:|met:|Kies:?(?= \d| ja| eens)) ",
    "en": r"\b(?:[Tt]ype(?: for example| here| there(?:, to me)?)?:?"
    r"|or:|If not:|with:|Choose:?(?= \d| yes| agree)) ",
}

#: What may follow instead: it says what kind of words to type or choose, or names what is no word.
SAYS = {
    "nl": r"(?:het|de|uw|een|één|elk|dan|hier|daar|hem|op het|in uw|getal|er|eerst|bij|als|1 tot"
    r"|A, B|🙋|👍|👎|🤷|\w+ (?:mee|uit)\b)",
    "en": r"(?:it|the|a|an|every|your|here|there|on the|in your|its|at|for|each|as|numbers|1 to"
    r"|one\b|👍|👎|🤷|from|what|will)",
}

#: Words that are answers wherever a text tells people to give them.
ANSWERS = {
    "nl": r"\b(?:ja|nee|klaar|terug|stop|niets)\b",
    "en": r"\b(?:yes|no|done|back|stop|none)\b",
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_every_text_what_is_to_be_typed_is_code(language: str) -> None:
    """Also where it stands literally in a catalogue, of whatever kind of round."""
    wrong = {}
    lead = re.compile(f"({LEADS[language]})(?!<code>)(?!{SAYS[language]})(.{{0,30}})", re.DOTALL)
    bare = re.compile(f"({LEADS[language]}[^.<>]{{0,12}}?)({ANSWERS[language]})")
    for code in CATALOGUES[language].texts:
        for document in documents(language, code):
            page = re.sub(r"</?(?:p|ul|ol|li|strong|em|br)[^>]*>", " ", html(document))
            found = lead.search(page) or bare.search(page)
            if found is not None:
                wrong[code] = found[0]
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "says"),
    [("nl", "Er ontbreekt nog: niveau, besluit en open."), ("en", "level, decision and open.")],
)
def test_terms_that_are_listed_look_the_same_in_every_language(language: str, says: str) -> None:
    """Also those that only one language has another word for."""
    named = {"keys": ["niveau", "besluit", "open"]}
    document = renderer().render("refused_charter_missing", named, language, "!", "", "")
    assert says in html(document)


@pytest.mark.parametrize(("language", "own"), [("nl", "gesprek met mij"), ("en", "with me")])
def test_where_choices_are_pressed_nobody_is_sent_to_a_conversation_of_their_own(
    language: str, own: str
) -> None:
    """There is none on such a platform: an answer in the group is seen by one person alone. A sign
    to tap opens such a conversation, so what tells of it is said where there are some."""
    texts = CATALOGUES[language].texts
    tapped = [code for code, text in texts.items() if "{{ tap }}" in text]
    named = [code for code, text in texts.items() if own in text or "answered_alone" in text]
    assert "dialogue_closed_staff" in named
    said = [
        plain(renderer().render(code, data, language, "/", press=True))
        for code in named
        if code not in tapped
        for data in samples(code, texts)
    ]
    assert [text for text in said if own in text] == []
