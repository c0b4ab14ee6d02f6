"""``stadsgesprek publish``: what stands in the folder, and what happens the next time."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import jsonschema
import pytest

from advice.schema import site_schema
from advice.site.records import plain
from bot.cli.verifying import verify_bundle
from tests.site.town import YOUNG, Town, small_town, sums

VERSION = "gesprekken/de-zomerstraat/versie-1"


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    assert town.publish() == 0
    before = town.files(), town.stamps()
    assert town.publish() == 0
    assert (town.files(), town.stamps()) == before


def test_another_folder_gets_the_same_bytes(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    first, town.site = town.files(), tmp_path / "elsewhere"
    assert town.publish() == 0
    assert town.files() == first


def test_only_what_a_change_is_about_is_written(tmp_path: Path) -> None:
    """The open dialogue gets its document: its page, the pages of all, and nothing else."""
    town = small_town(tmp_path)
    town.publish()
    before = town.files()
    for _ in range(2):
        town.evening.staff("@het-plein volgende ja")
    town.evening.staff("@het-plein sluit ja")
    town.evening.staff("@het-plein advies")
    town.play().publish()
    after = town.files()
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"atom.xml", "index.html", "site.json", "gesprekken/het-plein/index.html"}
    new = {name for name in after if name not in before}
    assert {name.rpartition("/")[0] for name in new} == {
        "gesprekken/het-plein",
        "gesprekken/het-plein/versie-1",
    }


def test_each_version_is_a_bundle_that_verifies(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    (version,) = json.loads(town.text("site.json"))["dialogues"][1]["versions"]
    assert version["folder"] == VERSION
    assert version["matches"]
    assert verify_bundle(town.site / VERSION, version["sha256"], False) == 0
    packed = zipfile.ZipFile(io.BytesIO((town.site / version["archive"]).read_bytes()))
    there = {path.name: path.read_bytes() for path in (town.site / VERSION).iterdir()}
    assert {name: packed.read(name) for name in packed.namelist()} == there
    assert sorted(version["files"] + version["forms"]) == sorted(there)


def test_the_data_keeps_its_schema(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    schema = json.loads(town.text("site.schema.json"))
    assert schema == site_schema()
    found = json.loads(town.text("site.json"))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert [one["state"] for one in found["dialogues"]] == ["open", "documented"]
    assert [ask["text"] for ask in found["dialogues"][1]["asks"]] == ["Er moeten meer bomen komen."]


def test_of_an_open_round_there_is_no_figure(tmp_path: Path) -> None:
    """Nothing that was said or chosen in it, and no number of people."""
    town = small_town(tmp_path)
    town.publish()
    page = town.text("gesprekken/het-plein/index.html")
    assert "Ronde 1 van 3" in page
    everything = b"".join(town.files().values())
    assert b"Zet banken op het plein" not in everything
    assert "deden mee" not in page
    assert "Aantal mensen" not in page


def test_a_dialogue_that_did_not_begin_is_nowhere(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    before = town.files()
    town.evening.staff("gesprek nieuw gesprek Nog geheim in=plein")
    town.evening.staff("gesprek nieuw gesprek Weggegooid in=plein")
    town.evening.staff("gesprek weg weggegooid")
    town.evening.staff("ja")
    town.play().publish()
    assert town.files() == before
    assert b"geheim" not in (town.site / ".stadsgesprek-site.json").read_bytes()


def test_rooms_of_young_people_and_of_nobody_change_no_byte(tmp_path: Path) -> None:
    """Two worlds: the second one has a dialogue of young people with a document, a meeting of
    theirs, and a room that the config does not name."""
    town = small_town(tmp_path)
    town.publish()
    first = town.files()
    town.hold("jongerenplein", f"{YOUNG} erbij", f"Er moet een {YOUNG} komen.")
    town.hold("elders", "Van elders", "Elders is alles beter.")
    town.evening.staff(f'moment nieuw {YOUNG} bekijken wanneer="2026-12-05 20:00" in=jongerenplein')
    town.play().publish()
    assert sums(town.files()) == sums(first)
    hidden = b"".join(path.read_bytes() for path in town.site.glob(".*") if path.is_file())
    assert YOUNG.lower().encode() not in hidden.lower()
    assert b"elders" not in hidden.lower()


def test_a_room_that_becomes_one_of_young_people_leaves_the_site(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    config = town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    town.config.write_text(config, "utf-8")
    assert town.publish() == 0
    everything = b"".join(path.read_bytes() for path in town.site.rglob("*") if path.is_file())
    assert b"Zomerstraat" not in everything
    assert b"bomen komen" not in everything
    assert not (town.site / "gesprekken/de-zomerstraat").exists()


def test_words_are_found_without_marks_and_capitals() -> None:
    assert plain("Vóór Café ÉÉN, Reünie") == "voor cafe een, reunie"


ERASED = "Er moeten meer bomen komen"


def test_erased_words_leave_every_version_at_the_next_time(tmp_path: Path) -> None:
    """Zoe, who wrote the statement, asks to be forgotten after two versions were issued."""
    town = Town(tmp_path)
    town.hold("zomerstraat", "De Zomerstraat", f"{ERASED}.")
    town.evening.staff('gesprek afspraken antwoord=2027-01-15 want="de raad schuift op"')
    town.evening.staff("@de-zomerstraat advies")
    town.play().publish()
    assert town.text(f"{VERSION}/advies.md").count(ERASED) >= 1
    second = VERSION.replace("-1", "-2")
    assert (town.site / second).is_dir()
    town.evening.say("zoe", "vergeetmij")
    town.evening.say("zoe", "ja, vergeet mij")
    assert town.play().publish() == 0
    everything = {str(path): path.read_bytes() for path in town.site.rglob("*") if path.is_file()}
    for name, data in everything.items():
        if name.endswith(".zip"):
            packed = zipfile.ZipFile(io.BytesIO(data))
            data = b"".join(packed.read(each) for each in packed.namelist())
        assert ERASED.encode() not in data, name
        assert b"bomen komen" not in data, name
    for folder in (VERSION, second):
        assert verify_bundle(town.site / folder, None, False) == 0
    assert town.text("gesprekken/de-zomerstraat/index.html").count("later teksten gewist") == 2


@pytest.mark.parametrize("name", ["foto.jpg", "index.html", ".htaccess"])
def test_a_folder_with_anything_of_somebody_else_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = small_town(tmp_path)
    town.site.mkdir()
    (town.site / name).write_text("van mij")
    assert town.publish() == 2
    assert f"holds {name}, which is not of a site of ours" in capsys.readouterr().err
    assert [path.name for path in town.site.iterdir()] == [name]


def test_what_others_add_to_a_site_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = small_town(tmp_path)
    town.publish()
    own = town.site / "gesprekken/de-zomerstraat/foto.jpg"
    own.write_text("van mij")
    town.config.write_text(
        town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    )
    assert town.publish() == 0
    assert own.read_text() == "van mij"
    assert [path.name for path in own.parent.iterdir()] == ["foto.jpg"]


def test_a_file_of_somebody_in_our_place_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path)
    town.hold("zomerstraat", "De Zomerstraat", "Er moeten meer bomen komen.")
    town.play().publish()
    theirs = town.site / "gesprekken/het-plein"
    theirs.symlink_to(tmp_path)
    town.hold("plein", "Het plein", "Zet banken op het plein.", close=False)
    before = town.files()
    assert town.play().publish() == 2
    assert "gesprekken/het-plein" in capsys.readouterr().err
    assert town.files() == before
    assert not (tmp_path / "index.html").exists()


def test_a_page_that_was_changed_or_removed_is_mended(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.publish()
    before = town.files()
    (town.site / f"{VERSION}/advies.html").write_text("weg")
    (town.site / "index.html").unlink()
    (town.site / "over.html").write_text("weg")
    assert town.publish() == 0
    assert town.files() == before


def test_without_a_config_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which rooms are of young people is not known then."""
    town = small_town(tmp_path)
    town.config.unlink()
    town.db.with_name(f"{town.db.name}.key").rename(town.db.with_name("town.key"))
    town.config = None  # type: ignore[assignment]
    assert town.publish() == 2
    assert "name the config with --config" in capsys.readouterr().err
    assert not town.site.exists()


