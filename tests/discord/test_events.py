"""Meetings in the server's list of events: made, moved and called off, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.discord.events import EVENT
from bot.platforms.document import Document
from bot.platforms.live import Doubtful
from bot.platforms.messages import Happening, Message
from bot.platforms.places import Place, PlaceKind
from tests.discord.world import GUILD, World

ROOM = Place("discord", PlaceKind.ROOM, "zomerstraat")
HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    allow(made)
    made.start()
    yield made
    made.close()


def allow(world: World, *, allowed: bool = True) -> None:
    """SimCord still asks for the right with which Discord began; Discord takes Create Events."""
    bot = world.env.backend.guilds[GUILD].roles[world.own.id]
    mask = 1 << 33
    bot.permissions = bot.permissions | mask if allowed else bot.permissions & ~mask


def meeting(world: World, **other: Any) -> Happening:
    begins = world.env.now().replace(microsecond=0) + 24 * HOUR
    one = Happening("M3", "Bewonersavond", begins, begins + 2 * HOUR, "Wijkhuis", "Voor iedereen")
    return replace(one, **other)


def put(world: World, one: Happening, edits: str = "") -> str:
    token = f"t{len(world.sent)}"
    message = Message(ROOM, token, Document(()), edits, slot="event", happening=one)
    return world.run(world.platform.send(message))


def listed(world: World) -> list[Any]:
    return list(world.env.backend.guilds[GUILD].scheduled_events.values())


def test_a_meeting_is_made_moved_and_called_off(world: World) -> None:
    one = meeting(world)
    name = put(world, one)
    assert name == f"{EVENT}M3"
    (event,) = listed(world)
    assert (event.name, event.description) == ("Bewonersavond", "Voor iedereen\nM3")
    assert event.entity_metadata == {"location": "Wijkhuis"}
    assert event.scheduled_start_time == one.begins_at.isoformat()
    later = replace(one, begins_at=one.begins_at + HOUR, ends_at=one.ends_at + HOUR)
    assert put(world, later, name) == name
    (event,) = listed(world)
    assert event.scheduled_start_time == later.begins_at.isoformat()
    assert event.scheduled_end_time == later.ends_at.isoformat()
    assert event.status == 1
    put(world, replace(later, cancelled=True), name)
    assert [event.status for event in listed(world)] == [4]
    put(world, replace(later, cancelled=True), name)
    assert len(listed(world)) == 1
    assert world.stored(world.room) == {}


def test_what_was_sent_twice_stands_once(world: World) -> None:
    """Also after the program started again: it is known by its mark, not by what is remembered."""
    one = meeting(world)
    put(world, one)
    put(world, one)
    world.restart()
    put(world, replace(one, title="Avond"))
    assert [event.name for event in listed(world)] == ["Avond"]


def test_others_are_left_alone(world: World) -> None:
    """A meeting with a longer number, and an event of a person that looks like ours."""
    world.env.backend.create_scheduled_event(
        GUILD,
        name="Van iemand",
        entity_type=3,
        scheduled_start_time=meeting(world).begins_at.isoformat(),
        creator_id=world.person("anna").id,
        description="M3",
    )
    put(world, meeting(world, mark="M31", title="Andere"))
    put(world, meeting(world))
    put(world, meeting(world, cancelled=True))
    assert [(e.name, e.status) for e in listed(world)] == [
        ("Van iemand", 1),
        ("Andere", 1),
        ("Bewonersavond", 4),
    ]


def test_what_is_over_or_off_is_not_made(world: World) -> None:
    put(world, meeting(world, begins_at=world.env.now() - HOUR))
    put(world, meeting(world, cancelled=True))
    assert listed(world) == []


def test_long_words_are_cut(world: World) -> None:
    put(world, meeting(world, title="é" * 300, where="w" * 300, about="a" * 3000))
    (event,) = listed(world)
    assert (len(event.name), len(event.entity_metadata["location"])) == (100, 100)
    assert len(event.description) == 1000
    assert event.description.endswith("…\nM3")
    put(world, meeting(world, title="Kort"))
    assert [event.name for event in listed(world)] == ["Kort"]


def test_without_the_right_the_log_says_so_once(world: World) -> None:
    allow(world, allowed=False)
    for _ in range(2):
        assert put(world, meeting(world)) == f"{EVENT}M3"
    assert listed(world) == []
    assert world.alarms == ["discord_events_not_allowed"]
    allow(world)
    put(world, meeting(world))
    assert len(listed(world)) == 1
    world.alarms.clear()


def test_an_answer_that_does_not_come_makes_no_second_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, wire = meeting(world), world.platform._wire
    call = wire.call

    async def lost(method: str, *given: Any, **more: Any) -> Any:
        answer = await call(method, *given, **more)
        if method == "POST":
            raise Doubtful(1)
        return answer

    monkeypatch.setattr(wire, "call", lost)
    with pytest.raises(Doubtful):
        put(world, one)
    monkeypatch.undo()
    put(world, one)
    assert len(listed(world)) == 1
