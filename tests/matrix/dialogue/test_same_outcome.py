"""The same dialogue gives the same uitslag.json on the console, in plain and in encrypted rooms."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, Protocol

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import NAMES, Street
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.replay.playing import Evening, played, result
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

#: Six people are enough for an advice here.
MORE = "minimum=5 in=zomerstraat"

STATEMENTS = {
    "anna": "Er moeten meer kastanjes langs de straat komen.",
    "bram": "De parkeerplaatsen bij de kerk mogen verdwijnen.",
    "carla": "Wij willen een waterpomp op het speelplein.",
    "daan": "De lantaarns gaan na middernacht uit.",
}
#: Everybody's votes on S1 to S4.
OPINIONS = {
    "anna": ("eens", "oneens", "eens", "?"),
    "bram": ("eens", "eens", "eens", "oneens"),
    "carla": ("eens", "eens", "?", "oneens"),
    "daan": ("eens", "oneens", "eens", "eens"),
    "eva": ("eens", "oneens", "eens", "oneens"),
    "fien": ("oneens", "eens", "eens", "oneens"),
}
REASONS = {"fien": ("S1", "Kastanjes geven rommel."), "eva": ("S3", "Kinderen drinken te weinig.")}
CHOICES = {"anna": "2", "bram": "2", "carla": "2", "daan": "1", "eva": "2", "fien": "3"}
NO = {"fien": "Dat kost te veel.", "eva": ""}  # on A1


class Stage(Protocol):
    """Where a dialogue is held."""

    def command(self, text: str, part: str) -> None: ...

    def seen(self, part: str) -> None: ...

    def tell(self, name: str, text: str) -> None: ...

    def answer(self, name: str, part: str) -> str: ...


def hold(stage: Stage) -> None:
    """Hold the dialogue. Answers are waited for once everybody has spoken."""
    stage.command(
        f"gesprek nieuw gesprek De Zomerstraat {CHARTER} {MORE}", part("prepared", "not missing")
    )
    stage.command('peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"', "P1")
    stage.command("gesprek start", "")
    stage.seen("Ronde 1 van 3")
    for name, text in STATEMENTS.items():
        stage.tell(name, f"stelling {text}")
    for number, name in enumerate(STATEMENTS, 1):
        stage.answer(name, f"{part('statement_noted')} S{number}")
    for word, told in (("meedoen", part("begin")), ("ja", part("offer_statements"))):
        for name in NAMES:
            stage.tell(name, word)
        offers = {name: stage.answer(name, told) for name in NAMES}
    for name in NAMES:
        stage.tell(name, places(offers[name], OPINIONS[name]))
    for name in NAMES:
        assert "S1" in stage.answer(name, part("votes_noted", "given"))
    for name, (item, reason) in REASONS.items():
        stage.tell(name, f"waarom {item} {reason}")
        stage.answer(name, "R")
    stage.command("volgende", "")
    stage.seen("Ronde 2 van 3")
    for name in NAMES:
        stage.tell(name, "meedoen")
    for name in NAMES:
        stage.answer(name, "Waar komt de bank?")
        stage.tell(name, CHOICES[name])
    for name in NAMES:
        stage.answer(name, part("votes_noted", "given"))
    stage.command("volgende", "")
    stage.seen("Ronde 3 van 3")
    stage.command("volgende", "")
    for name in NAMES:
        stage.tell(name, f"stem A1 nee {NO[name]}".strip() if name in NO else "stem A1 ja")
    for name in NAMES:
        stage.answer(name, part("votes_noted", "given"))
    stage.command("sluit ja", "")
    stage.seen("Ronde 3 is klaar")
    stage.command("advies", "")
    stage.seen("Controlegetal van het document")


def places(offer: str, opinion: tuple[str, ...]) -> str:
    """``1 eens 2 oneens 3 ?`` for the statements as this person was offered them."""
    offered = re.findall(r"^(\d)\. .*\(S(\d)\)", offer, re.MULTILINE)
    assert sorted(item for _, item in offered) == ["1", "2", "3", "4"], offer
    return " ".join(f"{place} {opinion[int(item) - 1]}" for place, item in offered)


class OnConsole:
    """A transcript that grows; what the bot answers is read by playing it so far."""

    def __init__(self, folder: Path) -> None:
        self.evening = Evening()
        self._folder, self._plays = folder, 0
        self._played: tuple[int, Any] = (-1, None)

    def command(self, text: str, part: str) -> None:
        self.evening.staff(text)
        self._said("staf", part)

    def seen(self, part: str) -> None:
        self._said("zomerstraat", part)

    def tell(self, name: str, text: str) -> None:
        self.evening.say(name, text)

    def answer(self, name: str, part: str) -> str:
        return self._said(name, part)

    def _said(self, place: str, part: str) -> str:
        chat = self.play().chat
        own = [n for n, line in enumerate(chat) if line["place"] == place and line["by"] == place]
        since = chat[own[-1] :] if own else chat
        found = [str(m["text"]) for m in since if m["place"] == place and m["by"] == "bot"]
        return next(text for text in found if part in text)

    def play(self) -> Any:
        if self._played[0] != len(self.evening.rows):
            self._plays += 1
            done = played(self.evening.data, self._folder / f"{self._plays}.db", chat=True)
            self._played = len(self.evening.rows), done
        return self._played[1]


class OnMatrix:
    def __init__(self, street: Street) -> None:
        self._street = street
        street.open_directs()

    def command(self, text: str, part: str) -> None:
        self._street.command(text, part)

    def seen(self, part: str) -> None:
        self._street.wait("vera", self._street.room, part, 60)

    def tell(self, name: str, text: str) -> None:
        self._street.tell(name, text)

    def answer(self, name: str, part: str) -> str:
        return self._street.answer(name, part)


def comparable(outcome: dict[str, Any]) -> dict[str, Any]:
    """uitslag.json without ids, hashes, times, journal and ``simulated``."""
    left_out = {"id", "journal", "simulated"}

    def kept(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {
                name: kept(one, name)
                for name, one in value.items()
                if name not in left_out and not name.endswith("sha256") and not _time(name)
            }
        return [kept(one, key) for one in value] if isinstance(value, list) else value

    found: dict[str, Any] = kept(outcome)
    return found


def _time(name: str) -> bool:
    return name == "at" or (name.endswith("_at") and name.startswith(("opened", "closed")))


@pytest.fixture
def on_console(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    stage = OnConsole(tmp_path_factory.mktemp("console"))
    hold(stage)
    bundles = stage.play().bundles
    return result(bundles["de-zomerstraat"].files)


@pytest.mark.parametrize("setting", ["console", "plain", "encrypted"])
def test_same_dialogue_same_outcome(
    setting: str, on_console: dict[str, Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Lifted: what is compared is the outcome, not how fast a server lets six people write."""
    if setting == "console":
        first, second, third = on_console["rounds"]
        counts = {i["number"]: i["counts"] for r in (first, second) for i in r["items"]}
        assert counts == {
            "S1": {"agree": 5, "disagree": 1, "pass": 0},
            "S2": {"agree": 3, "disagree": 3, "pass": 0},
            "S3": {"agree": 5, "disagree": 0, "pass": 1},
            "S4": {"agree": 1, "disagree": 4, "pass": 1},
            "P1": {"plein": 1, "park": 4, "hoek": 1},
        }
        assert third["items"][0]["counts"] == {"yes": 4, "no": 2}
        assert on_console["kind"] == "advies"
        return
    server = request.getfixturevalue("lifted_synapse")
    with Street(server, tmp_path, f"same-{setting}", closed=setting == "encrypted") as street:
        hold(OnMatrix(street))
        assert street.running.end() == 0
        found = street.outcome("de-zomerstraat")
        assert json.dumps(comparable(found), indent=1) == json.dumps(
            comparable(on_console), indent=1
        )
        assert found["simulated"] is False
        tokens = street.tokens()
        assert len(tokens) == len(set(tokens))
        assert len(tokens) > 40
        open_words = [e for e in street.vera.history(street.room) if e.kind == "m.room.message"]
        assert bool(open_words) is (setting == "plain")  # else the server has no words at all
        if setting == "plain":
            _the_document_stands_once(street)
        street.assert_log_is_silent()


def _the_document_stands_once(street: Street) -> None:
    """Two attachments, and after them one message with the hash of the bundle."""
    there = [e for e in street.vera.history(street.room) if e.sender == street.bot]
    files = {e.text: e for e in there if e.content.get("msgtype") == "m.file"}
    assert sorted(files) == ["advies.html", "bundel.zip"]
    assert sum(e.content.get("msgtype") == "m.file" for e in there) == 2
    data = street.vera.download(str(files["bundel.zip"].content["url"]))
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        manifest = hashlib.sha256(bundle.read("SHA256SUMS")).hexdigest()
        assert json.loads(bundle.read("uitslag.json")) == street.outcome("de-zomerstraat")
    assert sum(manifest in e.text for e in there) == 1
