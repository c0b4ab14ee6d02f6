"""Other forms beside a bundle: what was posted does not change, and a damaged file is named."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from bundles import CLERK, STREET, put, sentences
from click.testing import CliRunner
from handmade import PAGES
from handmade_street import street, too_few
from tagged import tagged
from test_paragraph import made as paragraph
from test_paragraph import written

from advice import bundle, manifest
from advice.verifying.verify import verify
from advice.writing.forms import Form, with_forms
from advice.writing.theme import NEUTRAL
from bot.cli.main import main
from tests.docs.pages import ROOT

EVERY = frozenset(Form)


@cache
def every_form() -> dict[str, bytes]:
    return with_forms(STREET, street(), PAGES, EVERY)


def test_without_a_wish_there_is_the_bundle_alone() -> None:
    assert with_forms(STREET, street(), PAGES, ()) == STREET


def test_the_bundle_stays_as_it_was_posted() -> None:
    assert {name: every_form()[name] for name in STREET} == STREET
    assert bundle.manifest_hash(every_form()) == bundle.manifest_hash(STREET)
    more = {"advies.pdf", "advies.xlsx", "bundel.zip", "SHA256SUMS.vormen"}
    assert set(every_form()) - set(STREET) == more
    assert more <= bundle.BESIDE


def test_a_report_is_called_so() -> None:
    made = with_forms({}, too_few(), PAGES, {Form.PDF, Form.XLSX})
    assert set(made) == {"verslag.pdf", "verslag.xlsx", "SHA256SUMS.vormen"}


def test_the_list_is_that_of_sha256sum() -> None:
    names = ("advies.pdf", "advies.xlsx")
    meant = [f"{hashlib.sha256(every_form()[name]).hexdigest()}  {name}" for name in names]
    assert every_form()[manifest.FORMS].decode().splitlines() == meant


def test_the_zip_has_all_that_lies_there_but_itself() -> None:
    made = with_forms(CLERK, street(), PAGES, EVERY, beside={"agenda.ics": b"BEGIN"})
    with zipfile.ZipFile(io.BytesIO(made["bundel.zip"])) as found:
        inside = {name: found.read(name) for name in found.namelist()}
    assert inside == {n: d for n, d in made.items() if n != "bundel.zip"} | {"agenda.ics": b"BEGIN"}


def test_the_zip_alone() -> None:
    made = with_forms(STREET, street(), PAGES, {Form.ZIP})
    assert set(made) - set(STREET) == {"bundel.zip"}


def test_everything_is_the_same_a_second_time() -> None:
    assert with_forms(STREET, street(), PAGES, EVERY) == every_form()


def test_a_bundle_with_forms_is_right(tmp_path: Path) -> None:
    verdict = verify(put(every_form(), tmp_path / "x"), PAGES, bundle.manifest_hash(STREET))
    assert sentences(verdict) == ""


@pytest.mark.parametrize("name", ["advies.pdf", "advies.xlsx"])
def test_a_flipped_byte_is_named(name: str, tmp_path: Path) -> None:
    data = bytearray(every_form()[name])
    data[len(data) // 2] ^= 1
    verdict = verify(put({**every_form(), name: bytes(data)}, tmp_path / "x"), PAGES)
    assert sentences(verdict).startswith(f"{name} was changed")


def test_a_form_that_is_missing_from_its_list_or_folder_is_named(tmp_path: Path) -> None:
    gone = {name: data for name, data in every_form().items() if name != "advies.pdf"}
    assert sentences(verify(put(gone, tmp_path / "x"), PAGES)) == "advies.pdf is missing."
    more = {**every_form(), "verslag.pdf": b"%PDF"}
    assert "verslag.pdf does not belong" in sentences(verify(put(more, tmp_path / "x"), PAGES))


def test_without_their_list_they_are_passed_by(tmp_path: Path) -> None:
    """Nothing was promised of them."""
    kept = {name: data for name, data in every_form().items() if name != manifest.FORMS}
    assert sentences(verify(put(kept, tmp_path / "x"), PAGES)) == ""


def test_a_paper_is_a_pdf_too_and_in_the_list(tmp_path: Path) -> None:
    model = written(paragraph())
    made = with_forms(STREET, street(), PAGES, {Form.PDF}, beside=model)
    assert "participatieparagraaf.pdf" in made
    found = tagged(made["participatieparagraaf.pdf"])
    assert [tag.role for tag in found.tree.every("H1")] == ["H1"]
    assert b"participatieparagraaf.pdf" in made[manifest.FORMS]
    folder = put({**made, **model}, tmp_path / "x")
    assert sentences(verify(folder, PAGES)) == ""
    (folder / "participatieparagraaf.pdf").write_bytes(b"%PDF")
    assert sentences(verify(folder, PAGES)).startswith("participatieparagraaf.pdf was changed")


# The command line

EVENING = min((ROOT / "tests" / "transcripts").glob("*.jsonl"))


def run(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return found.exit_code, found.output


def test_replay_and_export_write_the_same(tmp_path: Path) -> None:
    db, wanted = tmp_path / "x.db", ("--format", "pdf", "--format", "xlsx")
    code, told = run("replay", EVENING, "--out", tmp_path / "a", "--db", db, *wanted)
    assert code == 0, told
    (name,) = [line.rsplit("/", 1)[1] for line in told.splitlines() if line.endswith(".pdf")]
    dialogue = _dialogue(tmp_path / "a")
    code, told = run("export", dialogue, "--out", tmp_path / "b", "--db", db, *wanted)
    assert code == 0, told
    for form in (name, name.replace("pdf", "xlsx"), manifest.FORMS):
        assert (tmp_path / "b" / form).read_bytes() == (tmp_path / "a" / form).read_bytes()


def _dialogue(folder: Path) -> str:
    found: str = PAGES.decode((folder / bundle.RESULT).read_bytes()).dialogue.id
    return found


def test_a_pdf_has_the_towns_colours_and_the_bundle_ours(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    colours = '[town]\nname = "Haarlem"\n[theme.light]\naccent = "#004699"\n'
    config.write_text(colours, encoding="utf-8")
    plain, own = tmp_path / "plain", tmp_path / "own"
    assert run("replay", EVENING, "--out", plain, "--format", "pdf")[0] == 0
    assert run("replay", EVENING, "--out", own, "--format", "pdf", "--config", config)[0] == 0
    assert (plain / manifest.PUBLIC).read_bytes() == (own / manifest.PUBLIC).read_bytes()
    (one,), (other,) = plain.glob("*.pdf"), own.glob("*.pdf")
    assert one.read_bytes() != other.read_bytes()
    assert tagged(one.read_bytes()).tree == tagged(other.read_bytes()).tree
    theme = replace(NEUTRAL, print=replace(NEUTRAL.print, accent="#004699"))
    result = PAGES.decode((own / bundle.RESULT).read_bytes())
    assert with_forms({}, result, PAGES, {Form.PDF}, theme)[other.name] == other.read_bytes()


@pytest.mark.parametrize(("form", "library"), [("pdf", "typst"), ("xlsx", "xlsxwriter")])
def test_without_its_library_nothing_is_written_and_it_is_said(
    form: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    code, told = run("replay", EVENING, "--out", tmp_path / "x", "--format", form)
    assert code == 2
    assert "stadsgesprek[documents]" in told
    assert library in told.lower()
    assert not (tmp_path / "x").exists()


def test_a_form_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert run("replay", EVENING, "--out", tmp_path / "x", "--format", "docx")[0] == 2
