"""The known word nearest to a mistyped one, or none."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

#: A longer text is not compared, in characters.
LONGEST = 40


def nearest(word: str, known: Iterable[str], most: int | None = None) -> str:
    """The known word with the fewest edits (swapping two neighbours is one edit), or "".

    Up to four letters one edit is near, up to eight two, from nine on three; ``most`` lowers that.
    Of equally near words the one with the same first letter, then the first.
    """
    if not 1 < len(word) <= LONGEST:
        return ""
    near = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3
    near = near if most is None else min(near, most)
    best, found = (near + 1, True), ""
    for candidate in known:
        edits = OSA.distance(word, candidate, score_cutoff=near)
        rank = (edits, candidate[:1] != word[:1])
        if edits <= near and edits < len(candidate) - 1 and rank < best:
            best, found = rank, candidate
    return found
