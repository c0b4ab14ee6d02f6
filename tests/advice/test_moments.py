"""momenten.json: what is published of meetings, and what is held back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from advice.schema import moments_schema
from advice.town.moments import Change, Meeting, encode, moments

BEGINS = datetime(2026, 12, 4, 19, tzinfo=UTC)
MEETING = Meeting(
    number=3,
    title="Bewonersavond",
    state="held",
    planned=True,
    room="zomerstraat",
    language="nl",
    town="Haarlem",
    by="gemeente",
    groups=("residents", "council"),
    begins_at=BEGINS,
    ends_at=BEGINS + timedelta(hours=2),
    wall="2026-12-04T20:00",
    zone="Europe/Amsterdam",
    where="Wijkhuis",
    places=60,
    signed_up=12,
    waiting=0,
    attended=11,
    supports=0,
    sequence=1,
    changed_at=BEGINS,
    dialogue="de-zomerstraat",
    changes=(Change(BEGINS - timedelta(days=3), BEGINS - timedelta(days=1), BEGINS, "Zaal vol"),),
    tables=(6, 6),
)
PROPOSAL = replace(
    MEETING, number=10, state="proposed", planned=False, begins_at=None, ends_at=None, wall="",
    places=None, attended=None, dialogue="", changes=(), tables=(), sequence=0, signed_up=0,
    supports=7,
)  # fmt: skip


def published(*meetings: Meeting) -> list[dict[str, Any]]:
    """The moments as any reader finds them in the file, which its schema finds right."""
    found = json.loads(encode(moments(meetings)))
    jsonschema.Draft202012Validator(moments_schema()).validate(found)
    assert found["schema"] == "momenten/1"
    rows: list[dict[str, Any]] = found["moments"]
    return rows


def test_a_meeting_is_published_with_the_keys_of_the_contract() -> None:
    assert published(MEETING) == [
        {
            "number": "M3",
            "title": "Bewonersavond",
            "state": "held",
            "by": "gemeente",
            "for": ["residents", "council"],
            "begins_at": "2026-12-04T19:00:00Z",
            "ends_at": "2026-12-04T21:00:00Z",
            "wall": "2026-12-04T20:00",
            "zone": "Europe/Amsterdam",
            "where": "Wijkhuis",
            "places": 60,
            "signed_up": 12,
            "waiting": 0,
            "attended": 11,
            "supports": 0,
            "sequence": 1,
            "dialogue": "de-zomerstraat",
            "changes": [
                {
                    "at": "2026-12-01T19:00:00Z",
                    "was": "2026-12-03T19:00:00Z",
                    "now": "2026-12-04T19:00:00Z",
                    "want": "Zaal vol",
                }
            ],
            "tables": [6, 6],
        }
    ]


def test_meetings_stand_by_their_number() -> None:
    assert [row["number"] for row in published(PROPOSAL, MEETING)] == ["M3", "M10"]


def test_what_a_proposal_does_not_have_yet_is_null() -> None:
    (row,) = published(PROPOSAL)
    keys = ("begins_at", "ends_at", "wall", "places", "attended", "dialogue")
    assert [row[key] for key in keys] == [None] * len(keys)
    assert row["supports"] == 7


FEW = st.integers(0, 12)


@given(FEW, FEW, FEW, FEW, st.lists(FEW, max_size=5))
def test_no_figure_of_one_to_four_people_is_published_or_follows(
    signed_up: int, waiting: int, attended: int, supports: int, tables: list[int]
) -> None:
    (row,) = published(
        replace(
            MEETING,
            signed_up=signed_up,
            waiting=waiting,
            attended=attended,
            supports=supports,
            tables=tables,
        )
    )
    for key, people in (
        ("signed_up", signed_up),
        ("waiting", waiting),
        ("attended", attended),
        ("supports", supports),
    ):
        assert row[key] == (None if 1 <= people <= 4 else people)
    assert len(row["tables"]) == len(tables)
    assert not {1, 2, 3, 4} & set(row["tables"])
    assert set(row["tables"]) <= {None} or None not in row["tables"]
    if row["signed_up"] is None:
        assert set(row["tables"]) <= {None}


def test_tables_whose_sizes_may_be_told_are() -> None:
    (row,) = published(replace(MEETING, signed_up=14, tables=(5, 9)))
    assert row["tables"] == [5, 9]
    (row,) = published(replace(MEETING, signed_up=13, tables=(4, 4, 5)))
    assert row["tables"] == [None] * 3
