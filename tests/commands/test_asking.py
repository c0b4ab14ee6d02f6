"""Questions about the bot itself, which are no contribution."""

from __future__ import annotations

import pytest

from commands.asking import About, asks


@pytest.mark.parametrize(
    ("about", "texts"),
    [
        (About.CHANGE, "mag ik mijn stem nog veranderen?|ik wil mijn stem veranderen"),
        (About.CHANGE, "Can I change my vote?|how do i change my answer"),
        (About.ENGLISH, "hello i dont speak dutch|I don't understand Dutch|English please"),
        (About.HELP, "ik snap er niks van|wat moet ik doen|Wat moet ik nu doen??|hoe werkt dit"),
        (About.HELP, "hoe sluit ik dit?|hoe begin ik?"),
        (About.HELP, "what do i do|I don't get it|how does this work?"),
        (About.PRIVACY, "wie leest dit?|wie ziet mijn stem|is dit anoniem?|who can see this"),
        (About.STOP, "hoe stop ik?|ik wil weg|how do I stop"),
    ],
)  # fmt: skip
def test_what_is_asked(about: About, texts: str) -> None:
    assert {asks(text) for text in texts.split("|")} == {about}


@pytest.mark.parametrize(
    "text",
    ["Er moeten meer bomen komen.", "wie betaalt dit?", "hoe werkt het nieuwe plein?", "", "eens",
     "wie ziet toe op de bouw?", "ik wil mijn stem laten horen", "wat moet ik doen " * 9,
     "wat is dit plein lelijk", "is dit nodig?"],
)  # fmt: skip
def test_what_may_be_a_contribution(text: str) -> None:
    assert asks(text) is None
