"""Native polls without a server: what is sent, and what a tap in one says."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.facts import Chose
from bot.platforms.matrix import polls
from bot.platforms.matrix.events import Memory, seen
from bot.platforms.matrix.settings import NAME
from bot.platforms.messages import Choice, Meaning, Message
from bot.platforms.places import Place, PlaceKind
from tests.documents import words
from tests.sentences import part

ME, ANNA = "@bot:wijk.test", "@anna:wijk.test"
HERS = Place(NAME, PlaceKind.PERSONAL, ANNA)
RESPONSE = "org.matrix.msc3381.poll.response"
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=60)
MEANINGS = st.builds(
    Meaning, NAMES, st.from_regex(r"[A-Z][1-9][0-9]{0,3}", fullmatch=True),
    st.sampled_from(["agree", "disagree", "pass", "yes", "no"]), st.integers(0, 99),
)  # fmt: skip


def heard(
    content: dict[str, Any], place: Place = HERS, by: str = ANNA, kind: str = RESPONSE
) -> Any:
    event = seen(
        {
            "event_id": "$1",
            "sender": by,
            "origin_server_ts": 1_700_000_000_000,
            "type": kind,
            "content": content,
        }
    )
    assert event is not None
    return polls.chose(event, place, ME, frozenset(), Memory())


def response(answers: object, target: object = "$poll") -> dict[str, Any]:
    relation = {"rel_type": "m.reference", "event_id": target}
    return {"m.relates_to": relation, RESPONSE: {"answers": answers}}


@given(means=st.lists(MEANINGS, min_size=1, max_size=4), number=st.integers(0, 3))
def test_what_was_sent_comes_back(means: list[Meaning], number: int) -> None:
    choices = tuple(Choice(f"keuze {one.choice}", one) for one in means)
    sent = polls.poll(Message(HERS, "t", words(part("offer_statements")), choices=choices))
    start = sent[polls.START]
    assert start["question"] == {"org.matrix.msc1767.text": part("offer_statements")}
    assert start["max_selections"] == 1
    assert start["kind"].endswith(".undisclosed")
    assert "keuze" in sent["org.matrix.msc1767.text"]
    picked = start["answers"][number % len(means)]["id"]
    fact = heard(response([picked, "more"]))
    assert isinstance(fact, Chose)
    assert (fact.means, fact.post) == (means[number % len(means)], "$poll")
    stable = {**response([]), "m.selections": [picked]}
    del stable[RESPONSE]
    assert heard(stable, kind="m.poll.response") == fact


def test_no_answer_takes_back() -> None:
    assert heard(response([])).means == Meaning("", choice="none")


@pytest.mark.parametrize(
    "content",
    [
        {},
        response("agree"),
        response([5]),
        response(["agree"]),
        response(["a/b/c/d"]),
        response(["a/²/c/d"]),
        response(["a/1/S1/agree"], target=""),
        response(["a/1/S1/agree"], target=7),
        {**response(["a/1/S1/agree"]), "m.relates_to": {"rel_type": "m.thread", "event_id": "$p"}},
    ],
)
def test_what_says_nothing(content: dict[str, Any]) -> None:
    assert heard(content) is None


def test_only_where_the_bot_asked_and_from_others() -> None:
    content = response(["a/1/S1/agree"])
    assert heard(content, by=ME) is None
    assert heard(content, Place(NAME, PlaceKind.ROOM, "straat")) is None
