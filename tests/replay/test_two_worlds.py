"""What is published of two worlds that differ in one person's choice on one item.

The public files are the same but for the counts of that item, what is computed from them, and the
head of the journal: reasons, receipts, texts and all other items tell nothing of who chose what.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generated import examples
from tests.replay.playing import CHARTER, Evening, played

CHOICES = ("eens", "oneens", "weet ik niet")
PEOPLE = tuple(f"buur{n}" for n in range(7))
VOTES = st.lists(st.integers(0, 2), min_size=21, max_size=21)


def world(votes: list[int], target: int, choice: int, gives: bool) -> Evening:
    evening = Evening()
    evening.open("stellingenronde", more="minimum=1")
    for n, text in enumerate(("Meer bomen in de straat.", "De bus vaker.", "Betaald parkeren.")):
        evening.say(f"schrijver{n}", f"stelling {text}")
    left = iter(votes)
    for place, who in enumerate(PEOPLE):
        for item in (1, 2, 3):
            mine = next(left) if (place, item) != (target, 2) else choice
            evening.say(who, f"stem S{item} {CHOICES[mine]}")
        if gives:
            evening.say(who, f"waarom S1 Want {who} zegt het.")
            evening.say(who, f"waarom S3 Omdat {who} het vindt.")
    evening.staff("verberg R1 2")
    evening.staff("sluit ja")
    evening.staff("advies")
    return evening


def published(evening: Evening, file: Path) -> dict[str, Any]:
    """The public files: of uitslag.json all but the item and the head; the rest as bytes."""
    (handed,) = played(evening.data, file).bundles.values()
    found = json.loads(handed.files["uitslag.json"])
    del found["journal"]["head"]
    items = found["rounds"][0]["items"]
    (item,) = [item for item in items if item["number"] == "S2"]
    for key in ("counts", "result"):
        del item[key]
    same = ("teksten.csv", "ontvangstcodes.csv")
    return {"result": found} | {name: handed.files[name] for name in same}


@pytest.mark.parametrize("gives", [False, True])
def test_one_persons_choice_shows_in_the_counts_of_its_item_alone(
    gives: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @examples(8, 300)
    @given(VOTES, st.integers(0, 6))
    def check(votes: list[int], target: int) -> None:
        folder = tmp_path_factory.mktemp("worlds")
        one, *others = (
            published(world(votes, target, choice, gives), folder / f"{choice}.db")
            for choice in range(3)
        )
        for other in others:
            assert other == one

    check()


# Every kind in which people vote

DILEMMA = 'dilemma vraag="Wat eerst?" a="Bomen" b="Parkeren"'


def poll(kind: str) -> str:
    return f'peiling soort={kind} vraag="Wat?" opties="bomen; banken; pomp"'


#: Of each: its format, what fills it, the item, and what can be voted on it.
KINDS = {
    "een": ("peiling", poll("een"), "P1", ("1", "2", "3")),
    "meer": ("peiling", poll("meer"), "P1", ("1", "2 3", "1 2 3")),
    "rangorde": ("peiling", poll("rangorde"), "P1", ("1 2", "3", "2 1 3")),
    "punten": ("peiling", poll("punten"), "P1", ("1=10", "2=4 3=6", "1=3 2=3 3=4")),
    "dilemma": ("dilemma", DILEMMA, "D1", ("a", "b", "geen")),
    "prioriteiten": ("prioriteiten", "", "B1", ("S1 S2", "S3", "S2 S1 S3")),
    "slotstemming": ("gesprek", poll("een"), "A1", ("ja", "nee", "nee Het kan niet.")),
}


def played_kind(kind: str, votes: list[int], target: int, choice: int) -> Evening:
    """An evening in which one person's choice on one item is the only difference."""
    name, fill, item, can = KINDS[kind]
    made = Evening()
    made.staff(f"gesprek nieuw {name} Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    if fill:
        made.staff(fill)
    made.staff("gesprek start")
    if kind in ("prioriteiten", "slotstemming"):
        for n, text in enumerate(("Meer bomen hier.", "De bus vaker.", "Betaald parkeren."), 1):
            made.say(f"schrijver{n}", f"stelling {text}")
        for who in PEOPLE:
            for n in (1, 2, 3):
                made.say(who, f"stem S{n} {'eens' if n == 1 else 'oneens'}")
            made.say(who, f"waarom S1 Want {who} zegt het.")
        made.staff("volgende")
    if kind == "slotstemming":
        for who in PEOPLE:
            made.say(who, "stem P1 2")
        made.staff("volgende")
        made.staff("volgende")
    for place, (who, mine) in enumerate(zip(PEOPLE, votes, strict=False)):
        made.say(who, f"stem {item} {can[choice if place == target else mine]}")
    made.staff("sluit")
    made.staff("advies")
    return made


def told(made: Evening, item: str, file: Path) -> dict[str, Any]:
    """All public files, without what is counted of the item, what follows from that and the head;
    the documents are written from uitslag.json alone, which verify holds."""
    (handed,) = played(made.data, file).bundles.values()
    found = json.loads(handed.files["uitslag.json"])
    del found["journal"]["head"]
    for each in (each for round_ in found["rounds"] for each in round_["items"]):
        if each["number"] == item:
            del each["counts"], each["result"], each["reasons"]
    for asked in found["recommendations"]:
        if asked["number"] == item:
            del asked["consent"], asked["divided"], asked["minority"]
    table = handed.files["uitslag.csv"].decode("utf-8-sig").splitlines()
    rows = [row for row in table if row.split(";")[1] != item]
    texts = handed.files["teksten.csv"].decode("utf-8-sig").splitlines()
    texts = [row for row in texts if not row.startswith(f"{item};reason")]
    same = {n: d for n, d in handed.files.items() if n == "ontvangstcodes.csv"}
    assert set(handed.files) >= {"uitslag.json", "uitslag.csv", "teksten.csv", "SHA256SUMS"}
    return {"result": found, "rows": rows, "texts": texts, "files": sorted(handed.files)} | same


@pytest.mark.parametrize("kind", KINDS)
def test_so_it_is_in_every_kind(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    @examples(3, 100)
    @given(st.lists(st.integers(0, 1), min_size=7, max_size=7), st.integers(0, 6))
    def check(votes: list[int], target: int) -> None:
        folder = tmp_path_factory.mktemp("worlds")
        one, *others = (
            told(
                played_kind(kind, votes, target, choice),
                KINDS[kind][2],
                folder / f"{choice}.db",
            )
            for choice in range(2 if kind == "slotstemming" else 3)
        )
        for other in others:
            assert other == one

    check()
