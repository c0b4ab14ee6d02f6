"""Documents on the site as PDF and workbook: beside the bundle, made once, and only where what
writes them is installed."""

from __future__ import annotations

import builtins
import importlib.metadata
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advice.writing import forms, pdf
from bot.cli.verifying import verify_bundle
from tests.site.town import Town, answered_town, small_town

FOLDER = "gesprekken/de-zomerstraat"
MADE = ("SHA256SUMS.vormen", "advies.pdf", "advies.xlsx")


@pytest.fixture(name="town")
def _town(tmp_path: Path) -> Town:
    return small_town(tmp_path).with_forms()


@pytest.fixture(name="set_again")
def _set_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the documents that are set as a PDF."""
    found: list[str] = []
    own = pdf.pdf

    def counted(document: Any, *given: Any) -> bytes:
        found.append(document.kind)
        return own(document, *given)

    monkeypatch.setattr(forms, "pdf", counted)
    return found


def test_each_version_has_them_with_a_list_that_verifies(town: Town) -> None:
    assert town.publish() == 0
    folder = town.site / FOLDER / "versie-1"
    (version,) = json.loads(town.text("site.json"))["dialogues"][1]["versions"]
    assert version["forms"] == list(MADE)
    assert (folder / "advies.pdf").read_bytes().startswith(b"%PDF-")
    assert verify_bundle(folder, version["sha256"], False) == 0
    page = town.text(f"{FOLDER}/index.html")
    for name, says in (("pdf", "Als PDF"), ("xlsx", "Als Excel-bestand")):
        assert f'<a href="versie-1/advies.{name}">{says}' in page
    packed = zipfile.ZipFile(io.BytesIO((town.site / FOLDER / "versie-1.zip").read_bytes()))
    assert packed.read("advies.pdf") == (folder / "advies.pdf").read_bytes()
    (folder / "advies.pdf").write_bytes(b"%PDF-1.7 something else")
    assert verify_bundle(folder, None, False) == 1


def test_another_folder_gets_the_same_bytes(town: Town, tmp_path: Path) -> None:
    town.publish()
    first, town.site = town.files(), tmp_path / "elsewhere"
    assert town.publish() == 0
    assert town.files() == first


def test_a_pdf_is_made_again_only_where_its_document_changed(
    town: Town, set_again: list[str]
) -> None:
    """The dialogue was received by the clerk, so that its page is made anew; its document is the
    same, and so it is after the program changed."""
    town.publish()
    assert set_again == ["advies"]
    before = (town.site / FOLDER / "versie-1" / "advies.pdf").read_bytes()
    town.evening.add("gerda", None, roles=["clerk"], text="@de-zomerstraat ontvangen 2026-1")
    assert town.play().publish() == 0
    assert "2026-1" in town.text(f"{FOLDER}/index.html")
    assert set_again == ["advies", "opvolging"]
    assert (town.site / FOLDER / "versie-1" / "advies.pdf").read_bytes() == before
    town.evening.staff("@het-plein volgende ja")
    town.evening.staff("@het-plein volgende ja")
    town.evening.staff("@het-plein sluit ja")
    town.evening.staff("@het-plein advies")
    assert town.play().publish() == 0
    assert set_again == ["advies", "opvolging", "advies"]


def test_what_became_of_an_advice_is_a_pdf_too(tmp_path: Path, set_again: list[str]) -> None:
    town = answered_town(tmp_path)
    place = town.site / "gesprekken/de-zomerstraat-opnieuw"
    assert (place / "opvolging.pdf").read_bytes().startswith(b"%PDF-")
    page = town.text("gesprekken/de-zomerstraat-opnieuw/index.html")
    assert '<a href="opvolging.pdf">Wat er gebeurde als PDF' in page
    made = len(set_again)
    assert town.publish() == 0
    assert len(set_again) == made


def test_one_that_somebody_wrote_over_is_made_again(town: Town, set_again: list[str]) -> None:
    town.publish()
    place = town.site / FOLDER / "versie-1" / "advies.pdf"
    before = place.read_bytes()
    place.write_bytes(before[:-1] + b"x")
    assert town.publish() == 0
    assert place.read_bytes() == before
    assert set_again == ["advies"] * 2


def test_another_colour_makes_it_again(town: Town, set_again: list[str]) -> None:
    town.publish()
    before = (town.site / FOLDER / "versie-1" / "advies.pdf").read_bytes()
    with town.config.open("a") as config:
        config.write('[theme.light]\naccent = "#004699"\n')
    assert town.publish() == 0
    assert len(set_again) == 2
    assert (town.site / FOLDER / "versie-1" / "advies.pdf").read_bytes() != before


def test_what_was_erased_leaves_the_pdf_too(town: Town, set_again: list[str]) -> None:
    town.publish()
    town.evening.say("zoe", "vergeetmij")
    town.evening.say("zoe", "ja, vergeet mij")
    assert town.play().publish() == 0
    assert len(set_again) == 2


def test_a_town_that_wants_none_has_none(town: Town, set_again: list[str]) -> None:
    town.publish()
    text = town.config.read_text("utf-8").replace('forms = ["pdf", "xlsx"]\n', "")
    town.config.write_text(text, "utf-8")
    assert town.publish() == 0
    assert not (town.site / FOLDER / "versie-1" / "advies.pdf").exists()
    assert "advies.xlsx" not in town.text(f"{FOLDER}/index.html")
    assert verify_bundle(town.site / FOLDER / "versie-1", None, False) == 0


def test_without_the_libraries_the_page_is_whole_and_publish_says_what_is_missing(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _without(monkeypatch, "typst", "XlsxWriter", "xlsxwriter")
    assert town.publish() == 0
    assert "Documents are not there as pdf and xlsx" in capsys.readouterr().out
    names = {path.name for path in (town.site / FOLDER / "versie-1").iterdir()}
    assert not names & set(MADE)
    page = town.text(f"{FOLDER}/index.html")
    assert "PDF" not in page
    assert 'class="forms"' not in page
    (version,) = json.loads(town.text("site.json"))["dialogues"][1]["versions"]
    assert version["forms"] == []


def _without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """As on a machine where these are not installed."""
    importing: Callable[..., Any] = builtins.__import__
    version = importlib.metadata.version

    def imported(name: str, *given: Any, **more: Any) -> Any:
        if name in names:
            raise ImportError(name)
        return importing(name, *given, **more)

    def versioned(name: str) -> str:
        if name in names:
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(builtins, "__import__", imported)
    monkeypatch.setattr(forms, "version", versioned)
