"""What staff presses in its channel: the list of work, the charter in forms, and the beginning."""

from __future__ import annotations

from typing import Any

from simcord import results

from dialogues.dialogue import Status
from dialogues.items import ItemState
from tests.discord.anna import SELECT, led
from tests.discord.test_evening import House, buttons, said, words
from tests.discord.world import text_of
from tests.sentences import says, wording

#: On the list of work, which all staff sees, in the dialogue's language.
AGAIN = "Lijst opnieuw"


def labels(message: Any) -> list[str]:
    return [one["label"] for one in buttons(message) if "label" in one]


async def answered(house: House, result: Any) -> Any:
    return await house.until(lambda: result.response if said(result) else None)


async def press(house: House, message: Any, label: str, who: str = "vera") -> Any:
    shown = results.to_discord_message(house.world.env, message._message)
    return await answered(house, await house.world.person(who).click(shown, label=label))


def menu_of(message: Any, number: int) -> Any:
    return [one for one in buttons(message) if one["type"] == SELECT][number]


def test_work_is_approved_and_hidden_by_pressing(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "stellingenronde", review="vooraf")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        await house.command("anna", "stelling", tekst="De wethouder is een grote sukkel.")
        listed = await house.command("vera", "werk")
        assert labels(listed)[:2] == ["1 ok", "2 ok"]
        await press(house, listed, "1 ok")
        assert state.items.by_number["S1"].state is ItemState.SHOWN
        await house.until(lambda: "1 ok" not in labels(listed))
        menu = menu_of(listed, 0)
        word = wording("hide_insult").lower()
        insult = next(o["value"] for o in menu["options"] if word in o["label"].lower())
        shown = results.to_discord_message(house.world.env, listed._message)
        vera = house.world.person("vera")
        await answered(house, await vera.select(shown, [insult], custom_id=menu["custom_id"]))
        assert state.items.by_number["S2"].state is ItemState.HIDDEN
        await house.until(lambda: AGAIN not in labels(listed))
        fresh = await house.command("vera", "werk")
        assert "S1" not in words(fresh)

    house.run(evening)


