"""What a resident presses in the other kinds of rounds: options, orders, points, sides, support."""

from __future__ import annotations

import re
from typing import Any

from simcord import results

from dialogues.machine import Stage
from tests.discord.anna import STATEMENTS, Anna, led, votes
from tests.discord.test_evening import RECEIPT, House, words
from tests.discord.test_evening import said as answered
from tests.sentences import wording

OPTIONS = "Bomen; Bankjes; Speeltuin"


async def polled(house: House, settings: str, options: str = OPTIONS) -> tuple[Any, Anna]:
    fill = f'{settings} vraag="Wat eerst?" opties="{options}"'
    state = await led(house, "peiling", fill, "peiling")
    anna = Anna(house)
    await anna.begin()
    return state, anna


def test_one_option_is_a_button(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await polled(house, "soort=een")
        await anna.press("2. Bankjes")
        assert votes(state) == {"P1": [(2,)]}
        assert RECEIPT.search(anna.says)
        await anna.press("3. Speeltuin")
        assert votes(state) == {"P1": [(3,)]}

    house.run(evening)


def test_several_options_are_one_press(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await polled(house, "soort=meer hoogstens=2 anders=ja")
        (menu,) = anna.menus
        assert (menu["min_values"], menu["max_values"]) == (1, 2)
        await anna.choose("1. Bomen", "3. Speeltuin")
        assert votes(state) == {"P1": [(1, 3)]}
        await anna.fill("Give an idea of your own", {"text": "Een pleintje met water"})
        assert len(state.states[0].suggested) == 1

    house.run(evening)


def test_dates_that_suit_are_one_press_and_each_is_written_in_full(house: House) -> None:
    """Anna's client is in English, so the bot speaks English with her alone."""

    async def evening(house: House) -> None:
        state, anna = await polled(house, "soort=datum", "morgen 20:00 | overmorgen 9:30 | 21:00")
        (menu,) = anna.menus
        assert (menu["min_values"], menu["max_values"]) == (1, 3)
        first, second, third = (one["label"] for one in menu["options"])
        assert re.fullmatch(r"1\. [A-Z][a-z]+ [0-9]+ [A-Z][a-z]+ [0-9]{4} at 20:00", first)
        assert second.endswith(" at 09:30")
        assert third.endswith(" at 21:00")
        await anna.choose(first, third)
        assert votes(state) == {"P1": [(1, 3)]}

    house.run(evening)


def test_an_order_is_pressed_one_by_one(house: House) -> None:
    """Each press counts what was chosen so far; pressed again it means the same."""

    async def evening(house: House) -> None:
        state, anna = await polled(house, "soort=rangorde plaatsen=2")
        await anna.choose("3. Speeltuin")
        assert votes(state) == {"P1": [(3,)]}
        assert [one["label"] for one in anna.menus[0]["options"]] == ["1. Bomen", "2. Bankjes"]
        await anna.choose("1. Bomen")
        assert votes(state) == {"P1": [(3, 1)]}
        assert len(anna.menus[0]["options"]) == 3  # full: a new order begins
        await anna.choose("2. Bankjes")
        assert votes(state) == {"P1": [(2,)]}
        await anna.press("Choose again")
        assert votes(state) == {"P1": [None]}

    house.run(evening)


def test_points_are_filled_in(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await polled(house, "soort=punten punten=10")
        await anna.fill("Divide points", {"1": "7", "3": "2"})
        assert votes(state) == {"P1": []}  # the sum must be right
        await anna.fill("Divide points", {"1": "7", "3": "3"})
        assert votes(state) == {"P1": [(7, 0, 3)]}
        modal = await anna.fill("Divide points", {"1": "10", "3": ""})
        assert modal["components"][0]["component"]["value"] == "7"
        assert votes(state) == {"P1": [(10,)]}

    house.run(evening)


def test_more_options_than_a_form_has_fields_are_pages(house: House) -> None:
    async def evening(house: House) -> None:
        options = "; ".join(f"Plan nummer {n} voor de straat" for n in range(1, 8))
        fill = f'soort=punten punten=10 vraag="Wat eerst?" opties="{options}"'
        state = await led(house, "peiling", fill, "peiling")
        anna = Anna(house)
        await anna.begin()
        person, world = house.world.person("anna"), house.world
        message = results.to_discord_message(world.env, anna.stored)
        opened = await person.click(message, custom_id=anna.buttons["Divide points"])
        assert len(opened.modal["components"]) == 5
        further = await person.submit_modal(opened, {"2": "4"})
        opened = await person.click(further.response.message, label="Continue")
        assert len(opened.modal["components"]) == 2
        await person.submit_modal(opened, {"7": "6"})
        await house.until(lambda: votes(state) == {"P1": [(0, 4, 0, 0, 0, 0, 6)]})

    house.run(evening)


def test_a_dilemma_has_its_sides_and_a_reason(house: House) -> None:
    async def evening(house: House) -> None:
        fill = 'vraag="Wat weegt zwaarder?" a="Meer bomen" b="Meer parkeren"'
        state = await led(house, "dilemma", fill, "dilemma")
        anna = Anna(house)
        await anna.begin()
        await anna.press("Choice A")
        assert votes(state) == {"D1": ["a"]}

    house.run(evening)


def test_questions_are_supported_and_asked(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "vragenuur")
        await house.command("zoe", "vraag", tekst="Wanneer begint het werk aan de straat?")
        anna = Anna(house)
        await anna.begin()
        await anna.press("Support")
        assert len(state.states[0].support["V1"]) == 1
        await anna.fill("Ask a question", {"text": "Hoe lang duurt het werk in totaal?"})
        assert "V2" in anna.says

    house.run(evening)


def test_priorities_are_pressed_best_first(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "prioriteiten")
        for number, one in enumerate(STATEMENTS):
            await house.command(f"zoe{number}", "stelling", tekst=one)
        await house.command("vera", "gesprek volgende")
        if state.frames[1].stage is not Stage.OPEN:
            await house.until(lambda: state.frames[1].stage is Stage.OPEN)
        anna = Anna(house)
        await anna.begin()
        third, first = (anna.menus[0]["options"][n]["label"] for n in (2, 0))
        await anna.choose(third)
        assert votes(state, 1) == {"B1": [(3,)]}
        await anna.choose(first)
        assert votes(state, 1) == {"B1": [(3, 1)]}

    house.run(evening)


def test_recommendations_are_pressed_one_by_one(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "gesprek")
        for number, one in enumerate(STATEMENTS[:2]):
            await house.command(f"zoe{number}", "stelling", tekst=one)
        for number in range(6):
            for item in ("S1", "S2"):
                await house.command(f"buur{number}", "stem", item=item, keuze="eens")
        for _ in range(4):
            if votes_open(state):
                break
            await house.command("vera", "gesprek volgende")
        anna = Anna(house)
        await anna.begin()
        await anna.press("Yes")
        last = len(state.frames) - 1
        assert votes(state, last)["A1"] == ["yes"]
        await anna.fill("No, with a reason", {"text": "Dat kost te veel geld."})
        assert votes(state, last)["A2"] == ["no"]
        assert len(state.reasons["A2"]) == 1

    house.run(evening)


def votes_open(state: Any) -> bool:
    """Whether the vote on the recommendations is open."""
    last = len(state.frames) - 1
    return state.frames[last].stage is Stage.OPEN and bool(state.states[last].fixed)


def test_as_many_places_as_a_poll_has_options_can_be_pressed(house: House) -> None:
    """The longest order too is in its buttons, so it goes on after a restart."""

    async def evening(house: House) -> None:
        options = "; ".join(f"Plek {n} in de wijk" for n in range(1, 26))
        fill = f'soort=rangorde vraag="Wat eerst?" opties="{options}"'
        state = await led(house, "peiling", fill, "peiling")
        anna = Anna(house)
        await anna.begin()
        order = [*range(25, 0, -1)]
        for place, number in enumerate(order, 1):
            shown = [one["label"] for menu in anna.menus for one in menu["options"]]
            assert sum("Plek" in label for label in shown) == 26 - place
            await anna.choose(f"{number}. Plek {number} in de wijk")
            assert votes(state) == {"P1": [tuple(order[:place])]}

    house.run(evening)


async def filled(anna: Anna, label: str, given: dict[str, str]) -> int:
    """Fill in a form of several pages; how many pages it had. The message that leads from page to
    page is one, which the answer takes the place of."""
    house, person = anna.house, anna.house.world.person(anna.name)
    message = results.to_discord_message(house.world.env, anna.stored)
    opened = await person.click(message, custom_id=anna.buttons[label])
    left, pages, said, seen = dict(given), 1, "", set[str]()
    while True:
        names = [one["component"]["custom_id"] for one in opened.modal["components"]]
        assert len(names) <= 5
        sent = await person.submit_modal(opened, {n: left.pop(n) for n in names if n in left})
        await house.until(lambda: answered(sent) and words(sent.response) != said)  # noqa: B023
        seen.add(str(sent.response.id))
        assert len(seen) == 1
        if "Continue" not in words(sent.response):
            assert left == {}
            return pages
        said, pages = words(sent.response), pages + 1
        opened = await person.click(sent.response.message, label="Continue")


def test_points_over_as_many_options_as_a_poll_can_have(house: House) -> None:
    """Twenty-five options are five pages; a sum that is wrong counts nothing."""

    async def evening(house: House) -> None:
        options = "; ".join(f"Plan nummer {n} voor de straat" for n in range(1, 26))
        fill = f'soort=punten punten=100 vraag="Wat eerst?" opties="{options}"'
        state = await led(house, "peiling", fill, "peiling")
        anna = Anna(house)
        await anna.begin()
        given = {str(n): "4" for n in range(1, 26)}
        assert await filled(anna, "Divide points", {**given, "25": "3"}) == 5
        assert votes(state) == {"P1": []}
        assert await filled(anna, "Divide points", given) == 5
        await house.until(lambda: votes(state) == {"P1": [(4,) * 25]})

    house.run(evening)


def test_priorities_over_more_statements_than_a_menu_has_options(house: House) -> None:
    """All of them can be pressed, in several menus; what was chosen goes on after a restart."""

    async def evening(house: House) -> None:
        state = await led(house, "prioriteiten")
        for number in range(30):
            text = f"Plan {number} gaat over {number * 7} bomen en {number + 3} bankjes."
            await house.command(f"zoe{number}", "stelling", tekst=text)
        await house.command("vera", "gesprek volgende")
        await house.until(lambda: state.frames[1].stage is Stage.OPEN)
        anna = Anna(house)
        await anna.begin()
        labels = [one["label"] for menu in anna.menus for one in menu["options"]]
        assert len(labels) == 30
        assert all(len(menu["options"]) <= 25 for menu in anna.menus)
        assert all(f"Plan {number} " in anna.says for number in range(30))
        await anna.choose(labels[29], menu=1)
        assert votes(state, 1) == {"B1": [(30,)]}
        await house.again()
        state = house.app._engine.ledger.states["ons-gesprek"]
        await anna.choose(labels[0])
        await anna.choose(labels[27], menu=1)
        assert votes(state, 1) == {"B1": [(30, 1, 28)]}

    house.run(evening)


# -- a circle -------------------------------------------------------------------------------------


def _turn(state: Any) -> str:
    turn = state.states[0].turn
    return turn.participant if turn is not None else ""


def test_a_circle_is_pressed(house: House) -> None:
    """A turn is asked for, given up and ended by button; staff goes on by its word."""

    async def evening(house: House) -> None:
        state = await led(house, "kring")
        anna, bram = Anna(house), Anna(house, "bram")
        for one in (anna, bram):
            await one.begin()
            await one.press("Ask for a turn")
        assert len(state.states[0].waiting) == 2
        await house.command("bram", "meedoen")
        await bram.begin()
        await bram.press("No turn any more")
        assert len(state.states[0].waiting) == 1
        await house.command("vera", "door")
        await house.until(lambda: _turn(state))
        await anna.begin()
        await anna.press("Done speaking")
        await house.until(lambda: not _turn(state))
        # an old button of before says something, and changes nothing
        assert list(state.items.by_number) == []

    house.run(evening)


def test_what_is_said_in_a_turn_is_kept_only_with_the_speaker_s_yes(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "kring")
        anna = Anna(house)
        await anna.begin()
        await anna.press("Ask for a turn")
        await house.command("vera", "door")
        await house.until(lambda: _turn(state))
        person = house.world.person("anna")
        said = await person.send(house.world.room, "Ik mis een bankje bij de halte.")
        await house.world.settled()
        assert list(state.items.by_number) == []
        kept = b"".join(one.read_bytes() for one in house.file.parent.glob("town.db*"))
        assert b"bankje" not in kept
        entry = wording("message_word")
        other = await house.world.person("bram").context_menu(house.world.room, entry, said)
        await house.until(lambda: answered(other))
        assert list(state.items.by_number) == []
        await person.context_menu(house.world.room, entry, said)
        await house.until(lambda: list(state.items.by_number) == ["W1"])

    house.run(evening)
