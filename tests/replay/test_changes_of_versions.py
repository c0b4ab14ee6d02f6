"""A version lists what is otherwise than in the one before it, and verify computes that again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advice import bundle, manifest
from advice.verifying import recount
from bot.documents.placing import put_bundle
from rounds import registry
from tests.replay.playing import CHARTER, Evening, played
from tests.replay.versions import (
    PEOPLE,
    anew,
    changes,
    checked,
    evening,
    forget,
    text_of,
    version,
)
from tests.verifying import verified

VOTES = [(n * 5 + n // 3) % 3 for n in range(21)]


@pytest.mark.parametrize("clerk", [False, True])
def test_a_version_lists_what_is_otherwise_than_in_the_one_before(
    clerk: bool, tmp_path: Path
) -> None:
    """Hidden and shown again, another day for the answer; worked out by hand."""
    made = evening(VOTES)
    made.staff("advies")
    made.staff("verberg S3 2")
    made.staff('gesprek afspraken antwoord=2026-12-20 want="Er is meer tijd nodig."')
    made.staff("advies")
    made.staff("toon S3")
    made.staff("advies")
    db = tmp_path / "town.db"
    played(made.data, db)
    one, two, three = (version(db, n, clerk) for n in (1, 2, 3))
    assert one.result.previous is None
    assert changes(two) == [
        ("charter", "answer_by", "2026-12-15", "2026-12-20"),
        ("state", "S3", "shown", "hidden"),
        ("moderator", "", "0", "2"),
    ]
    assert changes(three) == [("state", "S3", "hidden", "shown"), ("moderator", "", "2", "3")]
    page, _, appendix = text_of(two).partition("## Bijlage")
    assert "Versie 2. Anders dan in versie 1: Antwoord vóór, S3 en wat de moderator deed." in page
    assert "### Anders dan in versie 1" in appendix
    assert "| S3 | Wel of niet te zien. Was: getoond. Nu: verborgen. |" in appendix
    assert "Was: dinsdag 15 december 2026. Nu: zondag 20 december 2026." in appendix
    assert "Versie 1" not in text_of(one).partition("## Bijlage")[0]
    for handed in (one, two, three):
        assert checked(handed, tmp_path / f"out{handed.result.version}") == set()


def test_a_round_that_came_since_is_listed(tmp_path: Path) -> None:
    made = Evening()
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    made.staff('peiling soort=een vraag="Wat?" opties="bomen; banken"')
    made.staff('gesprek start tot="vandaag 20:30"')
    made.say("anna", "stelling Meer bomen in de straat.")
    for who in PEOPLE:
        made.say(who, "stem S1 eens")
    made.wait(7200)
    made.staff("advies")
    made.staff("volgende")
    for who in PEOPLE:
        made.say(who, "stem P1 1")
    made.staff("volgende")
    made.staff("volgende ja")
    for who in PEOPLE:
        made.say(who, "stem A1 ja")
    made.staff("sluit ja")
    made.staff("advies")
    db = tmp_path / "town.db"
    played(made.data, db)
    assert changes(version(db, 2, clerk=True)) == [
        ("kind", "", "verslag", "advies"),
        ("round", "2", None, "closed"),
        ("round", "3", None, "closed"),
        ("added", "A1", None, None),
        ("added", "A2", None, None),
    ]
    assert checked(version(db, 2, clerk=True), tmp_path / "out") == set()


def test_what_was_erased_is_listed_without_its_words(tmp_path: Path) -> None:
    made = evening(VOTES)
    made.staff("advies")
    forget(made, PEOPLE[2])
    made.staff("advies")
    db = tmp_path / "town.db"
    played(made.data, db)
    two = version(db, 2, clerk=True)
    assert ("state", "S3", "shown", "erased") in changes(two)
    assert ("withheld", "1", None, None) in changes(two)
    assert not any(what == "reasons" for what, *_ in changes(two))
    assert "Betaald parkeren" not in text_of(two)
    assert checked(two, tmp_path / "out") == set()


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (lambda found: found.clear(), "recompile"),
        (lambda found: found.pop(), "recompile"),
        (lambda found: found[0].update(was="2026-12-14"), "recompile"),
    ],
)
def test_a_difference_that_is_kept_silent_is_found(forge: Any, code: str, tmp_path: Path) -> None:
    """The clerk's bundle with a list of differences written by hand, and every file made of it."""
    made = evening(VOTES)
    made.staff("advies")
    made.staff("verberg S3 2")
    made.staff('gesprek afspraken antwoord=2026-12-20 want="Later."')
    made.staff("advies")
    played(made.data, tmp_path / "town.db")
    files = version(tmp_path / "town.db", 2, clerk=True).files
    model = json.loads(files["uitslag.json"])
    forge(model["previous"]["changes"])
    result = registry.pages().decode(json.dumps(model).encode())
    codes: dict[int, list[str]] = {}
    for row in files["ontvangstcodes.csv"].decode("utf-8-sig").splitlines()[1:]:
        number, receipt = row.split(";")
        codes.setdefault(int(number), []).append(receipt)
    public = bundle.public(result, registry.pages(), codes)
    kept = {name: files[name] for name in ("journal.jsonl", "texts.jsonl", "stemmen.csv")}
    forged = {**public, **kept}
    forged["SHA256SUMS.griffie"] = manifest.listing(forged)
    put_bundle(forged, tmp_path / "out")
    assert {d.code for d in verified(tmp_path / "out").differences} == {code}


@pytest.mark.parametrize(
    "wrong", [{"what": "secret"}, {"what": "state", "was": "shown", "now": "shown"}]
)
def test_verify_refuses_a_difference_that_cannot_be(wrong: dict[str, str], tmp_path: Path) -> None:
    made = evening(VOTES)
    made.staff("advies")
    anew(made)
    played(made.data, tmp_path / "town.db")
    model = json.loads(version(tmp_path / "town.db", 2).files["uitslag.json"])
    model["previous"]["changes"] = [{"item": "S1", "was": None, "now": None, **wrong}]
    result = registry.pages().decode(json.dumps(model).encode())
    found = recount.differences(result, registry.pages())
    assert "newer" in {difference.code for difference in found}
