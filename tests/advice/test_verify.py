"""verify: every changed byte and file is found and named, unchanged bundles pass, and no bytes make
it fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bundles import CLERK, OPEN, STREET, put, sentences, signed
from handmade import PAGES, bundled
from handmade_odd import ALL
from hypothesis import given
from hypothesis import strategies as st

from advice import bundle, manifest
from advice.verifying import verify
from tests.generated import examples


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_honest_bundle_passes(name: str, language: str, tmp_path: Path) -> None:
    files = bundled(ALL[name](language=language))
    folder = put(files, tmp_path / "b")
    verdict = verify.verify(folder, PAGES)
    assert verdict.ok, sentences(verdict)
    assert verdict.bundle == "public"
    assert not verdict.origin
    verdict = verify.verify(folder, PAGES, bundle.manifest_hash(files).upper())
    assert verdict.ok
    assert verdict.origin


@pytest.mark.parametrize("given_hash", ["", "0" * 64, "3f2a", "x" * 64, "é" * 64])
def test_another_hash_is_refused(given_hash: str, tmp_path: Path) -> None:
    verdict = verify.verify(put(STREET, tmp_path / "b"), PAGES, given_hash)
    assert not verdict.ok
    assert not verdict.origin
    assert "hash" in sentences(verdict)


@examples(150)
@given(st.data(), st.sampled_from([STREET, OPEN, CLERK]))
def test_any_single_byte_changed_is_found_and_named(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, files: dict[str, bytes]
) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = bytearray(files[name])
    changed[place] ^= 1 << bit
    folder = put(files | {name: bytes(changed)}, tmp_path_factory.getbasetemp() / "flip")
    verdict = verify.verify(folder, PAGES, recompile=lambda _: files["uitslag.json"])
    assert not verdict.ok
    where = {difference.where for difference in verdict.differences}
    assert name in where or name.startswith("SHA256SUMS")


@pytest.mark.parametrize("files", [STREET, OPEN, CLERK], ids=["street", "open", "clerk"])
def test_any_file_removed_emptied_or_added_is_found(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name in files:
        rest = {other: data for other, data in files.items() if other != name}
        verdict = verify.verify(put(rest, tmp_path / "b"), PAGES, recompile=lambda _: b"")
        assert not verdict.ok, name
        verdict = verify.verify(put(files | {name: b""}, tmp_path / "b"), PAGES)
        assert not verdict.ok, name
    for name in ("extra.txt", ".verborgen", "votes.csv.bak", "verslag.md"):
        verdict = verify.verify(put(files | {name: b"x"}, tmp_path / "b"), PAGES)
        assert not verdict.ok
        assert name in sentences(verdict)


def test_a_list_in_another_order_is_found(tmp_path: Path) -> None:
    lines = STREET[manifest.PUBLIC].splitlines(keepends=True)
    files = STREET | {manifest.PUBLIC: b"".join(reversed(lines))}
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["list_changed"]


def test_files_that_do_not_belong_are_found_though_listed(tmp_path: Path) -> None:
    files = signed(STREET | {"votes.csv": b"timestamp,datetime,comment-id,voter-id,vote\r\n"})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["added"]
    missing = signed({name: data for name, data in OPEN.items() if name != "votes.csv"})
    verdict = verify.verify(put(missing, tmp_path / "b"), PAGES)
    assert [(d.code, d.where) for d in verdict.differences] == [("missing", "votes.csv")]


@pytest.mark.parametrize(
    "name", ["advies.md", "advies.html", "uitslag.csv", "teksten.csv", "comments.csv"]
)
def test_documents_and_tables_must_follow_from_the_result(name: str, tmp_path: Path) -> None:
    files = signed(OPEN | {name: OPEN[name].replace(b"bomen", b"auto's", 1) + b" "})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [(d.code, d.where) for d in verdict.differences] == [("document", name)]


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"\xff\xfe\xfd",
    b"null",
    b"[]",
    b"{" * 100_000,
    b"[" * 1_000_000,
    b'{"schema":' * 50_000,
    b"1" * 100_000,
    b'{"schema": "' + b"x" * 1_000_000 + b'"}',
    b'"\\ud800"',
    STREET["uitslag.json"][:-2],
    STREET["uitslag.json"] + b" ",
    STREET["uitslag.json"].replace(b'"version": 1', b'"version": ' + b"9" * 5000),
    STREET["uitslag.json"].replace(b'"version": 1', b'"version": 1e400'),
    STREET["uitslag.json"].replace(b"Europe/Amsterdam", b"../../etc/passwd"),
    STREET["uitslag.json"].replace(b"2026-12-15", b"9999-99-99"),
    STREET["uitslag.json"].replace(b"2026-12-15", b"2026-12-15T00:00:00"),
    STREET["uitslag.json"].replace(b"2026-12-01T19:30:00Z", b"0001-01-01T00:00:00+14:00"),
    STREET["uitslag.json"].replace(b'"S1"', b'"\xc2\xb2"'),
    STREET["uitslag.json"].replace(b'"minimum": 10', b'"minimum": ' + b"[" * 900 + b"]" * 900),
    STREET["uitslag.json"].replace(b'"kind": "advies"', b'"kind": "../../x"'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": 99999999999999999999999999'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": {"1": 2}'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": 20, "extra": 0'),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_bytes_break_it(number: int, tmp_path: Path) -> None:
    data = HOSTILE[number]
    assert data not in STREET.values()
    for name in ("uitslag.json", "ontvangstcodes.csv", "advies.html"):
        verdict = verify.verify(put(signed(STREET | {name: data}), tmp_path / "b"), PAGES)
        assert not verdict.ok
        assert verdict.differences[0].sentence()
        assert len(verdict.differences[0].sentence()) < 600
        assert "\n" not in verdict.differences[0].sentence()
    files = OPEN | {"votes.csv": data}
    assert not verify.verify(put(signed(files), tmp_path / "b"), PAGES).ok
    for listing in (manifest.PUBLIC, manifest.CLERK):
        assert not verify.verify(put(STREET | {listing: data}, tmp_path / "b"), PAGES).ok


def test_links_pipes_and_folders_are_named_and_never_read(tmp_path: Path) -> None:
    for make in (
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(tmp_path / "nergens"),
        lambda path: path.mkdir(),
        os.mkfifo,
    ):
        folder = put(STREET, tmp_path / "b")
        (folder / "advies.md").unlink()
        make(folder / "advies.md")
        verdict = verify.verify(folder, PAGES)
        assert [(d.code, d.where) for d in verdict.differences] == [("not_a_file", "advies.md")]


def test_a_file_of_impossible_size_is_not_read(tmp_path: Path) -> None:
    folder = put(STREET, tmp_path / "b")
    with (folder / "advies.md").open("ab") as file:
        file.truncate(1 << 42)
    assert [d.code for d in verify.verify(folder, PAGES).differences] == ["too_large"]


@pytest.mark.parametrize("name", ["nergens", "bestand", "a\x00b", "x" * 5000])
def test_what_is_no_folder_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    verdict = verify.verify(tmp_path / name, PAGES)
    assert [d.code for d in verdict.differences] == ["no_folder"]
    assert verify.verify(tmp_path / "bestand" / "x", PAGES).differences


def test_an_empty_folder_holds_no_bundle(tmp_path: Path) -> None:
    assert [d.code for d in verify.verify(tmp_path, PAGES).differences] == ["empty"]
