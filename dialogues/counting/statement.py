"""Statements: agreed from 60% of those with an opinion, rejected up to 40%, else divided."""

from __future__ import annotations

from fractions import Fraction

from dialogues.counting.threshold import THRESHOLD, enough

NAME = "statement-share/2"

AGREED_FROM = Fraction(60, 100)
REJECTED_TO = Fraction(40, 100)


def share(agree: int, disagree: int) -> Fraction | None:
    """agree / (agree + disagree), exactly; None when nobody has an opinion."""
    total = agree + disagree
    return Fraction(agree, total) if total else None


def result(agree: int, disagree: int, passed: int, round_voters: int) -> str:
    """``agreed``, ``rejected``, ``divided``, or ``too_few``.

    Too few: under ``enough`` voted on it (pass included), or under 5 said agree or disagree.
    """
    if agree + disagree + passed < enough(round_voters):
        return "too_few"
    part = share(agree, disagree)
    if part is None or agree + disagree < THRESHOLD:
        return "too_few"
    if part >= AGREED_FROM:
        return "agreed"
    return "rejected" if part <= REJECTED_TO else "divided"
