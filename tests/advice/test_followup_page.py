"""The page of what became of an advice: in both languages, and whatever people wrote."""

from __future__ import annotations

from itertools import cycle

import pytest
from handmade import PAGES
from shapes_of_papers import shape

from advice import model
from advice.followup import files as followup_files
from advice.followup.model import (
    SCHEMA,
    Commitment,
    FollowUp,
    Noted,
    Objection,
    Received,
    Recommendation,
    Response,
    Ruling,
)
from tests.corpus.reading import Surface, tried


def made(language: str = "nl", words: str = "Plant bomen.") -> FollowUp:
    """Whatever there can be of an advice, with these words wherever somebody wrote some."""
    charter = {"ballot": "confidential", "answer_by": "2026-12-15", "decider": words}
    about = model.Dialogue(
        "straat", words, "gesprek", "straat", words, "Europe/Amsterdam", language, charter
    )
    at = "2026-12-18T09:01:00Z"
    given = Response("adopted", words, words, at, "2027-03-01")
    return FollowUp(
        schema=SCHEMA,
        dialogue=about,
        version=2,
        received=Received(at, words),
        recommendations=[
            Recommendation(
                "A1",
                words,
                given,
                [Response("not", words, None, at, None)],
                [Noted("underway", words, None, at), Noted("stopped", None, words, at)],
            ),
            Recommendation("A2", None, Response("partly", None, None, at, None), [], []),
            Recommendation("A3", words, None, [], []),
        ],
        objections=[
            Objection("O1", "A1", words, Ruling("adjusted", at, words, words)),
            Objection("O2", "A1", None, Ruling("not", at, words, None)),
            Objection("O3", "A1", words, None),
        ],
        commitments=[
            Commitment("T1", words, words, "2027-03-01", state, at, "A1")
            for state in ("open", "late", "underway", "done", "stopped")
        ],
        journal=model.Journal("straat", 90, "4ed45cc13b67611e" + "0" * 48, at),
    )


def written(found: FollowUp) -> dict[str, bytes]:
    """The page in Markdown and in HTML."""
    return followup_files.derived(found, PAGES.words(found.dialogue.language))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "nl",
            "Nog geen antwoord. Dat is te laat: het zou er zijn vóór dinsdag 15 december 2026.",
        ),
        (
            "en",
            (
                "No answer yet. That is late: it should have been there before Tuesday 15 December"
                " 2026."
            ),
        ),
    ],
)
def test_it_says_all_that_there_is(language: str, says: str) -> None:
    for page in written(made(language)).values():
        for words in (says, "A1", "A2", "A3", "O1", "O2", "O3", "T1", "4ed45cc13b67611e"):
            assert words in page.decode()


def test_whatever_people_wrote_is_words_on_it() -> None:
    """Each text in one of the languages, in turn: what a page is made of is the same in both."""
    plain = shape(written(made("nl")))
    assert shape(written(made("en"))) == plain
    for payload, language in zip(tried(Surface.PAGE), cycle(("nl", "en")), strict=False):
        if any("\ud800" <= letter <= "\udfff" for letter in payload):
            continue  # no JSON holds half a letter
        assert shape(written(made(language, payload))) == plain, payload
