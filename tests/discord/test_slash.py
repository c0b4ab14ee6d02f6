"""Slash commands: registered once, said as the words they are, with what fits while one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.discord.components import Json
from bot.platforms.discord.slash import payload
from bot.platforms.facts import Said
from bot.platforms.menu import Command, Option, Queries, Searched, Suggestion, Told
from bot.runtime.surface import Surface
from rounds import registry
from tests.commands.test_menu import TOWN
from tests.discord import requests
from tests.discord.world import World

HELP = Told("uitleg", "help")
ITEM = Option(Told("item", "item"), HELP, suggests="items")
UNTIL = Option(Told("tot", "until"), HELP, required=False, key="tot")
MENU = (
    Command("stem", Told("stem", "vote"), HELP, (ITEM, Option(Told("keuze", "choice"), HELP))),
    Command("start", Told("gesprek start", "dialogue start"), HELP, (UNTIL,), staff=True),
    Command(
        "verzamelen stop",
        Told("gesprek verzamelen stop", "dialogue collecting stop"),
        HELP,
        staff=True,
    ),
)
PUT = "/applications/{}/guilds/{}/commands"


def registered(world: World) -> int:
    """How often commands were registered since the last look."""
    puts = [path for method, path, _ in world.sent if (method, path[-9:]) == ("PUT", "/commands")]
    world.sent.clear()
    return len(puts)


def test_they_are_registered_when_they_changed_and_never_else() -> None:
    world = World(MENU)
    world.start()
    assert registered(world) == 1
    position = world.platform._incoming.read_now().cursor
    assert position
    world.restart(position)
    assert registered(world) == 0
    world.settings = replace(world.settings, menu=MENU[:1])
    world.restart(position)
    assert registered(world) == 1
    assert world.platform._incoming.read_now().cursor not in ("", position)
    world.close()


def test_all_words_of_the_bot_can_be_registered() -> None:
    """Held against Discord's description and our rules."""
    made = payload(Surface(TOWN, registry.vocabulary()).menu())
    path = PUT.format(1, 2)
    assert requests.against_our_rules("PUT", path, made) == []
    if requests.description() is None:
        pytest.skip("Discord's description is not there")
    assert requests.against_description("PUT", path, made) == []


def _leaves(options: list[Json], path: tuple[str, ...]) -> Iterator[tuple[str, list[Json]]]:
    inside = [one for one in options if one["type"] in (1, 2)]
    if not inside:
        yield " ".join(path), options
    for one in inside:
        yield from _leaves(one.get("options", []), (*path, one["name"]))


def test_whatever_discord_has_no_room_for_is_named_where_it_is_typed() -> None:
    menu = Surface(TOWN, registry.vocabulary()).menu()
    made = payload(menu)
    found = dict(leaf for one in made for leaf in _leaves(one.get("options", []), (one["name"],)))
    short = []
    for command in menu:
        options = found[command.name.dutch]
        there = {one["name"] for one in options}
        for option in command.options:
            if option.name.dutch not in there:
                short.append(command.name.dutch)
                (takes,) = [one for one in options if one["name"] == "gegevens"]
                assert f"{option.key}=…" in takes["description"]
                english = takes["description_localizations"]["en-GB"]
                assert f"{option.name.english}=…" in english
    assert set(short) == {"gesprek reeks maak"}


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("stem", {"item": "S1", "keuze": "weet ik niet"}, "!stem S1 weet ik niet"),
        ("gesprek start", {}, "!start"),
        ("gesprek start", {"tot": 'vrijdag "20:00"'}, "!start tot=\"vrijdag '20:00'\""),
        ("gesprek verzamelen stop", {}, "!verzamelen stop"),
    ],
)
def test_a_command_is_said_as_the_words_it_stands_for(
    name: str, options: dict[str, str], said: str
) -> None:
    world = World(MENU)
    world.start()
    world.run(world.person("vera", "moderator").slash(world.staff, name, **options))
    (fact,) = world.platform._incoming.read_now().facts
    assert isinstance(fact, Said)
    assert fact.text == said
    world.close()


