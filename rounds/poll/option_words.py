"""What an option of a poll may be: nothing that already means something else in a vote."""

from __future__ import annotations

import re
import unicodedata

from commands import options
from commands.choices import bare
from commands.cleaning import skeleton
from commands.wrong import Wrong, wrong

_OTHER = re.compile(
    r"(?:anders|other)\b[\s,:;-]*(?:namelijk\b|namely\b)?[\s,:;-]*(.*)\Z", re.IGNORECASE | re.DOTALL
)


def other_option(rest: str) -> str | None:
    """The words after ``anders, namelijk``; None when the text is something else."""
    found = _OTHER.match(rest.strip())
    words = found[1].strip() if found is not None else ""
    return words or None


def is_other(text: str) -> bool:
    """Whether the text is ``anders`` without an option of one's own."""
    return _OTHER.match(text.strip()) is not None and other_option(text) is None


def reserved(option: str) -> Wrong | None:
    """What is wrong with an option that is a number, or a word that means something else in a vote;
    a time of day is none."""
    text = unicodedata.normalize("NFKC", bare(option)).strip(options.ENDS)
    if options.reserved(option) or is_other(text) or skeleton(option) in _WORDS:
        return wrong("option_reserved", option=option)
    return None


#: How the words look that suggest an option.
_WORDS = frozenset(skeleton(word) for word in ("anders", "other", "anders namelijk"))
