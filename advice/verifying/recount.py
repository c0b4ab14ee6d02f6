"""Computes the figures of a result again from its counts, as far as the result allows.

What holds for every kind of round stands here; what follows from the counts of one kind stands in
its ``recount``, which is made of the checks in ``checks.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advice import objections
from advice.kind import Pages
from advice.kinds import AllPages
from advice.model import SCHEMA, Item, Participants, Result, Round
from advice.published import ATTESTED, held_back_people, split_by_link
from advice.register import CLOSED, SHOWN, Register
from advice.since import SORTS
from advice.verifying.checks import MOST, is_time
from advice.verifying.verdict import Finding, finding
from dialogues.counting import RULES
from dialogues.counting.threshold import THRESHOLD
from dialogues.items import ItemState


def differences(result: Result, pages: AllPages) -> Iterator[Finding]:
    """Findings: what about rounds, items and participants does not follow from the counts."""
    if result.schema != SCHEMA:
        yield finding("schema", "uitslag.json", found=result.schema, known=SCHEMA)
    for rule in result.rules:
        if rule not in RULES:
            yield finding("rule", "uitslag.json", found=rule)
    if result.rules != sorted(RULES):
        yield finding("rules", "uitslag.json")
    if result.version < 1:
        yield finding("version", "uitslag.json", found=result.version)
    yield from _versions(result)
    yield from _times(result)
    seen: set[str] = set()
    quotable = Register.of(result, pages).quotable
    for index, round_ in enumerate(result.rounds, 1):
        own = pages.by_kind[round_.kind]
        yield from _round(f"round {index}", round_, own)
        for item in round_.items:
            if item.number in seen:
                yield finding("twice", item.number)
            seen.add(item.number)
            yield from _item(item, round_, own)
            yield from _reasons(item, round_, quotable)
    yield from objections.differences(result, quotable)
    yield from _participants(result, pages)
    hidden = [*result.hidden.values(), result.unreviewed, result.erased]
    if (
        any(not 0 <= n <= MOST for n in hidden)
        or sum(result.hidden.values()) < _number(result, pages, "hidden")
        or result.unreviewed < _number(result, pages, "unreviewed")
    ):
        yield finding("hidden", "uitslag.json")


def _versions(result: Result) -> Iterator[Finding]:
    """Findings: a version before this one, or one made again, that cannot be."""
    before, remade = result.previous, result.remade
    first = result.version == 1 or result.interim
    found = "none" if before is None else before.version
    if (before is None) is not first or (
        before is not None
        and not (
            before.version == result.version - 1
            and is_time(before.at)
            and before.at <= result.journal.at
            and _is_hash(before.sha256)
        )
    ):
        yield finding("previous", "uitslag.json", found=found, version=result.version)
    for each in before.changes if before is not None else ():
        if each.what not in SORTS or (each.was is not None and each.was == each.now):
            yield finding("newer", "uitslag.json", found=each.what)
    if remade is not None and (result.interim or result.erased < 1 or not _is_hash(remade.sha256)):
        yield finding("remade", "uitslag.json")


def _is_hash(text: str | None) -> bool:
    return text is None or re.fullmatch("[0-9a-f]{64}", text) is not None


def _times(result: Result) -> Iterator[Finding]:
    """Findings: times that are none, or that are not in the order in which things happened."""
    closed = ""
    for index, round_ in enumerate(result.rounds, 1):
        where = f"round {index}"
        if round_.state not in STATES:
            yield finding("state", where, found=round_.state)
        begins, ends = round_.opened_at or "", round_.closed_at or ""
        times = [time for time in (round_.opened_at, round_.closed_at) if time is not None]
        has = (bool(begins), bool(ends))
        known = {CLOSED: has == (True, True), "open": has == (True, False)}
        ordered = (not (begins and ends) or begins <= ends) and begins >= (begins and closed)
        if not all(map(is_time, [*times, result.journal.at])) or not (
            known.get(round_.state, True) and ordered and ends >= (ends and closed)
        ):
            yield finding("times", where)
        elif max([result.journal.at, *times]) > result.journal.at:
            yield finding("times", "journal")
        closed = ends or closed


def _number(result: Result, pages: AllPages, state: str) -> int:
    """How many items and objections are in a state, without recommendations, which mirror other
    items."""
    return objections.number_in(result, state) + sum(
        item.state == state
        for round_ in result.rounds
        for item in round_.items
        if not pages.by_kind[round_.kind].on_recommendations
    )


def _round(where: str, round_: Round, pages: Pages) -> Iterator[Finding]:
    voters = round_.voters
    if voters is not None:
        if not 0 <= voters <= MOST:
            yield finding("count", where, found=voters)
            return
        if 0 < voters < THRESHOLD:
            yield finding("under_threshold", where)
    sealed = round_.receipts_sha256 is not None
    if sealed is not (pages.ballots and round_.state == CLOSED and (voters or 0) >= THRESHOLD):
        yield finding("codes", where)
    if round_.state != CLOSED:
        return
    yield from pages.recount_round(round_)
    shown = [item for item in round_.items if item.state == SHOWN]
    if voters is not None and pages.ballots and len(shown) == len(round_.items):
        # Every voter voted on some item; on a withheld item at most four did.
        most = sum(item.voters or (THRESHOLD - 1) for item in shown)
        if voters > most:
            yield finding("above", where, found=voters, most=most)


def _item(item: Item, round_: Round, pages: Pages) -> Iterator[Finding]:
    where = item.number
    if not any(is_number(where, letter.letter) for letter in pages.machine.letters):
        yield finding("item_number", where, kind=round_.kind)
    if item.state not in ITEM_STATES:
        yield finding("state", where, found=item.state)
    if not set(item.left_out) <= LEFT_OUT or item.left_out != sorted(set(item.left_out)):
        yield finding("state", where, found=", ".join(item.left_out))
    if item.state != SHOWN:
        if item.text is not None or item.counts is not None or item.voters is not None:
            yield finding("not_shown", where, state=item.state)
    elif pages.ballots and item.counts is None:
        if item.voters is not None:
            yield finding("under_threshold", where)
        if not item.suppressed:
            yield finding("withheld", where)
        if item.result not in (None, "too_few"):
            yield finding("result", where, found=item.result, meant="too_few")
    else:
        if item.suppressed or (item.voters is not None and not pages.ballots):
            yield finding("under_threshold", where)
        yield from pages.recount(item, round_)


def is_number(text: str, letter: str) -> bool:
    """Whether a text is a number of this letter, as it is given: a count from 1, without zeros
    before it."""
    return re.fullmatch(re.escape(letter) + "[1-9][0-9]{0,8}", text) is not None


def _reasons(item: Item, round_: Round, quotable: bool) -> Iterator[Finding]:
    """Findings: reasons where none are given, or in an order that could tie two together."""
    given = [(reason.side, reason.text) for reason in item.reasons]
    told = item.state == SHOWN and item.counts is not None
    if given and not (told and quotable and not round_.reasons_withheld):
        yield finding("reasons_given", item.number)
    if given != sorted(given):
        yield finding("reasons_order", item.number)


def _participants(result: Result, pages: AllPages) -> Iterator[Finding]:
    """Findings about the numbers of participants, which are attested: they must be possible for the
    rounds."""
    people, minimum = result.participants, Register.of(result, pages).minimum
    if sorted(people.attested) != sorted(ATTESTED):
        yield finding("attested", "participants", found=", ".join(people.attested))
    kinds = [(round_, pages.by_kind[round_.kind]) for round_ in result.rounds]
    voted = [r for r, own in kinds if own.ballots and r.state != "skipped"]
    few = THRESHOLD - 1
    twice = _twice(people)
    least = max((r.voters or 0 for r in voted if r.state == CLOSED), default=0) - twice
    most = sum(few if r.voters is None else r.voters for r in voted)
    wrote = max((own.contributors(r) for r, own in kinds if r.state == CLOSED), default=0) - twice
    yield from _between("contributed", people.contributed, wrote, MOST)
    told = held_back_people(people.contributed, people.voted, people.total, _voters(voted))
    for name, given, meant in zip(FIGURES, _figures(people), told, strict=True):
        if given != meant:
            yield finding("subtraction", f"participants.{name}")
    if told[1] == people.voted and (people.voted is not None or not _one_is_few(voted)):
        yield from _between("voted", people.voted, least, most)
    low, high = _range(people.voted, (least, most) if _one_is_few(voted) else (1, few))
    wrote, other = _range(people.contributed, (1, few))
    if people.total is not None or people.voted is not None or people.contributed is None:
        yield from _between("total", people.total, max(low, wrote), high + other)
    if (people.linked, people.unlinked) not in _splits(people):
        yield finding("subtraction", "participants.linked")
    if people.total is not None and people.minimum_met != (people.total >= minimum):
        yield finding("minimum", "participants", found=people.total, minimum=minimum)


#: What a round and an item can be.
STATES = (CLOSED, "open", "skipped")
ITEM_STATES = frozenset(ItemState)

#: What a reason that is left out can be.
LEFT_OUT = frozenset({ItemState.HIDDEN, ItemState.UNREVIEWED})

#: The figures about people, in the order of ``held_back_people``.
FIGURES = ("contributed", "voted", "total")


def _twice(people: Participants) -> int:
    """How many people can have had two ballots in a round, because they linked accounts after it
    was closed; of a number that is held back, the most that it can be."""
    if people.linked is not None:
        return people.linked
    return MOST if people.total is None else people.total


def _splits(people: Participants) -> set[tuple[int | None, int | None]]:
    """What can stand for how many linked accounts and how many did not."""
    possible = {0, 1, people.linked or 0}
    return {
        split_by_link(linked, people.total)
        for linked in possible
        if people.total is None or 0 <= linked <= people.total
    }


def _figures(people: Participants) -> tuple[int | None, ...]:
    return people.contributed, people.voted, people.total


def _voters(rounds: Sequence[Round]) -> list[int | None]:
    return [round_.voters for round_ in rounds]


def _one_is_few(rounds: Sequence[Round]) -> bool:
    """Whether exactly one round has no number of voters, so that ``voted`` has none either."""
    return _voters(rounds).count(None) == 1


def _range(people: int | None, unknown: tuple[int, int]) -> tuple[int, int]:
    return unknown if people is None else (people, people)


def _between(where: str, people: int | None, least: int, most: int) -> Iterator[Finding]:
    if people is None:
        if least >= THRESHOLD or most < 1:
            yield finding("participants", where, found="1 to 4", least=least, most=most)
    elif 0 < people < THRESHOLD:
        yield finding("under_threshold", f"participants.{where}")
    elif not least <= people <= most:
        yield finding("participants", where, found=people, least=least, most=most)
