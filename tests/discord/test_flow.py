"""What a resident presses in a list of statements: one message asks one thing after the other."""

from __future__ import annotations

from simcord import results

from tests.discord.anna import asked, asked_why, led, listed, votes
from tests.discord.test_evening import RECEIPT, House, buttons, said


def test_one_message_asks_statement_after_statement(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await listed(house)
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
        state, anna = await listed(house)
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
        _state, anna = await listed(house)
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
        _state, anna = await listed(house)
        stands = asked(anna)
        await anna.press("Stop")
        assert "Take part" in anna.buttons
        assert "Agree" not in anna.buttons
        await anna.press("Take part")
        assert asked(anna) == stands

    house.run(evening)


def test_words_that_changed_are_asked_again(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await listed(house)
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


def test_a_reason_is_asked_for_with_a_form_and_the_list_goes_on(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await asked_why(house)
        assert set(anna.buttons) >= {"Give a reason", "No, go on"}
        item = next(n for n in ("S1", "S2", "S3", "S4") if f"It is about {n}" in anna.says)
        modal = await anna.fill("Give a reason", {"text": "Dan wordt het veel te druk."})
        assert item in modal["components"][0]["label"]
        assert len(state.reasons[item]) == 1
        assert "Agree" in anna.buttons  # the last statement stands there now

    house.run(evening)


def test_no_reason_goes_on_at_once(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await asked_why(house)
        old = anna.buttons["No, go on"]
        await anna.press("No, go on")
        assert "Agree" in anna.buttons
        await anna.press_id(old)  # that question is over: it changes nothing
        assert not any(state.reasons.values())

    house.run(evening)


def test_a_near_duplicate_is_a_yes_or_a_no(house: House) -> None:
    async def evening(house: House) -> None:
        state, anna = await listed(house)
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
