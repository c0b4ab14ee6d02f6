"""Measures odd and huge texts on their whole way: read, decided, kept, and answered in words.

The texts are those that the tests hold to be hostile (``tests/corpus``), behind words that take any
text; and some that are as long as no platform lets through.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, Goal, Spread
from tests.corpus import reading
from tests.engine.bots import Bot

#: The longest that an odd text may keep the engine busy, in milliseconds.
_GOAL = 50.0

#: Every text is said so many times, each time in a town of its own; the fastest counts.
_RUNS = 3

#: What stands before a text, in turn.
_HEADS = ("", "!", "stelling ", "wijzig S1 ", "stem S1 ", "waarom S1 ", "hulp ", "uitleg ")

#: How long the longest are, in characters.
_HUGE = 1_000_000


def measure(folder: Path) -> list[Figure]:
    """The slowest text of all, in time of the processor."""
    runs = [list(_said(folder / f"odd-{number}")) for number in range(_RUNS)]
    slowest = max(map(min, zip(*runs, strict=True)))
    each = [max(run) for run in runs]
    name = f"the slowest of {len(runs[0]):,} odd and huge texts, answered"
    spread = Spread(min(each), max(each), _RUNS)
    return [Figure(name, slowest, "ms", goal=Goal(_GOAL), spread=spread)]


def texts() -> Iterator[str]:
    for number, text in enumerate(reading.texts(reading.Surface.WORDS)):
        yield _HEADS[number % len(_HEADS)] + text
    for tail in ("a", "a ", "1 ", "S1 ", '"', "@", "é", "\u0300", "\u202e", "👩\u200d", "[", "\n"):
        for head in ("", "stelling ", "stem "):
            yield head + (tail * _HUGE)[:_HUGE]


def _said(folder: Path) -> Iterator[float]:
    """Have somebody say each text, in milliseconds."""
    folder.mkdir()
    bot = Bot(folder / "town.db")
    bot.open("gesprek", "stemming=open")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    for number, text in enumerate(texts()):
        fact = bot.fact(f"bewoner{number % 20}", text)
        began = time.thread_time()
        bot.put(fact)
        yield 1000 * (time.thread_time() - began)
    bot.close()
