"""Every version of an advice can be exported; after an erasure without the words that went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice import bundle
from bot.cli.export import export_dialogue
from bot.cli.verifying import verify_bundle
from bot.documents.handover import NoSuchVersion
from bot.documents.placing import put_bundle
from rounds import registry
from tests.generated import examples
from tests.replay.playing import CHARTER, Evening, played
from tests.replay.versions import (
    CLERKS,
    PEOPLE,
    anew,
    checked,
    evening,
    forget,
    told,
    version,
    words_of,
)
from tests.verifying import verified

VOTES = [(n * 5 + n // 3) % 3 for n in range(21)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("clerk", [False, True])
def test_each_version_is_the_one_that_was_posted(
    clerk: bool, language: str, tmp_path: Path
) -> None:
    made = evening(VOTES, language)
    made.staff("advies")
    first = played(made.data, tmp_path / "first.db").bundles["ons-gesprek"]
    anew(made)
    anew(made)
    played(made.data, tmp_path / "town.db")
    one, two, three = (version(tmp_path / "town.db", n, clerk) for n in (1, 2, 3))
    assert bundle.manifest_hash(one.files) == bundle.manifest_hash(first.files)
    assert one.result.previous is None
    for before, after in ((one, two), (two, three)):
        assert after.posted
        named = after.result.previous
        assert named is not None
        posted = bundle.manifest_hash(before.files)
        assert (named.version, named.sha256) == (before.result.version, posted)
        assert named.at == before.result.journal.at
        page = next(n for n in after.files if n.endswith(".md"))
        assert posted in after.files[page].decode()
        assert f"{'versie' if language == 'nl' else 'version'} {named.version}" in words_of(after)
    for handed in (one, two, three):
        assert checked(handed, tmp_path / f"out{handed.result.version}") == set()
    assert version(tmp_path / "town.db", None, clerk).files == three.files


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("clerk", [False, True])
def test_after_an_erasure_it_is_made_again_without_those_words(
    clerk: bool, language: str, tmp_path: Path
) -> None:
    made = evening(VOTES, language)
    made.staff("advies")
    anew(made)
    first = played(made.data, tmp_path / "first.db").bundles["ons-gesprek"]
    assert "Omdat buur" in words_of(first)
    forget(made, PEOPLE[1])
    made.staff("advies")
    forget(made, PEOPLE[2])
    db = tmp_path / "town.db"
    played(made.data, db)
    for number in (1, 2, 3, 4):
        handed = version(db, number, clerk)
        assert handed.result.version == number
        assert not handed.posted
        assert all(round_.reasons_withheld for round_ in handed.result.rounds)
        public = {n: d for n, d in handed.files.items() if n not in CLERKS}
        told = "\n".join(data.decode("utf-8-sig") for data in public.values())
        assert "Omdat buur" not in told
        assert "van 1" not in told
        assert "Betaald parkeren" not in words_of(handed)  # buur2 is forgotten in every version
        assert "De bus vaker" not in words_of(handed)
        remarks = checked(handed, tmp_path / f"out{number}")
        assert ("no_longer" in remarks) is (number < 4)
        if number < 4:
            assert handed.result.remade is not None
            posted = handed.result.remade.sha256
            assert posted is not None
            assert posted != bundle.manifest_hash(handed.files)
            page = next(n for n in handed.files if n.endswith(".md"))
            assert posted in handed.files[page].decode()
            gone = {"version": str(number), "texts": str(handed.result.erased)}
            said = registry.pages().words(language).text("page.remade", **gone)
            assert said in handed.files[page].decode()
        else:
            assert handed.result.remade is None
            assert handed.files == version(db, None, clerk).files


@pytest.mark.parametrize("erased", [False, True])
def test_what_came_later_changes_no_earlier_version(erased: bool, tmp_path: Path) -> None:
    """A version between two rounds has nothing of the second; who wrote there alone can be
    forgotten, and the hash is still the posted one."""
    made = Evening()
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    made.staff('peiling soort=een anders=ja vraag="Wat?" opties="bomen; banken; pomp"')
    made.staff('gesprek start tot="vandaag 20:30"')
    made.say("anna", "stelling Meer bomen in de straat.")
    for who in PEOPLE:
        made.say(who, "stem S1 eens")
    made.wait(7200)
    made.staff("advies")
    posted = played(made.data, tmp_path / "first.db").bundles["ons-gesprek"]
    assert [round_.state for round_ in posted.result.rounds] == ["closed"]
    made.staff("volgende")
    made.say("bob", "stem P1 anders een waterspeelplaats")
    made.staff("ok X1")
    for who in PEOPLE:
        made.say(who, "stem P1 1")
    made.staff("volgende")
    if erased:
        forget(made, "bob")
    made.staff("sluit ja")
    made.staff("advies")
    db = tmp_path / "town.db"
    played(made.data, db)
    last = version(db, 2)
    assert [round_.kind for round_ in last.result.rounds][:2] == ["statements", "poll"]
    assert ("waterspeelplaats" in words_of(version(db, 2, clerk=True))) is not erased
    for clerk in (False, True):
        again = version(db, 1, clerk)
        assert bundle.manifest_hash(again.files) == bundle.manifest_hash(posted.files)
        assert checked(again, tmp_path / f"out{clerk}") == set()


def test_a_version_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waiting = Evening()
    waiting.open("stellingenronde")
    db = tmp_path / "none.db"
    played(waiting.data, db)
    with pytest.raises(NoSuchVersion):
        version(db, 1)
    assert export_dialogue("ons-gesprek", tmp_path / "out", False, db, None, False, 1) == 2
    assert "no advice was asked for yet" in capsys.readouterr().err
    made = evening(VOTES)
    made.staff("advies")
    anew(made)
    db = tmp_path / "two.db"
    played(made.data, db)
    for number in (-1, 0, 3):
        assert export_dialogue("ons-gesprek", tmp_path / "out", False, db, None, False, number) == 2
        assert "there is: 1, 2" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert export_dialogue("ons-gesprek", tmp_path / "out", False, db, None, False, 1) == 0
    assert verify_bundle(tmp_path / "out", None, False) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"previous": None}, "previous"),
        ({"previous": {"version": 2, "at": "2026-12-01T18:00:00Z", "sha256": None}}, "previous"),
        ({"previous": {"version": 1, "at": "2027-12-01T18:00:00Z", "sha256": None}}, "previous"),
        ({"previous": {"version": 1, "at": "2026-12-01T18:00:00Z", "sha256": "x"}}, "previous"),
        ({"remade": {"sha256": None}}, "remade"),
        ({"remade": {"sha256": "x"}, "erased": 1}, "remade"),
    ],
)
def test_verify_refuses_versions_that_cannot_be(
    change: dict[str, Any], code: str, tmp_path: Path
) -> None:
    made = evening(VOTES)
    made.staff("advies")
    anew(made)
    played(made.data, tmp_path / "town.db")
    files = version(tmp_path / "town.db", 2).files
    model = json.loads(files["uitslag.json"]) | change
    result = registry.pages().decode(json.dumps(model).encode())
    folder = tmp_path / "out"
    codes = bundle.receipted(result)
    assert codes == (1,)
    put_bundle(bundle.public(result, registry.pages(), {}), folder)
    assert code in {d.code for d in verified(folder).differences}


def test_versions_side_by_side_do_not_tell_how_a_forgotten_person_voted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Worlds that differ in one vote and its reason of one who is forgotten, between and after
    versions: of each version all is the same but the counts of that item, and between versions
    nothing moved that a vote could move."""

    @examples(6, 150)
    @given(st.lists(st.integers(0, 2), min_size=21, max_size=21), st.integers(3, 6), st.booleans())
    def check(votes: list[int], target: int, between: bool) -> None:
        folder = tmp_path_factory.mktemp("worlds")
        worlds = []
        for choice in (0, 1):
            mine = [*votes]
            mine[target * 3 + 1] = choice  # of S2
            made = evening(mine)
            made.staff("advies")
            if between:
                forget(made, PEOPLE[target])
            anew(made)
            if not between:
                forget(made, PEOPLE[target])
            db = folder / f"{choice}.db"
            played(made.data, db)
            worlds.append([told(version(db, number)) for number in (1, 2)])
            one, two = (version(db, number).result.rounds for number in (1, 2))
            assert one == two
            # One left out would be known from what somebody kept, beside the others.
            assert not any(item.reasons for item in one[0].items)
        assert worlds[0] == worlds[1]

    check()
