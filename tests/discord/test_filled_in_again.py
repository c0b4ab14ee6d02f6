"""What is refused of a form need not be written anew, and what is given brings what is asked next.

Nothing of what was filled in is stored: it is kept in memory until the form is taken.
"""

from __future__ import annotations

from typing import Any

from simcord import results

from tests.discord.anna import Anna, led, listed
from tests.discord.test_evening import House, words
from tests.discord.test_staff_presses import WHAT, answered, fill, labels
from tests.discord.world import text_of

AGAIN = "Fill in again"


async def opened(house: House, message: Any, label: str, who: str = "vera") -> Any:
    """The form that somebody opens with a button."""
    shown = results.to_discord_message(house.world.env, message._message)
    return await house.world.person(who).click(shown, label=label)


async def opens(house: House, anna: Anna, label: str) -> Any:
    """The form that anna opens with a button below her one message."""
    shown = results.to_discord_message(house.world.env, anna.stored)
    return await house.world.person("anna").click(shown, custom_id=anna.buttons[label])


def filled(form: Any) -> dict[str, str]:
    """What stands in the fields of a form, by their names; of a menu what is chosen."""
    found = {}
    for row in form.modal["components"]:
        one = row["component"]
        chosen = [each["value"] for each in one.get("options", ()) if each.get("default")]
        found[one["custom_id"]] = one.get("value") or "".join(chosen)
    return found


def test_a_refused_form_opens_as_it_was_filled_in(house: House) -> None:
    async def evening(house: House) -> None:
        made = await house.command("vera", "gesprek nieuw", format="stellingenronde", titel="Bomen")
        state = house.app._engine.ledger.states["bomen"]
        wrong = {**WHAT, "antwoord": "ooit eens"}
        refused = await fill(house, made, "What, and who decides", wrong)
        assert "ooit eens" in words(refused)
        assert not state.charter.decider
        # another moderator has written nothing that could stand there
        house.world.person("otto", "moderator")
        assert not filled(await opened(house, refused, AGAIN, "otto"))["antwoord"]
        assert not filled(await opened(house, made, "What, and who decides"))["antwoord"]
        form = await opened(house, refused, AGAIN)
        there = filled(form)
        assert (there["niveau"], there["antwoord"]) == ("meedenken", "ooit eens")
        assert there["beslisser"] == WHAT["beslisser"]
        vera = house.world.person("vera")
        right = await answered(house, await vera.submit_modal(form, WHAT))
        assert state.charter.decider == WHAT["beslisser"]
        assert AGAIN not in labels(right)
        # it was taken: the old button shows what is agreed now
        assert filled(await opened(house, refused, AGAIN))["antwoord"] != "ooit eens"

    house.run(evening)


def test_what_was_refused_stands_above_what_could_be_pressed(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await listed(house)
        await anna.fill("Give a statement", {"text": "?!?!"})
        assert {AGAIN, "Agree", "Give a statement"} <= set(anna.buttons)
        form = await opens(house, anna, AGAIN)
        assert filled(form) == {"text": "?!?!"}
        made = len(house.world.sent)
        await house.world.person("anna").submit_modal(form, {"text": "!!!!"})
        await house.until(lambda: any(one[0] == "PATCH" for one in house.world.sent[made:]))
        assert text_of(anna.stored).count(AGAIN) == 1
        assert filled(await opens(house, anna, AGAIN)) == {"text": "!!!!"}
        await anna.fill(AGAIN, {"text": "Er moet een bankje komen."})
        assert "S4" in state.items.by_number
        assert AGAIN not in anna.buttons
        assert "Agree" in anna.buttons

    house.run(evening)


def test_a_form_that_can_be_filled_in_no_more_is_not_offered_again(house: House) -> None:
    async def evening(house: House) -> None:
        _state, anna = await listed(house)
        form = await opens(house, anna, "Give a statement")
        await house.command("vera", "gesprek verzamelen stop")
        before = anna.says
        await house.world.person("anna").submit_modal(form, {"text": "Er moet een bankje komen."})
        await house.until(lambda: anna.says != before)
        assert AGAIN not in anna.buttons

    house.run(evening)


def test_after_the_first_statement_nobody_reads_that_there_is_none(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde")
        anna = Anna(house)
        await anna.begin()
        assert "no statements yet" in anna.says
        await anna.fill("Give a statement", {"text": "Er moet een bankje komen."})
        assert "S1" in anna.says
        assert "no statements yet" not in anna.says
        assert "Agree" in anna.buttons

    house.run(evening)
