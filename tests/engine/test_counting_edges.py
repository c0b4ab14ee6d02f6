"""The edges of every rule of counting, from what is typed to uitslag.json and a verified bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.documents.placing import put_bundle
from tests.replay.playing import Evening, played, result
from tests.verifying import verified


def finished(evening: Evening, folder: Path) -> dict[str, Any]:
    handed = played(evening.data, folder / "r.db").bundles["ons-gesprek"]
    put_bundle(handed.files, folder / "out")
    assert verified(folder / "out").differences == ()
    return result(handed.files)


def votes(evening: Evening, item: str, agree: int, disagree: int, passed: int = 0) -> None:
    words = ["eens"] * agree + ["oneens"] * disagree + ["weet ik niet"] * passed
    for number, word in enumerate(words):
        evening.say(f"u{number}", f"stem {item} {word}")


def statements(folder: Path, *counts: tuple[int, int, int], more: str = "") -> dict[str, Any]:
    """A dialogue with so many votes on each statement, held to its end."""
    evening = Evening()
    evening.open("gesprek", more=f"minimum=5 {more}")
    for number, of in enumerate(counts, 1):
        evening.say(f"w{number}", f"stelling Plan {number} is een goed plan.")
        votes(evening, f"S{number}", *of)
    evening.staff("volgende")
    evening.staff("volgende")
    evening.staff("sluit ja")
    return finished(evening, folder)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((3, 2, 0), "agreed"),  # 60%
        ((59, 41, 0), "divided"),
        ((2, 3, 0), "rejected"),  # 40%
        ((41, 59, 0), "divided"),
        ((40, 60, 0), "rejected"),
        ((0, 0, 5), "too_few"),  # nobody has an opinion
        ((0, 5, 0), "rejected"),
        ((3, 2, 4), "agreed"),  # weet ik niet is no opinion
        ((3, 1, 0), "too_few"),  # four
        ((1, 0, 4), "too_few"),  # one opinion of five
    ],
)
def test_result_of_a_statement(counts: tuple[int, int, int], expected: str, tmp_path: Path) -> None:
    found = statements(tmp_path, counts)["rounds"][0]
    item = found["items"][0]
    few = sum(counts) < 5
    assert item["result"] == expected
    assert item["suppressed"] is few
    assert item["voters"] == (None if few else sum(counts))
    assert found["voters"] == (None if few else sum(counts))
    named = dict(zip(("agree", "disagree", "pass"), counts, strict=True))
    assert item["counts"] == (None if few else named)


@pytest.mark.parametrize(("voters", "enough"), [(5, True), (6, True), (5.5, False)])
def test_half_of_the_rounds_voters(voters: float, enough: bool, tmp_path: Path) -> None:
    """Ten or twelve in the round: five or six are half; of eleven, five are not."""
    everybody = int(voters * 2)
    own = int(voters)
    found = statements(tmp_path, (everybody, 0, 0), (own, 0, 0))
    item = found["rounds"][0]["items"][1]
    assert item["result"] == ("agreed" if enough else "too_few")
    assert [r["from"] for r in found["recommendations"]] == (["S1", "S2"] if enough else ["S1"])


def test_order_of_recommendations(tmp_path: Path) -> None:
    """By share, then votes (weet ik niet too), then number; at most five."""
    counts = ((6, 4, 0), (9, 1, 0), (6, 0, 0), (9, 0, 1), (9, 1, 0), (8, 2, 0), (7, 3, 0))
    found = statements(tmp_path, *counts)
    assert [r["from"] for r in found["recommendations"]] == ["S4", "S3", "S2", "S5", "S6"]


def test_tenth_statement_after_the_second(tmp_path: Path) -> None:
    counts = [(1, 9, 0)] * 10
    counts[1] = counts[9] = (10, 0, 0)
    found = statements(tmp_path, *counts)
    assert [r["from"] for r in found["recommendations"]] == ["S2", "S10"]


def poll(
    folder: Path, kind: str, ballots: list[str], others: int = 0, options: str = "a; b; c"
) -> dict[str, Any]:
    """A statement for the round's order, a poll with these ballots, and the closing round."""
    evening = Evening()
    evening.open("gesprek", more="minimum=5")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    votes(evening, "S1", 6, 4)
    evening.staff(f'peiling soort={kind} vraag="Wat eerst?" opties="{options}"')
    evening.staff("volgende")
    for number, ballot in enumerate(ballots):
        evening.say(f"u{number}", f"stem P1 {ballot}")
    evening.staff("volgende")
    evening.staff("sluit ja")
    return finished(evening, folder)


