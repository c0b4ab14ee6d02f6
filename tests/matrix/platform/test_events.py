"""Odd and forged events, without a server: what an event may say and what it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.facts import Mark, Marked, Reacted

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Edited, Origin, Passed, Posted, Removed, Said, Unreacted
from bot.platforms.matrix import rights
from bot.platforms.matrix.content import LIMIT, TIGHT, content, defused, size
from bot.platforms.matrix.events import Memory, Seen, fact, seen
from bot.platforms.matrix.rooms import House, Room, level, powerful
from bot.platforms.matrix.settings import KEY, NAME, Settings
from bot.platforms.matrix.store import Known, Named
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.documents import words

ME = "@bot:wijk.test"
STREET = Place(NAME, PlaceKind.ROOM, "straat")


def event(kind: str, content: dict[str, Any], sender: str = "@anna:wijk.test", **more: Any) -> Any:
    return {
        "event_id": "$1",
        "sender": sender,
        "origin_server_ts": 1_700_000_000_000,
        "type": kind,
        "content": content,
        **more,
    }


def said(source: Any, memory: Memory | None = None, *, hidden: bool = False) -> Any:
    one = seen(source, hidden)
    return one and fact(one, STREET, ME, frozenset(), memory or Memory())


@pytest.mark.parametrize(
    "source",
    [
        None,
        [],
        {},
        event("m.room.message", {"msgtype": "m.text", "body": "x"}, state_key=""),
        event("m.room.message", {"msgtype": "m.text", "body": "x"}, sender=ME),
        event("m.room.message", {}),
        event("m.room.message", [], sender=5),
        event("m.reaction", {"m.relates_to": "ja"}),
        event("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": ["$2"]}}),
        event("m.room.redaction", {"redacts": 5}),
        {**event("m.room.message", {"body": "x"}), "origin_server_ts": "gisteren"},
        {**event("m.room.message", {"body": "x"}), "origin_server_ts": True},
    ],
)
def test_what_says_nothing(source: Any) -> None:
    assert not said(source)


@pytest.mark.parametrize(
    "content",
    [
        {"msgtype": "m.text"},
        {"msgtype": "m.text", "body": 5},
        {"msgtype": "m.notice", "body": "piep"},
        {"msgtype": "m.image", "body": "foto.jpg", "url": "mxc://hier/1"},
    ],
)
def test_what_has_no_words_only_passes_by(content: Any) -> None:
    assert isinstance(said(event("m.room.message", content)), Passed)


def test_a_time_beyond_all_bounds_is_still_a_time() -> None:
    far = said(
        {**event("m.room.message", {"msgtype": "m.text", "body": "x"})}
        | {"origin_server_ts": 10**30}
    )
    assert isinstance(far, Said)
    assert far.origin.at.year == 9999


def test_a_redaction_inside_an_encrypted_event_is_a_forgery() -> None:
    removal = event("m.room.redaction", {"redacts": "$2"}, redacts="$2")
    assert isinstance(said(removal), Removed)
    assert said(removal, hidden=True) is None


def test_what_was_taken_back_is_known_by_its_kind() -> None:
    memory = Memory()
    relation = {"rel_type": "m.annotation", "event_id": "$0", "key": "👍"}
    said(event("m.reaction", {"m.relates_to": relation}), memory)
    gone = said({**event("m.room.redaction", {}), "redacts": "$1", "event_id": "$9"}, memory)
    assert isinstance(gone, Unreacted)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("📌", Mark.TAKE_ALONG),
        ("📌\ufe0f", Mark.TAKE_ALONG),
        ("✅", Mark.TICK),
        ("🙋", Mark.JOIN),
        ("🙋🏽", Mark.JOIN),
        ("🙋🏿\u200d♀\ufe0f", Mark.JOIN),
        ("🙋\u200d♂", Mark.JOIN),
        ("👍\ufe0f", "👍\ufe0f"),
    ],
)
def test_some_reactions_are_marks(key: str, found: Mark | str) -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$0", "key": key}
    made = said(event("m.reaction", {"m.relates_to": relation}))
    assert isinstance(made, Marked | Reacted)
    assert (made.mark if isinstance(made, Marked) else made.sign) == found
    assert made.post == "$0"


def test_only_the_author_edits() -> None:
    memory = Memory()
    said(event("m.room.message", {"msgtype": "m.text", "body": "x"}), memory)
    edit = {
        "body": "* y",
        "msgtype": "m.text",
        "m.new_content": {"msgtype": "m.text", "body": "y"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"},
    }
    own = said({**event("m.room.message", edit), "event_id": "$2"}, memory)
    assert isinstance(own, Edited)
    other = {**event("m.room.message", edit), "event_id": "$3", "sender": "@bram:wijk.test"}
    assert said(other, memory) is None


#: Lines that a person writes and that begin no quote.
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n<>"), min_size=1).filter(
    lambda line: bool(line.strip())
)


@given(
    emote=st.booleans(),
    quoted=st.lists(LINES, min_size=1, max_size=3),
    own=st.lists(LINES, min_size=1, max_size=3),
)
def test_whoever_is_quoted_is_in_no_words(emote: bool, quoted: list[str], own: list[str]) -> None:
    """A message, a reply and an edit of it hold the author's own words alone."""
    first = f"> {'* ' if emote else ''}<@bram:wijk.test> {quoted[0]}"
    body = "\n".join([first, *(f"> {line}" for line in quoted[1:]), "", *own])
    text = {"msgtype": "m.text", "body": body}
    answer = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}
    edit = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}, "m.new_content": text}
    memory = Memory()
    memory.authors["$0"] = "@anna:wijk.test"
    for source in (text, {**text, **answer}, {**text, **edit}):
        made = said(event("m.room.message", source), memory)
        assert made.text == "\n".join(own)
    assert said(event("m.room.message", {**text, "body": first})) == Passed(made.origin)


