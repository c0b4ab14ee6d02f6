"""Statements: agreed from 60% of those with an opinion, rejected up to 40%, else divided."""

from __future__ import annotations

from fractions import Fraction

from dialogues.counting.threshold import THRESHOLD

NAME = "statement-share/1"

AGREED_FROM = Fraction(60, 100)
REJECTED_TO = Fraction(40, 100)


def share(agree: int, disagree: int) -> Fraction | None:
    """agree / (agree + disagree), exactly; None when nobody has an opinion."""
    total = agree + disagree
    return Fraction(agree, total) if total else None


def result(agree: int, disagree: int, passed: int, round_voters: int) -> str:
    """``agreed``, ``rejected``, ``divided``, or ``too_few``.

    Too few: voted on (pass included) by under half of the round's voters or by under 5 people.
    Where everybody who voted passed there is no share, and the statement is divided.
    """
    voters = agree + disagree + passed
    if voters < THRESHOLD or voters * 2 < round_voters:
        return "too_few"
    part = share(agree, disagree)
    if part is None:
        return "divided"
    if part >= AGREED_FROM:
        return "agreed"
    return "rejected" if part <= REJECTED_TO else "divided"
