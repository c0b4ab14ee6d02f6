"""What opvolging.json says of commitments is held against their journals, where these lie there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advice import manifest
from advice.followup import files as followup_files
from advice.followup.files import MODEL
from advice.followup.model import decode
from advice.verifying.verdict import Verdict
from advice.verifying.verify_followup import verify_follow_up
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from bot.playback.replay import Played
from rounds.registry import pages, record
from tests.replay.playing import TRANSCRIPTS, played

NAME = "de-zomerstraat-opnieuw"
BESIDE = (
    "What was promised stands in journals of its own, so opvolging.json was not held against them."
)

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Played:
    data = (TRANSCRIPTS / "toezeggingen.jsonl").read_bytes()
    return played(data, tmp_path_factory.mktemp("promised") / "town.db", clerk=True)


def found(folder: Path, handed: Handed, agenda: dict[str, bytes], told: bytes) -> Verdict:
    """What is found in a folder whose opvolging.json is ``told``, with the page that it makes."""
    model = decode(told)
    page = followup_files.derived(model, pages().words(model.dialogue.language))
    followed = {**handed.followed, MODEL: told, **page}
    followed.pop(manifest.FOLLOW_UP)
    put_bundle(handed.files | agenda | followup_files.with_list(followed), folder)
    return verify_follow_up(folder, record(), pages())


def changed(handed: Handed, change: Callable[[Rows], object]) -> bytes:
    told = json.loads(handed.followed[MODEL])
    change(told["commitments"])
    return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"


def test_what_was_written_is_right_beside_the_journals_or_without(
    done: Played, tmp_path: Path
) -> None:
    handed = done.bundles[NAME]
    told = handed.followed[MODEL]
    with_them = found(tmp_path / "with", handed, done.agenda, told)
    assert (with_them.differences, with_them.remarks) == ((), ())
    without = found(tmp_path / "without", handed, {}, told)
    assert without.differences == ()
    assert [one.sentence() for one in without.remarks] == [BESIDE]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[0].update(due="2027-12-14"), "T3"),
        (lambda rows: rows[0].update(text="Wij planten elf bomen."), "T3"),
        (lambda rows: rows[0].update(state="stopped"), "T3"),
        (lambda rows: rows[0].update(at="2026-12-16T09:00:00Z"), "T3"),
        (lambda rows: rows[0].update(source="A2"), "T3"),
        (lambda rows: rows[0].update(number="T2"), "is not about the advice beside it"),
        (lambda rows: rows.clear(), "is not about the advice beside it"),
        (lambda rows: rows.append(rows[0]), "is not about the advice beside it"),
    ],
)
def test_what_its_journal_never_made_it_is_named(
    change: Callable[[Rows], object], sentence: str, done: Played, tmp_path: Path
) -> None:
    handed = done.bundles[NAME]
    verdict = found(tmp_path / "b", handed, done.agenda, changed(handed, change))
    (difference,) = verdict.differences
    assert difference.where == MODEL
    assert sentence in difference.sentence()


def test_it_may_be_older_than_the_journals(done: Played, tmp_path: Path) -> None:
    handed = done.bundles[NAME]

    def as_it_was(rows: Rows) -> None:
        made = next(
            row
            for row in map(json.loads, done.agenda["toezeggingen.jsonl"].splitlines())
            if row[0] == "commitment/3"
        )
        rows[0].update(state="open", at=made[3])

    told = changed(handed, as_it_was)
    assert found(tmp_path / "b", handed, done.agenda, told).differences == ()


def test_journals_that_were_changed_are_told(done: Played, tmp_path: Path) -> None:
    handed = done.bundles[NAME]
    journals = done.agenda["toezeggingen.jsonl"].replace(b"tien bomen", b"acht bomen")
    agenda = {**done.agenda, "toezeggingen.jsonl": journals}
    (difference,) = found(tmp_path / "b", handed, agenda, handed.followed[MODEL]).differences
    assert "T3" in difference.sentence()
