"""What a transcript planned, as its sidecar writes it: from momenten.json and from agenda.ics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import vobject

from advice.schema import moments_schema

#: The figures of people in momenten.json; null is "few", or unknown.
_PEOPLE = ("signed_up", "waiting", "attended", "supports")

#: What a sidecar may leave out of a meeting.
_BLANK: dict[str, Any] = {
    "sequence": 0,
    "places": "any",
    "signed_up": 0,
    "waiting": 0,
    "attended": "few",
    "supports": 0,
    "wants": [],
    "tables": [],
}


def expected(counts: Mapping[str, Any]) -> dict[str, Any]:
    """What a sidecar says was planned, with what may be left out filled in."""
    moments = {number: {**_BLANK, **row} for number, row in counts.get("moments", {}).items()}
    return {"moments": moments, "calendar": counts.get("calendar", {})}


def planned(agenda: Mapping[str, bytes]) -> dict[str, Any]:
    """The meetings in ``momenten.json`` by number, and the entries of ``agenda.ics`` by the first
    part of their UID: status, sequence, local beginning and end."""
    if "momenten.json" not in agenda:
        return {"moments": {}, "calendar": {}}
    found = json.loads(agenda["momenten.json"])
    jsonschema.Draft202012Validator(moments_schema()).validate(found)
    calendar = vobject.readOne(agenda["agenda.ics"].decode())
    entries = [_entry(event) for event in calendar.contents.get("vevent", [])]
    return {
        "moments": {row["number"]: _moment(row) for row in found["moments"]},
        "calendar": dict(entries),
    }


def _moment(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "state": row["state"],
        "at": row["wall"].removesuffix(":00").replace("T", " ") or "none",
        "utc": (row["begins_at"] or "")[11:16],
        "sequence": row["sequence"],
        "places": "any" if row["places"] is None else row["places"],
        **{key: "few" if row[key] is None else row[key] for key in _PEOPLE},
        "wants": [change["want"] for change in row["changes"]],
        "tables": sorted("few" if size is None else size for size in row["tables"]),
    }


def _entry(event: Any) -> tuple[str, list[Any]]:
    value = {key: found[0].value for key, found in event.contents.items()}
    begins, ends = value["dtstart"], value["dtend"]
    hours = [f"{begins:%Y-%m-%d %H:%M}", f"{ends:%H:%M}"]
    return value["uid"].partition("@")[0], [value["status"], int(value["sequence"]), *hours]
