"""What people type besides command words, in Dutch and in English: keys, values, days, reasons.

Notices hold the Dutch term; a text shows that of its own language (``Vocabulary.typed``).
"""

from __future__ import annotations

from collections.abc import Mapping

from commands import charter, reasons
from commands.followup import filling as followup
from commands.followup import filling_commitments as commitments
from commands.meetings import filling as meetings
from commands.times import days

_OTHERS = {
    "aanbeveling": "recommendation",
    "aangepast": "adjusted",
    "afspraken": "agreements",
    "controlegetal": "check number",
    "eind": "end",
    "ja": "yes",
    "kaart": "card",
    "morgen": "tomorrow",
    "nee": "no",
    "niet": "not",
    "ronde": "round",
    "titel": "title",
    "vandaag": "today",
    "verslag": "report",
    "want": "because",
    "wordt": "becomes",
    "werkvorm": "format",
}

#: The Dutch term, and the English one.
TERMS: Mapping[str, str] = {
    **_OTHERS,
    **dict(zip(days.WEEKDAYS, days.ENGLISH_WEEKDAYS, strict=True)),
    **reasons.ENGLISH,
    **charter.ENGLISH_VALUES,
    **charter.ENGLISH_KEYS,
    **commitments.TERMS,
    **meetings.TERMS,
    **followup.TERMS,
}


def paired(typed: Mapping[str, str]) -> dict[str, str]:
    """The terms of a table from what may be typed to its canonical, Dutch key."""
    return {dutch: other for other, dutch in typed.items() if other != dutch}
