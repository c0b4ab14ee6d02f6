"""Makes the demo's transcript from ``story.py``: who begins with what, and when."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.playback.demo import residents, staff, story
from bot.playback.demo.staff import POLL, POLL_END, STATEMENTS_END, VOTE, VOTE_END
from bot.playback.demo.stage import BEGIN, Doing, Offers, Stage
from bot.playback.replay import Settings, staged
from bot.playback.transcript import Line, read
from bot.runtime.builtin import formats
from bot.runtime.clock import VirtualClock


def transcript() -> list[dict[str, object]]:
    """The whole evening, a JSON object a line."""
    return _played().lines


def scenes() -> frozenset[str]:
    """The ids of the lines that the demo shows, with the answers to them."""
    return frozenset(_played().seen)


def lines() -> list[Line]:
    """The transcript as it is played: read like any other."""
    return read(json.dumps(line, ensure_ascii=False).encode() for line in transcript())


@cache
def _played() -> Stage:
    clock = VirtualClock(BEGIN)
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-") as folder:
        file = Path(folder) / "evening.db"
        known = (story.ROOM,)
        with staged(Settings(), file, formats(), known, clock, lambda _place: False) as parts:
            stage = Stage(Offers(*parts))
            stage.play(_everybody(stage))
    return stage


def _everybody(stage: Stage) -> Iterator[tuple[float, Doing]]:
    """What everybody does, each with the second after the beginning at which it starts."""
    yield -240, staff.preparing(stage)
    yield -2, staff.moderating(stage)
    for end in (STATEMENTS_END, POLL_END, VOTE_END):
        yield (end - 10) * 60, _time_passing(stage)
        yield end * 60, _time_passing(stage)
    yield 388, staff.looking_in(stage)
    for saying in story.SAYINGS:
        yield saying.after, residents.stating(stage, saying)
    for who, after, text, _same, answer in story.ALIKE:
        yield after, residents.repeating(stage, who, text, answer)
    for after, who, text in story.CHATTER:
        yield after, residents.chatting(stage, who, text)
    for place, who in enumerate(story.RESIDENTS):
        if who not in story.ONLY_TALKS:
            late = who in story.LATE
            yield (1500 if late else 560 + place * 34), residents.voting(stage, who)
        if who not in story.NOT_IN_POLL:
            yield POLL * 60 + 20 + place * 25, residents.choosing(stage, who)
        if who not in story.NOT_IN_CLOSING:
            yield VOTE * 60 + 20 + place * 40, residents.consenting(stage, who)


def _time_passing(stage: Stage) -> Doing:
    stage.pass_time()
    yield 0
