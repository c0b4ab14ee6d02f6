"""Checks the question, options and sizes of a poll."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from dialogues.core import Refused
from rounds.poll.state import FillPoll, PollKind

#: How many options a poll has at least and at most.
FEWEST_OPTIONS = 2
MOST_OPTIONS = 25

#: How long a question and an option of the town can be, in characters.
QUESTION_LENGTH = 300
OPTION_LENGTH = 120

#: The most points a ballot can be given to divide.
MOST_POINTS = 100


def folded(words: str) -> str:
    """Words for comparison: without differences of composition, case and width of spaces."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def find(options: Sequence[str], words: str) -> int:
    """The number of the option with the same words, 0 if there is none."""
    wanted = folded(words)
    return next((n for n, option in enumerate(options, 1) if folded(option) == wanted), 0)


def check(intent: FillPoll, added: int, at: datetime) -> None:
    """Raise ``Refused`` for an invalid poll; ``added``: how many options of residents stay after
    its own; ``at``: when it is filled."""
    _check_words(intent.question, QUESTION_LENGTH, "empty_question")
    for option in intent.options:
        _check_words(option, OPTION_LENGTH, "empty_option")
    if len(intent.options) < FEWEST_OPTIONS:
        raise Refused("too_few_poll_options", least=FEWEST_OPTIONS)
    if len(intent.options) + added > MOST_OPTIONS:
        raise Refused("too_many_poll_options", most=MOST_OPTIONS)
    for place, option in enumerate(intent.options):
        if find(intent.options[:place], option):
            raise Refused("duplicate_options", option=option)
    if not 1 <= intent.points <= MOST_POINTS:
        raise Refused("bad_points", points=intent.points, most=MOST_POINTS)
    if intent.at_most is not None and intent.at_most < 1:
        raise Refused("bad_at_most", at_most=intent.at_most)
    if intent.places < 1:
        raise Refused("bad_places", places=intent.places)
    _check_dates(intent, at)


def _check_dates(intent: FillPoll, at: datetime) -> None:
    """Each option of a poll about a date has a moment of its own that still comes; no other poll
    has any."""
    dates = [hour.at for hour in intent.dates]
    if intent.kind != PollKind.DATE:
        if dates:
            raise Refused("dates_missing")
        return
    if len(dates) != len(intent.options) or intent.other:
        raise Refused("dates_missing")
    for place, date in enumerate(dates):
        if date <= at:
            raise Refused("moment_past", at=date)
        if date in dates[:place]:
            raise Refused("duplicate_options", option=intent.options[place])


def _check_words(words: str, most: int, empty: str) -> None:
    if not words.strip():
        raise Refused(empty)
    if len(words) > most:
        raise Refused("text_too_long", length=len(words), most=most)
