"""How people are told to take part, in clients that replace the link's text with the bot's name.

Element shows a link to an account as a pill with that account's name: a sentence that names the
link's own words is then untrue.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.platforms.document import Document
from bot.platforms.writing import html, plain
from rounds.registry import KINDS
from tests.locales import gate
from tests.locales.made import ADDRESS, CATALOGUES, documents, renderer
from tests.locales.samples import samples

LINK = f"https://matrix.to/#/{ADDRESS}"
TAP = "\N{HAPPY PERSON RAISING ONE HAND}"
CODES = ("card", "reminder", "room_votes_do_not_count", "vote_opened")
AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)


def in_a_room(language: str, code: str, contact: str, tap: str) -> tuple[Document, ...]:
    """Links and signs stand in rooms alone, and there words to type have their prefix."""
    return documents(language, code, contact, tap, ("!",))


@cache
def made(language: str, code: str, contact: str, tap: str = "") -> list[tuple[str, str]]:
    return [(plain(d), html(d)) for d in in_a_room(language, code, contact, tap)]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("language", "here"), [("nl", "Tik hier:"), ("en", "Tap here:")])
def test_it_is_true_whatever_the_link_is_called(language: str, here: str, code: str) -> None:
    with_link = [(p, h) for p, h in made(language, code, LINK) if LINK in p]
    assert with_link
    for words, page in with_link:
        assert re.search(rf"{here} \w+ \({re.escape(LINK)}\)", words)
        assert re.search(rf'{here} <a href="{re.escape(LINK)}">\w+</a> ', page)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_where_there_is_a_sign_to_tap_it_is_what_is_named(language: str) -> None:
    """The card has the link besides, with what to send there."""
    for code in CODES:
        open_ones = [words for words, _ in made(language, code, LINK, TAP) if TAP in words]
        assert open_ones
        assert all((LINK in words) == (code == "card") for words in open_ones)


@pytest.mark.parametrize(("language", "tap"), [("nl", "Tik"), ("en", "Tap ")])
def test_without_a_contact_address_nothing_is_linked(language: str, tap: str) -> None:
    for code in CODES:
        for words, page in made(language, code, ""):
            assert "matrix.to" not in words + page
            assert tap not in words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_with_the_link_stay_short(language: str) -> None:
    for code in CODES:
        for document in in_a_room(language, code, LINK, TAP):
            lengths = {s: gate.length(s) for s in gate.sentences(document)}
            assert {s: n for s, n in lengths.items() if n > gate.LONGEST} == {}


CARD = {
    "title": "De straat", "level": "meedenken", "decider": "de raad", "decision": "",
    "fixed": "de bus", "open_points": "bomen", "answer_by": AT, "round": 1, "rounds": 1,
    "round_title": "Stellingen", "open": True, "kind": "statements", "statements": 2,
    "collecting": True, "ballots": True, "voters": 0, "confidential": True, "figures": [],
    "closes_at": AT, "paused_at": None, "youth": False,
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
        tap = TAP if contact else ""
        return plain(renderer().render("card", data, language, contact=contact, tap=tap))

    assert secret in card("", confidential=True)
    assert secret not in card("", confidential=False)
    assert public in card("", confidential=False)
    assert busy in card(LINK, confidential=True)
    assert busy not in card("", confidential=True)  # on the console nobody waits


#: About how many characters stand on a line of a phone.
ON_A_LINE = 33


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_begins_with_what_can_be_done_in_that_round(language: str, kind: str) -> None:
    """Push messages and the pinned line show the first 80 characters."""
    texts = CATALOGUES[language].texts
    values = {**next(samples(f"{kind}_card", texts), {}), **CARD, "kind": kind}
    values["vote_open"] = True  # of recommendations
    values["figures"] = []
    seen = set()
    for number in range(1, 6):
        data = {**values, "round": number, "rounds": 5, "round_title": "Wat vindt u het beste?"}
        words = plain(renderer().render("card", data, language, contact=LINK, tap=TAP))
        seen.add(words[:80])
        assert TAP in words[:80]
        assert CARD["title"] not in words[:80]
    assert len(seen) == 5


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("youth", [False, True])
def test_what_can_be_done_takes_eight_lines_on_a_phone(language: str, youth: bool) -> None:
    """The terms come after it, shortened."""
    data = {**CARD, "youth": youth, "fixed": "geen extra geld " * 20, "open_points": "bomen " * 50}
    document = renderer().render("card", data, language, contact=LINK, tap=TAP)
    words = re.sub(r" \(https://\S+\)", "", plain(document))
    first, terms = words.split(f": {CARD['title']}.")
    assert lines(first.rpartition("\n\n")[0]) <= 8
    assert lines(terms) <= 13


def lines(words: str) -> int:
    return sum(-(-len(line) // ON_A_LINE) for line in words.splitlines() if line)
