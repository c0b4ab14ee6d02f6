"""The picture of answers on the page of a dialogue."""

from __future__ import annotations

import re

import msgspec

from advice.site.model import Ask, Conversation, Progress, Response
from advice.site.pages import page_of
from tests.site.made import LATER, conversation, looks


def page(one: Conversation) -> str:
    (made,) = page_of(one, [], looks()).values()
    return made.decode()


def given(outcome: str, source: str | None) -> Response:
    return Response(outcome, "Wij doen het.", "college", source, LATER, None)


def test_the_answers_of_an_advice_are_drawn_above_their_list() -> None:
    asks = [
        Ask(
            *("A1", "Bomen.", "S1"),
            response=given("adopted", "besluit"),
            progress=[_step("underway"), _step("done")],
        ),
        Ask(*("A2", "Lampen.", "S2"), given("not", "besluit")),
        Ask(*("A3", "Bus.", "S3"), given("adopted", None), missed=True),
        Ask("A4", "Dertig.", "S4", answer_by="2026-12-15"),
    ]
    text = page(conversation(asks=asks))
    drawn = text[text.index('<div class="picture states"') : text.index("</figure>")]
    assert (
        "A1: overgenomen, klaar. A2: niet overgenomen. A3: antwoord te laat. A4: nog geen besluit."
    ) in drawn
    assert re.findall(r'<svg class="tile (\w+)" aria-hidden="true"', drawn) == [
        "adopted",
        "not",
        "late",
        "waiting",
    ]
    assert text.index("</figure>") < text.index('<ul role="list" class="asks">')
    assert "De lijst hieronder zegt hetzelfde." in drawn


def test_of_a_report_nothing_is_drawn() -> None:
    one = conversation()
    versions = [msgspec.structs.replace(each, kind="verslag") for each in one.versions]
    assert 'class="picture states"' not in page(msgspec.structs.replace(one, versions=versions))


def _step(state: str) -> Progress:
    return Progress(state, "Zo ver.", None, LATER)
