"""The clerk's form of the agenda: journals, pages for tables, and what is verified of them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.agenda import export_agenda
from bot.cli.main import main
from bot.cli.verifying import verify_bundle
from tests.replay.agendas import BOTH, CONFIG, MEETING, moments
from tests.replay.playing import TRANSCRIPTS, Evening
from tests.replay.replaying import evening_of_votes, replay


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    return file


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


def test_all_that_can_lie_in_one_folder_is_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What became of an advice, what was promised, the other forms and papers, each by its list."""
    out, wanted = tmp_path / "all", ["--format", "pdf", "--format", "xlsx", "--format", "zip"]
    line = ["replay", str(TRANSCRIPTS / "opvolging.jsonl"), "--out", str(out), "--clerk"]
    db = ["--db", str(tmp_path / "kept.db")]
    done = CliRunner().invoke(main, [*line, *db, *wanted])
    assert done.exit_code == 0, done.output
    papers = ["--paper", "participatieparagraaf", "--agenda"]
    line = ["export", "de-zomerstraat-opnieuw", "--out", str(out), "--clerk"]
    done = CliRunner().invoke(main, [*line, *db, *wanted, *papers])
    assert done.exit_code == 0, done.output
    capsys.readouterr()
    assert verify_bundle(out, None, True) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"agenda", "followup", "papers"} <= told.keys()
    assert {"opvolging.pdf", "bundel.zip"} <= {path.name for path in out.iterdir()}


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_zip_file_holds_what_lies_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = replay(tmp_path, evening_of_votes().data)
    assert code == 0
    page, beside = out / "bundel.zip", (out / "uitslag.csv").read_bytes()
    page.write_bytes(packed({"uitslag.csv": beside, "verslag.pdf": b"lost since"}))
    assert verify_bundle(out, None, False) == 0
    for data, said in (
        (packed({"uitslag.csv": beside[:-3] + b"9\r\n"}), "bundel.zip holds another uitslag.csv"),
        (packed({"uitslag.csv": b"0" * 10_000_000}), "bundel.zip holds another uitslag.csv"),
        (packed({"../uitslag.csv": beside}), "bundel.zip holds ../uitslag.csv"),
        (packed({"vreemd.txt": b""}), "bundel.zip holds vreemd.txt"),
        (b"PK no zip", "bundel.zip cannot be read"),
    ):
        capsys.readouterr()
        page.write_bytes(data)
        assert verify_bundle(out, None, False) == 1
        assert said in capsys.readouterr().err


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
