"""How words that may end in a sign of their own are joined with what follows them.

A question asks, and its option answers: "Wat eerst?" and "bomen". In the files the two are always
joined in one way; people read no colon or full stop behind a sign.
"""

from __future__ import annotations

import re

#: What ends a sentence, and what may close behind it.
_SIGN = "[.!?…][\"'”’»)\u2069]*"
_ENDS = re.compile(f"{_SIGN}\\Z")
_COLON = re.compile(f"({_SIGN}): ")


def ends(words: str) -> bool:
    """Whether words end in a sign of their own, so that no colon or full stop follows."""
    return _ENDS.search(words) is not None


def asked(question: str, option: str) -> str:
    """A question with an option of it, as it is published: question, colon, option."""
    return f"{question}: {option}"


def read_out(published: str) -> str:
    """A question with an option of it, as people read it: "Wat eerst? bomen"."""
    return _COLON.sub(r"\1 ", published, count=1)