def test_what_points_to_another_room_is_a_copy() -> None:
    memory, other = Memory(), Place(NAME, PlaceKind.PERSONAL, "@anna:wijk.test")
    said(event("m.room.message", {"msgtype": "m.text", "body": "x"}), memory)
    relation = {"rel_type": "m.annotation", "event_id": "$1", "key": "👍"}
    edit = {
        "m.new_content": {"msgtype": "m.text", "body": "y"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"},
    }
    for kind, body in (
        ("m.reaction", {"m.relates_to": relation}),
        ("m.room.message", edit),
        ("m.room.redaction", {"redacts": "$1"}),
    ):
        one = seen({**event(kind, body), "event_id": "$2"})
        assert one is not None
        assert fact(one, STREET, ME, frozenset(), memory) is not None
        memory.places.pop("$2", None)
        assert fact(one, other, ME, frozenset(), memory) is None


def test_nobody_imitates_our_echo() -> None:
    mine = {"body": "x", "msgtype": "m.text", KEY: {"token": "t"}}
    assert said(event("m.room.message", mine, sender=ME)) == Posted("t", "$1")
    assert isinstance(said(event("m.room.message", mine)), Said)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("@room komt", "@\u2060room komt"),
        ("@ROOM", "@\u2060ROOM"),
        ("wc@roomservice", "wc@roomservice"),
        ("https://matrix.to/#/@anna:x", "https://matrix.to/#/\u2060@anna:x"),
        ("https://MATRIX.to/#/%40anna:x", "https://MATRIX.to/#/\u2060%40anna:x"),
        ("matrix:u/anna:x", "matrix:u/\u2060anna:x"),
        (f"https://matrix.to/#/{ME}", f"https://matrix.to/#/{ME}"),
        (f"https://matrix.to/#/{ME}.", f"https://matrix.to/#/{ME}."),
        (f"https://matrix.to/#/{ME}.kwaad.nl", f"https://matrix.to/#/\u2060{ME}.kwaad.nl"),
        ("https://matrix.to/#/#straat:x", "https://matrix.to/#/#straat:x"),
    ],
)
def test_pings_are_defused(text: str, then: str) -> None:
    assert defused(text, ME) == then


@pytest.mark.parametrize("edits", ["", "$0"])
def test_what_grows_too_large_loses_its_form_first(edits: str) -> None:
    long = Message(STREET, "t", words("regel\n" * 8000), edits)
    made = content(long, ME, 60_000)
    assert size(made) <= 60_000 + 5000
    assert made.get("m.new_content", made)["body"] == long.plain
    small = content(replace(long, document=words("kort")), ME, 60_000)
    assert small.get("m.new_content", small)["formatted_body"] == "<p>kort</p>"


