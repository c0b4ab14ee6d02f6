"""The sentences about who took part, and that it is not known why others did not."""

from __future__ import annotations

from advice.document import Line
from advice.model import Result
from advice.phrases import Phrases
from advice.words import Words
from advice.writing.lettering import one_line
from dialogues.counting.threshold import THRESHOLD


def who_took_part(phrases: Phrases, whole: bool = True) -> tuple[Line, ...]:
    """The sentences: how many people, of how many addresses, how invited, and who is missing.

    ``whole``: also what they did and for whom it was, which the appendix has as well.
    """
    result, words = phrases.result, phrases.words
    first = [_people(phrases)]
    if whole and result.participants.total != 0:
        first.append(what_they_did(phrases))
    audience = result.dialogue.charter.get("voor")
    if whole and audience:
        first.append(words.line("people.audience", audience=phrases.typed(audience)))
    missing = [words.line("people.missing"), words.line(f"people.not_all_{result.kind}")]
    return phrases.spaced(first), phrases.spaced(missing)


def what_they_did(phrases: Phrases) -> Line:
    """How many voted, and how many wrote something that was shown."""
    people, words = phrases.result.participants, phrases.words
    return words.line(
        "people.did",
        voted=number(people.voted, words, untold(phrases.result)),
        contributed=number(people.contributed, words),
    )


def untold(result: Result) -> bool:
    """Whether figures without a number can be of five people or more: they would tell a number of
    1 to 4 by subtraction."""
    voters = (round_.voters or 0 for round_ in result.rounds)
    return max(voters, default=0) >= THRESHOLD or (result.participants.contributed or 0) > 0


def number(people: int | None, words: Words, unknown: bool = False) -> str:
    """A number of people in words; 1 to 4 is "fewer than 5", unless it is ``unknown``."""
    if people is None and unknown:
        return words.text("people.untold_number")
    if people is None or 0 < people < THRESHOLD:
        return words.text("people.few_number")
    return words.text("people.nobody_number") if people == 0 else words.number(people)


def _people(phrases: Phrases) -> Line:
    words, total = phrases.words, phrases.result.participants.total
    charter = phrases.result.dialogue.charter
    if total == 0:
        return words.line("people.nobody")
    if total is None:
        few = not untold(phrases.result)
        people = words.line("people.few_start" if few else "people.untold_start")
    else:
        people = words.line("people.n", n=total)
    addresses, invitation = charter.get("adressen"), charter.get("uitnodiging")
    if addresses:
        known = isinstance(addresses, int)
        count = words.number(addresses) if known else phrases.typed(addresses)
        people += words.line("people.addresses", n=count)
    if invitation:
        how = phrases.typed(invitation)
        people += words.line(_invited(str(invitation), words), how=how)
    if not addresses and not invitation:
        people += words.line("people.n_took_part")
    return people + words.line("people.took_part_stop")


def _invited(how: str, words: Words) -> str:
    """How people were invited, as the end of a sentence: "brief" becomes "per brief", a whole
    sentence gets a colon before it."""
    first, *rest = one_line(how).split() or [""]
    if first.lower() in words.lists["people.prepositions"]:
        return "people.invited"
    return "people.invited_colon" if rest else "people.invited_by"
