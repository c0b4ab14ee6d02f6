"""The journals of meetings written by hand, with everything in the clerk's agenda made from them:
what the rules would never have given is found and named; what people did is found right."""

from __future__ import annotations

import pytest

from advice.verifying.allowed_meetings import CHECKED
from meetings.events import EVENTS
from tests.advice.meetings_forged import (
    Forgery,
    Rows,
    again,
    at,
    changed,
    forged,
    found,
    honest,
    place,
    without,
)


def another_list(rows: Rows) -> None:
    """Somebody is put on the list once the seed is known."""
    again("SignedUp", "SignedUp", number=12)(rows)
    row = rows.pop(place(rows, "SignedUp") + 1)
    there = place(rows, "TablesListed")
    row[3] = rows[there - 1][3]
    rows.insert(there, row)


FORGERIES: dict[str, tuple[str, Forgery]] = {
    "a sign-up taken out": ("sign-up 2 where number 1 was next", without("SignedUp")),
    "a sign-off that nobody did": ("SignedOff", again("SignedOff", "SignedOff")),
    "a place beyond the limit": ("none left", changed("SignedUp", 10, waits=False)),
    "waiting though there is room": ("SignedUp", changed("SignedUp", 3, waits=True)),
    "several people by themselves": ("SignedUp", changed("SignedUp", 3, people=4)),
    "an offer to somebody else": ("PlaceOffered", changed("PlaceOffered", number=3)),
    "an offer that lasts longer": (
        "PlaceOffered",
        changed("PlaceOffered", until="2026-12-20T20:00:00Z"),
    ),
    "a list with somebody more": ("SignedUp", another_list),
    "the hash of another list": (
        "the list for the tables is not that",
        changed("TablesListed", listing_hash="0" * 64),
    ),
    "more people on the list": ("the list for the tables", changed("TablesListed", people=12)),
    "a draw before its minute": ("TablesDrawn", at("TablesDrawn", "2026-12-01T18:00:17Z")),
    "a draw by somebody": ("TablesDrawn", again("TablesDrawn", "TablesDrawn")),
    "planned twice": ("begins with its planning", again("MeetingPlanned", "MeetingPlanned")),
    "no beginning": ("begins with its planning", without("MeetingPlanned")),
    "held before its end": ("MeetingHeld", at("MeetingHeld", "2026-12-05T20:00:00Z")),
    "it never began": ("MeetingHeld", without("MeetingBegan")),
    "before its hour": ("MeetingBegan", changed("MeetingBegan", late=-5)),
    "the same hours again": ("MeetingMoved", again("MeetingMoved", "MeetingMoved")),
    "an agreement with another number": ("Agreed", changed("Agreed", number=4)),
    "agreed at a table that is none": ("Agreed", changed("Agreed", table=9)),
    "reminded who asked for nothing": ("RemindersGiven", without("RemindersSet")),
    "counted before it began": (
        "Attended",
        again("Attended", "SignedUp", people=12),
    ),
    "supported though it was planned": (
        "ProposalSupported",
        lambda rows: rows.insert(
            2, ["meeting/1", 0, "ProposalSupported/1", rows[1][3], "p9", {"reached": False}]
        ),
    ),
}


def test_what_people_did_is_right() -> None:
    assert found(honest()[1]) == []
    assert forged(lambda _rows: None) == []


@pytest.mark.parametrize("name", FORGERIES)
def test_what_the_rules_would_never_have_given_is_named(name: str) -> None:
    part, forge = FORGERIES[name]
    first = forged(forge)[0]
    assert "M1, line" in first
    assert part in first


def test_every_event_is_decided_on_again() -> None:
    assert frozenset(EVENTS) == CHECKED
