"""The event of what people think of a dialogue, and how it comes of the counts."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.counting.threshold import THRESHOLD
from dialogues.evaluation import BY_NAME, Asked


@dataclass(frozen=True, slots=True)
class EvaluationCounted:
    """The totals of each question, at the end; a question that fewer than five answered has
    none, here neither."""

    asked: tuple[Asked, ...]


def counted(tallies: dict[tuple[str, int], int]) -> EvaluationCounted | None:
    """The event of all answers, given as how often each answer (from 0) to a question was; None
    where no question has five."""
    asked = []
    for question in BY_NAME.values():
        counts = tuple(tallies.get((question.name, n), 0) for n in range(len(question.answers)))
        asked.append(Asked(question.name, counts if sum(counts) >= THRESHOLD else ()))
    return EvaluationCounted(tuple(asked)) if any(one.counts for one in asked) else None
