"""Bundles: what is in them, that they come whole, and that the same result is the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from handmade import PAGES, bundled, receipts
from handmade_odd import ALL
from handmade_rounds import open_ballot
from handmade_street import street, suppressed, too_few

from advice import bundle
from advice.writing.tables import Cast
from bot.documents import placing
from bot.documents.placing import Occupied, put_bundle


def test_what_the_public_gets() -> None:
    advice = {"advies.md", "advies.html", "uitslag.json", "uitslag.csv", "teksten.csv"}
    rest = {"ontvangstcodes.csv", "SHA256SUMS"}
    assert set(bundled(street())) == advice | rest
    assert set(bundled(open_ballot())) == advice | rest | {"votes.csv", "comments.csv"}
    assert {"verslag.md", "verslag.html"} <= set(bundled(too_few()))


def test_no_receipts_of_a_round_under_five() -> None:
    files = bundle.public(suppressed(), PAGES, {1: ["AAAAAAAAAAAA"] * 3}, None)
    assert files["ontvangstcodes.csv"].count(b"\n") == 1


def test_the_list_is_what_sha256sum_checks(tmp_path: Path) -> None:
    files = bundled(street())
    put_bundle(files, tmp_path / "out")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "out",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert bundle.manifest_hash(files) == hashlib.sha256(files["SHA256SUMS"]).hexdigest()
    names = [line.split("  ")[1] for line in files["SHA256SUMS"].decode().splitlines()]
    assert names == sorted(set(files) - {"SHA256SUMS"})


def test_the_clerk_gets_the_public_files_byte_for_byte_and_more() -> None:
    files = bundled(street())
    clerk = bundle.clerk(files, b"[1]\n", b"{}\n", [Cast(1, "b1", "S1", "agree")])
    assert {name: clerk[name] for name in files} == files
    extra = {"journal.jsonl", "texts.jsonl", "stemmen.csv", "SHA256SUMS.griffie"}
    assert set(clerk) - set(files) == extra
    listed = {line.split("  ")[1] for line in clerk["SHA256SUMS.griffie"].decode().splitlines()}
    assert listed == set(clerk) - {"SHA256SUMS.griffie"}
    assert bundle.manifest_hash(clerk) == bundle.manifest_hash(files)


@pytest.mark.parametrize("name", ALL)
def test_the_same_result_is_the_same_bytes(name: str) -> None:
    first, second = bundled(ALL[name]()), bundled(ALL[name]())
    assert first == second
    assert bundle.as_zip(first) == bundle.as_zip(dict(reversed(second.items())))


def test_the_zip_has_the_files_at_its_root_with_fixed_dates() -> None:
    files = bundled(street())
    with zipfile.ZipFile(io.BytesIO(bundle.as_zip(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("advies.md") == files["advies.md"]


def test_a_bundle_replaces_an_earlier_one_wholly(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    put_bundle(bundle.clerk(bundled(too_few()), b"", b"", []), folder)
    put_bundle(bundled(street()), folder)
    assert {path.name for path in folder.iterdir()} == set(bundled(street()))
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["notities.txt", "advies.md.bak", ".geheim"])
def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("van iemand anders")
    (tmp_path / "advies.md").write_text("oud")
    with pytest.raises(Occupied, match=name):
        put_bundle(bundled(street()), tmp_path)
    assert (tmp_path / name).read_text() == "van iemand anders"
    assert (tmp_path / "advies.md").read_text() == "oud"


def test_a_folder_or_link_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "advies.md").symlink_to("/etc/hostname")
    with pytest.raises(Occupied):
        put_bundle(bundled(street()), folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(Occupied):
        put_bundle(bundled(street()), tmp_path / "file")


def test_when_the_disk_fails_the_earlier_bundle_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    earlier = bundled(too_few())
    put_bundle(earlier, folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put_bundle(bundled(street()), folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == earlier
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_when_the_folder_cannot_be_swapped_the_earlier_bundle_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    earlier = bundled(too_few())
    put_bundle(earlier, folder)
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(placing, "exchanged", lambda _one, _other: False)
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="busy"):
        put_bundle(bundled(street()), folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == earlier


def test_receipts_of_every_larger_round_are_published() -> None:
    made = street()
    published = bundled(made)["ontvangstcodes.csv"].decode()
    for codes in receipts(made).values():
        assert all(code in published for code in codes)
