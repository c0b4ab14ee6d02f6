"""Who took part, and that it is not known who did not. Never "the neighbourhood thinks"."""

from __future__ import annotations

from collections.abc import Callable

from advice.document import Line, Typed
from advice.lettering import one_line
from advice.register import Register
from advice.words import Words
from dialogues.counting.threshold import THRESHOLD


def who_took_part(
    register: Register, words: Words, typed: Callable[[object], Typed], whole: bool = True
) -> tuple[Line, ...]:
    """How many people, of how many addresses, how invited; who is missing.

    ``whole``: also what they did and for whom it was, which stand in the appendix as well.
    """
    first: list[Line] = [_people(register, words, typed)]
    if whole and register.result.participants.total != 0:
        first.append(what_they_did(register, words))
    audience = register.result.dialogue.charter.get("voor")
    if whole and audience:
        first.append(words.line("people.audience", audience=typed(audience)))
    missing = (*words.line("people.missing"), " ")
    missing += words.line(f"people.not_all_{register.result.kind}")
    return _sentences(first), missing


def what_they_did(register: Register, words: Words) -> Line:
    """How many voted, and how many wrote something that was shown."""
    people = register.result.participants
    return words.line(
        "people.did",
        voted=number(people.voted, words),
        contributed=number(people.contributed, words),
    )


def number(people: int | None, words: Words) -> str:
    """A number of people as it may be said: 1 to 4 is "fewer than 5"."""
    if people is None or 0 < people < THRESHOLD:
        return words.text("people.few_number")
    return words.text("people.nobody_number") if people == 0 else words.number(people)


def _people(register: Register, words: Words, typed: Callable[[object], Typed]) -> Line:
    total = register.result.participants.total
    charter = register.result.dialogue.charter
    if total == 0:
        return words.line("people.nobody")
    people = words.line("people.few_start") if total is None else words.line("people.n", n=total)
    addresses, invitation = charter.get("adressen"), charter.get("uitnodiging")
    if addresses:
        count = words.number(addresses) if isinstance(addresses, int) else typed(addresses)
        people += words.line("people.addresses", n=count)
    if invitation:
        people += words.line(_invited(str(invitation), words), how=typed(invitation))
    if not addresses and not invitation:
        people += words.line("people.n_took_part")
    return people + words.line("people.took_part_stop")


def _invited(how: str, words: Words) -> str:
    """ "per brief" stands as it is, "brief" gets its "per", a whole sentence a colon."""
    first, *rest = one_line(how).split() or [""]
    if first.lower() in words.lists["people.prepositions"]:
        return "people.invited"
    return "people.invited_colon" if rest else "people.invited_by"


def _sentences(lines: list[Line]) -> Line:
    found: Line = ()
    for line in lines:
        found += ((" ",) if found else ()) + line
    return found
