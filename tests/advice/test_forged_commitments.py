"""The journals of commitments written by hand, with everything in the clerk's register made from
them: what the rules would never have given is found and named, and so is one byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from advice import manifest
from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Kept
from advice.town.commitments import files as files_of
from advice.town.commitments import register
from advice.town.planned import Named
from advice.verifying.allowed_commitments import CHECKED
from advice.verifying.verify_agenda import verify_agenda
from commitments.commitment import Commitment
from commitments.events import EVENTS
from commitments.fold import evolve
from rounds import registry
from tests.replay.playing import CHARTER, Evening, played

Rows = list[list[Any]]
Forgery = Callable[[Rows], None]
NAMED = Named("Haarlem", "Europe/Amsterdam", "nl")


def put(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def found(files: dict[str, bytes]) -> list[str]:
    with TemporaryDirectory() as folder:
        verdict = verify_agenda(put(files, Path(folder) / "a"), registry.record())
    return [one.sentence() for one in verdict.differences]


def by(user: str, at: str, text: str, where: str | None = "staf") -> dict[str, Any]:
    line = {"id": f"{user}{at}", "at": at, "user": user, "text": text, "roles": [user]}
    return line | ({"in": where} if where else {})


def evening() -> Evening:
    """T1 is promised in person and becomes late; T2 is an answer to V1, promised twice, and missed;
    T3 comes of a meeting."""
    made = Evening()
    made.staff(f"gesprek nieuw vragenuur Bomen {CHARTER} in=zomerstraat")
    made.staff("start tot=21:00")
    made.say("anna", "vraag Wanneer komt er een bank bij de school?")
    new = 'moment nieuw Avond wanneer="2026-12-02 20:00" waar="Wijkhuis" in=zomerstraat'
    made.staff(new)
    made.rows += [
        by("clerk", "2026-12-01T19:00:00Z", 'toezegging "Een bank." wie="college" voor="1 maart"'),
        by("official", "2026-12-01T19:00:01Z", "zoekuit V1 vrijdag 4 december"),
        by("official", "2026-12-01T19:00:02Z", "zoekuit V1 maandag 7 december"),
        {"at": "2026-12-03T12:00:00Z"},
        by(
            "official",
            "2026-12-03T12:00:01Z",
            'afgesproken M1 "De heg gaat weg." wie="de buurt" voor="1 mei"',
        ),
        {"at": "2027-03-10T12:00:00Z"},
    ]
    return made


@cache
def honest() -> tuple[Rows, dict[str, bytes]]:
    with TemporaryDirectory() as folder:
        files = played(evening().data, Path(folder) / "t.db", clerk=True).agenda
    return [json.loads(line) for line in files[agenda.COMMITMENTS].splitlines()], files


def forged(forge: Forgery) -> list[str]:
    """What is found in the files made of journals that were changed, all else fitting them."""
    rows, files = json.loads(json.dumps(honest()[0])), honest()[1]
    forge(rows)
    record, kept, states = registry.record(), [], []
    for name in dict.fromkeys(row[0] for row in rows):
        state, raw = Commitment(name), []
        for number, row in enumerate([row for row in rows if row[0] == name], 1):
            row[1] = number
            raw.append(json.dumps(row, separators=(",", ":")).encode())
            line = record.read(raw[-1])
            with suppress(Exception):  # what cannot even be folded has to be named too
                evolve(state, line.event, line.at, line.by)
        kept.append(Kept(name, raw, (), True))
        states += [state] if state.what is not None else []
    public = {name: data for name, data in files.items() if name in ("agenda.ics", "momenten.json")}
    public |= files_of(register(states, NAMED, lambda _room: True))
    public |= {name: data for name, data in files.items() if name.startswith("tafels")}
    return found(agenda_of(public, kept, files))


def agenda_of(
    public: dict[str, bytes], kept: list[Kept], files: dict[str, bytes]
) -> dict[str, bytes]:
    meetings = [json.loads(line) for line in files[agenda.JOURNALS].splitlines()]
    raw = files[agenda.JOURNALS].splitlines()
    assert {row[0] for row in meetings} == {"meeting/1"}
    return agenda.clerk(public, NAMED, [], [Kept("meeting/1", raw, (), True)], kept)


def line(rows: Rows, id: int, event: str, which: int = 0) -> list[Any]:
    mine = [r for r in rows if r[0] == f"commitment/{id}" and r[2].startswith(event)]
    return mine[which]


def test_what_really_happened_is_found_right() -> None:
    assert found(honest()[1]) == []
    assert forged(lambda rows: None) == []
    kinds = {row[2].partition("/")[0] for row in honest()[0]}
    assert kinds == {"CommitmentMade", "CommitmentChanged", "CommitmentLate", "CommitmentNear"}


def test_every_event_is_decided_on_again() -> None:
    assert frozenset(EVENTS) == CHECKED


@pytest.mark.parametrize(
    "name", ["toezeggingen.jsonl", "register.json", "register.md", "agenda.json"]
)
def test_one_flipped_byte_is_named(name: str) -> None:
    files = dict(honest()[1])
    at = len(files[name]) // 2
    files[name] = files[name][:at] + bytes([files[name][at] ^ 1]) + files[name][at + 1 :]
    (sentence,) = found(files)
    assert name in sentence


def test_a_changed_line_is_named_though_all_lists_fit() -> None:
    files = dict(honest()[1])
    files[agenda.COMMITMENTS] = files[agenda.COMMITMENTS].replace(b"Een bank.", b"Een berk.")
    del files[manifest.AGENDA]
    files[manifest.AGENDA] = manifest.listing(files)
    (sentence,) = found(files)
    assert sentence.startswith("T1: the lines of its journal were changed")


def _set(id: int, event: str, which: int = 0, **fields: Any) -> Forgery:
    return lambda rows: line(rows, id, event, which)[5].update(fields)


def _at(id: int, event: str, at: str) -> Forgery:
    return lambda rows: line(rows, id, event).__setitem__(3, at)


def _drop(id: int, event: str) -> Forgery:
    return lambda rows: rows.remove(line(rows, id, event))


def _more(id: int, after: str, event: str, at: str, by: str, **data: Any) -> Forgery:
    def forge(rows: Rows) -> None:
        place = rows.index(line(rows, id, after, -1)) + 1
        rows.insert(place, [f"commitment/{id}", 0, f"{event}/1", at, by, data])

    return forge


@pytest.mark.parametrize(
    ("forge", "named"),
    [
        (_set(1, "CommitmentLate", times=0), "T1, line 3"),
        (_at(1, "CommitmentLate", "2027-02-28T16:00:00Z"), "T1, line 3"),
        (_at(1, "CommitmentNear", "2027-02-23T08:00:00Z"), "T1, line 2"),
        (_set(1, "CommitmentMade", counts_from="2027-04-01"), "T1, line 1"),
        (_set(2, "CommitmentChanged", counts_from="2027-04-01"), "T2, line 2"),
        (_drop(1, "CommitmentMade"), "T1, line 1"),
        (
            _more(1, "CommitmentLate", "CommitmentMakerErased", "2027-03-09T16:00:00Z", "clock"),
            "T1, line 4",
        ),
        (
            _more(
                *(3, "CommitmentMade", "CommitmentPostponed", "2026-12-04T16:00:00Z", "p1"),
                due="2027-05-01",
                want="x",
                counts_from="2027-05-01",
            ),
            "T3, line 2",
        ),
        (_more(3, "CommitmentMade", "CommitmentLate", "2026-12-04T16:00:00Z", "clock", times=1),
         "T3, line 2"),
    ],
)  # fmt: skip
def test_what_the_rules_never_give_is_named(forge: Forgery, named: str) -> None:
    (sentence,) = forged(forge)
    assert sentence.startswith(f"toezeggingen.jsonl: {named} "), sentence


def test_a_commitment_that_is_left_out_is_named() -> None:
    def forge(rows: Rows) -> None:
        rows[:] = [row for row in rows if row[0] != "commitment/2"]

    assert forged(forge) == [
        "T2 is missing in agenda.json: commitments have numbers one after the other."
    ]
