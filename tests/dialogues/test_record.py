"""Events to lines of the journal and back: every class, and every line that was ever shipped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.core import Text
from dialogues.record import BrokenJournal
from rounds import registry
from tests.dialogues.lines import stored
from tests.dialogues.scene import Scene, plan, started
from tests.generated import examples

RECORD = registry.record()
WORDS = st.text(max_size=20)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(int, st.integers(-(2**40), 2**40))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


def _mapping(kind: Any) -> st.SearchStrategy[Any]:
    return st.dictionaries(*map(st.from_type, get_args(kind)), max_size=3)


st.register_type_strategy(Mapping, _mapping)
st.register_type_strategy(Text, st.builds(Text, st.just(""), WORDS, WORDS))


@pytest.mark.parametrize("event", RECORD.names, ids=lambda event: event.__name__)
def test_every_event_comes_back_as_it_was(event: type) -> None:
    @examples(8, 500)
    @given(st.from_type(event), st.from_type(datetime), WORDS)
    def check(value: object, at: datetime, by: str) -> None:
        line = RECORD.write("d", 7, at, by, value)
        assert b"\n" not in line
        read = RECORD.read(line)
        assert (read.dialogue, read.seq, read.at, read.by) == ("d", 7, at, by)
        assert type(read.event) is event
        assert read.event == value
        assert RECORD.write("d", 7, at, by, read.event) == line

    check()


def test_every_event_has_a_stored_line_and_every_stored_line_is_read() -> None:
    """A line is added (``lines.py``) with an event or a version of one; it is never changed."""
    read = [RECORD.read(line) for line in stored()]
    assert {type(line.event) for line in read} == set(RECORD.names)
    for line in read:
        again = RECORD.write(line.dialogue, line.seq, line.at, line.by, line.event)
        assert RECORD.read(again) == line


def test_names_are_their_own() -> None:
    assert len(set(RECORD.names.values())) == len(RECORD.names)
    assert all(name.endswith("/1") for name in RECORD.names.values())


def test_words_never_get_into_a_line() -> None:
    scene = started("statements")
    event = next(e for e in RECORD.names if e.__name__ == "ItemChanged")(
        "S1", Text("Geheim"), False
    )
    with pytest.raises(TypeError):
        RECORD.write("d", 1, scene.at, "anna", event)


def test_a_chain_starts_from_the_dialogues_id_and_hangs_together() -> None:
    scene = Scene(plan("questions"))
    head = hashlib.sha256(b"straat").digest()
    for line in scene.lines:
        head = hashlib.sha256(head + line).digest()
    *_, (state, folded) = RECORD.fold("straat", scene.lines)
    assert folded == head
    assert state.position == len(scene.lines)


@pytest.mark.parametrize(
    ("lines", "code", "number"),
    [
        (lambda lines: [lines[1]], "out_of_order", 1),
        (lambda lines: [lines[0], lines[0]], "out_of_order", 2),
        (lambda lines: [lines[0][:-5]], "unreadable", 1),
        (lambda lines: [lines[0].replace(b"Opened/1", b"Opened/0")], "unreadable", 1),
        (lambda lines: [lines[0].replace(b'"straat"', b'"elders"', 1)], "out_of_order", 1),
    ],
)  # fmt: skip
def test_a_journal_that_does_not_hold(lines: object, code: str, number: int) -> None:
    scene = Scene(plan("questions"))
    with pytest.raises(BrokenJournal) as caught:
        list(RECORD.fold("straat", lines(scene.lines)))  # type: ignore[operator]
    assert (caught.value.code, caught.value.line) == (code, number)


def test_a_line_about_what_is_not_there_is_impossible() -> None:
    scene = started("statements")
    event = next(e for e in RECORD.names if e.__name__ == "VoteCast")(0, "S9", "agree", "")
    line = RECORD.write("straat", len(scene.lines) + 1, scene.at, "b1", event)
    with pytest.raises(BrokenJournal, match="impossible"):
        list(RECORD.fold("straat", [*scene.lines, line]))
