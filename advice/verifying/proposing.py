"""Derives a result's recommendations again: the rule on the counts, then the moderator's changes.

Where an item was hidden or erased after its round, its counts are gone from the result. Then only
the other recommendations are compared, and a remark says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advice.kinds import AllPages
from advice.model import Minority, Recommendation, Result
from advice.register import SHOWN, Place, Register, reasons
from advice.verifying.verdict import Finding, finding
from dialogues.counting import minority, recommend


class Ask(NamedTuple):
    """A recommendation: its number, the item it comes from, and the option of that."""

    number: str
    item: str
    option: int | None

    @property
    def what(self) -> tuple[str, int | None]:
        return self.item, self.option

    def __str__(self) -> str:
        return f"{self.number} from {self.item}"


def _given(result: Result) -> list[Ask]:
    return [Ask(r.number, r.from_, r.option) for r in result.recommendations]


def _left(result: Result) -> list[Ask]:
    return [Ask(r.number, r.from_, r.option) for r in result.dropped]


def proposed(register: Register, limit: int = recommend.LIMIT) -> tuple[list[Ask], list[Ask]]:
    """What goes to the council, in order, and what the moderator left out, by number."""
    result = register.result
    letter = next(each.letter for each in register.pages.letters.values() if each.recommendation)
    asks = [
        Ask(f"{letter}{place}", found.item, int(found.option) if found.option else None)
        for place, found in enumerate(recommend.ordered(_candidates(register), limit), 1)
    ]
    left: list[Ask] = []
    known = {ask.number: ask for ask in (*_given(result), *_left(result))}
    for change in result.changes:
        named = [known[n] for n in (change.number or "").split(",") if n in known]
        asks, left = _changed(asks, left, change.what, named)
    return asks, sorted(left, key=lambda ask: _number(register, ask.number))


def _candidates(register: Register) -> Iterator[recommend.Candidate]:
    for place in register.finished():
        rule = place.pages.machine.candidates
        if rule is not None and place.told:
            yield from rule(place.item, place.round.voters or 0)


def _changed(
    found: list[Ask], left: list[Ask], what: str, named: list[Ask]
) -> tuple[list[Ask], list[Ask]]:
    """Both lists after one change of the moderator. What a new order does not name stays behind the
    others; what was left out and is added again keeps its number."""
    asked = [ask.what for ask in named]
    there = {ask.what: ask for ask in (*found, *left)}
    named = [there.get(ask.what, ask) for ask in named]
    others = [ask for ask in found if ask.what not in asked]
    match what:
        case "advice_drop":
            return others, left + [ask for ask in found if ask.what in asked]
        case "advice_add":
            return others + named, [ask for ask in left if ask.what not in asked]
        case "advice_order":
            return [ask for ask in named if ask in found] + others, left
        case _:
            return found, left


def differences(result: Result, pages: AllPages) -> Iterator[Finding]:
    """Findings: what about the recommendations does not follow from the counts."""
    register = Register.of(result, pages)
    yield from _kind(register)
    given, left = _given(result), _left(result)
    numbers = [ask.number for ask in (*given, *left)]
    for place, number in enumerate(numbers):
        if not _number(register, number) or number in numbers[:place]:
            yield finding("number", number)
    if given or left or register.voted_on:
        yield from _order(register, given, left)
    for dropped in result.dropped:
        source = register.places.get(dropped.from_)
        if dropped.text != _asked(source, dropped.option):
            yield finding("proposal_text", dropped.number, item=dropped.from_)
    for recommendation in result.recommendations:
        own = register.item(recommendation.number)
        if own is not None and own.text != recommendation.text:
            yield finding("proposal_text", recommendation.number, item=own.number)
        elif _still_shown(register, recommendation):
            yield from _one(register, recommendation)


def remarks(result: Result, pages: AllPages) -> Iterator[Finding]:
    """Remarks: that it no longer matches its hash, recommendations that cannot be derived again."""
    register = Register.of(result, pages)
    if result.remade is not None:
        posted = result.remade.sha256
        code = "no_longer" if posted else "no_longer_unposted"
        yield finding(code, "uitslag.json", version=result.version, hash=posted)
    for recommendation in result.recommendations:
        if not _still_shown(register, recommendation):
            yield finding("not_recomputed", recommendation.number)


def _still_shown(register: Register, recommendation: Recommendation) -> bool:
    """Whether a recommendation, the vote on it and its source item are all readable in the
    result."""
    if recommendation.text is None:
        return False
    numbers = (recommendation.from_, recommendation.number)
    return all(item is None or item.state == SHOWN for item in map(register.item, numbers))


def _number(register: Register, number: str) -> int:
    """The count in a recommendation's number ("A3": 3), 0 for any other number."""
    letter, digits = register.pages.letters.get(number[:1]), number[1:]
    known = letter is not None and letter.recommendation
    return int(digits) if known and digits.isdecimal() and len(digits) < 10 else 0


