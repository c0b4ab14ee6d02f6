"""The shared tests that every platform must pass: facts, messages, choices, capabilities.

A platform's own test makes a class of it, with a fixture ``stage`` that gives its ``Stage``::

    class TestConsole(Behaves):
        @pytest.fixture
        def stage(self, tmp_path: Path) -> Iterator[Stage]: ...

What a platform says it cannot do is tried as well, but for what people cannot even begin there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms import flood
from bot.platforms.capabilities import ReadBack
from bot.platforms.facts import (
    CALL,
    Chose,
    Edited,
    Fact,
    Flooded,
    Mark,
    Reacted,
    Removed,
    Said,
    Submitted,
    Unreacted,
)
from bot.platforms.live import Impossible
from bot.platforms.menu import Opened
from bot.platforms.messages import Choice, Field, Form, Meaning, Message, ReplyHandle
from bot.platforms.places import PlaceKind
from tests.documents import words
from tests.platforms.stage import Stage

AGREE = Meaning("het-gesprek", "S7", "agree", 0)
DISAGREE = Meaning("het-gesprek", "S7", "disagree", 0)
REASON = Meaning("het-gesprek", "S7", "", 0)
CHOICES = (
    Choice("Eens", AGREE, typed="stem S7 eens"),
    Choice("Oneens", DISAGREE, typed="stem S7 oneens"),
    Choice("Waarom?", REASON, typed="waarom S7 …", form="why"),
)
WHY = Form("why", "Waarom?", (Field("text", "In een zin", 280, least=1, long=True),))


async def form_of(opened: Opened) -> Form | None:
    """The form that is opened in these tests."""
    return WHY if opened.form == WHY.name else None


#: An id that no message has.
UNKNOWN = "$bestaat-niet"


class Behaves:
    """The tests. ``stage`` is the platform's own."""

    # -- facts --------------------------------------------------------------------------------

    def test_what_is_said_is_told_with_who_where_and_when(self, stage: Stage) -> None:
        first = stage.write("anna", "Goedemorgen", stage.room)
        second = stage.write("bram", "!meedoen", stage.room)
        third = stage.write("anna", "stem S7 eens\nen meer", stage.personal("anna"))
        said = [fact for fact in stage.facts() if isinstance(fact, Said)]
        expected = [
            (first, "Goedemorgen", "anna", stage.room),
            (second, "!meedoen", "bram", stage.room),
            (third, "stem S7 eens\nen meer", "anna", stage.personal("anna")),
        ]
        if not stage.capabilities.talk:
            del expected[0]
        for fact, (cause, text, who, place) in zip(said, expected, strict=True):
            assert fact.origin.cause == cause
            assert (fact.text if place == stage.room else fact.text.removeprefix(CALL)) == text
            assert (fact.origin.account, fact.origin.place) == (stage.account(who), place)
        assert stage.personal("anna").kind is PlaceKind.PERSONAL
        assert all(f.origin.at.utcoffset() == timedelta() for f in said)

    def test_what_is_said_comes_in_its_order(self, stage: Stage) -> None:
        for number in range(6):
            stage.write(("anna", "bram")[number % 2], f"!zin {number}", stage.room)
        said = [fact for fact in stage.facts() if isinstance(fact, Said)]
        assert [f.text for f in said] == [f"!zin {number}" for number in range(6)]
        assert said == sorted(said, key=lambda f: f.origin.at)
        assert len({(f.origin.at, f.origin.order) for f in said}) == 6

    def test_an_edit_tells_which_message_says_what_now(self, stage: Stage) -> None:
        if not stage.capabilities.talk:
            pytest.skip("what becomes of people's messages is not received there")
        written = stage.write("anna", "!stelling Meer bomen", stage.room)
        stage.edit("anna", written, "!stelling Veel meer bomen", stage.room)
        edits = [fact for fact in stage.facts() if isinstance(fact, Edited)]
        assert [(f.target, f.text) for f in edits] == [(written, "!stelling Veel meer bomen")]
        assert edits[0].origin.cause != written

    def test_a_message_taken_away_is_told(self, stage: Stage) -> None:
        if not stage.capabilities.talk:
            pytest.skip("what becomes of people's messages is not received there")
        written = stage.write("anna", "!stelling Meer bomen", stage.room)
        stage.take_away("anna", written, stage.room)
        gone = [fact for fact in stage.facts() if isinstance(fact, Removed)]
        assert [(f.target, f.origin.account) for f in gone] == [(written, stage.account("anna"))]

    def test_a_reaction_and_that_it_was_taken_back(self, stage: Stage) -> None:
        if not stage.capabilities.react:
            pytest.skip("people's reactions are not heard there")
        message = stage.send(Message(stage.room, "t1", words("Een stelling (S1)")))
        given = stage.react("anna", "👍", message)
        (reacted,) = [fact for fact in stage.facts() if isinstance(fact, Reacted)]
        assert reacted.sign.rstrip("\ufe0f") == "👍"
        assert (reacted.post or message, reacted.item or "S1") == (message, "S1")
        assert reacted.origin.account == stage.account("anna")
        stage.unreact("anna", given)
        (back,) = [fact for fact in stage.facts() if isinstance(fact, Unreacted)]
        assert back.reaction == given == reacted.origin.cause

    def test_who_says_too_much_is_told_as_such(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if stage.capabilities.read_back is ReadBack.AT_ONCE:
            pytest.skip("who types here is alone")
        monkeypatch.setattr(flood, "PERSON", flood.Allowance(3, 0.000001))
        for number in range(5):
            stage.write("anna", f"!zin {number}", stage.room)
        stage.write("bram", "!een ander", stage.room)
        told = [type(f) for f in stage.facts() if isinstance(f, Said | Flooded)]
        assert told == [Said] * 3 + [Flooded] * 2 + [Said]

    def test_what_was_handled_is_not_told_again_after_a_restart(self, stage: Stage) -> None:
        if stage.capabilities.read_back is not ReadBack.LATER:
            pytest.skip("nothing is read back there")
        stage.write("anna", "ervoor", stage.room)
        before = stage.facts()
        stage.restart()
        stage.write("anna", "erna", stage.room)
        new = stage.facts()[len(before) :]
        assert [fact.text for fact in new if isinstance(fact, Said)] == ["erna"]

    # -- messages -----------------------------------------------------------------------------

    def test_a_message_is_seen_and_an_edit_takes_its_place(self, stage: Stage) -> None:
        first = stage.send(Message(stage.room, "t1", words("Nog 3 dagen.")))
        other = stage.send(Message(stage.personal("bram"), "t2", words("Dag Bram.")))
        assert stage.shown(stage.room) == {first: "Nog 3 dagen."}
        assert stage.shown(stage.personal("bram"), "bram") == {other: "Dag Bram."}
        new = Message(stage.room, "t3", words("Nog 2 dagen."), edits=first)
        assert stage.send(new) == first
        assert stage.shown(stage.room) == {first: "Nog 2 dagen."}

    def test_the_same_token_again_is_the_same_message(self, stage: Stage) -> None:
        if stage.capabilities.stands_at_once:
            pytest.skip("nothing is ever sent twice there")
        message = Message(stage.room, "token-een", words("Eenmaal."))
        name = stage.send(message)
        assert stage.send(message) == name
        assert list(stage.shown(stage.room).values()) == ["Eenmaal."]
        assert stage.find(stage.room, "token-een") == name
        assert stage.find(stage.room, "token-twee") == ""

    # -- choices ------------------------------------------------------------------------------

    def test_choices_are_shown_and_chosen(self, stage: Stage) -> None:
        """Pressed where that can be; else the words that say it are read there, and typed."""
        place = stage.personal("anna")
        offer = Message(place, "t1", words("Meer bomen?"), choices=CHOICES)
        name = stage.send(offer)
        (seen,) = stage.shown(place, "anna").values()
        assert seen.startswith("Meer bomen?")
        assert all(choice.label in seen for choice in CHOICES)
        if stage.capabilities.press:
            stage.press("anna", name, 1)
            assert chosen(stage.facts()) == [DISAGREE]
            return
        assert all(choice.typed in seen for choice in CHOICES)
        stage.write("anna", CHOICES[1].typed, place)
        said = [fact.text for fact in stage.facts() if isinstance(fact, Said)]
        assert said == ["stem S7 oneens"]

    def test_choices_that_the_words_tell_add_nothing(self, stage: Stage) -> None:
        if stage.capabilities.press:
            pytest.skip("there is always something to press there")
        place = stage.personal("anna")
        told = tuple(replace(choice, typed="") for choice in CHOICES)
        stage.send(Message(place, "t1", words("Typ eens."), choices=told))
        assert list(stage.shown(place, "anna").values()) == ["Typ eens."]

    def test_a_press_means_what_it_was_shown_with(self, stage: Stage) -> None:
        """However the message changed since; and what is not there means nothing."""
        if not stage.capabilities.press:
            pytest.skip("nothing can be pressed there")
        place = stage.personal("anna")
        name = stage.send(Message(place, "t1", words("Meer bomen?"), choices=CHOICES))
        for message, number in ((UNKNOWN, 0), (name, 9)):
            stage.press("anna", message, number)
        assert chosen(stage.facts()) == []
        stage.send(Message(place, "t2", words("Meer bussen?"), edits=name, choices=CHOICES[:1]))
        stage.press("anna", name, 0)
        assert chosen(stage.facts()) == [AGREE]

    def test_a_form_comes_back_filled_in(self, stage: Stage) -> None:
        if not stage.capabilities.forms:
            pytest.skip("nothing can be filled in there")
        place = stage.personal("anna")
        name = stage.send(Message(place, "t1", words("?"), choices=CHOICES))
        stage.fill("anna", name, 2, {"text": "Het wordt te heet."})
        (filled,) = [fact for fact in stage.facts() if isinstance(fact, Submitted)]
        assert (filled.form, filled.values) == ("why", {"text": "Het wordt te heet."})
        assert filled.means == REASON
        assert chosen(stage.facts()) == []

    # -- answers that only the asker sees -----------------------------------------------------

    def test_an_answer_by_its_handle_is_for_the_asker_alone(self, stage: Stage) -> None:
        if not stage.capabilities.private_replies:
            pytest.skip("there is no such answer there")
        place = stage.room if stage.capabilities.talk else stage.personal("anna")
        stage.write("anna", "!status", place)
        origin = next(fact.origin for fact in stage.facts() if isinstance(fact, Said))
        assert origin.handle is not None
        stage.send(Message(place, "t1", words("Voor u."), handle=origin.handle))
        assert list(stage.shown(place, "anna").values()) == ["Voor u."]
        assert stage.shown(place, "bram") == {}

    def test_with_an_expired_handle_it_is_a_message_in_its_place(self, stage: Stage) -> None:
        """Also where there never are such handles."""
        stage.write("anna", "hulp", stage.personal("anna"))
        origin = next(fact.origin for fact in stage.facts() if isinstance(fact, Said))
        over = ReplyHandle(origin.at - timedelta(days=1), "over")
        stage.send(Message(stage.personal("anna"), "t1", words("Voor u."), handle=over))
        assert list(stage.shown(stage.personal("anna"), "anna").values()) == ["Voor u."]

    # -- what it says it can do ---------------------------------------------------------------

    def test_it_pins_and_lets_go_or_says_it_cannot(self, stage: Stage) -> None:
        first, second = (stage.send(Message(stage.room, f"t{n}", words(f"{n}"))) for n in (1, 2))
        if not stage.capabilities.pin:
            with pytest.raises(Impossible):
                stage.pin(first, True)
            return
        stage.pin(first, True)
        stage.pin(second, True)
        stage.pin(first, False)
        assert stage.pinned() == [second]

    def test_it_puts_marks_or_says_it_cannot(self, stage: Stage) -> None:
        written = stage.write("anna", "!stelling Meer bomen", stage.room)
        if not stage.capabilities.mark:
            with pytest.raises(Impossible):
                stage.mark(written, Mark.TICK)
            return
        stage.mark(written, Mark.TICK)
        stage.mark(written, Mark.TICK)
        assert stage.marks(written) == [Mark.TICK]

    def test_it_takes_messages_away_or_says_it_cannot(self, stage: Stage) -> None:
        own = stage.send(Message(stage.room, "t1", words("Weg ermee.")))
        if not stage.capabilities.remove:
            with pytest.raises(Impossible):
                stage.remove(own)
            return
        stage.remove(own)
        assert stage.shown(stage.room) == {}

    def test_it_takes_those_of_others_away_or_says_it_cannot(self, stage: Stage) -> None:
        written = stage.write("anna", "Dit mag niet.", stage.room)
        if not stage.capabilities.remove_others:
            with pytest.raises(Impossible):
                stage.remove(written)
            return
        assert stage.stands(stage.room, written)
        stage.remove(written)
        assert not stage.stands(stage.room, written)

    def test_it_sends_files_or_says_it_cannot(self, stage: Stage) -> None:
        if not stage.capabilities.upload:
            with pytest.raises(Impossible):
                stage.upload(stage.room, "advies.html", b"<p>Advies</p>")
            return
        stage.upload(stage.room, "advies.html", b"<p>Advies</p>")
        assert stage.files(stage.room) == {"advies.html": b"<p>Advies</p>"}


def chosen(facts: list[Fact]) -> list[Meaning]:
    """What was chosen, in its order."""
    return [fact.means for fact in facts if isinstance(fact, Chose)]
