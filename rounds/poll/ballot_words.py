"""Reads votes on polls as people type them: options by number or by their text.

The longest text of an option that stands there is that option; else a number is its number. Where
that reads nothing, words that only one option holds are that option.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from commands.choices import BACK, bare
from commands.cleaning import clean, same_text
from commands.options import named
from commands.wrong import Wrong, wrong
from rounds.poll.example import example
from rounds.poll.state import PollKind

#: A typed ballot: option numbers (ranked: best first), or (option, points); empty: taken back.
Ballot: TypeAlias = tuple[int, ...] | tuple[tuple[int, int], ...]

_NUMBER = re.compile(r"([0-9]{1,3})[.)]?(?=[\s,;>=:]|\Z)")
_BETWEEN = re.compile(r"[\s,;>]+(?:(?:en|and|&|\+)(?=\s)\s+)?")
_END = re.compile(r"[\s,;>=:.]|\Z")
_POINTS = re.compile(r"\s*[=:]\s*([0-9]{1,4})(?=[\s,;]|\Z)")

#: A ballot is never longer than the texts of all options of the largest poll.
_LONGEST = 8_000


def poll_ballot(
    kind: PollKind, rest: str, options: Sequence[str], at_most: int, places: int, points: int
) -> Ballot | Wrong | None:
    """Read a ballot; None when nothing in the text is an option.

    ``at_most`` and ``places`` 0: no limit but the number of options.
    """
    if len(rest) > _LONGEST:
        return None
    cleaned = clean(rest)
    if isinstance(cleaned, Wrong):
        return cleaned
    text = same_text(bare(cleaned))
    if text in BACK:
        return ()
    if not text:
        return None
    if kind is PollKind.POINTS:
        return _points(text, options, points)
    chosen = _options(text, options)
    held = None if isinstance(chosen, list) else named(text, options)
    if held is not None:
        chosen = _options(held, options)
    if not isinstance(chosen, list):
        return chosen
    if kind is PollKind.ONE:
        return (chosen[0],) if len(chosen) == 1 else wrong("one_only", given=len(chosen))
    if kind is PollKind.SEVERAL:
        several = tuple(sorted(set(chosen)))
        if at_most and len(several) > at_most:
            return wrong("too_many_options", given=len(several), at_most=at_most)
        return several
    twice = next((option for option in chosen if chosen.count(option) > 1), None)
    if twice is not None:
        return wrong("option_twice", option=str(twice))
    if len(chosen) > (places or len(options)):
        return wrong("too_many_places", given=len(chosen), places=places or len(options))
    return tuple(chosen)


def _options(text: str, options: Sequence[str]) -> list[int] | Wrong | None:
    """The text as option numbers; None when it does not begin with an option."""
    by_text = _by_text(options)
    chosen: list[int] = []
    at = 0
    while at < len(text):
        found = _one(text, at, by_text, len(options))
        if found is None:
            if not chosen and not _NUMBER.match(text, at):
                return None
            return wrong(
                "option_unknown", value=text[at : at + 40], options=tuple(filter(None, options))
            )
        option, at = found
        chosen.append(option)
        if len(chosen) > 2 * len(options):
            return wrong("too_many_options", given=len(chosen), at_most=len(options))
        between = _BETWEEN.match(text, at)
        at = between.end() if between is not None else at
    return chosen


def _points(text: str, options: Sequence[str], points: int) -> Ballot | Wrong | None:
    by_text = _by_text(options)
    given: dict[int, int] = {}
    at = 0
    while at < len(text):
        found = _one(text, at, by_text, len(options))
        if found is None:
            if not given and not _NUMBER.match(text, at):
                return None
            return wrong(
                "option_unknown", value=text[at : at + 40], options=tuple(filter(None, options))
            )
        option, at = found
        value = _POINTS.match(text, at)
        if value is None:
            return wrong("points_form", points=points, example=_example(options, points))
        if option in given:
            return wrong("option_twice", option=str(option))
        given[option] = int(value[1])
        between = _BETWEEN.match(text, value.end())
        at = between.end() if between is not None else value.end()
    total = sum(given.values())
    if total != points:
        return wrong("points_sum", given=total, left=points - total, points=points)
    return tuple((option, value) for option, value in sorted(given.items()) if value)


def _example(options: Sequence[str], points: int) -> str:
    return example(PollKind.POINTS, [n for n, text in enumerate(options, 1) if text], points)


def _by_text(options: Sequence[str]) -> list[tuple[str, int]]:
    """The texts of the options for comparison, the longest first, each with its number."""
    texts = [(same_text(bare(option)), number) for number, option in enumerate(options, start=1)]
    return sorted(texts, key=lambda pair: -len(pair[0]))


def _one(
    text: str, at: int, by_text: Sequence[tuple[str, int]], options: int
) -> tuple[int, int] | None:
    """The option at this position of the text, and the position after it; None when there is
    none."""
    number = _NUMBER.match(text, at)
    if number is not None and not 1 <= int(number[1]) <= options:
        number = None
    shortest = len(number[1]) + 1 if number is not None else 1
    for words, option in by_text:
        if len(words) < shortest:
            break
        if text.startswith(words, at) and _END.match(text, at + len(words)):
            return option, at + len(words)
    return (int(number[1]), number.end()) if number is not None else None
