"""What staff says of a recommendation without a word of the bot: "A1 is overgenomen", "de raad
heeft A2 niet overgenomen", "A1 is klaar"; of a commitment too: "T3 is bezig". It is asked about,
and never done at once."""

from __future__ import annotations

import re
from typing import NamedTuple

from commands.followup.filling import BODIES, BODY_WORDS, OUTCOME_WORDS, OUTCOMES, STATE_WORDS
from commands.followup.filling_commitments import commitment_in
from commands.vocabulary import Vocabulary
from commands.word import Fits
from dialogues.followup.progress import Progress

#: A longer text is no such sentence.
_LONGEST = 400

_BODY = "|".join(sorted(BODIES, key=len, reverse=True))
_OUTCOME = "|".join(r"\s+".join(form.split()) for form in OUTCOMES if form not in ("niet", "not"))
#: How far something is, as people say it, by the word for it; the longer stands before the shorter.
_SAID = {
    Progress.STOPPED: (
        *("gestopt", "stopt", "gaat niet door", "gaat niet meer door", "van de baan", "afgeblazen"),
        *("geschrapt", "stopped", "cancelled", "will not happen", "is not going ahead"),
    ),
    Progress.UNDERWAY: (
        *("niet klaar", "niet gedaan", "bijna klaar", "not done"),
        *("almost done", "bezig", "in uitvoering", "onderweg", "loopt nog", "loopt", "underway"),
        *("under way", "in progress", "being worked on", "being done"),
    ),
    Progress.DONE: (
        *("klaar", "gedaan", "uitgevoerd", "afgerond", "gereed", "voltooid"),
        *("done", "ready", "finished", "completed"),
    ),
}
_STATES = {form: state for state, forms in _SAID.items() for form in forms}
_STATE = "|".join(r"\s+".join(form.split()) for form in _STATES)
_ITEM = r"(?P<item>[a-z][1-9][0-9]{0,5})"

_ADOPTED = re.compile(
    rf"(?:(?:de|het|the)\s+)?(?:(?P<body>{_BODY})\s+(?:heeft|neemt|has|adopted)\s+)?{_ITEM}\s+"
    rf"(?:(?:is|wordt|werd|was|will\s+be)\s+)?(?:wel\s+)?(?P<outcome>{_OUTCOME})"
    r"(?:\s+(?:over|door\s+(?:de|het)\s+(?P<by>\w+)))?(?![^\W_])[\s,.;:]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = r"(?:#?(?P<item>[a-z]\s?[1-9][0-9]{0,5}))"
_FILL = r"(?:(?:nu|al|nog|steeds|ook|inmiddels|intussen|weer|helemaal|now|still|already)\s+)*"
_WE = r"(?:we|wij|ze|zij|they)"
_END = r"(?![^\W_])[\s,.;:!]*(?P<rest>.*)"
_AT_WORK = (
    rf"(?:{_WE}\s+zijn\s+{_FILL}bezig\s+met|{_WE}\s+werken\s+{_FILL}aan"
    rf"|er\s+wordt\s+{_FILL}gewerkt\s+aan|{_WE}\s+are\s+{_FILL}working\s+on)"
)
_BUSY_WITH = (
    rf"(?:(?:zijn\s+{_WE}|is\s+men)\s+{_FILL}bezig|wordt\s+{_FILL}gewerkt"
    rf"|werken\s+{_WE}\s+{_FILL})"
)
#: The three ways to say how far something is: "A1 is klaar", "wij zijn bezig met A1", "met A1 zijn
#: we bezig"; only the first names the state.
_STANDS = tuple(
    re.compile(form + _END, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"{_NUMBERED}\s+(?:(?:is|staat\s+op|wordt|zijn)\s+)?{_FILL}(?P<state>{_STATE})",
        rf"{_AT_WORK}\s+{_NUMBERED}",
        rf"(?:met|aan)\s+{_NUMBERED}\s+{_BUSY_WITH}",
    )
)


class Meant(NamedTuple):
    """The word that was meant, how it begins as it would be typed, and the whole of it."""

    word: str
    begins: str
    text: str


def of_recommendation(known: Vocabulary, text: str) -> Meant | None:
    """What a sentence says of a recommendation, or of a commitment; None where it says nothing of
    one."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = _ADOPTED.fullmatch(text)
    if found is not None and _recommends(known, found["item"]):
        return _adopted(found)
    return progress_said(known, text)


def progress_said(known: Vocabulary, text: str) -> Meant | None:
    """How far something is, as a sentence says; None where it is none, or a question."""
    text = text.strip()
    if len(text) > _LONGEST or text.endswith("?"):
        return None
    for form in _STANDS:
        found = form.fullmatch(text)
        if found is None:
            continue
        item = "".join(found["item"].split()).upper()
        if commitment_in(item) or _recommends(known, item):
            state, rest = _state(found), found["rest"].strip()
            begins = f"voortgang {item} {STATE_WORDS[state]}"
            return Meant("voortgang", begins, f"{begins} {rest}".strip())
    return None


def _recommends(known: Vocabulary, item: str) -> bool:
    """Whether an item with this letter is one."""
    return item[0].upper() in known.fitting(Fits.RECOMMENDATION)


def _state(found: re.Match[str]) -> Progress:
    named = found.groupdict().get("state")
    return _STATES[" ".join(named.casefold().split())] if named else Progress.UNDERWAY


def _adopted(found: re.Match[str]) -> Meant:
    item, rest = found["item"].upper(), found["rest"].strip()
    outcome = OUTCOME_WORDS[OUTCOMES[" ".join(found["outcome"].casefold().split())]]
    body = BODIES.get((found["body"] or found["by"] or "").casefold())
    van = f" van={BODY_WORDS[body]}" if body is not None and "=" not in rest else ""
    begins = f"reactie {item} {outcome}"
    return Meant("reactie", begins, f"{f'{begins} {rest}'.strip()}{van}")
