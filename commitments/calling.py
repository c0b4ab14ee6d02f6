"""What a commitment is called by who takes it upon themselves: only the college's is a promise."""

from __future__ import annotations

import re

from commitments.commitment import Kind
from dialogues.followup.events import Body

_COLLEGE = re.compile(
    r"\b(?:college|b\s?(?:en|&)\s?w|burgemeester en wethouders|wethouders?"
    r"|(?:municipal )?executive|(?:mayor and )?alder(?:man|men|woman|women))\b",
    re.IGNORECASE,
)


def kind_of_body(body: Body) -> Kind:
    return Kind.PROMISE if body is Body.COLLEGE else Kind.AGREEMENT


def kind_of_who(who: str) -> Kind:
    """What is taken on by an office or a group, named in words."""
    return Kind.PROMISE if _COLLEGE.search(who) else Kind.AGREEMENT
