"""What staff says of a recommendation without a word of the bot: "A1 is overgenomen", "de raad
heeft A2 niet overgenomen", "A1 is klaar". It is asked about, and never done at once."""

from __future__ import annotations

import re
from typing import NamedTuple

from commands.filling_followup import (
    BODIES,
    BODY_WORDS,
    OUTCOME_WORDS,
    OUTCOMES,
    STATE_WORDS,
    STATES,
)
from commands.vocabulary import Vocabulary
from commands.word import Fits

#: A longer text is no such sentence.
_LONGEST = 400

_BODY = "|".join(sorted(BODIES, key=len, reverse=True))
_OUTCOME = "|".join(r"\s+".join(form.split()) for form in OUTCOMES if form not in ("niet", "not"))
_STATE = "|".join(STATES)
_ITEM = r"(?P<item>[a-z][1-9][0-9]{0,5})"

_ADOPTED = re.compile(
    rf"(?:(?:de|het|the)\s+)?(?:(?P<body>{_BODY})\s+(?:heeft|neemt|has|adopted)\s+)?{_ITEM}\s+"
    rf"(?:(?:is|wordt|werd|was|will\s+be)\s+)?(?:wel\s+)?(?P<outcome>{_OUTCOME})"
    r"(?:\s+(?:over|door\s+(?:de|het)\s+(?P<by>\w+)))?(?![^\W_])[\s,.;:]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_STANDS = re.compile(
    rf"{_ITEM}\s+(?:(?:is|staat\s+op|wordt)\s+)?(?:nu\s+|now\s+)?(?P<state>{_STATE})"
    r"(?![^\W_])[\s,.;:]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


class Meant(NamedTuple):
    """The word that was meant, what was said for it, and the whole as it would be typed."""

    word: str
    said: str
    text: str


def of_recommendation(known: Vocabulary, text: str) -> Meant | None:
    """What a sentence says of a recommendation; None where it says nothing of one."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    for pattern, word in ((_STANDS, "voortgang"), (_ADOPTED, "reactie")):
        found = pattern.fullmatch(text)
        if found is None or found["item"][0].upper() not in known.fitting(Fits.RECOMMENDATION):
            continue
        said = text[: len(text) - len(found["rest"])].strip(" ,.;:")
        return Meant(word, said, _typed(word, found))
    return None


def _typed(word: str, found: re.Match[str]) -> str:
    item, rest = found["item"].upper(), found["rest"].strip()
    if word == "voortgang":
        state = STATE_WORDS[STATES[found["state"].casefold()]]
        return f"voortgang {item} {state} {rest}".strip()
    outcome = OUTCOME_WORDS[OUTCOMES[" ".join(found["outcome"].casefold().split())]]
    body = BODIES.get((found["body"] or found["by"] or "").casefold())
    van = f" van={BODY_WORDS[body]}" if body is not None and "=" not in rest else ""
    return f"{f'reactie {item} {outcome} {rest}'.strip()}{van}"
