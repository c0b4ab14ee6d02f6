"""What a version of a document changed since the version before it. Pure, from both results.

It says which items, rounds, agreements and figures are otherwise, never in which words: words that
were erased since stand nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from advice.model import Difference, Result, Round

#: What can differ in an item, by key of the result: several keys are one difference.
_SORTS: dict[str, str] = {
    "consent": "figures",
    "counts": "figures",
    "divided": "figures",
    "left_out": "reasons",
    "minority": "figures",
    "reasons": "reasons",
    "result": "figures",
    "state": "state",
    "suppressed": "figures",
    "text": "words",
    "voters": "figures",
}

#: Every sort of difference there is, besides the further keys of kinds, which are ``more``.
SORTS = frozenset(
    {
        *_SORTS.values(),
        "added",
        "charter",
        "dropped",
        "kind",
        "more",
        "moderator",
        "order",
        "people",
    }
    | {"round", "ruling", "withheld"}
)


def since(before: Result, now: Result) -> list[Difference]:
    """The differences, in the order of the document."""
    return [
        *_kind(before, now),
        *_charter(before, now),
        *_people(before, now),
        *_rounds(before, now),
        *_recommendations(before, now),
        *_objections(before, now),
        *_moderator(before, now),
    ]


def _kind(before: Result, now: Result) -> Iterator[Difference]:
    if before.kind != now.kind:
        yield Difference("kind", "", before.kind, now.kind)


def _charter(before: Result, now: Result) -> Iterator[Difference]:
    was, is_now = before.dialogue.charter, now.dialogue.charter
    for key in dict.fromkeys([*was, *is_now]):
        if was.get(key) != is_now.get(key):
            yield Difference("charter", key, _typed(was.get(key)), _typed(is_now.get(key)))


def _people(before: Result, now: Result) -> Iterator[Difference]:
    for name in ("contributed", "voted", "total"):
        was, is_now = getattr(before.participants, name), getattr(now.participants, name)
        if was != is_now:
            yield Difference("people", name, _typed(was), _typed(is_now))


def _typed(value: object) -> str | None:
    return None if value is None else str(value)


def _rounds(before: Result, now: Result) -> Iterator[Difference]:
    for index, round_ in enumerate(now.rounds, 1):
        earlier = before.rounds[index - 1] if index <= len(before.rounds) else None
        was = earlier.state if earlier is not None else None
        if was != round_.state:
            yield Difference("round", str(index), was, round_.state)
            continue
        assert earlier is not None
        if earlier.reasons_withheld != round_.reasons_withheld:
            yield Difference("withheld", str(index))
        yield from _items(earlier, round_)


def _items(before: Round, now: Round) -> Iterator[Difference]:
    """Of each item what is otherwise. Where reasons are withheld now nothing is said of them."""
    known = {item.number: msgspec.to_builtins(item) for item in before.items}
    for item in now.items:
        found: dict[str, Any] = msgspec.to_builtins(item)
        if item.number not in known:
            yield Difference("added", item.number)
            continue
        untold = {"reasons", "left_out"} if now.reasons_withheld else set[str]()
        yield from _of_item(item.number, known[item.number], found, untold)


def _of_item(
    number: str, was: Mapping[str, Any], now: Mapping[str, Any], untold: set[str]
) -> Iterator[Difference]:
    """One difference of each sort; of an item with another state that alone."""
    if was.get("state") != now.get("state"):
        yield Difference("state", number, was.get("state"), now.get("state"))
        return
    keys = [k for k in dict.fromkeys([*was, *now]) if was.get(k) != now.get(k) and k not in untold]
    for sort in dict.fromkeys(_SORTS.get(key, "more") for key in keys):
        yield Difference(sort, number)


def _recommendations(before: Result, now: Result) -> Iterator[Difference]:
    """Of what is asked of the council. Its figures are those of a vote; of the reason beside them
    nothing is said."""
    was, is_now = (
        {r.number: _without_reason(msgspec.to_builtins(r)) for r in result.recommendations}
        for result in (before, now)
    )
    for number in is_now:
        if number not in was:
            yield Difference("added", number)
        else:
            changed = {k for k in is_now[number] if is_now[number][k] != was[number].get(k)}
            for sort in dict.fromkeys(_SORTS.get(k, "more") for k in sorted(changed)):
                yield Difference(sort, number)
    for number in was:
        if number not in is_now:
            yield Difference("dropped", number)
    kept = [[n for n in one if n in other] for one, other in ((was, is_now), (is_now, was))]
    if kept[0] != kept[1]:
        yield Difference("order", ", ".join(kept[1]))


def _without_reason(recommendation: dict[str, Any]) -> dict[str, Any]:
    minority = recommendation.get("minority")
    against = None if minority is None else minority["opposed"]
    return {**recommendation, "minority": against}


def _objections(before: Result, now: Result) -> Iterator[Difference]:
    known = {objection.number: objection for objection in before.objections}
    for objection in now.objections:
        was = known.get(objection.number)
        if was is None:
            yield Difference("added", objection.number)
        elif was.state != objection.state:
            yield Difference("state", objection.number, was.state, objection.state)
        elif was.text != objection.text:
            yield Difference("words", objection.number)
        elif was.ruling != objection.ruling:
            yield Difference("ruling", objection.number)


def _moderator(before: Result, now: Result) -> Iterator[Difference]:
    """That staff changed something since; what, stands with the other changes."""
    was, is_now = len(before.changes), len(now.changes)
    if was != is_now:
        yield Difference("moderator", "", str(was), str(is_now))
