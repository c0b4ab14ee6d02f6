"""Reading the worst texts takes time in proportion to their length, not to its square.

Only ratios of one run are held here, since machines are noisy; `make bench` prints the times.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from commands.cleaning import LIMIT
from commands.reading import read
from commands.said import Where
from commands.times import recurrence
from commands.times.moments import parse, parse_day
from commands.wrong import wrong
from dialogues.core import Role
from dialogues.intents import Hour
from rounds.closing.words import consent
from rounds.closing.words import offer_answers as consents
from rounds.poll.ballot_words import poll_ballot
from rounds.poll.date_words import date_ballot
from rounds.poll.state import PollKind
from rounds.registry import vocabulary
from rounds.statements.words import choice, offer_answers

KNOWN = vocabulary()
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
OPTIONS = tuple(f"optie nummer {n} met een lange naam" for n in range(50))

HEADS = [
    "", "!", "stelling ", "stem ", "stem S7 ", "verberg S3 ", "ok ", "advies orde ", "koppel ",
    "gesprek nieuw x ", "gesprek afspraken vast=\"", "peiling vraag=\"a\" opties=", "tot ",
    "@", "ja, ", "gesprek ", "kies ", "uitslag ", "taal ",
]  # fmt: skip
TAILS = [
    "a", " ", "\n", "1 ", "A1 ", "a=", " a=", '"', '" ', ' "', '" vast', "; ", "a;", "é", "e\u0301",
    "\u0300", "\u0316\u0300", "\u302e\U0001d165", "\u200d", "👩\u200d", "\u202e", "م", "eens ",
    "1 eens ", "!", "=", "'", "@a ", "\ufe0f", "\x00", "x y\n",
]  # fmt: skip


#: Linear reading takes four times as long for the whole as for a quarter; quadratic sixteen times.
TOO_MUCH = 11.0

#: Below this there is no doubt, after one run of the whole.
LINEAR = 6.0

#: A CPU time below this, in seconds, is too short to compare.
TELLING = 0.004


def spent(call: Callable[[str], object], text: str, most: int = 5) -> float:
    """CPU time of the fastest of a few runs: the machine may be busy with other things."""
    fastest = 9.0
    for _ in range(most):
        began = time.thread_time()
        call(text)
        fastest = min(fastest, time.thread_time() - began)
        if fastest < TELLING:
            break
    return fastest


def held(call: Callable[[str], object], text: str) -> None:
    """Assert that a text takes not much more than four times as long as a quarter of it."""
    whole = spent(call, text, 1)
    if whole > TELLING:
        quarter = max(spent(call, text[: len(text) // 4]), TELLING / 4)
        if whole > LINEAR * quarter:
            whole = spent(call, text)
        assert whole < TOO_MUCH * quarter, text[:40]


@pytest.mark.parametrize("head", HEADS)
def test_reading_grows_with_the_text(head: str) -> None:
    for tail in TAILS:
        text = (head + tail * LIMIT)[:LIMIT]
        for where in (Where.PERSONAL, Where.ROOM):
            held(partial(read, KNOWN, where=where, roles=frozenset(Role)), text)


@pytest.mark.parametrize("tail", TAILS)
def test_votes_and_moments_grow_with_the_text(tail: str) -> None:
    text = (tail * LIMIT)[:LIMIT]
    for kind in PollKind:
        held(lambda text, kind=kind: poll_ballot(kind, text, OPTIONS, 0, 0, 10), text)  # type: ignore[misc]
    hours = [Hour(NOW, "2026-12-01T19:30:00")] * len(OPTIONS)
    calls: list[Callable[[str], object]] = [
        consent, choice, KNOWN.is_answer, KNOWN.begins, KNOWN.votable_in,
        lambda text: offer_answers(text, 5), lambda text: consents(text, 5),
        lambda text: parse(text, NOW, ZONE), lambda text: parse_day(text, NOW, ZONE),
        lambda text: recurrence.parse(text, NOW, ZONE),
        lambda text: date_ballot(text, OPTIONS, hours, NOW, ZONE),
    ]  # fmt: skip
    for call in calls:
        held(call, text)


def test_a_million_characters_are_not_looked_at() -> None:
    """What is too long is refused by its length: a hundred times as long takes no longer."""
    for where in (Where.ROOM, Where.PERSONAL):
        found = read(KNOWN, "!" + "a" * 1_000_000, where)
        assert found is not None
        assert found.said == wrong("too_long_message", limit=LIMIT)
