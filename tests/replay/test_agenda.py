"""The files of the agenda: what ``replay`` and ``export --agenda`` write of what was planned."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.cli.agenda import export_agenda
from bot.cli.verifying import verify_bundle
from bot.documents.placing import put_file
from tests.replay.agendas import BOTH, CONFIG, MEETING, SCHEDULE, events, moments, planned
from tests.replay.playing import CHARTER, Evening
from tests.replay.replaying import evening_of_votes, replay


def test_each_planned_round_is_an_event_with_its_last_hours(tmp_path: Path) -> None:
    """Round 2 moved from 20.40 to 20.45, so round 1 ends later too; round 3 stayed."""
    code, out = replay(tmp_path, SCHEDULE)
    assert code == 0
    found = [
        (
            event["uid"],
            event["sequence"],
            event["status"],
            f"{event['dtstart']:%d-%m %H:%M}",
            f"{event['dtend']:%H:%M}",
        )
        for event in events(out)
    ]
    assert found == [
        ("de-zomerstraat.1@haarlem.stadsgesprek", "1", "CONFIRMED", "04-12 20:00", "20:45"),
        ("de-zomerstraat.2@haarlem.stadsgesprek", "1", "CONFIRMED", "04-12 20:45", "21:00"),
        ("de-zomerstraat.3@haarlem.stadsgesprek", "0", "CONFIRMED", "04-12 21:00", "21:30"),
    ]
    assert json.loads((out / "momenten.json").read_bytes()) == {
        "schema": "momenten/1",
        "moments": [],
    }


def test_the_files_lie_beside_a_bundle_and_are_no_part_of_it(tmp_path: Path) -> None:
    code, out = replay(tmp_path, SCHEDULE, clerk=True)
    assert code == 0
    assert {*BOTH} <= {path.name for path in out.iterdir()}
    assert verify_bundle(out, None, False) == 0
    (out / "agenda.ics").write_bytes(b"of somebody else")
    assert verify_bundle(out, None, False) == 0
    assert replay(tmp_path, SCHEDULE)[0] == 0
    assert b"of somebody else" not in (out / "agenda.ics").read_bytes()


def test_of_several_dialogues_they_stand_in_the_folder_itself(tmp_path: Path) -> None:
    code, out = replay(tmp_path, planned("noord", "zuid").data)
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["agenda.ics", "momenten.json",
        "over-noord", "over-zuid"]  # fmt: skip
    assert len(events(out)) == 2


def test_without_a_plan_there_are_none(tmp_path: Path) -> None:
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, evening_of_votes().data, db=db)
    assert code == 0
    assert not {*BOTH} & {path.name for path in out.iterdir()}
    assert export_agenda(tmp_path / "more", db, None, False) == 0
    assert not (tmp_path / "more").exists()


def test_export_writes_the_same_bytes(tmp_path: Path) -> None:
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, SCHEDULE, db=db)
    assert code == 0
    more = tmp_path / "more"
    assert export_agenda(more, db, None, False) == 0
    assert sorted(path.name for path in more.iterdir()) == BOTH
    for name in BOTH:
        assert (more / name).read_bytes() == (out / name).read_bytes()


def test_a_meeting_that_moves_is_called_off_and_counts_its_people(tmp_path: Path) -> None:
    """Six sign up, the sixth waits; three wait is not said, and four support nothing here."""
    evening = Evening()
    evening.staff(MEETING + "plaatsen=5 voor=bewoners in=zomerstraat")
    for who in ("anna", "bram", "cor", "dirk", "els", "fien"):
        evening.say(who, "aanmelden M1")
    evening.staff('moment verzet M1 wanneer="2026-12-05 19:30" want="De zaal is dan vrij"')
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, evening.data, db=db)
    assert code == 0
    (event,) = events(out)
    assert {
        key: str(event[key]) for key in ("uid", "sequence", "summary", "location", "status")
    } == {
        "uid": "m1@haarlem.stadsgesprek",
        "sequence": "1",
        "summary": "Bewonersavond",
        "location": "Wijkhuis, zaal 1",
        "status": "CONFIRMED",
    }
    assert f"{event['dtstart']:%d-%m %H:%M} {event['dtend']:%H:%M}" == "05-12 19:30 21:30"
    (row,) = moments(out)
    at = row["changes"][0].pop("at")  # type: ignore[index]
    assert str(at).startswith("2026-12-01T18:00:")
    assert row == {
        "number": "M1",
        "title": "Bewonersavond",
        "state": "planned",
        "by": "gemeente",
        "for": ["residents"],
        "begins_at": "2026-12-05T18:30:00Z",
        "ends_at": "2026-12-05T20:30:00Z",
        "wall": "2026-12-05T19:30:00",
        "zone": "Europe/Amsterdam",
        "where": "Wijkhuis, zaal 1",
        "places": 5,
        "signed_up": 5,
        "waiting": None,
        "attended": None,
        "supports": 0,
        "sequence": 1,
        "dialogue": None,
        "changes": [
            {
                "was": "2026-12-04T19:00:00Z",
                "now": "2026-12-05T18:30:00Z",
                "want": "De zaal is dan vrij",
            }
        ],
        "tables": [],
    }
    assert export_agenda(tmp_path / "more", db, None, False) == 0
    for name in BOTH:
        assert (tmp_path / "more" / name).read_bytes() == (out / name).read_bytes()
    evening.staff("moment afzeggen M1 De zaal is dicht.")
    code, out = replay(tmp_path, evening.data)
    (event,) = events(out)
    assert (event["sequence"], event["status"]) == ("2", "CANCELLED")
    assert "Bewonersavond" in event["summary"] != "Bewonersavond"
    assert [(row["state"], row["sequence"]) for row in moments(out)] == [("called_off", 2)]


def test_tables_are_sizes_alone(tmp_path: Path) -> None:
    evening = Evening()
    evening.staff(f"{MEETING} in=zomerstraat")
    for number in range(11):
        evening.say(f"buur{number}", "aanmelden M1")
    evening.staff("tafels M1 2")
    evening.tick("2026-12-02T12:00:00Z")
    code, out = replay(tmp_path, evening.data)
    assert code == 0
    (row,) = moments(out)
    assert (row["signed_up"], sorted(row["tables"])) == (11, [5, 6])  # type: ignore[call-overload]


def test_a_proposal_stands_in_no_calendar_and_in_no_file_before_it_was_read(tmp_path: Path) -> None:
    evening = Evening()
    evening.say(
        "anna", 'moment voorstel Straatfeest wanneer="2026-12-06 15:00" waarom="Dat is leuk"'
    )
    code, out = replay(tmp_path, evening.data)
    assert code == 0
    assert not out.exists()
    evening.staff("ok M1")
    for who in ("bram", "cor", "dirk"):
        evening.say(who, "steun M1")
    code, out = replay(tmp_path, evening.data)
    assert code == 0
    (row,) = moments(out)
    assert [row[key] for key in ("title", "state", "begins_at", "supports")] == [
        "Straatfeest",
        "proposed",
        "2026-12-06T14:00:00Z",
        None,
    ]
    assert b"VEVENT" not in (out / "agenda.ics").read_bytes()


def test_a_dialogue_that_opens_with_a_meeting_stands_in_it_once(tmp_path: Path) -> None:
    evening = Evening()
    evening.staff(f"gesprek nieuw stellingenronde Over bomen {CHARTER} in=zomerstraat")
    evening.staff(MEETING + "gesprek=over-bomen in=zomerstraat")
    code, out = replay(tmp_path, evening.data)
    assert code == 0
    assert [event["uid"] for event in events(out)] == ["m1@haarlem.stadsgesprek"]
    assert [row["dialogue"] for row in moments(out)] == ["over-bomen"]


def test_meetings_of_young_people_stand_in_neither_file(tmp_path: Path, config: Path) -> None:
    evening = Evening()
    for room in ("noord", "plein"):
        evening.staff(f"{MEETING} in={room}")
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, evening.data, config=config, db=db)
    assert code == 0
    assert export_agenda(tmp_path / "more", db, config, False) == 0
    for folder in (out, tmp_path / "more"):
        assert [event["uid"] for event in events(folder)] == ["m1@haarlem.stadsgesprek"]
        assert [row["number"] for row in moments(folder)] == ["M1"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    return file


def test_rooms_of_young_people_stand_in_no_file(tmp_path: Path, config: Path) -> None:
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, planned("noord", "plein").data, config=config, db=db)
    assert code == 0
    assert [event["summary"] for event in events(out)] == ["Over noord"]
    for named in (config, None):
        more = tmp_path / "more"
        assert export_agenda(more, db, named, False) == 0
        assert [event["summary"] for event in events(more)] == ["Over noord"]


def test_a_room_that_the_config_does_not_know_stands_in_none(tmp_path: Path, config: Path) -> None:
    db = tmp_path / "kept.db"
    assert replay(tmp_path, planned("west", "noord").data, db=db)[0] == 0
    assert export_agenda(tmp_path / "more", db, config, False) == 0
    assert [event["summary"] for event in events(tmp_path / "more")] == ["Over noord"]


def test_a_town_without_its_config_is_refused(tmp_path: Path) -> None:
    """Nobody can tell then which rooms are of young people."""
    db = tmp_path / "kept.db"
    assert replay(tmp_path, planned("noord").data, db=db)[0] == 0
    shutil.move(db.with_name("kept.db.key"), tmp_path / "town.key")
    assert export_agenda(tmp_path / "more", db, None, False) == 2
    assert not (tmp_path / "more").exists()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "site" / "agenda.ics"
    put_file(path, b"one")
    put_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    with pytest.raises(TypeError):
        put_file(path, None)  # type: ignore[arg-type]
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["agenda.ics"]
