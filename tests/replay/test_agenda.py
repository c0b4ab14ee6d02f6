"""The files of the agenda: what ``replay`` and ``export --agenda`` write of what was planned."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import vobject

from advice.schema import moments_schema
from bot.cli.agenda import export_agenda
from bot.cli.verifying import verify_bundle
from bot.documents.placing import put_file
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening
from tests.replay.replaying import evening_of_votes, replay

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


# -- meetings ------------------------------------------------------------------------------------

MEETING = 'moment nieuw Bewonersavond wanneer="2026-12-04 20:00" waar="Wijkhuis, zaal 1" '


def moments(folder: Path) -> list[dict[str, object]]:
    data = json.loads((folder / "momenten.json").read_bytes())
    jsonschema.Draft202012Validator(moments_schema()).validate(data)
    found: list[dict[str, object]] = data["moments"]
    return found


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


# -- rooms that stand in no public file ----------------------------------------------------------

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


# -- writing -------------------------------------------------------------------------------------


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


# -- the clerk's form ----------------------------------------------------------------------------


def drawn_in(*rooms: str) -> Evening:
    """A meeting in each room, with tables."""
    evening = Evening()
    for number, room in enumerate(rooms, 1):
        evening.staff(f"{MEETING} in={room}")
        for person in range(11):
            evening.say(f"buur{person}", f"aanmelden M{number}")
        evening.staff(f"tafels M{number} 2")
    evening.tick("2026-12-02T12:00:00Z")
    return evening


CLERKS = ["SHA256SUMS.agenda", "agenda.ics", "agenda.json", "bijeenkomsten-teksten.jsonl",
    "bijeenkomsten.jsonl", "momenten.json", "tafels-M1.html"]  # fmt: skip


def test_the_clerk_gets_the_journals_and_the_pages_for_tables(tmp_path: Path) -> None:
    db = tmp_path / "kept.db"
    code, out = replay(tmp_path, drawn_in("noord").data, db=db, clerk=True)
    assert (code, sorted(path.name for path in out.iterdir())) == (0, CLERKS)
    more = tmp_path / "more"
    assert export_agenda(more, db, None, False, clerk=True) == 0
    for name in CLERKS:
        assert (more / name).read_bytes() == (out / name).read_bytes()
    assert verify_bundle(more, None, False) == 0
    public = tmp_path / "public"
    assert export_agenda(public, db, None, False) == 0
    assert sorted(path.name for path in public.iterdir()) == BOTH


def test_pages_of_an_earlier_time_do_not_stay(tmp_path: Path) -> None:
    """Who sat where is erased seven days after a meeting, and so it is in the clerk's folder."""
    evening, folder = drawn_in("noord"), tmp_path / "folder"
    for number, day in enumerate(("02", "20")):
        evening.rows[-1] = {"at": f"2026-12-{day}T12:00:00Z"}
        db = tmp_path / f"{number}.db"
        assert replay(tmp_path, evening.data, db=db)[0] == 0
        assert export_agenda(folder, db, None, False, clerk=True) == 0
        assert (folder / "tafels-M1.html").exists() == (number == 0)
        assert verify_bundle(folder, None, False) == 0


def test_beside_a_bundle_both_are_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evening = evening_of_votes()
    evening.staff(f"{MEETING} in=zomerstraat")
    code, out = replay(tmp_path, evening.data, clerk=True)
    assert code == 0
    capsys.readouterr()
    assert verify_bundle(out, None, True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["bundle"], told["agenda"]["bundle"]) == ("clerk", "agenda")
    (out / "agenda.ics").write_bytes(b"of somebody else")
    assert verify_bundle(out, None, False) == 1
    assert "agenda.ics was changed" in capsys.readouterr().err


def test_the_public_files_alone_say_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = replay(tmp_path, drawn_in("noord").data)
    assert (code, verify_bundle(out, None, False)) == (0, 1)
    assert "--agenda --clerk" in capsys.readouterr().err


def test_the_hash_of_an_earlier_copy_is_held_against_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "kept.db"
    assert replay(tmp_path, drawn_in("noord").data, db=db)[0] == 0
    capsys.readouterr()
    assert export_agenda(tmp_path / "more", db, None, True, clerk=True) == 0
    posted = json.loads(capsys.readouterr().out)["manifest"]
    assert verify_bundle(tmp_path / "more", posted, False) == 0
    assert verify_bundle(tmp_path / "more", "0" * 64, False) == 1


def test_the_clerks_form_has_young_people_in_the_journals_alone(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "kept.db"
    assert replay(tmp_path, drawn_in("noord", "plein").data, config=config, db=db)[0] == 0
    more = tmp_path / "more"
    assert export_agenda(more, db, config, False, clerk=True) == 0
    assert [row["number"] for row in moments(more)] == ["M1"]
    assert b"meeting/2" in (more / "bijeenkomsten.jsonl").read_bytes()
    capsys.readouterr()
    assert verify_bundle(more, None, False) == 0
    assert "M2 is of a room that stands in no public file" in capsys.readouterr().out


ON_PLATFORMS = """
[matrix]
homeserver = "https://haarlem.example"
user = "@stad:haarlem.example"
[discord]
guild = 7
"""


@pytest.mark.parametrize(
    ("room", "link"),
    [
        ('matrix = "#noord:haarlem.example"', "https://matrix.to/#/#noord:haarlem.example"),
        (
            'matrix = "!abc:haarlem.example"',
            "https://matrix.to/#/!abc:haarlem.example?via=haarlem.example",
        ),
        ("discord = 12", "https://discord.com/channels/7/12"),
        ("discord = 12\nforum = 13", "https://discord.com/channels/7/13"),
        ("", ""),
    ],
)
def test_the_code_on_a_page_leads_to_the_room(
    tmp_path: Path, config: Path, room: str, link: str
) -> None:
    db = tmp_path / "kept.db"
    assert replay(tmp_path, drawn_in("noord").data, db=db)[0] == 0
    rooms = CONFIG.replace('name = "noord"', f'name = "noord"\n{room}', 1)
    config.write_text(rooms + ON_PLATFORMS)
    more = tmp_path / "more"
    assert export_agenda(more, db, config, False, clerk=True) == 0
    assert json.loads((more / "agenda.json").read_bytes())["meetings"][0]["link"] == link
    assert ("<svg" in (more / "tafels-M1.html").read_text()) == bool(link)
    assert verify_bundle(more, None, False) == 0
