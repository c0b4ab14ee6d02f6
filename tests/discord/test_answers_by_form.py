"""A form is opened by the press that needs it, has pages, and comes as one answer or not at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.platforms.discord import windows
from bot.platforms.facts import Chose, Submitted
from bot.platforms.menu import Opened, Queries
from bot.platforms.messages import Choice, Form, Message
from tests.discord.asked import AGREE, LONG, ROOM, facts, posted, pressed, send
from tests.discord.world import World, custom_ids, text_of
from tests.documents import words


def form_of(world: World) -> tuple[Any, Any]:
    """A message with a button that opens a long form, and what it opened for anna."""
    choice = Choice("Invullen", AGREE, form=LONG.name)
    name = send(world, Message(ROOM, "0" * 20, words("?"), choices=(choice,)))
    stored = world.stored(world.room)[name]
    return stored, world.click("anna", stored, custom_ids(stored)[0])


def test_a_form_of_many_fields_has_pages(world: World) -> None:
    anna = world.person("anna")
    _, opened = form_of(world)
    for page in range(3):
        names = [row["component"]["custom_id"] for row in opened.modal["components"]]
        assert names == [f"f{n}" for n in range(page * 5, min(page * 5 + 5, 12))]
        assert facts(world) == []
        shown = world.run(anna.submit_modal(opened, {name: f"{name}!" for name in names}))
        if page < 2:
            stored = shown.response._message
            assert stored.is_ephemeral
            opened = world.click("anna", stored, custom_ids(stored)[0])
    (fact,) = facts(world)
    assert isinstance(fact, Submitted)
    assert (fact.form, fact.means) == ("charter", AGREE)
    assert fact.values == {f"f{n}": f"f{n}!" for n in range(12)}


def test_who_lost_the_earlier_pages_of_a_form_reads_so_and_begins_again(world: World) -> None:
    """Nothing is stored that was not sent, and half a form is never taken for a whole one."""
    anna = world.person("anna")
    _, opened = form_of(world)
    for _ in range(2):
        shown = world.run(anna.submit_modal(opened, {}))
        stored = shown.response._message
        opened = world.click("anna", stored, custom_ids(stored)[0])
    world.restart()
    told = world.run(anna.submit_modal(opened, {}))
    assert facts(world) == []
    assert told.response.ephemeral
    stored = told.response._message
    assert "form_lost" in text_of(stored)
    opened = world.click("anna", stored, custom_ids(stored)[0])
    names = [row["component"]["custom_id"] for row in opened.modal["components"]]
    assert names == [f"f{n}" for n in range(5)]


def test_a_button_opens_its_form_after_a_restart(world: World) -> None:
    """It is made anew of what the button says."""
    stored, before = form_of(world)
    world.restart()
    opened = world.click("anna", stored, custom_ids(stored)[0])
    assert opened.modal == before.modal
    assert facts(world) == []


def test_a_form_that_there_is_not_any_more_chooses_nothing(world: World) -> None:
    _, fact = pressed(world, posted(world, Choice("Waarom?", AGREE, form="over")))
    assert isinstance(fact, Chose)
    assert fact.form == "over"


def test_a_form_that_comes_too_late_chooses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "_SOON", 0.0)

    async def slow(_opened: Opened) -> Form | None:
        await asyncio.get_running_loop().create_future()
        return LONG

    world.platform.asks(Queries(form=slow))
    _, fact = pressed(world, posted(world, Choice("Waarom?", AGREE, form=LONG.name)))
    assert isinstance(fact, Chose)
    assert fact.form == LONG.name
