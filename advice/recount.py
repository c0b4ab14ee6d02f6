"""Every figure of a result computed again from its counts, as far as anybody can."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from advice.model import SCHEMA, Item, Result, Round
from advice.register import SHOWN, Register, opinions, places, plain, portions, scores, winners
from advice.verdict import Finding, finding
from dialogues.counting import RULES, statement
from dialogues.counting.threshold import THRESHOLD

#: Beyond this no number of people or votes is believable.
MOST = 10**9

OPINIONS = {"agree", "disagree", "pass"}
CONSENT = {"yes", "no"}


def differences(result: Result) -> Iterator[Finding]:
    """Everything about rounds, items and participants that does not follow from the counts."""
    if result.schema != SCHEMA:
        yield finding("schema", "uitslag.json", found=result.schema, known=SCHEMA)
    for rule in result.rules:
        if rule not in RULES:
            yield finding("rule", "uitslag.json", found=rule)
    seen: set[str] = set()
    for index, round_ in enumerate(result.rounds, 1):
        yield from _round(f"round {index}", round_)
        for item in round_.items:
            if item.number in seen:
                yield finding("twice", item.number)
            seen.add(item.number)
            yield from _item(item, round_)
    yield from _participants(Register.of(result))
    hidden = [*result.hidden.values(), result.unreviewed, result.erased]
    if (
        any(not 0 <= n <= MOST for n in hidden)
        or sum(result.hidden.values()) < _number(result, "hidden")
        or result.unreviewed < _number(result, "unreviewed")
    ):
        yield finding("hidden", "uitslag.json")


def _number(result: Result, state: str) -> int:
    return sum(
        item.state == state and not item.number.startswith("A")
        for round_ in result.rounds
        for item in round_.items
    )


def _round(where: str, round_: Round) -> Iterator[Finding]:
    voters = round_.voters
    if voters is None:
        return
    if not 0 <= voters <= MOST:
        yield finding("count", where, found=voters)
        return
    if 0 < voters < THRESHOLD:
        yield finding("under_threshold", where)
    if round_.kind == "questions" or round_.state != "closed":
        return
    shown = [item for item in round_.items if item.state == SHOWN]
    if len(shown) == len(round_.items):
        # Whoever votes, votes on something; of a withheld item at most four did.
        most = sum(item.voters or (THRESHOLD - 1) for item in shown)
        if voters > most:
            yield finding("above", where, found=voters, most=most)


def _item(item: Item, round_: Round) -> Iterator[Finding]:
    where = item.number
    if item.state != SHOWN:
        if item.text is not None or item.counts is not None or item.voters is not None:
            yield finding("not_shown", where, state=item.state)
        return
    if item.counts is None:
        if item.voters is not None:
            yield finding("under_threshold", where)
        if not item.suppressed:
            yield finding("withheld", where)
        if item.result not in (None, "too_few"):
            yield finding("result", where, found=item.result, meant="too_few")
        return
    if item.suppressed:
        yield finding("under_threshold", where)
    if round_.kind == "questions":
        yield from _question(item)
        return
    yield from _voted(item, round_)


def _question(item: Item) -> Iterator[Finding]:
    counts = item.counts or {}
    if set(counts) != {"support"} or not isinstance(counts.get("support"), int):
        yield finding("shape", item.number, kind="question")
    elif not 0 <= plain(item)["support"] <= MOST:
        yield finding("count", item.number, found=plain(item)["support"])
    meant = "answered" if item.answer else "promised" if item.promise else "open"
    if item.result != meant:
        yield finding("result", item.number, found=item.result, meant=meant)


def _voted(item: Item, round_: Round) -> Iterator[Finding]:
    """An item with a ballot: its counts, what they add up to, and the result by its rule."""
    where = item.number
    if not _shaped(item, round_.kind):
        yield finding("shape", where, kind=item.poll or round_.kind)
        return
    if any(not 0 <= n <= MOST for n in _numbers(item)):
        yield finding("count", where, found=next(n for n in _numbers(item) if not 0 <= n <= MOST))
        return
    voters = item.voters
    if voters is None:
        yield finding("withheld", where)
        return
    if voters < THRESHOLD:
        yield finding("under_threshold", where)
    if voters > (round_.voters or 0):
        yield finding("above", where, found=voters, most=round_.voters or 0)
    yield from _sums(item, voters)
    meant: object = None
    if round_.kind == "statements":
        meant = statement.result(*opinions(item), round_.voters or 0)
    elif item.poll:
        meant = list(winners(item))
    if item.result != meant:
        yield finding("result", where, found=item.result, meant=meant)


def _shaped(item: Item, kind: str) -> bool:
    """Whether the counts have the form of their kind."""
    counts = item.counts or {}
    if kind in ("statements", "closing"):
        named = OPINIONS if kind == "statements" else CONSENT
        return set(counts) == named and all(isinstance(n, int) for n in counts.values())
    match item.poll:
        case "ranked":
            lists = [n for n in counts.values() if isinstance(n, list)]
            return len(lists) == len(counts) and len({len(numbers) for numbers in lists}) <= 1
        case "points":
            given = [n for n in counts.values() if isinstance(n, dict)]
            return len(given) == len(counts) and all(_points(p) for each in given for p in each)
        case "one" | "several":
            return all(isinstance(n, int) for n in counts.values())
        case _:
            return False


def _points(key: str) -> bool:
    """A number of points as it is written: from 1, without zeros before it."""
    return key.isascii() and key.isdecimal() and not key.startswith("0") and len(key) <= 9


def _numbers(item: Item) -> Iterator[int]:
    match item.poll:
        case "ranked":
            yield from (n for numbers in places(item).values() for n in numbers)
        case "points":
            yield from (n for given in portions(item).values() for n in given.values())
        case _:
            yield from plain(item).values()


def _sums(item: Item, voters: int) -> Iterator[Finding]:
    """Whether the counts can come from so many ballots."""
    where = item.number
    match item.poll:
        case None | "one":
            total = sum(plain(item).values())
            if total != voters:
                yield finding("sum", where, found=total, voters=voters)
        case "several":
            chosen = plain(item).values()
            if max(chosen, default=0) > voters or sum(chosen) < voters:
                yield finding("sum", where, found=max(chosen, default=0), voters=voters)
        case "ranked":
            ranked = places(item)
            columns = [sum(column) for column in zip(*ranked.values(), strict=True)]
            if not columns or columns[0] != voters:
                yield finding("sum", where, found=columns[0] if columns else 0, voters=voters)
            # Whoever gave a k-th place gave the one before; no option has two places of a ballot.
            falling = all(after <= before for before, after in pairwise(columns))
            most = max((sum(numbers) for numbers in ranked.values()), default=0)
            if not falling or most > voters:
                yield finding("above", where, found=max(most, *columns), most=voters)
        case _:
            most = max((sum(given.values()) for given in portions(item).values()), default=0)
            if most > voters:
                yield finding("above", where, found=most, most=voters)
            if sum(scores(item).values()) < voters:
                yield finding("below", where, found=sum(scores(item).values()), least=voters)


def _participants(register: Register) -> Iterator[Finding]:
    """The bounds of what only the links can tell: no more and no fewer than the rounds allow."""
    people = register.result.participants
    voted = [r for r in register.result.rounds if r.kind != "questions" and r.state != "skipped"]
    few = THRESHOLD - 1
    least = max((r.voters or 0 for r in voted if r.state == "closed"), default=0)
    most = sum(few if r.voters is None else r.voters for r in voted)
    if not 0 <= people.contributed <= MOST:
        yield finding("count", "participants.contributed", found=people.contributed)
        return
    yield from _between("voted", people.voted, least, most)
    low, high = (1, few) if people.voted is None else (people.voted, people.voted)
    yield from _between(
        "total", people.total, max(low, people.contributed), high + people.contributed
    )


def _between(where: str, people: int | None, least: int, most: int) -> Iterator[Finding]:
    if people is None:
        if least >= THRESHOLD or most < 1:
            yield finding("participants", where, found="1 to 4", least=least, most=most)
    elif 0 < people < THRESHOLD:
        yield finding("under_threshold", f"participants.{where}")
    elif not least <= people <= most:
        yield finding("participants", where, found=people, least=least, most=most)
