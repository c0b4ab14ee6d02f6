"""A journal written by hand, with everything in the bundle made from it: what the rules would never
have given is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice import bundle
from advice.ballots import casts, open_votes, started
from advice.compile import JournalPoint, compiled
from advice.writing.polis import OpenVotes
from bot.documents.placing import put_bundle
from dialogues.fold import evolve
from dialogues.machine import Stage
from dialogues.participation import Figures
from dialogues.receipts import receipts, receipts_sha256
from rounds import registry
from tests.generated import examples
from tests.replay.playing import CHARTER, Evening, played
from tests.verifying import verified

Rows = list[list[Any]]
Forgery = Callable[[Rows], None]
KEY = bytes(32)
PEOPLE = [f"buur{n}" for n in range(6)]
VOTES = {"een": "1", "meer": "1 2", "rangorde": "2 1", "punten": "1=4 2=6"}


@cache
def honest(kind: str) -> tuple[Rows, bytes]:
    """The journal and the texts of an evening with statements, a poll of a kind and a closing."""
    made = Evening()
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} minimum=1 in=zomerstraat")
    made.staff(f'peiling soort={kind} vraag="Wat?" opties="bomen; banken; pomp"')
    made.staff("start")
    made.say("buur0", "stelling Er moeten meer bomen komen.")
    for who in PEOPLE:
        made.say(who, "stem S1 eens")
        made.say(who, f"waarom S1 Omdat {who} het vindt.")
    made.staff("volgende ja")
    for who in PEOPLE:
        made.say(who, f"stem P1 {VOTES[kind]}")
    made.staff("volgende ja")
    made.staff("volgende ja")
    for who in PEOPLE:
        made.say(who, "stem A1 ja")
    made.staff("sluit ja")
    made.staff("advies")
    with TemporaryDirectory() as folder:
        (handed,) = played(made.data, Path(folder) / "t.db", clerk=True).bundles.values()
    rows = [json.loads(line) for line in handed.files["journal.jsonl"].splitlines()]
    return rows, handed.files["texts.jsonl"]


def forged(rows: Rows, texts: bytes, folder: Path) -> tuple[str, ...]:
    """What verify finds in the bundle made from these lines, with receipts and figures of people
    that fit them."""
    record, pages = registry.record(), registry.pages()
    words = {kept["ref"]: kept["text"] for kept in map(json.loads, texts.splitlines())}
    state = record.blank("ons-gesprek")
    for number, row in enumerate(rows, 1):
        row[1] = number
        line = record.read(json.dumps(row).encode())
        if row[2] == "RoundClosed/1":
            box = state.frames[line.event.round].machine.box(state.states[line.event.round])
            ballots = [] if box is None else list(box.ballots())
            row[5]["voters"] = len(ballots)
            row[5]["receipts_sha256"] = receipts_sha256(receipts(KEY, ballots))
            line = record.read(json.dumps(row).encode())
        evolve(state, line.event, line.at, line.by)
    raw = [json.dumps(row, separators=(",", ":")).encode() for row in rows]
    *_, (state, head) = record.fold("ons-gesprek", raw)
    advice = state.advice
    assert advice is not None
    point = JournalPoint(state.position, head.hex(), line.at)
    figures = Figures(advice.contributed, advice.voted, advice.total)
    result = compiled(state, pages, point, figures, words.get, advice.version)
    codes = {
        number: receipts(KEY, frame.ballots)
        for number, frame in started(state)
        if frame.stage is Stage.CLOSED
    }
    votes = OpenVotes(tuple(open_votes(state, pages)))
    files = bundle.public(result, pages, codes, votes)
    journal = b"".join(line + b"\n" for line in raw)
    put_bundle(bundle.clerk(files, journal, texts, casts(state, pages, words.get)), folder)
    return tuple(found.code for found in verified(folder).differences)


def place(rows: Rows, event: str, number: int = 0) -> int:
    return [n for n, row in enumerate(rows) if row[2] == f"{event}/1"][number]


def vote(event: str, round: int, item: str, choice: object, behind: str = "") -> Forgery:
    """A vote of somebody more, behind the third of its kind."""

    def forge(rows: Rows) -> None:
        at = place(rows, behind or event, 2)
        data = {"round": round, "item": item, "choice": choice, "order": "0"}
        rows.insert(at + 1, [rows[0][0], 0, f"{event}/1", rows[at][3], "bnew", data])
        rows[place(rows, "AdviceRequested")][5].update(voted=7, total=7)

    return forge


def changed(event: str, **fields: Any) -> Forgery:
    def forge(rows: Rows) -> None:
        rows[place(rows, event)][5].update(fields)

    return forge


def again(event: str, behind: str, number: int = 0, **fields: Any) -> Forgery:
    """The same event once more, elsewhere and with other fields."""

    def forge(rows: Rows) -> None:
        row = json.loads(json.dumps(rows[place(rows, event)]))
        at = place(rows, behind, number)
        row[3] = rows[at][3]
        row[5].update(fields)
        rows.insert(at + 1, row)

    return forge


def late_reason(rows: Rows) -> None:
    row = rows.pop(place(rows, "ReasonGiven"))
    at = place(rows, "RoundClosed")
    row[3] = rows[at][3]
    rows.insert(at + 1, row)


def silent_decider(rows: Rows) -> None:
    at = place(rows, "RoundClosed")
    row = json.loads(json.dumps(rows[place(rows, "CharterSet")]))
    row[3] = rows[at][3]
    row[5]["charter"]["decider"] = "de wethouder"
    row[5]["keys"] = []
    rows.insert(at + 1, row)


def hidden_votes(rows: Rows) -> None:
    """Votes on a statement while nobody could see it."""
    at = place(rows, "VoteCast", 2)
    data = {"item": "S1", "reason": "advertising"}
    rows.insert(at, [rows[0][0], 0, "ItemHidden/1", rows[at][3], "m", data])
    end = place(rows, "HourSet")
    rows.insert(end, [rows[0][0], 0, "ItemShown/1", rows[end][3], "m", {"item": "S1"}])


def older_vote(rows: Rows) -> None:
    """A vote of the same ballot, given before the one that it comes behind."""
    at = place(rows, "VoteCast")
    row = json.loads(json.dumps(rows[at]))
    row[3] = "2026-12-01T18:00:04Z"
    row[5]["choice"] = "disagree"
    rows.insert(at + 1, row)


def on_item(event: str, by: str = "m", **data: Any) -> Forgery:
    """Something that happened to S1, right before the first round closed."""

    def forge(rows: Rows) -> None:
        at = place(rows, "HourSet")
        fields = {"item": "S1", **data}
        rows.insert(at, [rows[0][0], 0, f"{event}/1", rows[at][3], by, fields])

    return forge


def author(rows: Rows) -> str:
    return str(rows[place(rows, "StatementGiven")][4])


def late_withdrawal(rows: Rows) -> None:
    """Its author takes a statement away after its round."""
    at = place(rows, "RoundClosed")
    data = {"item": "S1"}
    rows.insert(at + 1, [rows[0][0], 0, "ItemWithdrawn/1", rows[at][3], author(rows), data])


def changed_under_votes(rows: Rows) -> None:
    given = rows[place(rows, "StatementGiven")][5]["text"]
    on_item("ItemChanged", author(rows), text=given, pending=False)(rows)


def hidden_twice(rows: Rows) -> None:
    for _ in range(2):
        on_item("ItemHidden", reason="advertising")(rows)


POLL = "PollVoteCast"
FORGERIES: dict[str, tuple[str, Forgery]] = {
    "a vote before its round": ("een", vote(POLL, 1, "P1", [1], "VoteCast")),
    "a choice there is not": ("een", vote("VoteCast", 0, "S1", "maybe")),
    "no option": ("een", vote(POLL, 1, "P1", [])),
    "two options where one counts": ("een", vote(POLL, 1, "P1", [1, 2])),
    "an option twice": ("meer", vote(POLL, 1, "P1", [1, 1])),
    "a place twice": ("rangorde", vote(POLL, 1, "P1", [1, 1])),
    "nine points of ten": ("punten", vote(POLL, 1, "P1", [5, 4])),
    "points below nothing": ("punten", vote(POLL, 1, "P1", [11, -1])),
    "an older vote behind a newer one": ("een", older_vote),
    "closed before votes that it counts": (
        "een",
        changed("RoundClosed", closed_at="2026-12-01T18:00:05Z"),
    ),
    "a reason after the closing": ("een", late_reason),
    "votes on what was hidden": ("een", hidden_votes),
    "a charter that changed unsaid": ("een", silent_decider),
    "other options under votes": (
        "een",
        again("PollFilled", POLL, 5, options=["banken", "bomen", "pomp"]),
    ),
    "hidden for no reason of the list": ("een", on_item("ItemHidden", reason="spam")),
    "hidden twice": ("een", hidden_twice),
    "withdrawn after its round": ("een", late_withdrawal),
    "other words under votes": ("een", changed_under_votes),
    "a version twice": ("een", again("AdviceRequested", "AdviceRequested")),
}


#: What no rule gives at any moment of that evening, where nothing was hidden or waited for staff.
NEVER: tuple[Forgery, ...] = (
    on_item("ItemShown"),
    on_item("ItemWithdrawn", "somebody else"),
    on_item("ItemWithdrawn", "clock"),
    on_item("ItemApproved"),
    on_item("ItemHidden", item="A1", reason="advertising"),
    on_item("TextErased", "clock", ref="tof-nobody"),
    on_item("ItemChanged", "somebody else", text=["tof-nobody", "00"], pending=False),
)


@examples(40)
@given(st.sampled_from(NEVER), st.data())
def test_what_happens_to_items_is_decided_again_at_any_moment(
    forge: Forgery, data: st.DataObject
) -> None:
    rows, texts = honest("een")
    rows = json.loads(json.dumps(rows))
    forge(rows)
    strange = rows.pop(next(n for n, row in enumerate(rows) if row[1] == 0))
    item = strange[5]["item"]
    first, last = place(rows, "StatementGiven"), place(rows, "AdviceRequested")
    if item == "A1":
        first = place(rows, "VoteOpened")
    at = data.draw(st.integers(first, last - 1))
    strange[3] = rows[at][3]
    rows.insert(at + 1, strange)
    with TemporaryDirectory() as folder:
        assert forged(rows, texts, Path(folder) / "b") == ("unrecompiled",)


@pytest.mark.parametrize("kind", VOTES)
def test_the_same_journal_is_right(kind: str, tmp_path: Path) -> None:
    rows, texts = honest(kind)
    assert forged(json.loads(json.dumps(rows)), texts, tmp_path / "b") == ()


@pytest.mark.parametrize("name", FORGERIES)
def test_what_the_rules_would_not_give_is_refused(name: str, tmp_path: Path) -> None:
    kind, forge = FORGERIES[name]
    rows, texts = honest(kind)
    rows = json.loads(json.dumps(rows))
    forge(rows)
    assert forged(rows, texts, tmp_path / "b") == ("unrecompiled",)
