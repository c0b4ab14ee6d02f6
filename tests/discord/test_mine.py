"""What somebody gave is changed and withdrawn by its buttons, below the list that only they see."""

from __future__ import annotations

from typing import Any

from tests.discord.anna import STATEMENTS, Anna, with_statements
from tests.discord.test_evening import House
from tests.discord.world import text_of


async def mine(house: House, who: str) -> Anna:
    """The list of what they gave, as the message in which they press."""
    anna = Anna(house, who)
    listed = await house.command(who, "mijn")
    anna.message = str(listed._message.id)
    return anna


def words(house: House, state: Any, item: str) -> str:
    return house.app._engine.services.words(state.items.by_number[item].text)


def test_a_statement_is_changed_in_a_form_with_its_present_words(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        zoe = await mine(house, "zoe0")
        assert list(zoe.buttons) == ["Change", "Withdraw"]
        modal = await zoe.fill("Change", {"text": "Er moeten veel meer bomen komen."})
        field = modal["components"][0]["component"]
        assert (field["value"], field["max_length"]) == (STATEMENTS[0], 280)
        assert words(house, state, "S1") == "Er moeten veel meer bomen komen."
        assert "Er moeten veel meer bomen komen." in zoe.says
        assert list(zoe.buttons) == ["Change", "Withdraw"]  # the list as it is now
        lines = house.app._engine.ledger.head(state.id)
        await zoe.fill("Change", {"text": "Er moeten veel meer bomen komen."})
        assert house.app._engine.ledger.head(state.id) == lines  # the same words change nothing
        assert STATEMENTS[0] not in zoe.says

    house.run(evening)


def test_a_statement_is_withdrawn_after_a_yes(house: House) -> None:
    """Each of several has its own buttons, with its number on them."""

    async def evening(house: House) -> None:
        state = await with_statements(house)
        await house.command("zoe0", "stelling", tekst="De school is veel te klein voor ons.")
        zoe = await mine(house, "zoe0")
        every = ["S1 change", "S1 withdraw", "S4 change", "S4 withdraw"]
        assert list(zoe.buttons) == every
        await zoe.press("S4 withdraw")
        assert list(zoe.buttons) == ["Yes", "No"]
        assert "De school is veel te klein" in zoe.says
        yes = zoe.buttons["Yes"]
        await zoe.press("No")
        assert list(zoe.buttons) == every
        await zoe.press_id(yes, changes=False)  # that question was answered
        assert state.items.shown("S4")
        zoe = await mine(house, "zoe0")
        await zoe.press("S4 withdraw")
        await zoe.press("Yes")
        assert not state.items.shown("S4")
        assert list(zoe.buttons) == ["Change", "Withdraw"]  # those of S1

    house.run(evening)


def test_what_cannot_be_changed_has_no_button_and_says_why(house: House) -> None:
    """A statement that was voted on, and a button that was shown before that."""

    async def evening(house: House) -> None:
        state = await with_statements(house)
        zoe = await mine(house, "zoe0")
        old = zoe.buttons["Change"]
        await house.command("anna", "stem", item="S1", keuze="eens")
        await zoe.press_id(old)
        assert "voted" in zoe.says
        assert words(house, state, "S1") == STATEMENTS[0]
        assert list((await mine(house, "zoe0")).buttons) == ["Withdraw"]

    house.run(evening)


def test_nobody_presses_for_another(house: House) -> None:
    """Who gets hold of a button of somebody else's list changes nothing, and reads so."""

    async def evening(house: House) -> None:
        state = await with_statements(house)
        theirs = (await mine(house, "zoe0")).buttons
        for label in ("Change", "Withdraw"):
            other = await mine(house, "zoe1")
            await other.press_id(theirs[label])
            assert STATEMENTS[0] not in other.says
            assert "Yes" not in other.buttons
        assert state.items.shown("S1")
        assert not any("Yes" in text_of(one) for one in house.shown())

    house.run(evening)


def test_who_presses_to_be_forgotten_is_forgotten(house: House) -> None:
    """The question has a button for the sentence that others type."""

    async def evening(house: House) -> None:
        state = await with_statements(house)
        account = house.world.account("zoe0")
        known = house.app._engine.store.people.known
        assert known("discord", account)
        zoe = Anna(house, "zoe0")
        zoe.message = str((await house.command("zoe0", "vergeetmij"))._message.id)
        await zoe.press("Yes, forget me")
        assert known("discord", account) is None
        assert not state.items.shown("S1")

    house.run(evening)


def test_a_reason_has_them_too(house: House) -> None:
    async def evening(house: House) -> None:
        state = await with_statements(house)
        await house.command("anna", "stem", item="S1", keuze="oneens")
        await house.command("anna", "waarom", item="S1", tekst="Dan wordt het veel te druk.")
        anna = await mine(house, "anna")
        assert list(anna.buttons) == ["Change", "Withdraw"]
        await anna.fill("Change", {"text": "Dan wordt het te donker in huis."})
        (reason,) = [n for n in state.items.by_number if n[0] == "R"]
        assert words(house, state, reason) == "Dan wordt het te donker in huis."
        await anna.press("Withdraw")
        await anna.press("Yes")
        assert not state.items.shown(reason)
        assert list(anna.buttons) == ["Help"]

    house.run(evening)