def _kind(register: Register) -> Iterator[Finding]:
    """A finding unless this is an advice or a report as the rules say."""
    result = register.result
    if result.kind not in ("advies", "verslag"):
        yield finding("kind", "uitslag.json", found=result.kind, meant="advies or verslag")
        return
    enough = result.participants.minimum_met
    advice = bool(result.recommendations) and enough and not result.interim
    meant = "advies" if advice else "verslag"
    if result.kind != meant:
        yield finding("kind", "uitslag.json", found=result.kind, meant=meant)


def _uncertain(register: Register) -> set[str]:
    """Items of which the result does not say whether they were shown when the recommendations were
    proposed.

    What was hidden before the closing round was no candidate, for certain; nor was what was
    withdrawn or never reviewed. The result does not say when something was erased.
    """
    result, kinds = register.result, register.pages.by_kind
    opened = [
        round_.opened_at
        for round_ in result.rounds
        if kinds[round_.kind].on_recommendations and round_.opened_at
    ]
    since = min(opened, default="")
    erased = {
        place.item.number
        for place in register.finished()
        if place.pages.proposes and place.item.state == "erased"
    }
    turned = {c.item for c in result.changes if c.what in ("hide", "show") and c.at > since}
    return erased | turned


def _order(register: Register, given: list[Ask], left: list[Ask]) -> Iterator[Finding]:
    """Findings about what was proposed, in which order and with which numbers.

    Each uncertain item may have had one of the places, or none; the other candidates that come
    before those places must be there, and numbers are not compared.
    """
    meant, meant_left = proposed(register)
    unsure = _uncertain(register)
    if unsure:
        shown = [r for r in register.result.recommendations if _still_shown(register, r)]
        given = [Ask("", r.from_, r.option) for r in shown]
        there = [ask.what for ask in given]
        sure, _ = proposed(register, limit=max(0, recommend.LIMIT - len(unsure)))
        must = [ask.what for ask in sure if ask.item not in unsure]
        every, _ = proposed(register, limit=len(register.places))
        meant = [Ask("", *a.what) for a in every if a.what in there or a.what in must]
    for place in range(max(len(given), len(meant))):
        found = str(given[place]) if place < len(given) else "nothing"
        expected = str(meant[place]) if place < len(meant) else "nothing"
        if place >= min(len(given), len(meant)) or given[place] != meant[place]:
            yield finding("recommendations", place + 1, found=found, meant=expected)
            return
    if not unsure and left != meant_left:
        found, expected = (", ".join(map(str, asks)) or "nothing" for asks in (left, meant_left))
        yield finding("dropped", "recommendations", found=found, meant=expected)


def _asked(place: Place | None, option: int | None) -> str | None:
    return place.pages.asks(place.item, option) if place else None


def _one(register: Register, given: Recommendation) -> Iterator[Finding]:
    """Findings about one recommendation: its words, its vote, whether it is divided, its minority
    line."""
    place = register.places.get(given.from_)
    if place is None:
        yield finding("recommendations", given.number, found=given.from_, meant="an item")
        return
    item = place.item
    if given.text is not None and given.text != _asked(place, given.option):
        yield finding("proposal_text", given.number, item=item.number)
    own = register.places.get(given.number)
    voted = own.pages.consent(own.item) if own else None
    if given.consent != voted:
        yield finding("consent", given.number)
    yes, no = (voted.yes, voted.no) if voted else (0, 0)
    if given.divided != minority.divided(yes, no):
        yield finding("divided", given.number, found=given.divided, meant=not given.divided)
    if not place.told:
        return
    against = minority.opposed(place.pages.opposed(item), no)
    line = against if minority.line(against, item.voters or 0) else None
    found = given.minority.opposed if given.minority else None
    if found != line:
        yield finding("minority", given.number, found=_said(found), meant=_said(line))
    elif given.minority:
        yield from _reason(register, given, given.minority, place, own)


def _said(opposed: int | None) -> str:
    return "absent" if opposed is None else f"{opposed} against"


def _reason(
    register: Register, given: Recommendation, line: Minority, place: Place, own: Place | None
) -> Iterator[Finding]:
    """Findings about the minority's reason: it was given against; it is left out only where none
    was."""
    against = _against(place) + _against(own)
    if line.reason is None:
        if against:
            yield finding("reason", given.number)
    elif line.reason not in against:
        yield finding("reason", given.number)


def _against(place: Place | None) -> tuple[str, ...]:
    return reasons(place.item, place.pages.against) if place else ()
