"""The inputs of ``../shared/cases`` that came out wrong once, and what must come of each."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.playback.replay import Played
from tests.engine.noted import spoken
from tests.replay.cases import case
from tests.replay.playing import played


def play(name: str, folder: Path) -> Played:
    return played(case(f"{name}.jsonl").read_bytes(), folder / "case.db", clerk=True)


def counts(files: Mapping[str, bytes]) -> dict[str, dict[str, int]]:
    """The published counts by item."""
    found: dict[str, dict[str, int]] = {}
    rows = csv.reader(io.StringIO(files["uitslag.csv"].decode("utf-8-sig")), delimiter=";")
    for row in list(rows)[1:]:
        found.setdefault(row[1], {})[row[2]] = int(row[3])
    return found


@pytest.mark.parametrize(
    ("name", "item", "meant"),
    [
        ("A_unreact_while_hidden", "S1", {"agree": 6, "disagree": 0, "pass": 0}),
        ("C_meer_typed_then_unreact", "P1", {"bomen": 5, "banken": 1, "pomp": 1, "plein": 0}),
        ("D_option_hidden_een", "P1", {"bomen": 5, "banken": 0, "pomp": 0}),
        ("E_forgotten_vote_returns", "P1", {"bomen": 5, "banken": 0, "pomp": 0, "plein": 1}),
        ("F_staff_vote_returns", "P1", {"bomen": 5, "banken": 0, "pomp": 0, "plein": 0}),
    ],
)
def test_a_reaction_taken_back_is_one_operation(
    name: str, item: str, meant: dict[str, int], tmp_path: Path
) -> None:
    (handed,) = play(name, tmp_path).bundles.values()
    assert counts(handed.files)[item] == meant


@pytest.mark.parametrize("name", ["I_toggle_reveals", "J_author_withdraws_option"])
def test_nothing_shown_before_closing_changes_with_hiding(name: str, tmp_path: Path) -> None:
    """After each step but a vote the card and the status give the turnout that they gave before."""
    lines = case(f"{name}.jsonl").read_bytes()
    chat = played(lines, tmp_path / "case.db", chat=True).chat
    texts = {json.loads(line)["id"]: json.loads(line)["text"] for line in lines.splitlines()}
    assert any(text.startswith(("verberg", "intrekken")) for text in texts.values())
    figure, voted = "", False
    for said in chat:
        text = str(said["text"])
        if said["by"] != "bot":
            voted = text.startswith("stem P1")
        elif found := re.search(r"(minder dan 5|\d+) mensen stemden", text, re.IGNORECASE):
            assert voted or not figure or found[1] == figure, text
            figure = found[1]
    assert figure in ("9", "10")


@pytest.mark.parametrize(
    "name", ["G_duplicates_suggested", "poll_numeric_options", "poll_option_niets"]
)
def test_options_that_turn_votes_are_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = spoken(monkeypatch)
    done = played(case(f"{name}.jsonl").read_bytes(), tmp_path / "case.db", chat=True)
    (handed,) = done.bundles.values()
    assert handed.result.rounds == []  # without a question the poll does not start
    assert not any(notice.data.get("receipt") for _, notice in told)


def test_there_is_no_receipt_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = spoken(monkeypatch)
    done = played(case("H_receipt_for_nothing.jsonl").read_bytes(), tmp_path / "case.db", chat=True)
    noted = [n.data for place, n in told if (place, n.template) == ("gijs", "votes_noted")]
    assert [vote["word"] for data in noted for vote in data["votes"]] == ["choice_never_given"]
    assert not any(data["receipt"] for data in noted)
    assert not any("code" in str(said["text"]) for said in done.chat if said["place"] == "gijs")


def words_of(files: Mapping[str, bytes]) -> str:
    return "\n".join(data.decode("utf-8-sig") for data in files.values())


def test_without_quotes_no_reason_is_in_any_published_file(tmp_path: Path) -> None:
    data = case("K_citaten_nee.jsonl").read_bytes()
    (handed,) = played(data, tmp_path / "case.db").bundles.values()
    for words in ("astma", "voor mijn deur"):
        assert words not in words_of(handed.files)
    assert "niet worden geciteerd" in words_of(handed.files)
    assert '"reasons": []' in words_of(handed.files)


def test_after_an_erasure_a_version_has_no_reason_of_that_round(tmp_path: Path) -> None:
    lines = case("O_versions_link.jsonl").read_bytes().splitlines(keepends=True)
    first = played(b"".join(lines[:-2]), tmp_path / "first.db").bundles["de-zomerstraat"]
    second = played(b"".join(lines), tmp_path / "second.db").bundles["de-zomerstraat"]
    assert first.result.version == 1
    assert "reden van bob bij 3" in words_of(first.files)
    assert second.result.version == 2
    assert "reden van" not in words_of(second.files)
    assert "Van een ronde waarin een reden later is gewist" in words_of(second.files)
    assert "geen reden gegeven" not in words_of(second.files)


def test_nothing_ties_two_reasons_to_one_person(tmp_path: Path) -> None:
    (handed,) = play("Q_reason_numbers", tmp_path).bundles.values()
    public = {
        name: data
        for name, data in handed.files.items()
        if name not in ("journal.jsonl", "texts.jsonl", "stemmen.csv")
    }
    assert re.search(r"\bR\d+\b", words_of(public)) is None
    for item in handed.result.rounds[0].items:
        told = [(reason.side, reason.text) for reason in item.reasons]
        assert told == sorted(told)


def test_no_refusal_is_printed_as_a_reason(tmp_path: Path) -> None:
    (handed,) = play("reason_decline_in_advice", tmp_path).bundles.values()
    model = json.loads(handed.files["uitslag.json"])
    items = [item for row in model["rounds"] for item in row["items"]]
    assert [item["reasons"] for item in items if item["reasons"]] == []
    assert [row["minority"]["reason"] for row in model["recommendations"]] == [None] * 3


def test_a_question_that_is_over_opens_nothing(tmp_path: Path) -> None:
    data = case("stale_question3.jsonl").read_bytes()
    done = played(data, tmp_path / "case.db", chat=True)
    assert done.bundles["tweede"].result.rounds == []
    cards = [str(said["text"]) for said in done.chat if said["place"] == "zomerstraat"]
    assert not any("Tweede" in text for text in cards)


def test_no_hour_that_has_gone_is_suggested(tmp_path: Path) -> None:
    done = played(case("suggestion_past.jsonl").read_bytes(), tmp_path / "case.db", chat=True)
    told = [str(said["text"]) for said in done.chat if said["by"] == "bot"]
    asked = [text for text in told if "Bedoelt u" in text]
    assert len(asked) == 3
    assert not any("vandaag 09:00\u00bb" in t or "vandaag 18:30\u00bb" in t for t in asked)
    assert any("om 21.00 uur" in text for text in told)  # "9 uur": the hour that lies ahead


def test_a_reminder_that_comes_late_does_not_say_ten_minutes(tmp_path: Path) -> None:
    lines = case("reminder_after_outage.jsonl").read_bytes()
    chat = played(lines, tmp_path / "case.db", chat=True).chat
    said = [str(row["text"]) for row in chat if row["by"] == "bot"]
    assert any("21.00 uur" in text for text in said)
    assert not [text for text in said if "10 minuten" in text or "tien minuten" in text]
