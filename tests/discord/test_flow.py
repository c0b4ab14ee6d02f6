"""What a resident presses: one message asks one thing after the other, in every kind of round."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from simcord import results
from simcord.actors import _component_interaction

from dialogues.machine import Stage
from tests.discord.test_evening import RECEIPT, House, buttons, said
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER

#: The kinds of components that are pressed.
BUTTON, SELECT = 2, 3

Evening = Callable[[House], Awaitable[None]]


class Anna:
    """Anna, with the one message that she presses in."""

    def __init__(self, house: House, name: str = "anna") -> None:
        self.house = house
        self.name = name
        self.message = ""
        self.answered = 0

    async def begin(self) -> None:
        def cards() -> list[Any]:
            return [one for one in self.house.shown() if text_of(one).endswith("\nMeedoen")]

        card = (await self.house.until(cards))[-1]
        offer = await self.house.press(self.name, card, "Meedoen")
        self.message = str(offer.id)

    @property
    def stored(self) -> Any:
        return self.house.world.stored(self.house.world.room, self.name)[self.message]

    @property
    def says(self) -> str:
        return text_of(self.stored)

    @property
    def buttons(self) -> dict[str, str]:
        """What can be pressed: the words on it, and what it carries."""
        every = [one for row in self.stored.components for one in row.get("components", ())]
        return {one["label"]: one["custom_id"] for one in every if one["type"] == BUTTON}

    @property
    def menus(self) -> list[Any]:
        every = [one for row in self.stored.components for one in row.get("components", ())]
        return [one for one in every if one["type"] == SELECT]

    async def _came(self, result: Any, before: str) -> Any:
        await self.house.until(lambda: result.acknowledged and self.says != before)
        return result

    async def press(self, label: str) -> Any:
        """Press a button; her message says something else then."""
        return await self.press_id(self.buttons[label])

    async def press_id(self, custom_id: str, *, changes: bool = True) -> Any:
        """Press what a button carried, also where it is not shown any more."""
        before, world, made = self.says, self.house.world, len(self.house.world.sent)
        data = {"custom_id": custom_id, "component_type": BUTTON}
        result = await _component_interaction(world.person(self.name), self.stored, data)
        if changes:
            return await self._came(result, before)
        await self.house.until(lambda: any("/webhooks/" in one[1] for one in world.sent[made:]))
        return result

    async def choose(self, *labels: str, menu: int = 0) -> Any:
        before, world = self.says, self.house.world
        asked = self.menus[menu]
        values = {one["label"]: one["value"] for one in asked["options"]}
        message = results.to_discord_message(world.env, self.stored)
        picked = [values[label] for label in labels]
        result = await world.person(self.name).select(message, picked, custom_id=asked["custom_id"])
        return await self._came(result, before)

    async def fill(self, label: str, values: dict[str, str]) -> Any:
        """Open a form with a button, and fill it in."""
        before, world = self.says, self.house.world
        person = world.person(self.name)
        message = results.to_discord_message(world.env, self.stored)
        opened = await person.click(message, custom_id=self.buttons[label])
        assert opened.modal is not None
        sent = await person.submit_modal(opened, values)
        await self._came(sent, before)
        return opened.modal


async def led(
    house: House, format: str, fill: str = "", word: str = "", review: str = "achteraf"
) -> Any:
    """A dialogue that vera began; ``fill`` prepares its round with ``word``."""
    charter = f"{CHARTER} toetsing={review}"
    agreed = {"format": format, "titel": "Ons gesprek", "afspraken": charter}
    await house.command("vera", "gesprek nieuw", **agreed)
    if fill:
        await house.command("vera", word, **{word: fill})
    await house.command("vera", "gesprek start")
    return house.app._engine.ledger.states["ons-gesprek"]


STATEMENTS = (
    "Er moeten meer bomen komen.",
    "De bus moet vaker rijden.",
    "De straat moet autovrij worden.",
)


async def with_statements(house: House) -> Any:
    state = await led(house, "stellingenronde")
    for number, one in enumerate(STATEMENTS):
        await house.command(f"zoe{number}", "stelling", tekst=one)
    return state


def votes(state: Any, index: int = 0) -> dict[str, list[object]]:
    box = state.machine(index).box(state.states[index])
    return {n: [vote[2] for vote in book.votes.values()] for n, book in box.books.items()}


def asked(anna: Anna) -> str:
    """The statement that is asked about now: the last one that is named before the question."""
    (one,) = [n for n in ("S1", "S2", "S3") if f"\n{n}: " in f"\n{anna.says}"]
    return one


def test_one_message_asks_statement_after_statement(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        seen = []
        for choice in ("Agree", "Disagree"):
            seen.append(asked(anna))
            made = len(house.world.sent)
            await anna.press(choice)
            own = [one for one in house.world.sent[made:] if "/interactions/" in one[1]
                   or "/webhooks/" in one[1]]  # fmt: skip
            assert len(own) == 2  # acknowledged, and edited
            # what was noted stands above the next one
            assert RECEIPT.search(anna.says)
            assert anna.says.index(f"{seen[-1]} {choice.lower()}") < anna.says.index(asked(anna))
            assert asked(anna) not in seen
        last = asked(anna)
        # the third vote is asked for a reason; then it is done
        await anna.press("Don't know")
        assert {*seen, last} == {"S1", "S2", "S3"}
        assert votes(state) == {seen[0]: ["agree"], seen[1]: ["disagree"], last: ["pass"]}

    house.run(evening)


def test_a_button_means_the_statement_it_was_shown_with(house: House) -> None:
    """Pressed again after the message went on it is the same vote, not one on the next."""

    async def evening(house: House) -> None:
        state = await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        first, old = asked(anna), dict(anna.buttons)
        await anna.press("Agree")
        second = asked(anna)
        before = anna.says
        for times in (1, 2):
            await anna.press_id(old["Agree"], changes=False)
            assert asked(anna) == second, times
            assert anna.says == before  # the same receipt above the same next one
        assert votes(state)[first] == ["agree"]
        assert votes(state)[second] == []
        # the other button of then changes that vote
        await anna.press_id(old["Disagree"])
        assert (votes(state)[first], asked(anna)) == (["disagree"], second)

    house.run(evening)


def test_it_goes_on_after_a_restart(house: House) -> None:
    """Buttons and forms that were shown before work after it."""

    async def evening(house: House) -> None:
        await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        await anna.press("Agree")
        second = asked(anna)
        await house.again()
        state = house.app._engine.ledger.states["ons-gesprek"]
        await anna.press("Disagree")
        assert votes(state)[second] == ["disagree"]
        modal = await anna.fill("Give a statement", {"text": "Er moet een bankje komen."})
        field = modal["components"][0]["component"]
        assert "De straat moet autovrij" in field["placeholder"]  # a live example
        assert field["max_length"] == 280
        assert "S4" in anna.says
        assert "S4" in votes(state)

    house.run(evening)


def test_stop_leaves_it_at_what_was_given(house: House) -> None:
    async def evening(house: House) -> None:
        await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        stands = asked(anna)
        await anna.press("Stop")
        assert "Take part" in anna.buttons
        assert "Agree" not in anna.buttons
        await anna.press("Take part")
        assert asked(anna) == stands

    house.run(evening)


def test_words_that_changed_are_asked_again(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        first = asked(anna)
        author = f"zoe{int(first[1]) - 1}"
        await house.command(author, "wijzig", item=first, tekst="Iets heel anders moet hier komen.")
        await anna.press("Agree")
        assert votes(state)[first] == []
        assert "Iets heel anders" in anna.says
        assert asked(anna) == first
        await anna.press("Agree")
        assert votes(state)[first] == ["agree"]

    house.run(evening)


# -- other kinds ----------------------------------------------------------------------------------

OPTIONS = "Bomen; Bankjes; Speeltuin"


async def polled(house: House, settings: str) -> tuple[Any, Anna]:
    fill = f'{settings} vraag="Wat eerst?" opties="{OPTIONS}"'
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


# -- questions of the bot --------------------------------------------------------------------------


def test_a_reason_is_asked_for_with_a_form_and_the_list_goes_on(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        await house.command("zoe0", "stelling", tekst="De school is veel te klein voor ons.")
        anna = Anna(house)
        await anna.begin()
        for choice in ("Agree", "Disagree", "Disagree"):
            await anna.press(choice)
        assert set(anna.buttons) >= {"Give a reason", "No, go on"}
        item = next(n for n in ("S1", "S2", "S3", "S4") if f"It is about {n}" in anna.says)
        modal = await anna.fill("Give a reason", {"text": "Dan wordt het veel te druk."})
        assert item in modal["components"][0]["label"]
        assert len(state.reasons[item]) == 1
        assert "Agree" in anna.buttons  # the last statement stands there now

    house.run(evening)


def test_no_reason_goes_on_at_once(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        await house.command("zoe0", "stelling", tekst="De school is veel te klein voor ons.")
        anna = Anna(house)
        await anna.begin()
        for choice in ("Agree", "Disagree", "Disagree"):
            await anna.press(choice)
        old = anna.buttons["No, go on"]
        await anna.press("No, go on")
        assert "Agree" in anna.buttons
        await anna.press_id(old)  # that question is over: it changes nothing
        assert not any(state.reasons.values())

    house.run(evening)


def test_a_near_duplicate_is_a_yes_or_a_no(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        await anna.fill("Give a statement", {"text": "Er moeten meer bomen komen!"})
        assert "S4" not in votes(state)
        await anna.press("Yes, the same")
        assert votes(state)["S1"] == ["agree"]
        assert "S4" not in votes(state)

    house.run(evening)


def test_closing_is_asked_about_with_two_buttons(house: House) -> None:
    """Only who was asked can say yes, and once."""

    async def evening(house: House) -> None:
        state = await led(house, "bewonersavond")
        house.world.person("otto", "moderator")
        asked = await house.command("vera", "gesprek sluit")
        assert {"Yes", "No"} <= {one["label"] for one in buttons(asked)}
        message = results.to_discord_message(house.world.env, asked._message)
        other = await house.world.person("otto").click(message, label="Yes")
        await house.until(lambda: said(other))
        assert state.open_frame is not None
        mine = await house.world.person("vera").click(message, label="Yes")
        await house.until(lambda: mine.acknowledged and state.open_frame is None)

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
