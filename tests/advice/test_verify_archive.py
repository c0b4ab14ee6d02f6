"""``verify`` on a whole archive: what it says of each part; whatever was changed is named."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from advice import manifest
from advice.verifying.archive_shelf import contents
from advice.verifying.verify_archive import verify_archive
from bot.cli.archive import archive_dialogue
from bot.cli.verifying import verify_bundle
from rounds import registry
from tests.replay.playing import TRANSCRIPTS, Evening, played

SUMS = "SHA256SUMS.archief"

CONFIG = """\
[town]
name = "Haarlem"
[archive]
advice_years = 0
report_years = 7
clerk_years = 10
decisions_years = 5
"""


def archived(room: Path, lines: bytes, name: str) -> Path:
    """The archive of a played dialogue."""
    played(lines, room / "x.db", simulated=False)
    (room / "config.toml").write_text(CONFIG)
    out = room / "archive"
    assert archive_dialogue(name, out, room / "x.db", room / "config.toml", False) == 0
    return out


@pytest.fixture(scope="module", name="answered")
def _answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dialogue that was contested, answered, and done, with decisions in which somebody wrote."""
    lines = (TRANSCRIPTS / "van-zin-tot-antwoord.jsonl").read_bytes()
    return archived(tmp_path_factory.mktemp("answered"), lines, "de-zomerstraat")


@pytest.fixture(scope="module", name="plain")
def _plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of which nothing became yet, with two versions and a decision after the last."""
    evening = Evening()
    evening.open("stellingenronde")
    for n in range(6):
        evening.say(f"buur{n}", f"stelling Er moeten {n} bomen komen.")
        evening.say(f"buur{n}", f"stem S{n + 1} eens")
    evening.staff("sluit ja")
    evening.staff("advies")
    evening.staff('gesprek afspraken antwoord=2027-01-15 want="de raad schuift op"')
    evening.staff("advies")
    evening.add("griet", "staf", roles=["clerk"], text="bewaar vast ons-gesprek Woo-verzoek 12")
    return archived(tmp_path_factory.mktemp("plain"), evening.data, "ons-gesprek")


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Callable[[Path], Path]:
    def copied(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / "copy"))

    return copied


def sentences(folder: Path, expect: str | None = None) -> list[str]:
    parts = verify_archive(folder, registry.record(), registry.pages(), expect)
    return [each.sentence() for part in parts for each in part.verdict.differences]


def test_it_says_of_each_part_what_was_checked(
    answered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_bundle(answered, None, False) == 0
    said = capsys.readouterr().out.splitlines()
    for begin in ("The archive: each of its ", "versie-1: ", "besluiten: ", "griffie: "):
        assert sum(line.startswith(begin) for line in said) >= 1, begin
    assert sum(line.startswith("opvolging: ") for line in said) >= 1
    assert "versie-1: The journal says that this hash was posted in the room." in said


def test_one_of_which_nothing_became_and_that_went_on_is_right_too(plain: Path) -> None:
    """The clerk's journal goes on behind the newest version, so the decision after it is proved."""
    assert (plain / "griffie" / "vervolg.jsonl").exists()
    parts = verify_archive(plain, registry.record(), registry.pages())
    names = ["", "versie-1", "versie-2", "besluiten", "griffie"]
    assert [(part.name, part.verdict.differences) for part in parts] == [(n, ()) for n in names]
    table = (plain / "besluiten" / "besluitenlijst.csv").read_text("utf-8-sig")
    assert ";destruction_held;" in table