def test_what_was_answered_and_promised_stands_there_until_it_is_done(tmp_path: Path) -> None:
    """From the hand-over on: an answer of the college with a day, its correction, and progress."""
    town = small_town(tmp_path)
    evening, about = town.evening, "@de-zomerstraat"

    def clerk(text: str) -> None:
        evening.add("gerda", None, roles=["clerk"], text=f"{about} {text}")
        evening.say("gerda", "ja")

    clerk("ontvangen 2026-1234")
    clerk('reactie A1 niet Er is geen geld. van=college bron="besluit 4 november"')
    clerk(
        'reactie A1 overgenomen Wij planten. van=college bron="besluit 5 november" klaar=2027-03-01'
    )
    town.play().publish()
    page, found = "gesprekken/de-zomerstraat/index.html", json.loads(town.text("site.json"))
    one = next(one for one in found["dialogues"] if one["dialogue"]["id"] == "de-zomerstraat")
    assert one["state"] == "answered"
    assert one["received"]["case"] == "2026-1234"
    (ask,) = one["asks"]
    assert (ask["response"]["outcome"], ask["response"]["text"]) == ("adopted", "Wij planten.")
    assert [each["text"] for each in ask["earlier"]] == ["Er is geen geld."]
    (promise,) = found["commitments"]
    assert (promise["due"], promise["state"], promise["item"]) == ("2027-03-01", "open", "A1")
    shown = town.text(page)
    for text in (
        "Overgenomen",
        "Wij planten.",
        "Klaar uiterlijk maandag 1 maart 2027.",
        "Er is geen geld.",
    ):
        assert text in shown, text
    assert b"Wij planten." in town.files()["gesprekken/de-zomerstraat/opvolging.html"]
    before = town.files()
    evening.add("gerda", None, text=f"{about} voortgang A1 klaar De bomen staan er.")
    evening.say("gerda", "ja")
    town.play().publish()
    assert "De bomen staan er." in town.text(page)
    assert json.loads(town.text("site.json"))["commitments"][0]["state"] == "done"
    changed = {name for name, data in town.files().items() if before.get(name) != data}
    follow_up = {f"gesprekken/de-zomerstraat/{name}" for name in one["follow_up"]}
    assert len(follow_up) == 4
    assert changed == {"site.json", "register.html", page} | follow_up
