"""How people are told to take part, in clients that replace the link's text with the bot's name.

Element shows a link to an account as a pill with that account's name: a sentence that names the
link's own words is then untrue.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.platforms.writing import html, plain
from tests.locales import gate
from tests.locales.made import ADDRESS, documents, renderer

LINK = f"https://matrix.to/#/{ADDRESS}"
CODES = ("card", "reminder", "room_votes_do_not_count", "vote_opened")
AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)


def made(language: str, code: str, contact: str) -> list[tuple[str, str]]:
    return [(plain(d), html(d)) for d in documents(language, code, contact)]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("language", "tap", "named"), [("nl", "Tik hier:", "Tik op"), ("en", "Tap here:", "Tap Join")]
)
def test_it_is_true_whatever_the_link_is_called(
    language: str, tap: str, named: str, code: str
) -> None:
    with_link = [(p, h) for p, h in made(language, code, LINK) if LINK in p]
    assert with_link
    for words, page in with_link:
        assert named not in words + page
        assert re.search(rf"{tap} \w+ \({re.escape(LINK)}\)", words)
        assert re.search(rf'{tap} <a href="{re.escape(LINK)}">\w+</a> ', page)


@pytest.mark.parametrize(("language", "tap"), [("nl", "Tik hier:"), ("en", "Tap here:")])
def test_without_a_contact_address_nothing_is_linked(language: str, tap: str) -> None:
    for code in CODES:
        for words, page in made(language, code, ""):
            assert "matrix.to" not in words + page
            assert tap not in words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_with_the_link_stay_short(language: str) -> None:
    for code in CODES:
        for document in documents(language, code, LINK):
            lengths = {s: gate.length(s) for s in gate.sentences(document)}
            assert {s: n for s, n in lengths.items() if n > gate.LONGEST} == {}


CARD = {
    "title": "De straat", "level": "meedenken", "decider": "de raad", "decision": "",
    "fixed": "de bus", "open_points": "bomen", "answer_by": AT, "round": 1, "rounds": 1,
    "round_title": "Stellingen", "open": True, "kind": "statements", "statements": 2,
    "collecting": True, "ballots": True, "voters": 0, "confidential": True, "figures": [],
    "closes_at": AT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "secret", "public", "busy"),
    [
        ("nl", "Duimpjes hier tellen niet mee", "Stemmen is hier openbaar", "Is het druk?"),
        ("en", "Thumbs here do not count", "Voting is public here", "Is it busy?"),
    ],
)
def test_the_card_says_what_counts_and_what_may_take_time(
    language: str, secret: str, public: str, busy: str
) -> None:
    def card(contact: str, *, confidential: bool) -> str:
        data = {**CARD, "confidential": confidential}
        return plain(renderer().render("card", data, language, contact=contact))

    assert secret in card("", confidential=True)
    assert secret not in card("", confidential=False)
    assert public in card("", confidential=False)
    assert busy in card(LINK, confidential=True)
    assert busy not in card("", confidential=True)  # on the console nobody waits