def test_a_flipped_byte_in_any_file_is_named(
    answered: Path, copy: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The list itself too, also where a sum in it is another: the metadata says which is right."""
    folder = copy(answered)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(paths) > 40
    for path in paths:
        whole, name = path.read_bytes(), path.relative_to(folder).as_posix()
        for place in {0, len(whole) // 2, len(whole) - 1} if whole else ():
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert name in contents(folder).differences[0].sentence(), (name, place)
        path.write_bytes(whole)
    assert contents(folder).differences == ()
    paths[0].write_bytes(paths[0].read_bytes() + b"x")
    assert verify_bundle(folder, None, False) == 1
    assert paths[0].name in capsys.readouterr().err


def _gone(folder: Path) -> None:
    (folder / "griffie" / "texts.jsonl").unlink()


def _more(folder: Path) -> None:
    (folder / "besluiten" / "nog-een.csv").write_text("x")


def _link(folder: Path) -> None:
    (folder / "griffie" / "texts.jsonl").unlink()
    (folder / "griffie" / "texts.jsonl").symlink_to("/etc/hostname")


def _nested(folder: Path) -> None:
    (folder / "griffie" / "meer").mkdir()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (_gone, "griffie/texts.jsonl is missing"),
        (_more, "besluiten/nog-een.csv does not belong"),
        (_link, "griffie/texts.jsonl is not a regular file"),
        (_nested, "griffie/meer is not a regular file"),
    ],
)
def test_what_is_missing_or_added_is_named(
    change: Callable[[Path], None], name: str, plain: Path, copy: Callable[[Path], Path]
) -> None:
    folder = copy(plain)
    change(folder)
    assert sentences(folder)[0].startswith(name)


def listed(folder: Path) -> None:
    """Make the list agree with what lies there, as a forger would."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != SUMS]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    (folder / SUMS).write_bytes(manifest.listing(files))


def sealed(folder: Path, name: str, data: bytes) -> None:
    """Write a file, and make its metadata and the list agree with it."""
    (folder / name).write_bytes(data)
    about = folder / f"{name}.bestand.mdto.xml"
    told = re.sub(rb"(<omvang>)\d+", rb"\g<1>%d" % len(data), about.read_bytes())
    digest = hashlib.sha256(data).hexdigest().encode()
    about.write_bytes(re.sub(rb"(<checksumWaarde>)\w+", rb"\g<1>" + digest, told))
    listed(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "part"),
    [
        ("besluiten/besluitenlijst.csv", b";adjusted;", b";not;", "besluiten"),
        ("griffie/besluitenlijst-griffie.csv", b"bomen langs", b"banken langs", "besluiten"),
        ("griffie/journal.jsonl", b'"agree"', b'"pass"', "griffie"),
        ("griffie/stemmen.csv", b";agree;", b";disagree;", "griffie"),
        ("griffie/opvolging-teksten.jsonl", b"tien bomen", b"twee bomen", "opvolging"),
        ("opvolging/opvolging.json", b'"adopted"', b'"partly"', "opvolging"),
        ("opvolging/opvolging.md", b"tien bomen", b"twee bomen", "opvolging"),
        ("versie-1/uitslag.json", b'"voters": 6', b'"voters": 7', "versie-1"),
        ("versie-1/advies.md", b"bomen", b"banken", "versie-1"),
    ],
)
def test_what_a_forger_makes_agree_with_the_lists_is_found_in_its_part(
    name: str, old: bytes, new: bytes, part: str, answered: Path, copy: Callable[[Path], Path]
) -> None:
    folder = copy(answered)
    before = (folder / name).read_bytes()
    assert old in before
    sealed(folder, name, before.replace(old, new, 1))
    parts = verify_archive(folder, registry.record(), registry.pages())
    assert parts[0].verdict.ok
    assert part in {each.name for each in parts if not each.verdict.ok}


def test_metadata_that_is_about_another_file_is_named(
    plain: Path, copy: Callable[[Path], Path]
) -> None:
    folder = copy(plain)
    name = "besluiten/besluitenlijst.csv"
    about = folder / f"{name}.bestand.mdto.xml"
    about.write_bytes(re.sub(rb"<omvang>\d+", b"<omvang>7", about.read_bytes()))
    listed(folder)
    assert sentences(folder) == [
        f"{name}.bestand.mdto.xml does not have the size and the SHA-256 of {name}."
    ]


def test_the_hash_of_the_list_or_a_posted_one_tells_the_origin(plain: Path) -> None:
    own = hashlib.sha256((plain / SUMS).read_bytes()).hexdigest()
    posted = hashlib.sha256((plain / "versie-1" / "SHA256SUMS").read_bytes()).hexdigest()
    record, pages = registry.record(), registry.pages()
    for expect, name in ((own, ""), (posted, "versie-1")):
        origins = [p.name for p in verify_archive(plain, record, pages, expect) if p.verdict.origin]
        assert origins == [name]
    assert "not the expected one" in sentences(plain, "0" * 64)[0]


def test_as_data_it_is_a_list_of_parts(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_bundle(plain, None, True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["bundle"], found["ok"]) == ("archive", True)
    assert [part["part"] for part in found["parts"]][1:] == [
        *("versie-1", "versie-2", "besluiten", "griffie")
    ]


def test_every_version_is_there_as_a_pdf_to_keep(
    answered: Path, copy: Callable[[Path], Path], tmp_path: Path
) -> None:
    """It says PDF/A-2a of itself, has metadata, and a byte of it that changed is found by its own
    list too."""
    for name in ("versie-1/advies.pdf", "opvolging/opvolging.pdf"):
        data = (answered / name).read_bytes()
        assert b"pdfaid:part>2<" in data
        assert b"pdfaid:conformance>A<" in data
        assert b"application/pdf" in (answered / f"{name}.bestand.mdto.xml").read_bytes()
    folder = copy(answered)
    name = "versie-1/advies.pdf"
    sealed(folder, name, (folder / name).read_bytes() + b" ")
    assert any("advies.pdf was changed" in each for each in sentences(folder))


def test_without_the_typesetter_the_rest_is_archived_and_that_is_said(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.cli.archive.installed", dict)
    room, out = plain.parent, tmp_path / "out"
    code = archive_dialogue("ons-gesprek", out, room / "x.db", room / "config.toml", False)
    assert code == 0
    assert "not archived as PDF/A" in capsys.readouterr().err
    assert not [*out.rglob("*.pdf*")]
    assert sentences(out) == []
