"""Enough votes: what many did not know about is no result, and the figure is said."""

from __future__ import annotations

from pathlib import Path

from tests.replay.cases import case
from tests.replay.playing import Evening, played, result
from tests.sentences import printed


def test_eight_who_do_not_know_and_two_opinions_are_too_few(tmp_path: Path) -> None:
    (handed,) = played(case("pass_divided.jsonl").read_bytes(), tmp_path / "a.db").bundles.values()
    (item,) = result(handed.files)["rounds"][0]["items"]
    assert (item["result"], item["counts"]["pass"]) == ("too_few", 8)
    assert b"verdeeld" not in handed.files["verslag.md"].split(b"## Bijlage")[0]


def test_the_page_says_how_many_did_not_know(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("gesprek")
    evening.say("anna", "stelling Er moeten meer bomen komen.")
    for number in range(6):
        evening.say(f"p{number}", "stem S1 eens")
    for number in range(6, 9):
        evening.say(f"p{number}", "stem S1 weet ik niet")
    evening.staff("sluit ja")
    evening.staff("advies")
    (handed,) = played(evening.data, tmp_path / "b.db").bundles.values()
    page = handed.files["verslag.md"].decode().split("## Bijlage")[0]
    assert f"{printed('item.agree', agree=6, of=6)} {printed('item.passed', passed=3)}" in page
