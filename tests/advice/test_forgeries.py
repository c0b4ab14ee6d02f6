"""Forgeries of a result that no ballots give: each is refused, however the files are signed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from handmade import PAGES, bundled, poll, round_, said
from handmade_odd import ALL
from handmade_street import street
from hypothesis import given
from hypothesis import strategies as st

from advice import bundle, manifest
from advice.model import Consent, Reason, Result
from advice.published import iso
from advice.verifying import proposing, recount, verify
from advice.verifying.allowed import Doubtful
from advice.verifying.rebuild import _folded as folded
from advice.verifying.received import receipts
from dialogues import intents as it
from dialogues.core import Context, Text
from dialogues.counting import statement
from dialogues.record import BrokenJournal
from rounds.questions.state import AskQuestion, QuestionAnswered
from rounds.statements.rules import GiveStatement, VoteCast
from tests.dialogues.scene import Scene, plan, started
from tests.generated import examples

Change = Callable[[Result], Result]


def round_of(index: int, **fields: Any) -> Change:
    def change(made: Result) -> Result:
        rounds = list(made.rounds)
        rounds[index] = msgspec.structs.replace(rounds[index], **fields)
        return msgspec.structs.replace(made, rounds=rounds)

    return change


def with_fields(**fields: Any) -> Change:
    return lambda made: msgspec.structs.replace(made, **fields)


def people(**fields: Any) -> Change:
    def change(made: Result) -> Result:
        changed = msgspec.structs.replace(made.participants, **fields)
        return msgspec.structs.replace(made, participants=changed)

    return change


def item_of(index: int, place: int, **fields: Any) -> Change:
    def change(made: Result) -> Result:
        items: list[Any] = list(made.rounds[index].items)
        items[place] = msgspec.structs.replace(items[place], **fields)
        return round_of(index, items=items)(made)

    return change


def unsaid(made: Result) -> Result:
    """The first recommendation without its words, and with another vote."""
    first, *rest = made.recommendations
    gone = msgspec.structs.replace(first, text=None, consent=Consent(99, 0), minority=None)
    return msgspec.structs.replace(made, recommendations=[gone, *rest])


TWO = [Reason("disagree", "Dat kan niet."), Reason("agree", "Dat kan.")]
FORGED: dict[str, tuple[Change, str]] = {
    "no attested figures": (people(attested=[]), "attested"),
    "fewer attested figures": (people(attested=["voted"]), "attested"),
    "a small number": (people(contributed=3), "under_threshold"),
    "enough people, it says": (people(minimum_met=False), "minimum"),
    "linked and unlinked do not add up": (people(linked=6, unlinked=12), "subtraction"),
    "a small number linked": (people(linked=3, unlinked=20), "subtraction"),
    "one of two held back": (people(linked=None), "subtraction"),
    "more linked than took part": (people(linked=99, unlinked=None), "subtraction"),
    "no rules": (with_fields(rules=[]), "rules"),
    "an earlier version": (with_fields(version=-3), "version"),
    "version 0": (with_fields(version=0), "version"),
    "no codes": (round_of(0, receipts_sha256=None), "codes"),
    "closed before it opened": (round_of(0, closed_at="2026-11-30T10:00:00Z"), "times"),
    "opened before the one before": (round_of(1, opened_at="2026-11-30T10:00:00Z"), "times"),
    "opened before the last one closed": (round_of(1, opened_at="2026-12-01T19:29:59Z"), "times"),
    "no time": (round_of(0, closed_at="gisteren"), "times"),
    "another zone": (round_of(0, closed_at="2026-12-01T19:30:00+01:00"), "times"),
    "closed after the document": (round_of(0, closed_at="2027-12-01T19:30:00Z"), "times"),
    "never opened": (round_of(0, opened_at=None), "times"),
    "a number with more behind it": (item_of(0, 0, number="S1x"), "item_number"),
    "a number of another kind": (item_of(0, 0, number="V1"), "item_number"),
    "no number": (item_of(0, 0, number=""), "item_number"),
    "reasons unsorted": (item_of(0, 0, reasons=TWO), "reasons_order"),
    "reasons though withheld": (
        lambda made: round_of(0, reasons_withheld=True)(item_of(0, 0, reasons=TWO[::-1])(made)),
        "reasons_given",
    ),
    "reasons beside what is not shown": (
        item_of(0, 0, state="hidden", text=None, counts=None, voters=None, reasons=TWO[:1]),
        "reasons_given",
    ),
    "an unknown state": (round_of(0, state="gone"), "state"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_result_is_refused(name: str) -> None:
    change, code = FORGED[name]
    assert code in {found.code for found in recount.differences(change(street()), PAGES)}


@pytest.mark.parametrize("name", ALL)
def test_what_is_no_forgery_passes(name: str) -> None:
    assert list(recount.differences(ALL[name](), PAGES)) == []


def test_words_left_out_hide_no_other_vote() -> None:
    found = {found.code for found in proposing.differences(unsaid(street()), PAGES)}
    assert found == {"proposal_text"}


def test_any_times_but_those_in_order_are_refused() -> None:
    moments = st.integers(0, 90 * 24 * 3600)

    @examples(40, 1000)
    @given(moments, moments)
    def check(opened: int, closed: int) -> None:
        made = street()
        begins, ends = (
            iso(datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=at))
            for at in (opened, closed)
        )
        forged = round_of(0, opened_at=begins, closed_at=ends)(made)
        right = begins <= ends <= str(made.rounds[1].opened_at)
        codes = {found.code for found in recount.differences(forged, PAGES)}
        assert ("times" not in codes) is right

    check()


@pytest.mark.parametrize("voters", range(5, 80))
@pytest.mark.parametrize("votes", [(24, 0, 0), (20, 3, 1), (12, 12, 0), (9, 15, 0), (0, 0, 24)])
def test_too_few_is_refused_where_there_are_enough_and_needed_where_not(
    voters: int, votes: tuple[int, int, int]
) -> None:
    """24 voters on an item: enough in a round of up to 48, too few in a larger one."""
    made = street()
    voters = max(voters, sum(votes))
    lie = "divided" if statement.result(*votes, voters) == "too_few" else "too_few"
    item = msgspec.structs.replace(said("S1", "Iets.", votes, voters), result=lie)
    round_item = round_("statements", "S", [item], voters)
    forged = msgspec.structs.replace(made, rounds=[round_item])
    assert "result" in {found.code for found in recount.differences(forged, PAGES)}


@pytest.mark.parametrize("key", ["answer", "promise"])
def test_an_answer_on_what_is_no_question_is_refused(key: str, tmp_path: Path) -> None:
    """In the public bundle as in a journal that holds one."""
    answer = {"answer": {"text": "Ja.", "at": "2026-12-02T10:00:00Z", "by": "official"}}
    given = {**answer, "promise": {"text": None, "until": "2027-02-02T10:00:00Z"}}[key]
    files = bundled(street())
    told = json.loads(files[bundle.RESULT])
    told["rounds"][0]["items"][0][key] = given
    data = msgspec.json.format(json.dumps(told, ensure_ascii=False).encode(), indent=1) + b"\n"
    rest = {n: d for n, d in files.items() if n != manifest.PUBLIC} | {bundle.RESULT: data}
    for name, each in (rest | {manifest.PUBLIC: manifest.listing(rest)}).items():
        (tmp_path / name).write_bytes(each)
    assert [found.code for found in verify.verify(tmp_path, PAGES).differences] == ["undecodable"]


@pytest.mark.parametrize(
    ("event", "refused"),
    [
        (QuestionAnswered(1, "V1", Text("Ja."), False), False),
        (QuestionAnswered(1, "S1", Text("Ja."), False), True),
        (QuestionAnswered(0, "S1", Text("Ja."), False), True),
        (QuestionAnswered(1, "V9", Text("Ja."), False), True),
        (VoteCast(1, "V1", "agree", ""), True),
        (VoteCast(0, "V1", "agree", ""), True),
    ],
)
def test_what_is_not_about_its_round_is_refused_in_the_journal(event: Any, refused: bool) -> None:
    scene = Scene(plan("statements"), plan("questions"))
    scene.do(it.StartDialogue())
    scene.do(GiveStatement(Text("Meer bomen.")), "anna")
    scene.do(it.NextRound(), minutes=1)
    scene.do(AskQuestion(Text("Wanneer?")), "bram")
    with contextlib.suppress(Exception):  # the rules may break on it too
        scene.append(event, Context(scene.at, "b1"))
    lines = [scene.record.read(line) for line in scene.lines]
    if refused:
        with pytest.raises((Doubtful, BrokenJournal)):
            folded("straat", scene.lines, scene.record, lines)
    else:
        folded("straat", scene.lines, scene.record, lines)


def test_one_code_in_two_rounds_is_refused() -> None:
    files = bundled(street())
    lines = files[bundle.RECEIPTS].split(b"\r\n")
    second = next(n for n, line in enumerate(lines) if line.startswith(b"2;"))
    lines[second] = b"2;" + lines[1].split(b";")[1]
    rest = [line for line in lines[1:] if line]
    rows = sorted(rest, key=lambda line: (int(line.split(b";")[0]), line))
    forged = b"\r\n".join([lines[0], *rows, b""])
    found = {f.code for f in receipts(street(), {**files, bundle.RECEIPTS: forged})}
    assert "code_twice" in found


def test_no_file_is_read_where_one_has_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in bundled(street()).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz-notes.txt").write_text("not ours")
    monkeypatch.setattr("advice.verifying.shelf._read", lambda path: pytest.fail(f"read {path}"))
    found = verify.verify(tmp_path, PAGES).differences
    assert ("added", "zz-notes.txt") in {(each.code, each.where) for each in found}
    assert manifest.PUBLIC in bundled(street())


@pytest.mark.parametrize(("minutes", "refused"), [(-1, False), (0, True), (5, True)])
@pytest.mark.parametrize("closed", [False, True])
def test_a_vote_at_or_after_the_closing_is_refused_in_the_journal(
    minutes: int, refused: bool, closed: bool
) -> None:
    scene = started("statements")
    scene.do(GiveStatement(Text("Meer bomen.")), "anna")
    hour = scene.at + timedelta(minutes=60)
    scene.do(it.SetHour(it.Hour(hour, hour.isoformat())))
    if closed:
        scene.wait(60)
    vote = VoteCast(0, "S1", "agree", "")
    scene.append(vote, Context(hour + timedelta(minutes=minutes), "b1"))
    lines = [scene.record.read(line) for line in scene.lines]
    if refused or closed:
        with pytest.raises(Doubtful):
            folded("straat", scene.lines, scene.record, lines)
    else:
        folded("straat", scene.lines, scene.record, lines)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"a": {"10": 5}, "b": {"9": 1}}, False),  # 59 points of 6 ballots that divide 10
        ({"a": {"10": 5}, "b": {"10": 1}}, True),
        ({"a": {"10": 5}, "b": {"11": 1}}, False),
        ({"a": {"4": 6}, "b": {"6": 6}}, True),
    ],
)
def test_points_that_no_ballots_could_divide_are_refused(given: Any, right: bool) -> None:
    scores = {name: sum(int(n) * b for n, b in each.items()) for name, each in given.items()}
    item = msgspec.structs.replace(
        poll("P1", "Wat?", "points", given, 6, [max(scores, key=lambda n: scores[n])]),
        points=10,
        whole=True,
    )
    found = PAGES.by_kind["poll"].recount(item, round_("poll", "Peiling", [item], 6))
    assert (not found) is right
