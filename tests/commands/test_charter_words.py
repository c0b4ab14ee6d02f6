"""The charter's values: read as typed, and written as typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.charter import (
    CHOICES,
    ENGLISH_KEYS,
    ENGLISH_VALUES,
    TYPED_KEYS,
    as_typed,
    read_values,
)
from commands.wrong import Wrong, wrong
from dialogues.charter import (
    CHOSEN,
    KEYS,
    BallotMode,
    Charter,
    Initiator,
    Level,
    Phase,
    Reveal,
    Review,
    changed,
)

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


def read(**values: str) -> dict[str, object] | Wrong:
    return read_values(values, NOW, ZONE)


def test_everything_in_dutch() -> None:
    assert read(
        niveau="Meedenken", beslisser="de  gemeenteraad", antwoord="15 december", vast="de bus",
        open="bomen", fase="voorbereiding", stemming="open", uitslag="na-sluiting",
        toetsing="vooraf", initiatief="bewoners", voor="de straat", adressen="310",
        uitnodiging="per brief", agenda="3", minimum="5", citaten="nee", taal="en", besluit="12",
    ) == {
        "level": Level.THINK, "decider": "de gemeenteraad", "answer_by": date(2026, 12, 15),
        "fixed": "de bus", "open": "bomen", "phase": Phase.PREPARATION, "ballot": BallotMode.OPEN,
        "reveal": Reveal.AFTER_CLOSING, "review": Review.BEFORE, "initiator": Initiator.RESIDENTS,
        "audience": "de straat", "addresses": 310, "invitation": "per brief", "agenda": "3",
        "minimum": 5, "quotes": False, "language": "en", "decision": "12",
    }  # fmt: skip


def test_everything_in_english() -> None:
    assert read(
        level="decide", decider="the council", answer="2026-12-15", fixed="the bus", open="trees",
        phase="evaluation", ballot="confidential", results="after closing", review="afterwards",
        initiative="town", addresses="310", minimum="5", quotes="yes", language="english",
        decision="12", **{"for": "the street"},
    ) == {
        "level": Level.DECIDE, "decider": "the council", "answer_by": date(2026, 12, 15),
        "fixed": "the bus", "open": "trees", "phase": Phase.EVALUATION,
        "ballot": BallotMode.CONFIDENTIAL, "reveal": Reveal.AFTER_CLOSING,
        "review": Review.AFTERWARDS, "initiator": Initiator.TOWN, "addresses": 310, "minimum": 5,
        "quotes": True, "language": "en", "decision": "12", "audience": "the street",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("niveau", "meepraten", wrong("value_unknown", key="niveau", value="meepraten", options=(
            "meeweten", "meedenken", "meedoen", "meebeslissen"))),
        ("ballot", "geheim", wrong("value_unknown", key="stemming", value="geheim",
                                   options=("vertrouwelijk", "open"))),
        ("uitslag", "nu", wrong("value_unknown", key="uitslag", value="nu",
                                options=("na-sluiting",))),
        ("minimum", "tien", wrong("value_out_of_range", key="minimum", value="tien", low=1,
                                  high=100_000)),
        ("minimum", "0", wrong("value_out_of_range", key="minimum", value="0", low=1,
                               high=100_000)),
        ("adressen", "-3", wrong("value_out_of_range", key="adressen", value="-3", low=1,
                                 high=1_000_000)),
        ("adressen", "٣", wrong("value_out_of_range", key="adressen", value="٣", low=1,
                                high=1_000_000)),
        ("antwoord", "gauw", wrong("day_unreadable", value="gauw")),
        ("antwoord", "2026-11-01", wrong("day_past", day=date(2026, 11, 1))),
        ("vast", "  ", wrong("value_empty", key="vast")),
        ("vast", "x" * 501, wrong("value_too_long", key="vast", limit=500)),
        ("nivau", "meedoen", wrong("key_unknown", key="nivau", nearest="niveau",
                                  known=tuple(KEYS.values()))),
    ],
)  # fmt: skip
def test_what_is_refused(key: str, value: str, expected: Wrong) -> None:
    assert read(**{key: value}) == expected


def test_a_key_and_its_alias_are_one() -> None:
    assert read(niveau="meedoen", level="join") == wrong("key_twice", key="niveau")


def test_every_field_has_a_dutch_and_an_english_key() -> None:
    assert set(ENGLISH_KEYS) == set(KEYS.values())
    assert set(TYPED_KEYS.values()) == set(KEYS.values())


def test_what_is_chosen_from_words_of_ours_has_an_english_word() -> None:
    assert set(CHOICES) == CHOSEN
    assert {word for choices in CHOICES.values() for word in choices} <= {
        *ENGLISH_VALUES, "open", "nl", "en",
    }  # fmt: skip


WORDS = st.text("abc de", max_size=20).map(lambda text: " ".join(text.split()))


@given(
    st.builds(
        Charter,
        level=st.none() | st.sampled_from(Level),
        decider=WORDS,
        answer_by=st.none() | st.dates(date(2026, 12, 1), date(2031, 12, 1)),
        fixed=WORDS,
        open=WORDS,
        phase=st.none() | st.sampled_from(Phase),
        ballot=st.sampled_from(BallotMode),
        reveal=st.sampled_from(Reveal),
        review=st.sampled_from(Review),
        initiator=st.none() | st.sampled_from(Initiator),
        audience=WORDS,
        addresses=st.none() | st.integers(1, 1_000_000),
        invitation=WORDS,
        agenda=WORDS,
        minimum=st.integers(1, 100_000),
        quotes=st.booleans(),
        language=st.sampled_from(["", "nl", "en"]),
        decision=WORDS,
    )
)
def test_a_charter_can_be_typed_again(charter: Charter) -> None:
    fields = read_values(as_typed(charter), NOW, ZONE)
    assert isinstance(fields, dict)
    assert changed(Charter(), fields) == charter
