"""A document that is in the room is not made again while nothing in it can have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.replay.playing import Evening, played
from tests.replay.test_versions import PEOPLE, VOTES, anew, evening, forget, version

CHARTER = 'gesprek afspraken antwoord=2027-02-02 want="de raad schuift op"'


def versions(made: Evening, db: Path) -> int:
    played(made.data, db)
    return version(db, None).result.version


def test_the_word_typed_again_makes_no_equal_version(tmp_path: Path) -> None:
    made = evening(VOTES)
    for _ in range(3):
        made.staff("advies")
        made.wait(60)
    assert versions(made, tmp_path / "same.db") == 1
    anew(made)
    made.staff("advies")
    assert versions(made, tmp_path / "changed.db") == 2


@pytest.mark.parametrize("what", ["charter", "erased", "hidden"])
def test_each_change_is_a_reason_for_a_new_version(what: str, tmp_path: Path) -> None:
    made = evening(VOTES)
    made.staff("advies")
    if what == "charter":
        made.staff(CHARTER)
    elif what == "erased":
        forget(made, PEOPLE[1])
    else:
        made.staff("verberg R1 4")
    made.staff("advies")
    made.staff("advies")
    assert versions(made, tmp_path / "town.db") == 2
