"""An evening with a plan and meetings, and what its files say, for tests."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import vobject

from advice.schema import moments_schema
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening

BOTH = ["agenda.ics", "momenten.json"]

SCHEDULE = (TRANSCRIPTS / "rooster.jsonl").read_bytes()


def events(folder: Path) -> list[dict[str, str]]:
    """The events of the calendar in a folder: what another library reads in it."""
    made = vobject.readOne((folder / "agenda.ics").read_bytes().decode())
    return [
        {key: value[0].value for key, value in event.contents.items()}
        for event in made.contents["vevent"]
    ]


def planned(*rooms: str) -> Evening:
    """A dialogue in each room that begins on the next evening."""
    evening = Evening()
    for room in rooms:
        evening.staff(f"gesprek nieuw stellingenronde Over {room} {CHARTER} in={room}")
        evening.staff(f'@over-{room} start om="2026-12-02 20:00" tot="2026-12-02 21:00"')
    return evening


MEETING = 'moment nieuw Bewonersavond wanneer="2026-12-04 20:00" waar="Wijkhuis, zaal 1" '


def moments(folder: Path) -> list[dict[str, object]]:
    data = json.loads((folder / "momenten.json").read_bytes())
    jsonschema.Draft202012Validator(moments_schema()).validate(data)
    found: list[dict[str, object]] = data["moments"]
    return found


CONFIG = """
[town]
name = "Haarlem"
[[rooms]]
name = "noord"
[[rooms]]
name = "plein"
youth = true
[[staff_rooms]]
name = "staf"
"""
