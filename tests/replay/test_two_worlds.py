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

from tests.dialogues.scene import examples
from tests.replay.playing import Evening, played

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