@pytest.mark.parametrize(
    ("ballots", "winners", "recommended"),
    [
        (["1"] * 4 + ["2"] * 2, ["a"], True),
        (["1"] * 3 + ["2"] * 2 + ["3"], ["a"], False),  # exactly half
        (["1"] * 3 + ["2"] * 3, [], False),  # a tie
        (["1"] * 3 + ["2"], None, False),  # four
        (["1"] * 3 + ["2"] * 2, ["a"], True),  # five
    ],
)
def test_poll_with_one_choice(
    ballots: list[str], winners: list[str] | None, recommended: bool, tmp_path: Path
) -> None:
    found = poll(tmp_path, "een", ballots)
    assert found["rounds"][1]["items"][0]["result"] == winners
    sources = [r["from"] for r in found["recommendations"]]
    assert ("P1" in sources) is recommended


def test_poll_stands_behind_a_statement_of_equal_share_and_votes(tmp_path: Path) -> None:
    found = poll(tmp_path, "een", ["1"] * 6 + ["2"] * 4)
    assert [r["from"] for r in found["recommendations"]] == ["S1", "P1"]
    assert found["recommendations"][1]["text"] == "Wat eerst?: a"


def test_poll_of_less_voters_stands_before_on_share(tmp_path: Path) -> None:
    found = poll(tmp_path, "meer", ["1 2"] * 4 + ["1"])
    assert found["rounds"][1]["items"][0]["counts"] == {"a": 5, "b": 4, "c": 0}
    asked = [(r["from"], r["option"]) for r in found["recommendations"]]
    assert asked == [("P1", 1), ("P1", 2), ("S1", None)]


def test_ranked_and_points_are_never_recommended(tmp_path: Path) -> None:
    ranked = poll(tmp_path / "ranked", "rangorde", ["1 2 3"] * 6)["rounds"][1]["items"][0]
    assert ranked["result"] == ["a"]
    found = poll(tmp_path / "points", "punten", ["1=10"] * 3 + ["2=9 3=1"] * 3)
    assert found["rounds"][1]["items"][0]["result"] == ["a"]
    assert [r["from"] for r in found["recommendations"]] == ["S1"]


def test_ranked_by_places_not_by_firsts(tmp_path: Path) -> None:
    """a: 3 firsts = 9; b: 2 firsts and 3 seconds = 12; c: 2 seconds = 4."""
    found = poll(tmp_path, "rangorde", ["1 2"] * 3 + ["2 3"] * 2)["rounds"][1]["items"][0]
    assert found["result"] == ["b"]
    assert found["counts"] == {"a": [3, 0, 0], "b": [2, 3, 0], "c": [0, 2, 0]}


def test_points_by_their_sum_not_by_ballots(tmp_path: Path) -> None:
    found = poll(tmp_path, "punten", ["1=9 2=1"] * 3 + ["2=10"] * 2 + ["2=1 3=9"] * 2)
    item = found["rounds"][1]["items"][0]
    assert item["counts"] == {"a": {"9": 3}, "b": {"1": 5, "10": 2}, "c": {"9": 2}}
    assert item["result"] == ["a"]  # 27 against 25 and 18


@pytest.mark.parametrize(
    ("statement", "consent", "against"),
    [
        ((9, 1, 0), (9, 1), None),  # one is no line
        ((8, 2, 0), (10, 0), 2),  # two of ten
        ((10, 0, 0), (8, 2), 2),
        ((7, 3, 0), (6, 4), 4),  # the larger
        ((19, 2, 0), (21, 0), None),  # under 10% of 21
        ((18, 2, 0), (20, 0), 2),  # exactly 10% of 20
        ((10, 0, 10), (18, 2), 2),  # weet ik niet are voters too
        ((10, 0, 11), (19, 2), None),
        ((10, 0, 0), (1, 3), None),  # a consent of four is not known
    ],
)
def test_minority_line(
    statement: tuple[int, int, int], consent: tuple[int, int], against: int | None, tmp_path: Path
) -> None:
    evening = Evening()
    evening.open("gesprek", more="minimum=5")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    votes(evening, "S1", *statement)
    evening.staff("volgende")
    evening.staff("volgende")
    for number in range(sum(consent)):
        evening.say(f"u{number}", f"stem A1 {'ja' if number < consent[0] else 'nee'}")
    evening.staff("sluit ja")
    found = finished(evening, tmp_path)["recommendations"][0]
    assert found["minority"] == (None if against is None else {"opposed": against, "reason": None})