@pytest.mark.parametrize("edits", ["", "$0"])
@pytest.mark.parametrize("letter", ["x", "<", '"', "é", "🙂", "@a", "\\", "\n"])
def test_what_the_limit_takes_passes_with_all_its_words(letter: str, edits: str) -> None:
    """Also in an encrypted room."""
    text = letter
    while LIMIT.takes(words(text * 2)):
        text *= 2
    while LIMIT.takes(words(text + letter * 100)):
        text += letter * 100
    made = content(Message(STREET, "t", words(text), edits), ME, TIGHT)
    assert made.get("m.new_content", made)["body"] == text
    assert size(made) <= TIGHT


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Deze ronde is klaar.", "* Deze ronde is klaar."),
        ("boom " * 9_000, "* " + "boom " * 59 + "boom…"),
        ("x" * 45_000, "* " + "x" * 300 + "…"),
    ],
    ids=["a short line", "a long line", "a long word"],
)
def test_a_large_edit_reads_well_where_no_edits_are_shown(line: str, shown: str) -> None:
    """Even its first line may be too long to stand there twice."""
    plain = line + "\nregel" * (45_000 // 7 if len(line) < 100 else 1)
    made = content(Message(STREET, "t", words(plain), "$0"), ME, 60_000)
    assert made["body"] == shown
    assert made["m.new_content"]["body"] == plain
    assert size(made) <= 60_000


def house(**more: Any) -> House:
    settings = Settings("http://x", ME, Path("x"), rooms={"straat": "!1"}, **more)
    return House(settings, Known(named={"straat": Named("!1", "!1")}, direct={"!2": "@anna:x"}))


def state(kind: str, content: dict[str, Any], sender: str = "@vera:x", key: str = "") -> Seen:
    found = seen(event(kind, content, sender, state_key=key))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_power_in_one_room_is_told_with_the_room(kind: PlaceKind) -> None:
    """In a staff room of everybody; a moderator of the config is one of the whole town."""
    home = house(roles={"moderator": frozenset({"@vera:x"})})
    home.learn("!1", [state("m.room.power_levels", {"users": {"@bea:x": 50}})])
    home.settle()
    for user, mine in (("@bea:x", {"straat"}), ("@anna:x", None), ("@vera:x", None)):
        origin = Origin(
            "$1",
            datetime(2026, 12, 1, tzinfo=UTC),
            Place("matrix", kind, "x"),
            user,
            home.roles(user),
        )
        made = rights.with_rooms(home, "!1", Said(origin, "hulp"))
        assert isinstance(made, Said)
        if kind is PlaceKind.STAFF:
            mine = {"straat"} if user != "@anna:x" else set()
        assert made.origin.moderates == mine


def test_power_in_one_room_is_none_in_the_next() -> None:
    home = house(roles={"moderator": frozenset({"@vera:x"}), "official": frozenset({"@bea:x"})})
    home.learn("!1", [state("m.room.power_levels", {"users": {"@bea:x": 50}})])
    home.settle()
    street, square = Place("matrix", PlaceKind.ROOM, "straat"), Place("matrix", PlaceKind.ROOM, "x")
    assert home.roles_at("@bea:x", street) == {"moderator", "official"}
    assert home.roles_at("@bea:x", square) == {"official"}
    assert home.roles_at("@vera:x", square) == {"moderator"}


def test_creators_of_new_rooms_are_moderators() -> None:
    create = {"room_version": "12", "additional_creators": ["@wim:x", 5]}
    home = house(roles={"official": frozenset({"@wim:x"})})
    home.learn("!1", [state("m.room.create", create)])
    levels = {"users": {"@bea:x": 50, "@cas:x": 49, "@dirk:x": "60", "@eef:x": True, ME: 100}}
    home.learn("!1", [state("m.room.power_levels", {**levels, "users_default": 50})])
    home.settle()
    assert home.roles("@vera:x") == {"moderator"}
    assert home.roles("@wim:x") == {"moderator", "official"}
    assert home.roles("@bea:x") == home.roles("@dirk:x") == {"moderator"}
    assert not home.roles("@cas:x") | home.roles("@eef:x") | home.roles("@anders:x")
    assert not home.roles(ME)
    assert level(home.rooms["!1"], "@vera:x") > 100
    home.learn("!1", [state("m.room.power_levels", {"users": {}})])
    home.settle()
    assert not home.roles("@bea:x")


def test_creators_of_older_rooms_have_what_the_levels_give() -> None:
    room = Room({"room_version": "11"}, "@vera:x", {"users": {}})
    assert powerful(room) == set()
    assert powerful(Room({}, "@vera:x", {})) == {"@vera:x"}


def test_a_conversation_of_three_is_none() -> None:
    home = house()
    members = [state("m.room.member", {"membership": "join"}, key=who) for who in (ME, "@anna:x")]
    home.learn("!2", members)
    assert home.place("!2") == Place(NAME, PlaceKind.PERSONAL, "@anna:x")
    home.learn("!2", [state("m.room.member", {"membership": "invite"}, key="@bram:x")])
    assert home.place("!2") is None
    assert home.place("!3") is None
