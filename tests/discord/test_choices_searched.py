"""While somebody fills in a vote, Discord offers what can be chosen on that item."""

from __future__ import annotations

from typing import Any

from tests.discord.anna import led, with_statements
from tests.discord.test_evening import House

POLL = 'soort={} vraag="Wat eerst?" opties="Bomen; Bankjes; Een pomp"'


async def offered(house: House, typed: str = "", who: str = "anna", **filled: str) -> list[Any]:
    """What is offered for the choice of a vote: each as it reads, and what is filled in for it."""
    world = house.world
    person, room = world.person(who), world.room
    found = await person.autocomplete(room, "stem", "keuze", typed, **filled)
    return [(one["name"], one["value"]) for one in found]


def test_the_options_of_a_poll(house: House) -> None:
    """Also without the number of the poll, which is the only one; those that hold what was typed.
    What is chosen counts."""

    async def evening(house: House) -> None:
        await led(house, "peiling", POLL.format("een"), "peiling")
        every = [("1. Bomen", "1"), ("2. Bankjes", "2"), ("3. Een pomp", "3")]
        assert await offered(house, item="P1") == every
        assert await offered(house, item="p1 ") == every
        assert await offered(house) == every
        assert await offered(house, "BOM") == every[:1]
        await house.command("anna", "stem", item="P1", keuze="2")
        state: Any = house.app._engine.ledger.states["ons-gesprek"].states[0]
        assert state.box.books["P1"].tally == {2: 1}

    house.run(evening)


def test_a_long_option_from_right_to_left_is_cut_whole(house: House) -> None:
    """What turns its direction ends with it, as on a button."""

    async def evening(house: House) -> None:
        long = "\u0645\u0631\u062d\u0628\u0627 bomen " * 6
        await led(house, "peiling", f'soort=een vraag="Wat?" opties="{long}; Bankjes"', "peiling")
        for name, _ in await offered(house, item="P1"):
            assert len(name) <= 100
            assert name.count("\u2068") == name.count("\u2069")

    house.run(evening)


def test_the_choices_on_a_statement(house: House) -> None:
    """They are the same for each, so they are offered without its number too, in the language of
    the person's program."""

    async def evening(house: House) -> None:
        await with_statements(house)
        every = [("agree", "agree"), ("disagree", "disagree"), ("don't know", "pass")]
        assert await offered(house, item="S2") == every
        assert await offered(house) == every
        await house.command("anna", "taal", taal="nl")
        assert [name for name, _ in await offered(house)] == ["eens", "oneens", "weet ik niet"]

    house.run(evening)


def test_where_nothing_is_chosen_nothing_is_offered(house: House) -> None:
    """Points are filled in, an item may not exist, and a round may be over."""

    async def evening(house: House) -> None:
        await led(house, "peiling", POLL.format("punten"), "peiling")
        assert await offered(house, item="P1") == []
        assert await offered(house, item="S9") == []
        await house.command("vera", "gesprek sluit")
        assert await offered(house, item="P1") == []

    house.run(evening)
