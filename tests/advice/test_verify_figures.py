"""verify: a figure that does not follow from the counts is found, though all else fits it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bundles import STREET, forged, put, signed
from handmade import PAGES, bundled
from handmade_odd import ALL
from handmade_street import street

from advice.model import Minority, Reason, encode
from advice.verifying import proposing, recount, verify


def numbers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to every number in a result."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers(each, (*path, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from numbers(each, (*path, place))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path


def changed(data: bytes, path: tuple[Any, ...], change: Callable[[Any], Any]) -> bytes:
    """uitslag.json with one value changed, written as the program writes it."""
    found = json.loads(data)
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = change(place[path[-1]])
    return encode(PAGES.decode(json.dumps(found).encode()))


#: What only the journal can tell: no rule can find these wrong within their bounds.
FREE = {
    ("version",),
    ("journal", "position"),
    ("participants", "contributed"),
    ("participants", "voted"),
    ("participants", "total"),
    ("erased",),
    ("unreviewed",),
}


@pytest.mark.parametrize("name", ["street", "open_ballot", "polls"])
@pytest.mark.parametrize("step", [1, -1])
def test_a_wrong_figure_is_found_though_everything_else_fits(
    name: str, step: int, tmp_path: Path
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    tried = 0
    for path in numbers(json.loads(data)):
        if path in FREE or path[0] == "hidden" or "charter" in path:
            continue
        if name == "polls" and path[1] in (1, 2, 3) and path[-1] != "voters":
            continue  # several, ranked and points: sums bound the figures, they do not fix them
        wrong = PAGES.decode(changed(data, path, lambda value: value + step))
        verdict = verify.verify(put(forged(wrong), tmp_path / "b"), PAGES)
        assert not verdict.ok, path
        tried += 1
    assert tried > 10


WRONG: list[tuple[str, tuple[Any, ...], Any]] = [
    ("street", ("rounds", 0, "items", 0, "result"), "divided"),
    ("street", ("rounds", 1, "items", 0, "result"), ["Platanen"]),
    ("street", ("rounds", 1, "items", 0, "result"), []),
    ("street", ("recommendations", 2, "divided"), True),
    ("street", ("recommendations", 2, "minority"), None),
    ("street", ("recommendations", 2, "minority", "opposed"), 6),
    ("street", ("recommendations", 2, "minority", "reason"), "Dertig is snel genoeg."),
    ("street", ("recommendations", 2, "minority", "reason"), None),
    ("street", ("recommendations", 0, "minority"), {"opposed": 2, "reason": None}),
    ("street", ("recommendations", 0, "from"), "S7"),
    ("street", ("recommendations", 0, "from"), "S99"),
    ("street", ("recommendations", 0, "text"), "Bij de school moet een drempel komen."),
    ("street", ("recommendations", 0, "consent"), None),
    ("street", ("recommendations", 1, "number"), "A1"),
    ("street", ("rounds", 0, "items", 2, "text"), "wat verborgen was"),
    ("street", ("rounds", 0, "items", 8, "suppressed"), False),
    ("street", ("rounds", 0, "items", 1, "number"), "S1"),
    ("street", ("kind",), "verslag"),
    ("street", ("interim",), True),
    ("street", ("schema",), "stadsgesprek/uitslag/99"),
    ("street", ("rules",), ["statement-share/99"]),
    ("street", ("hidden",), {}),
    ("street", ("unreviewed",), 0),
    ("street", ("participants", "total"), 99),
    ("street", ("participants", "voted"), 3),
    ("street", ("participants", "voted"), None),
    ("too_few", ("kind",), "advies"),
    (
        "street",
        ("recommendations", 2, "minority", "reason"),
        "Er staan nu vooral auto's van buiten de wijk.",
    ),
    ("suppressed", ("participants", "voted"), 3),
    ("suppressed", ("participants", "total"), 4),
    ("polls", ("rounds", 2, "items", 0, "counts", "Groen"), [6, 5, 5]),
    ("polls", ("rounds", 3, "items", 0, "counts", "Groen"), {"5": 6, "10": 7}),
    ("too_few", ("participants", "total"), 3),
    ("suppressed", ("rounds", 0, "voters"), 3),
    ("polls", ("rounds", 2, "items", 0, "counts", "Rust"), [5, 5]),
    ("polls", ("rounds", 2, "items", 0, "counts", "Rust"), [5, 5, 99]),
    ("polls", ("rounds", 3, "items", 0, "counts", "Bus"), {"010": 4}),
    ("polls", ("rounds", 3, "items", 0, "counts", "Bus"), {"10": -4}),
    ("polls", ("rounds", 1, "items", 0, "counts", "Bus"), 16),
    ("polls", ("rounds", 0, "items", 0, "poll"), "quadratic"),
    ("questions", ("rounds", 0, "items", 2, "result"), "answered"),
    ("questions", ("rounds", 0, "items", 2, "counts", "support"), -1),
]


@pytest.mark.parametrize(("name", "path", "value"), WRONG)
def test_whatever_does_not_follow_from_the_counts_is_found(
    name: str, path: tuple[Any, ...], value: Any, tmp_path: Path
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    try:
        files = forged(PAGES.decode(changed(data, path, lambda _: value)))
    except Exception:  # noqa: BLE001 - some lies cannot even be written as a document
        files = signed(STREET | {"uitslag.json": changed(data, path, lambda _: value)})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert not verdict.ok
    assert verdict.differences[0].sentence()


#: Rankings of fourteen ballots: more third places than second ones; an option placed fifteen times.
NOT_FALLING = {"Groen": [6, 4, 4], "Rust": [5, 5, 3], "Bus": [3, 2, 6]}


TWICE = {"Groen": [6, 5, 4], "Rust": [5, 5, 1], "Bus": [3, 2, 6]}


@pytest.mark.parametrize(
    ("name", "path", "value", "code"),
    [
        ("street", (0, 0, "counts"), {"agree": 20, "disagree": 1}, "shape"),
        ("street", (0, 0, "counts"), {"agree": 20, "disagree": 1, "pass": 0, "x": 0}, "shape"),
        ("street", (0, 0, "counts", "agree"), [20], "shape"),
        ("street", (0, 0, "counts", "pass"), -1, "count"),
        ("street", (0, 0, "voters"), None, "withheld"),
        ("street", (1, 0, "counts", "Linden"), [11], "shape"),
        ("street", (2, 0, "counts"), {"yes": 19}, "shape"),
        ("street", (2, 0, "result"), "agreed", "result"),
        ("polls", (1, 0, "counts", "Bus"), -1, "count"),
        ("polls", (1, 0, "counts", "Bus"), 16, "sum"),
        ("polls", (2, 0, "counts", "Rust"), [5, 5], "shape"),
        ("polls", (2, 0, "counts", "Rust"), 5, "shape"),
        ("polls", (2, 0, "counts", "Rust"), [6, 5, 1], "sum"),
        ("polls", (2, 0, "counts"), NOT_FALLING, "above"),
        ("polls", (2, 0, "counts"), TWICE, "above"),
        ("polls", (0, 0, "poll"), "quadratic", "shape"),
        ("polls", (3, 0, "counts", "Bus"), {"010": 4}, "shape"),
        ("polls", (3, 0, "counts", "Bus"), {"10": -4}, "count"),
        ("polls", (3, 0, "counts", "Bus"), {"1": 13}, "above"),
        ("polls", (3, 0, "counts"), {"Groen": {"1": 6}, "Rust": {}, "Bus": {"1": 5}}, "below"),
        ("polls", (1, 0, "counts"), {"Bus": 6, "Parkeren": 5, "Kiosk": 3}, "sum"),
        ("questions", (0, 0, "counts"), {"agree": 1}, "shape"),
        ("questions", (0, 0, "counts", "support"), -1, "count"),
        ("questions", (0, 0, "result"), "open", "result"),
    ],
)
def test_what_is_wrong_with_an_items_counts_is_named(
    name: str, path: tuple[Any, ...], value: Any, code: str
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    index, item, *rest = path
    wrong = changed(data, ("rounds", index, "items", item, *rest), lambda _: value)
    found = list(recount.differences(PAGES.decode(wrong), PAGES))
    assert code in [difference.code for difference in found]


def test_a_reason_against_is_one_on_that_side_of_the_item_or_of_its_own_vote() -> None:
    made = street()
    for side, known in (("no", True), ("yes", False)):
        closing = [
            msgspec.structs.replace(item, reasons=[Reason(side, "Te duur.")])
            if item.number == "A3"
            else item
            for item in made.rounds[2].items
        ]
        asked = [
            msgspec.structs.replace(r, minority=Minority(7, "Te duur.")) if r.number == "A3" else r
            for r in made.recommendations
        ]
        rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=closing)]
        told = msgspec.structs.replace(made, rounds=rounds, recommendations=asked)
        found = [difference.code for difference in proposing.differences(told, PAGES)]
        assert found == ([] if known else ["reason"])
