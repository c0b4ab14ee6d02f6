"""The first 80 characters of whatever is sent in person hold no choice, no reason and no code."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.speaking import LOCK_SCREEN, Handout, Speaker
from bot.platforms.document import Document, Paragraph, Run
from bot.platforms.messages import Limit
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import html, plain, secret_at
from dialogues.core import Notice, Text
from rounds import registry
from tests.engine.chat import LIVE
from tests.locales.made import CATALOGUES, documents, renderer
from tests.replay.cases import CASES
from tests.replay.playing import TRANSCRIPTS, played

ANNA = Place("matrix", PlaceKind.PERSONAL, "anna")
PLAYED = [*sorted(TRANSCRIPTS.glob("*.jsonl")), *sorted(CASES.glob("*.jsonl"))]

#: How a receipt looks, and a choice on an item, in both languages.
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{12}\b")
CHOICE = re.compile(
    r"(?<!stem )(?<!vote )\b(S\d+ (eens|oneens|weet ik niet|agree|disagree|don't know)"
    r"|A\d+ (ja|nee|yes|no)"
    r"|P\d+ \d|D\d+ (keuze|option|geen|neither)|B\d+ S\d|U koos:|You chose:)"
)


def speaker(made: Any) -> Speaker:
    handout = Handout(Document())
    return Speaker(made, lambda _p, _d: ("", "nl"), lambda _d, _a: handout, _no, {"matrix": LIVE})


def _no(_dialogue: str, _index: int) -> Notice:
    raise AssertionError


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_whatever_a_text_says_its_secrets_come_later(language: str) -> None:
    """Every text of the catalogues, with all its sample values, as it goes to a person."""
    secret = 0
    for code in CATALOGUES[language].texts:
        for document in documents(language, code):
            speaks = speaker(Given([document]))
            (message,) = speaks.answers(ANNA, [Notice(code, {})], "t", language=language)
            at = secret_at(message.document)
            secret += at is not None
            assert at is None or at >= LOCK_SCREEN, code
    assert secret > 20


#: Values of texts that are a choice, a receipt or words of a reason.
MARKED = re.compile(r"\b(receipt|why_agree|why_disagree|'choice_' ~ choice|\"choice_\" ~ choice)\b")


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_what_is_secret_is_marked_wherever_it_is_shown(language: str) -> None:
    for code, text in CATALOGUES[language].texts.items():
        for shown in re.findall(r"\{\{.*?\}\}", text):
            assert not MARKED.search(shown) or "|secret" in shown, code


RUNS = st.lists(
    st.tuples(st.text("ab c", min_size=1, max_size=90), st.booleans()), min_size=1, max_size=6
)


@cache
def _shelter() -> Document:
    return renderer().render("lock_screen", {}, "nl", "", "", "")


class Given:
    """A renderer of documents that are given, and of the words that shelter them."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = iter(documents)

    def render(self, code: str, *_more: object, **_named: object) -> Document:
        if code == "lock_screen":
            return _shelter()
        return next(self._documents)


@given(st.lists(RUNS, min_size=1, max_size=3), st.sampled_from([None, 100, 400]))
def test_however_an_answer_is_cut_no_part_begins_with_a_secret(
    said: list[list[tuple[str, bool]]], most: int | None
) -> None:
    documents = [
        Document(tuple(Paragraph((Run(text, secret=secret),)) for text, secret in runs))
        for runs in said
    ]
    limit = None if most is None else Limit(most, lambda document: len(plain(document)))
    notices = [Notice("any", {}) for _ in documents]
    for message in speaker(Given(documents)).answers(ANNA, notices, "t", limit=limit):
        at = secret_at(message.document)
        assert at is None or at >= LOCK_SCREEN


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_no_message_to_a_person_begins_with_what_they_chose(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    lines = [json.loads(line) for line in data.splitlines() if line.strip()]
    rooms = {"staf"} | {str(line.get("in", "")) for line in lines}
    rooms |= {name for line in lines for name in re.findall(r"in=([\w-]+)", line.get("text", ""))}
    given = [re.match(r"waarom \w+ (.+)", line.get("text", "")) for line in lines]
    reasons = [found[1] for found in given if found]
    for said in played(data, tmp_path / "walk.db", chat=True).chat:
        if said["by"] != "bot" or said["place"] in rooms | {"zomerstraat", "plein"}:
            continue
        first = str(said["text"])[:LOCK_SCREEN]
        assert not CODE.search(first), first
        assert not CHOICE.search(first), first
        assert not any(reason[:20] in first for reason in reasons), first


def test_a_list_shows_places_alone_where_it_is_formatted() -> None:
    texts = {kind: f"offer_{kind}" for kind in ("statements", "questions", "priorities", "consent")}
    row = {"place": 1, "item": "S7", "number": "S7", "label": "", "text": Text("Meer bomen.")}
    values = {
        "staff": False,
        "youth": False,
        "done": 0,
        "total": 1,
        "voted": False,
        "places": 3,
        "example": "1",
    }
    for code in texts.values():
        data: dict[str, Any] = {**values, "items": [{**row, "staff": False}], "shortlist": [row]}
        document = renderer().render(code, data, "nl", "", "", "")
        assert "1. «Meer bomen.» (S7)" in plain(document)
        assert "S7" not in html(document)
    assert registry.KINDS
