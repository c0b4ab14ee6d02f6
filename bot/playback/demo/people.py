"""The opinions of the demo's residents: derived from a hash, so the same at every run."""

from __future__ import annotations

import hashlib

from bot.playback.demo.story import ALIKE, OPTIONS, POLL_PARTS, RESIDENTS, SAYINGS

AGREE, DISAGREE, PASS = "eens", "oneens", "?"

_SAID_TOO = {(who, same) for who, _, _, same, _ in ALIKE}


def opinion(who: str, number: str) -> str:
    """A resident's vote on a statement."""
    saying = SAYINGS[int(number[1:]) - 1]
    if who == saying.author or (who, number) in _SAID_TOO:
        return AGREE
    lean = RESIDENTS[who] * saying.cars
    agree, disagree = saying.agree + lean, saying.disagree - lean
    lot = part_of_hundred(who, number)
    if lot < agree:
        return AGREE
    return DISAGREE if lot < agree + disagree else PASS


def option(who: str) -> int:
    """The option a resident chooses in the poll, from 1."""
    lot = part_of_hundred(who, "P1")
    for number, part in enumerate(POLL_PARTS, 1):
        if lot < part:
            return number
        lot -= part
    return len(OPTIONS)


def part_of_hundred(*what: str) -> int:
    """A number from 0 to 99 derived from these words."""
    digest = hashlib.sha256("/".join(what).encode()).digest()
    return int.from_bytes(digest[:4]) * 100 >> 32
