"""``archive``: every file has metadata in the order of MDTO's schema, and a term of the config."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from advice.archive import mdto
from bot.cli.archive import archive_dialogue
from tests.replay.playing import TRANSCRIPTS, Evening, played
from tests.verifying import verified

NAMESPACE = "{https://www.nationaalarchief.nl/mdto}"

#: The elements of MDTO 1.0.1 in the order of its schema; * may be left out, + comes once or more.
OBJECT = (
    "identificatie+ naam aggregatieniveau* classificatie* trefwoord* omschrijving*"
    " raadpleeglocatie* dekkingInTijd* dekkingInRuimte* taal* event* waardering bewaartermijn*"
    " informatiecategorie* isOnderdeelVan* bevatOnderdeel* heeftRepresentatie*"
    " aanvullendeMetagegevens* gerelateerdInformatieobject* archiefvormer+ betrokkene*"
    " activiteit* beperkingGebruik+"
)
WITHIN = {
    "informatieobject": OBJECT,
    "bestand": (
        "identificatie+ naam omvang bestandsformaat checksum+ URLBestand* isRepresentatieVan"
    ),
    "dekkingInTijd": "dekkingInTijdType dekkingInTijdBegindatum dekkingInTijdEinddatum*",
    "bewaartermijn": (
        "termijnTriggerStartLooptijd* termijnStartdatumLooptijd* termijnLooptijd* termijnEinddatum*"
    ),
    "beperkingGebruik": (
        "beperkingGebruikType beperkingGebruikNadereBeschrijving*"
        " beperkingGebruikDocumentatie* beperkingGebruikTermijn*"
    ),
    "checksum": "checksumAlgoritme checksumWaarde checksumDatum",
}
for group, elements in (
    ("identificatie verwijzingIdentificatie", "identificatieKenmerk identificatieBron"),
    (
        (
            "aggregatieniveau waardering informatiecategorie dekkingInTijdType"
            " beperkingGebruikType bestandsformaat checksumAlgoritme"
        ),
        "begripLabel begripCode* begripBegrippenlijst",
    ),
    (
        (
            "isOnderdeelVan bevatOnderdeel heeftRepresentatie isRepresentatieVan archiefvormer"
            " begripBegrippenlijst"
        ),
        "verwijzingNaam verwijzingIdentificatie*",
    ),
):
    WITHIN |= dict.fromkeys(group.split(), elements)

CONFIG = """
[town]
name = "Haarlem"
[archive]
code = "gm0392"
register = "TOOI register gemeenten compleet"
selection = "Selectielijst"
category = "1.1"
advice_years = 0
report_years = 7
clerk_years = 10
"""


def misplaced(element: ElementTree.Element) -> list[str]:
    """The elements that stand where the schema has them not, and those that lack."""
    name = element.tag.removeprefix(NAMESPACE)
    if not len(element):
        return [] if (element.text or "").strip() else [f"{name} is empty"]
    rows = [(row.rstrip("*+"), row[-1]) for row in WITHIN[name].split()]
    found = [child.tag.removeprefix(NAMESPACE) for child in element]
    order = [row for row, _ in rows]
    wrong = [child for child in found if child not in order]
    wrong += [] if wrong or found == sorted(found, key=order.index) else [f"order in {name}"]
    wrong += [f"no {row} in {name}" for row, sign in rows if sign != "*" and row not in found]
    once = [row for row, sign in rows if sign not in "*+" and found.count(row) > 1]
    return [*wrong, *once, *(each for child in element for each in misplaced(child))]


@pytest.fixture(name="town")
def _town(tmp_path: Path) -> Path:
    """A folder with a config and the database of a closed dialogue."""
    made = Evening()
    made.open("stellingenronde")
    for n in range(6):
        made.say(f"buur{n}", f"stelling Er moet <b>{n}</b> & meer bomen komen.")
        made.say(f"buur{n}", f"stem S{n + 1} eens")
    made.staff("verberg S2 dubbel")
    made.staff("sluit ja")
    made.staff("advies")
    played(made.data, tmp_path / "x.db")
    (tmp_path / "config.toml").write_text(CONFIG + "decisions_years = 5\n")
    return tmp_path


def packed(town: Path, name: str = "out") -> Path:
    code = archive_dialogue("ons-gesprek", town / name, town / "x.db", town / "config.toml", False)
    assert code == 0
    return town / name


def metadata(folder: Path) -> dict[str, ElementTree.Element]:
    found = {path.name: path for path in folder.rglob("*.mdto.xml")}
    return {name: ElementTree.parse(path).getroot() for name, path in found.items()}


def value(root: ElementTree.Element, *names: str) -> str:
    found = root.find("/".join(f"{NAMESPACE}{name}" for name in names))
    assert found is not None
    return str(found.text)


def test_every_file_has_metadata_that_fits_the_schema(town: Path) -> None:
    folder = packed(town)
    found = metadata(folder)
    assert {name: misplaced(root[0]) for name, root in found.items() if misplaced(root[0])} == {}
    records = [p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".mdto.xml")]
    for record in records:
        if record.name != "SHA256SUMS.archief":
            about = found[f"{record.name}.bestand.mdto.xml"][0]
            assert value(about, "omvang") == str(record.stat().st_size)
            sha = hashlib.sha256(record.read_bytes()).hexdigest()
            assert value(about, "checksum", "checksumWaarde") == sha


def test_a_version_is_verified_as_it_lies_in_the_archive(town: Path) -> None:
    """Also beside its metadata; a file that is no metadata of a file of it is still refused."""
    folder = packed(town) / "versie-1"
    assert verified(folder).differences == ()
    for name in ("anders.bestand.mdto.xml", "versie-1.mdto.xml.exe", "uitslag.json.mdto.xml"):
        (folder / name).write_text("<MDTO/>")
        assert verified(folder).differences != (), name
        (folder / name).unlink()


def test_terms_are_those_of_the_config(town: Path) -> None:
    found = metadata(packed(town))
    clerk, report = found["griffie.mdto.xml"][0], found["versie-1.mdto.xml"][0]
    assert value(clerk, "bewaartermijn", "termijnLooptijd") == "P10Y"
    assert value(report, "bewaartermijn", "termijnLooptijd") == "P7Y"
    assert value(report, "waardering", "begripLabel") == "Tijdelijk te bewaren"
    assert value(found["ons-gesprek.mdto.xml"][0], "bewaartermijn", "termijnLooptijd") == "P10Y"


def test_a_term_that_the_town_did_not_give_is_asked_for_and_nothing_is_written(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "config.toml").write_text(CONFIG)
    out = town / "out"
    assert archive_dialogue("ons-gesprek", out, town / "x.db", town / "config.toml", False) == 2
    assert "decisions_years" in capsys.readouterr().err
    assert not out.exists()


def test_decisions_name_who_decided_by_a_random_name_and_why(town: Path) -> None:
    table = (packed(town) / "besluiten" / "besluitenlijst.csv").read_text("utf-8-sig")
    (hidden,) = [line for line in table.splitlines() if ";item_hidden;" in line]
    assert ";S2;;;duplicate;" in hidden
    assert "vera" not in table


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_clerks_list_has_what_was_written_and_the_other_has_not(tmp_path: Path) -> None:
    """Two rulings in which moderators wrote, one of them something that a spreadsheet would count;
    an objection that nobody ruled on is no decision."""
    lines = (TRANSCRIPTS / "concept.jsonl").read_text("utf-8").splitlines()
    said = [line.replace("De bus moet op zondag", "=1+1 op zondag") for line in lines]
    played("\n".join(line for line in said if '"expect"' not in line).encode(), tmp_path / "x.db")
    (tmp_path / "config.toml").write_text(CONFIG + "decisions_years = 5\n")
    where = (tmp_path / "out", tmp_path / "x.db", tmp_path / "config.toml")
    assert archive_dialogue("de-zomerstraat-opnieuw", *where, False) == 0
    clerks = _rows(tmp_path / "out" / "griffie" / "besluitenlijst-griffie.csv")
    rulings = [row for row in clerks if row["decision"] == "objection_ruled"]
    assert [(row["about"], row["now"]) for row in rulings] == [("O1", "adjusted"), ("O2", "not")]
    assert [row["words"] for row in rulings] == ["'=1+1 op zondag vaker rijden.", ""]
    reasons = ["Dat klopt inderdaad.", "De bomen staan er nog niet."]
    assert [row["reason"] for row in rulings] == reasons
    public = _rows(tmp_path / "out" / "besluiten" / "besluitenlijst.csv")
    assert [row["reason"] for row in public if row["decision"] == "objection_ruled"] == ["", ""]
    assert not any("words" in row or "zondag" in " ".join(row.values()) for row in public)


def test_the_list_of_sums_holds_every_file(town: Path) -> None:
    folder = packed(town)
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (folder / "SHA256SUMS.archief").read_text().splitlines()
    )
    files = {p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS.archief"}
    assert {str(p.relative_to(folder)) for p in files} == set(listed)
    for path in files:
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        assert listed[str(path.relative_to(folder))] == sha


def test_the_same_database_gives_the_same_bytes(town: Path) -> None:
    one, other = packed(town, "one"), packed(town, "other")
    for path in one.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (other / path.relative_to(one)).read_bytes()


def test_a_folder_that_holds_something_is_left_as_it_is(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "out").mkdir()
    (town / "out" / "mine.txt").write_text("mine")
    config = town / "config.toml"
    assert archive_dialogue("ons-gesprek", town / "out", town / "x.db", config, False) == 2
    assert "holds something" in capsys.readouterr().err
    assert [path.name for path in (town / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["a\x00b", "\x1b[31m", "\ud800", "<script>&", "]]>", "x" * 500])
def test_words_are_data_in_the_metadata(name: str) -> None:
    term = mdto.Term(0, date(2026, 1, 1))
    about = mdto.Piece("id", name, "Dossier", name, "nl", "2026-01-01", "2026-01-01", term)
    root = ElementTree.fromstring(mdto.piece(about, mdto.Maker(name), "Stadsgesprek"))
    assert misplaced(root[0]) == []
    assert len(value(root[0], "naam")) <= 80


@pytest.mark.parametrize(
    ("years", "since", "ends"),
    [
        (10, "2026-11-30", "2036-11-30"),
        (1, "2028-02-29", "2029-02-28"),
        (4, "2028-02-29", "2032-02-29"),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_year(years: int, since: str, ends: str) -> None:
    assert mdto.Term(years, date.fromisoformat(since)).ends.isoformat() == ends


def test_what_became_of_an_advice_is_in_it(tmp_path: Path) -> None:
    played((TRANSCRIPTS / "opvolging.jsonl").read_bytes(), tmp_path / "x.db")
    (tmp_path / "config.toml").write_text(CONFIG + "decisions_years = 5\n")
    where = (tmp_path / "out", tmp_path / "x.db", tmp_path / "config.toml")
    assert archive_dialogue("de-zomerstraat-opnieuw", *where, False) == 0
    folder = tmp_path / "out"
    assert (folder / "opvolging" / "opvolging.json").exists()
    assert (folder / "griffie" / "opvolging.jsonl").exists()
    assert not (folder / "opvolging" / "opvolging.jsonl").exists()
    table = (folder / "besluiten" / "besluitenlijst.csv").read_text("utf-8-sig")
    for decision in ("advice_received", "response_given", "answer_postponed", "progress_noted"):
        assert f";{decision};" in table
    found = metadata(folder)
    assert {name: misplaced(root[0]) for name, root in found.items() if misplaced(root[0])} == {}
