"""Who hears what of commitments, in the rules alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commitments import events as ev
from commitments.announce import announce, together
from commitments.calling import kind_of_body
from commitments.commitment import Commitment, Kind
from commitments.intents import Step
from dialogues.core import Audience
from dialogues.followup.events import Body
from dialogues.followup.progress import Progress
from tests.commitments.played import Played


def several(number: int, room: str = "plein") -> list[Commitment]:
    """So many commitments of a room, T1, T2 and so on."""
    made = Played("2027-03-25").again
    found = [made() for _ in range(number)]
    return [replace(one, id=f"commitment/{n}", room=room) for n, one in enumerate(found, 1)]


def test_its_room_hears_of_it_and_of_one_of_the_whole_town_no_room_does() -> None:
    done = ev.CommitmentProgressed(Progress.DONE, "De bank staat er.")
    (in_room,), (of_town,) = several(1), several(1, room="")
    assert [one.template for one in announce(in_room, done)] == ["commitment_progressed"]
    assert list(announce(of_town, done)) == []
    assert list(announce(in_room, replace(done, told=False))) == []
    assert list(announce(in_room, ev.CommitmentLate(1))) == []  # that is said of several together


@pytest.mark.parametrize(("number", "more"), [(1, 0), (10, 0), (12, 2)])
def test_one_message_names_ten(number: int, more: int) -> None:
    data = together(several(number), Step.LATE).data
    rows = [row["commitment"] for row in data["rows"]]  # type: ignore[attr-defined,index,union-attr]
    assert rows == [f"T{n}" for n in range(1, min(number, 10) + 1)]
    assert data["more"] == more


@pytest.mark.parametrize(
    ("step", "room", "hears"),
    [
        (Step.LATE, "plein", Audience.ROOM),
        (Step.LATE, "", Audience.STAFF),
        (Step.NEAR, "plein", Audience.STAFF),
        (Step.NEAR, "", Audience.STAFF),
    ],
)
def test_staff_hears_what_is_near_and_what_has_no_room(
    step: Step, room: str, hears: Audience
) -> None:
    notice = together(several(1, room), step)
    assert (notice.audience, notice.data["staff"]) == (hears, hears is Audience.STAFF)


@pytest.mark.parametrize("body", Body)
def test_only_the_college_promises(body: Body) -> None:
    assert (kind_of_body(body) is Kind.PROMISE) == (body is Body.COLLEGE)