@pytest.mark.parametrize(("yes", "no", "divided"), [(3, 3, False), (3, 4, True), (4, 3, False)])
def test_divided_when_more_say_no(yes: int, no: int, divided: bool, tmp_path: Path) -> None:
    evening = Evening()
    evening.open("gesprek", more="minimum=5")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    votes(evening, "S1", 5, 3)
    evening.say("u5", "waarom S1 Het is te duur.")
    evening.staff("volgende")
    evening.staff("volgende")
    for number in range(yes + no):
        word = "ja" if number < yes else "nee Het past hier niet."
        evening.say(f"u{number}", f"stem A1 {word}")
    evening.staff("sluit ja")
    found = finished(evening, tmp_path)["recommendations"][0]
    assert found["consent"] == {"yes": yes, "no": no}
    assert found["divided"] is divided
    reason = "Het is te duur." if no <= 3 else "Het past hier niet."
    assert found["minority"] == {"opposed": max(3, no), "reason": reason}


@pytest.mark.parametrize(("minimum", "kind"), [(6, "advies"), (7, "verslag")])
def test_minimum_of_participants(minimum: int, kind: str, tmp_path: Path) -> None:
    """The writer and five voters are six."""
    evening = Evening()
    evening.open("gesprek", more=f"minimum={minimum}")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    votes(evening, "S1", 5, 0)
    evening.staff("volgende")
    evening.staff("volgende")
    evening.staff("sluit ja")
    found = finished(evening, tmp_path)
    assert found["kind"] == kind
    assert found["participants"]["total"] == 6


def test_consent_of_five_is_known_of_four_not(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("gesprek", more="minimum=5")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    evening.say("w1", "stelling Plan 2 is een goed plan.")
    votes(evening, "S1", 6, 0)
    votes(evening, "S2", 5, 1)
    evening.staff("volgende")
    evening.staff("volgende")
    for number in range(5):
        evening.say(f"u{number}", "stem A1 ja")
    for number in range(4):
        evening.say(f"u{number}", "stem A2 ja")
    evening.staff("sluit ja")
    found = finished(evening, tmp_path)
    consents = [r["consent"] for r in found["recommendations"]]
    assert consents == [{"yes": 5, "no": 0}, None]
    assert [item["voters"] for item in found["rounds"][2]["items"]] == [5, None]


def test_shown_again_after_closing_has_no_votes(tmp_path: Path) -> None:
    """What was hidden at closing does not count, whatever happens to it later."""
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    evening.say("w1", "stelling Plan 2 is een goed plan.")
    votes(evening, "S1", 5, 0)
    for number in range(10, 17):
        evening.say(f"u{number}", "stem S2 eens")
    evening.staff("verberg S2 2")
    evening.staff("sluit ja")
    evening.staff("toon S2")
    found = finished(evening, tmp_path)
    assert found["rounds"][0]["voters"] == 5
    assert found["participants"]["voted"] == 5
    assert found["rounds"][0]["items"][1]["counts"] is None


def test_hidden_and_shown_before_closing_counts_whole(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    votes(evening, "S1", 5, 1)
    evening.staff("verberg S1 2")
    evening.staff("toon S1")
    evening.say("u5", "stem S1 eens")
    evening.staff("sluit ja")
    item = finished(evening, tmp_path)["rounds"][0]["items"][0]
    assert item["counts"] == {"agree": 6, "disagree": 0, "pass": 0}


def test_taken_back_while_it_is_hidden(tmp_path: Path) -> None:
    """A vote on what is hidden can still be taken back; shown again, the others count."""
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("w1", "stelling Plan 1 is een goed plan.")
    evening.say("w1", "stelling Plan 2 is een goed plan.")
    votes(evening, "S1", 7, 0)
    votes(evening, "S2", 6, 0)
    evening.staff("verberg S1 2")
    evening.say("u0", "stem S1 niets")
    evening.say("u6", "stem S1 niets")  # who has no vote on S2
    evening.staff("toon S1")
    evening.staff("sluit ja")
    found = finished(evening, tmp_path)["rounds"][0]
    assert found["voters"] == 6
    assert [item["voters"] for item in found["items"]] == [5, 6]
