"""Files of the clerk's agenda that were changed, with a list of hashes that fits; and whatever
people do is found right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice import bundle, manifest
from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Basis
from advice.verifying.verify_agenda import verify_agenda
from rounds import registry
from tests.advice.meetings_forged import (
    NEW,
    evening,
    found,
    honest,
    made_of,
    place,
    put,
)
from tests.generated import examples
from tests.replay.playing import TRANSCRIPTS, Evening, played


def listed(files: dict[str, bytes]) -> dict[str, bytes]:
    rest = {name: data for name, data in files.items() if name != manifest.AGENDA}
    return {**rest, manifest.AGENDA: manifest.listing(rest)}


def in_moments(**fields: Any) -> dict[str, bytes]:
    files = dict(honest()[1])
    data = json.loads(files["momenten.json"])
    data["moments"][0].update(fields)
    return listed({**files, "momenten.json": json.dumps(data, indent=1).encode() + b"\n"})


@pytest.mark.parametrize(
    ("key", "value"),
    [("signed_up", 11), ("waiting", 2), ("attended", 40), ("state", "called_off"), ("sequence", 0),
     ("tables", [9, 1]), ("changes", []), ("supports", 1), ("places", 12), ("title", "Anders"),
     ("begins_at", "2026-12-04T19:00:00Z"), ("where", "Stadhuis"), ("dialogue", "x")],
)  # fmt: skip
def test_a_figure_that_does_not_follow_is_named(key: str, value: object) -> None:
    first = found(in_moments(**{key: value}))[0]
    assert first.startswith(f"M1: {key} is ")


def test_a_meeting_that_is_left_out_or_added_is_named() -> None:
    files = dict(honest()[1])
    empty = json.dumps({"schema": "momenten/1", "moments": []}).encode()
    assert found(listed({**files, "momenten.json": empty}))[0] == (
        "M1 is missing in momenten.json."
    )
    assert found(in_moments(number="M2"))[0] == "M1 is missing in momenten.json."


def test_a_calendar_that_does_not_follow_is_named() -> None:
    files = dict(honest()[1])
    moved = files["agenda.ics"].replace(b"T200000", b"T210000")
    assert moved != files["agenda.ics"]
    assert found(listed({**files, "agenda.ics": moved}))[0].startswith("agenda.ics is not what")
    del files["agenda.ics"]
    assert found(listed(files)) == ["agenda.ics is missing."]


def test_a_seed_that_was_changed_leads_to_another_last_hash() -> None:
    files = dict(honest()[1])
    rows = honest()[0]
    seed = rows[place(rows, "TablesDrawn")][5]["seed"].encode()
    changed = files[agenda.JOURNALS].replace(seed, b"0" * len(seed))
    assert found(listed({**files, agenda.JOURNALS: changed}))[0].startswith("M1: the lines of its")


def test_with_all_made_to_fit_a_seed_the_hash_that_was_expected_tells() -> None:
    files = honest()[1]
    posted = manifest.sha256(files[manifest.AGENDA])
    assert found(files, posted) == []
    assert found(in_moments(), "0" * 64)[0].startswith("The hash is")


def test_the_draw_is_shown_with_list_and_seed(tmp_path: Path) -> None:
    rows = honest()[0]
    listing = rows[place(rows, "TablesListed")][5]["listing_hash"]
    verdict = verify_agenda(put(dict(honest()[1]), tmp_path / "a"), registry.record())
    (remark,) = verdict.remarks
    assert remark.code == "drawn"
    assert listing in remark.sentence()


def test_a_file_without_a_list_that_fits_is_named() -> None:
    files = dict(honest()[1])
    assert found({**files, "momenten.json": b"{}"})[0].startswith("momenten.json was changed")
    assert found({**files, "tafels-M9.html": b""})[0].startswith("tafels-M9.html does not belong")


def basis(**fields: Any) -> dict[str, bytes]:
    files = dict(honest()[1])
    known = msgspec.json.decode(files[agenda.BASIS], type=Basis)
    files[agenda.BASIS] = agenda.encode(msgspec.structs.replace(known, **fields))
    return listed(files)


def test_a_meeting_whose_journal_is_missing_is_named() -> None:
    (chain,) = msgspec.json.decode(honest()[1][agenda.BASIS], type=Basis).meetings
    second = msgspec.structs.replace(chain, meeting="M2")
    assert found(basis(meetings=[second]))[0].startswith("M1 is missing in agenda.json")
    assert found(basis(meetings=[chain, second]))[0].startswith("M2: its journal has 0 of the")
    assert found(basis(meetings=[]))[0].startswith("bijeenkomsten.jsonl has lines that are of no")


def test_erased_words_may_not_be_there_and_others_may_not_be_gone() -> None:
    made = evening()
    asked = made_of(made)
    assert b"Bo Buur" in asked[agenda.TEXTS]
    assert found(listed({**asked, agenda.TEXTS: b""})) == [
        "M1: words are missing that were never erased."
    ]
    made.tick("2026-12-20T12:00:00Z")
    after = made_of(made)
    assert after[agenda.TEXTS] == b""
    assert found(after) == []
    assert found(listed({**after, agenda.TEXTS: asked[agenda.TEXTS]})) == [
        "M1: words are there that were erased."
    ]


@pytest.mark.parametrize("name", [agenda.BASIS, agenda.JOURNALS, agenda.TEXTS])
def test_a_line_without_its_end_is_a_finding(name: str) -> None:
    files = dict(honest()[1])
    assert found(listed({**files, name: files[name][:-1]}))
    assert found(listed({**files, name: files[name][:-1] + b"\r\n"}))


@examples(60)
@given(st.data())
def test_whatever_the_bytes_are_they_become_a_finding(data: st.DataObject) -> None:
    files = dict(honest()[1])
    name = data.draw(
        st.sampled_from([agenda.BASIS, agenda.JOURNALS, agenda.TEXTS, "momenten.json"])
    )
    given_, here = files[name], data.draw(st.integers(0, len(files[name]) - 1))
    files[name] = given_[:here] + data.draw(st.binary(max_size=6)) + given_[here + 3 :]
    told = found(listed(files))  # the zone of a town with entries in its calendar shows nowhere
    assert told or files[name] == given_ or name == agenda.BASIS


SAID = [
    *(f"aanmelden M{n}" for n in (1, 2)),
    *(f"afmelden M{n}" for n in (1, 2)),
    "aanmelden M1 naam=\"Bo Buur\"",
    "herinner M1 dag",
    "herinner M1 uur",
    "herinner M1 nee",
    "steun M2",
    "vergeetmij",
    "intrekken M2",
    "ja, vergeet mij",
]  # fmt: skip


BY_STAFF = [
    "aanmelden M1 namens=bewoners aantal=3",
    "aanmelden M1 namens=bewoners aantal=1",
    "aanmelden M1 namens=bewoners aantal=0",
    "tafels M1 2",
    'moment verzet M1 wanneer="2026-12-05 20:00" want="De zaal"',
    'moment verzet M1 wanneer="2026-12-04 20:00" want="De zaal"',
    "moment afzeggen M1 De zaal is dicht.",
    "ok M2",
    'moment neem M2 wanneer="2026-12-06 20:00"',
    "moment weiger M2 Dat kan niet.",
    "aanwezig M1 7",
    'afgesproken M1 "Een bank" tafel=1',
]


@examples(40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*SAID, *BY_STAFF]),
            st.sampled_from(["anna", "bram", "cor", "dirk"]),
            st.sampled_from([1, 1, 1, 3600, 90_000]),
        ),
        max_size=40,
    ),
    st.sampled_from([0, 1, 24, 24 * 9, 24 * 70]),
)
def test_whatever_people_did_is_right(said: list[tuple[str, str, int]], later: int) -> None:
    made, second = Evening(), 0
    made.staff(NEW + "plaatsen=3")
    made.say("anna", 'moment voorstel Straatfeest waarom="Dat is leuk"')
    rows = made.rows
    for text, who, wait in said:
        second += wait
        rows.append(
            {
                "id": f"x{len(rows)}",
                "at": moment(second),
                **(
                    {"user": "vera", "in": "staf", "roles": ["moderator"]}
                    if text in BY_STAFF
                    else {"user": who}
                ),
                "text": text,
            }
        )
    rows.append({"at": moment(second + later * 3600)})
    assert found(made_of(made)) == []


def moment(seconds: int) -> str:
    from datetime import UTC, datetime, timedelta

    return (datetime(2026, 12, 1, 18, 1, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat()


@pytest.mark.parametrize("path", sorted(TRANSCRIPTS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_agenda_of_every_transcript_is_right(path: Path, tmp_path: Path) -> None:
    files = played(path.read_bytes(), tmp_path / "t.db", clerk=True).agenda
    if manifest.AGENDA in files:
        assert found(files) == []
        assert all(map(bundle.is_beside, files))