def test_many_that_wait_have_buttons_in_turn(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde", review="vooraf")
        for number in range(12):
            text = f"Plan {number} gaat over {number * 7} bomen en {number + 3} bankjes."
            await house.command(f"zoe{number}", "stelling", tekst=text)
        listed = await house.command("vera", "werk")
        lines = words(listed).replace("\\", "").splitlines()
        assert [line for line in lines if "/ok 8" in line] == []  # it has a button
        assert len([line for line in lines if line.startswith("12. S12") and "/ok 12" in line]) == 1
        assert labels(listed)[:8] == [f"{n} ok" for n in range(1, 9)]
        await press(house, listed, "1 ok")
        await house.until(lambda: AGAIN in labels(listed))  # it shows what is left by itself
        assert labels(listed)[:8] == [f"{n} ok" for n in range(2, 10)]
        again = await press(house, listed, AGAIN)
        assert "1 ok" in labels(again)
        assert "12. S13" not in words(again)

    house.run(evening)


async def fill(house: House, message: Any, label: str, values: dict[str, Any]) -> Any:
    """Vera opens a form of the charter by its button and fills it in."""
    vera = house.world.person("vera")
    shown = results.to_discord_message(house.world.env, message._message)
    opened = await vera.click(shown, label=label)
    assert len(opened.modal["components"]) <= 5
    return await answered(house, await vera.submit_modal(opened, values))


WHAT = {
    "niveau": ["meedenken"],
    "beslisser": 'de "gemeenteraad" van Haarlem',
    "antwoord": "2030-12-15",
    "vast": "de bus blijft",
    "open": "bomen\nen bankjes",
}


def test_a_series_is_planned_once_its_charter_is_filled_in_with_forms(house: House) -> None:
    async def evening(house: House) -> None:
        often = {"elke": "dinsdag 19:30", "keer": "3"}
        asked = {"format": "vragenuur", "titel": "Vragen", **often}
        made = await house.command("vera", "gesprek reeks maak", **asked)
        meetings = house.app._engine.ledger.meetings.by_id
        then = await fill(house, made, "What, and who decides", WHAT)
        assert not meetings
        planned = await fill(house, then, "How", {"fase": ["voorbereiding"]})
        assert len(meetings) == 3
        assert "M1" in words(planned)
        assert "M3" in words(planned)
        await house.until(lambda: house.world.alarms)  # nobody let the bot make events here
        assert set(house.world.alarms) == {"discord_events_not_allowed"}
        house.world.alarms.clear()

    house.run(evening)


def test_the_charter_is_filled_in_with_forms_and_begun_with_a_button(house: House) -> None:
    async def evening(house: House) -> None:
        made = await house.command("vera", "gesprek nieuw", format="stellingenronde", titel="Bomen")
        state = house.app._engine.ledger.states["bomen"]
        assert "Begin" not in labels(made)
        then = await fill(house, made, "What, and who decides", WHAT)
        assert state.charter.decider == 'de "gemeenteraad" van Haarlem'
        assert "Begin" not in labels(then)
        await house.again()  # what was filled in is kept, and its buttons work
        state = house.app._engine.ledger.states["bomen"]
        ready = await fill(house, then, "How", {"fase": ["voorbereiding"], "toetsing": ["vooraf"]})
        assert "Begin" in labels(ready)
        assert "meedenken" in words(ready) or "think" in words(ready)  # the preview
        await press(house, ready, "Begin")
        await house.until(lambda: state.status is Status.OPEN)

    house.run(evening)


def lists(house: House) -> list[Any]:
    """The lists of work that stand in the staff channel."""
    posts = house.app._store.posts.standing("ons-gesprek", "work")
    seen = house.world.stored(house.world.staff)
    return [seen[one.message] for one in posts if one.message in seen]


def test_the_list_of_work_stays_true(house: House) -> None:
    """It is edited when something comes or is done; what was in it keeps its number. A button on it
    that means nothing any more says so, and a new list takes the place of the old one."""

    async def evening(house: House) -> None:
        state = await led(house, "stellingenronde", review="vooraf")
        for who, text in (("zoe", "Er moeten meer bomen komen."), ("anna", "De bus moet blijven.")):
            await house.command(who, "stelling", tekst=text)
        listed = await house.command("vera", "werk")
        assert labels(listed)[:2] == ["1 ok", "2 ok"]

        def now() -> str:
            return text_of(house.world.stored(house.world.staff)[str(listed.id)])

        before = results.to_discord_message(house.world.env, listed._message)
        old = next(one["custom_id"] for one in buttons(listed) if one.get("label") == "1 ok")
        await press(house, listed, "1 ok")
        await house.until(lambda: "S1" not in now())
        assert "2. S2" in now().replace("\\", "")
        await house.command("bram", "stelling", tekst="De markt moet op zaterdag open.")
        await house.until(lambda: "3. S3" in now().replace("\\", ""))
        await house.command("vera", "ok", nummers="2")  # as it was read
        assert state.items.by_number["S2"].state is ItemState.SHOWN
        await house.until(lambda: "S2" not in now())
        # a button of before
        data = {"custom_id": old, "component_type": 2}
        vera = house.world.person("vera")
        await vera._dispatch_interaction(3, house.world.staff, data, source_message_id=before.id)
        staff = house.world.staff
        await house.until(
            lambda: any(
                says(text_of(one), "refused_not_waiting", "en")
                for one in house.world.stored(staff).values()
            )
        )
        # after a restart it goes on
        await house.again()
        await house.command("vera", "ok", nummers="S3")
        await house.until(lambda: "S3" not in now())
        fresh = await house.command("vera", "werk")
        await house.until(lambda: [one.id for one in lists(house)] == [fresh.id])
        await house.until(lambda: str(listed.id) not in house.world.stored(house.world.staff))

    house.run(evening)


def test_a_question_that_was_answered_has_no_buttons_any_more(house: House) -> None:
    """All of staff sees it. While it is open the press of another leaves it as it is; afterwards
    its words stand without its buttons, and an old button says that it is over."""

    async def evening(house: House) -> None:
        state = await led(house, "bewonersavond")
        house.world.person("otto", "moderator")
        asked = await house.command("vera", "gesprek sluit")
        ids = {one["label"]: one["custom_id"] for one in buttons(asked)}
        question = words(asked)

        def now() -> Any:
            return house.world.stored(house.world.staff)[str(asked.id)]

        async def press_old(who: str, label: str) -> None:
            made, person = len(house.world.sent), house.world.person(who)
            data = {"custom_id": ids[label], "component_type": 2}
            await person._dispatch_interaction(
                3, house.world.staff, data, source_message_id=asked.id
            )
            await house.until(
                lambda: (
                    any(
                        says(text_of(one), "stale_choice", "nl")
                        or says(text_of(one), "stale_choice", "en")
                        for one in [*house.world.stored(house.world.staff, who).values()]
                    )
                    and len(house.world.sent) > made
                )
            )

        await press_old("otto", "Yes")
        assert set(ids) <= set(labels(asked))
        assert state.open_frame is not None
        await press(house, asked, "Yes")
        await house.until(lambda: state.open_frame is None)
        await house.until(lambda: "Yes" not in text_of(now()))
        assert [one["label"] for one in buttons(now())] == ["Help"]
        assert question.splitlines()[0] in text_of(now())
        await press_old("vera", "Yes")

    house.run(evening)


def test_a_question_that_lapsed_says_so_and_loses_its_buttons(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "bewonersavond")
        asked = await house.command("vera", "gesprek sluit")
        await house.world.env.advance_time(11 * 60)
        await press(house, asked, "Yes")
        assert state.open_frame is not None

        def now() -> Any:
            return house.world.stored(house.world.staff)[str(asked.id)]

        await house.until(lambda: "Yes" not in text_of(now()))

    house.run(evening)
