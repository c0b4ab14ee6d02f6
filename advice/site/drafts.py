"""What a draft says on the site, from the state of its dialogue. Pure.

It is no more than the room was told, without the figures.
"""

from __future__ import annotations

from advice.published import Texts, iso, said
from advice.site.model import Adjusted, Draft, Proposed
from dialogues.core import Text
from dialogues.dialogue import Dialogue
from dialogues.objections.notices import DIVIDED, divided, wordings
from dialogues.objections.rules import adjustments, recommended


def draft(dialogue: Dialogue, words: Texts) -> Draft | None:
    """The draft of a dialogue; None where there is none, or its document was asked for."""
    found = dialogue.draft
    if found is None or found.over:
        return None
    rows = divided(dialogue)
    return Draft(
        heard_until=iso(found.heard_until),
        ruled_until=iso(found.ruled_until),
        asks=[_asked(dialogue, number, words) for number in recommended(dialogue)],
        divided=[Proposed(row["item"], said(row["text"], words)) for row in rows[:DIVIDED]],
        others=max(len(rows) - DIVIDED, 0),
    )


def _asked(dialogue: Dialogue, number: str, words: Texts) -> Proposed:
    text: Text | str = wordings(dialogue, number)[0]
    ruled = adjustments(dialogue, number)
    adjusted = None
    if ruled:
        adjusted = Adjusted([name for name, _ in ruled], said(ruled[-1][1].text, words))
    return Proposed(number, said(text, words), adjusted)