def test_what_fits_is_searched_while_somebody_types() -> None:
    world, seen = World(MENU), []  # type: tuple[World, list[Searched]]

    async def suggest(searched: Searched) -> Sequence[Suggestion]:
        seen.append(searched)
        return [Suggestion(f"S{n}", f"S{n} " + "x" * 200) for n in range(1, 40)]

    world.queries = Queries(suggest)
    world.start()
    found = world.run(world.person("anna").autocomplete(world.room, "stem", "item", "bomen"))
    assert [one["value"] for one in found] == [f"S{n}" for n in range(1, 26)]
    assert all(len(one["name"]) <= 100 for one in found)
    (searched,) = seen
    assert (searched.suggests, searched.text) == ("items", "bomen")
    assert (searched.account, str(searched.place)) == (
        world.account("anna"),
        "discord/room/zomerstraat",
    )
    world.close()


def test_names_in_english_and_what_staff_alone_needs_is_hidden() -> None:
    made: dict[str, Any] = {command["name"]: command for command in payload(MENU)}
    assert made["stem"]["name_localizations"] == {"en-GB": "vote", "en-US": "vote"}
    assert made["stem"]["default_member_permissions"] is None
    assert made["gesprek"]["default_member_permissions"]
    (start, collecting) = made["gesprek"]["options"]
    assert (start["name"], collecting["name"]) == ("start", "verzamelen")
    assert [one["name"] for one in collecting["options"]] == ["stop"]


def test_each_agreement_has_an_option_of_its_own() -> None:
    """And so have the settings of a poll; what is filled in is typed as key=value."""
    menu = Surface(TOWN, registry.vocabulary()).menu()
    named = {command.typed: {one.name.dutch: one for one in command.options} for command in menu}
    agreed = named["gesprek afspraken"]
    assert {"niveau", "beslisser", "antwoord", "want"} <= agreed.keys()
    assert agreed["niveau"].key == "niveau"
    assert agreed["niveau"].name.english == "level"
    assert {"soort", "vraag", "opties"} <= named["peiling"].keys()
    assert not any(one.required for one in named["peiling"].values())


def test_of_a_word_with_more_options_than_discord_has_the_rest_can_be_typed() -> None:
    """In the option that takes them all, as key=value."""
    for command in Surface(TOWN, registry.vocabulary()).menu():
        inside = sorted(command.options, key=lambda one: not one.required)
        shown, left = inside[:25], inside[25:]
        assert not left or any(not one.key and not one.required for one in shown), command.typed
        assert all(one.key for one in left)


def test_the_room_of_a_new_dialogue_is_an_option_that_is_searched() -> None:
    """It is typed as ``in=``, behind the title."""
    world, seen = World(Surface(TOWN, registry.vocabulary()).menu()), []  # type: tuple[World, list[Searched]]

    async def suggest(searched: Searched) -> Sequence[Suggestion]:
        seen.append(searched)
        return [Suggestion("zomerstraat", "zomerstraat")]

    world.queries = Queries(suggest)
    world.start()
    vera = world.person("vera", "moderator")
    (found,) = world.run(vera.autocomplete(world.staff, "gesprek nieuw", "in", "zom"))
    assert (found["value"], seen[0].suggests, seen[0].text) == ("zomerstraat", "rooms", "zom")
    filled = {"format": "gesprek", "titel": "Ons plein", "in": "zomerstraat"}
    world.run(vera.slash(world.staff, "gesprek nieuw", **filled))
    (fact,) = world.platform._incoming.read_now().facts
    assert isinstance(fact, Said)
    assert fact.text == '!gesprek nieuw gesprek Ons plein in="zomerstraat"'
    world.close()


def test_what_is_filled_in_for_a_key_is_typed_with_it() -> None:
    world = World(Surface(TOWN, registry.vocabulary()).menu())
    world.start()
    world.person("vera", "moderator")
    filled = {"soort": "een", "vraag": "Wat eerst?", "opties": "Bomen; Bankjes"}
    world.run(world.person("vera").slash(world.staff, "peiling", **filled))
    (fact,) = world.platform._incoming.read_now().facts
    assert isinstance(fact, Said)
    assert fact.text == '!peiling soort="een" vraag="Wat eerst?" opties="Bomen; Bankjes"'
    world.close()
