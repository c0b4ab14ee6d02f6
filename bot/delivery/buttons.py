"""The choices under a message as buttons: their words, and what each means."""

from __future__ import annotations

from collections.abc import Sequence

from bot.platforms.messages import Choice as Pressed
from bot.platforms.messages import Meaning, Style
from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.core import Choice

#: The buttons of so many answers are at hand.
_AT_HAND = 1_000


class Buttons:
    """Choices as buttons. Those without words of people are the same for many, and made once."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._made: dict[tuple[tuple[Choice, ...], str], tuple[Pressed, ...]] = {}

    def of(self, choices: tuple[Choice, ...], language: str) -> tuple[Pressed, ...]:
        if any(choice.text for choice in choices):
            return _pressable(self._renderer, choices, language)
        made = self._made.get((choices, language))
        if made is None:
            if len(self._made) >= _AT_HAND:
                self._made.clear()
            made = _pressable(self._renderer, choices, language)
            self._made[choices, language] = made
        return made


def _pressable(renderer: Renderer, choices: Sequence[Choice], language: str) -> tuple[Pressed, ...]:
    """Choices as buttons, with the item's place before them where there are several items. On a
    platform without buttons the text itself says what to type."""
    several = len({choice.item for choice in choices if choice.item}) > 1
    pressable = []
    for one in choices:
        word = labelled(renderer, one, language)
        named = f"{one.place or one.item} {word}"
        label = named if several and one.item else word[:1].upper() + word[1:]
        means = Meaning(one.dialogue, one.item, one.choice, one.round, one.wording, one.question)
        style = Style.MAIN if one.main else Style.PLAIN
        form, many, listed, again = one.form, one.together, one.listed, one.again
        pressable.append(Pressed(label, means, style, "", form, many, listed, again))
    return tuple(pressable)


def labelled(renderer: Renderer, one: Choice, language: str) -> str:
    """The words on a button; those of help are the sentence without how to type it."""
    if not one.text:
        said = renderer.word(one.label or f"choice_{one.choice}", language)
        return said.partition(":")[0] if one.label.startswith("help_") else said
    data = {"number": one.number, "text": one.text}
    return plain(renderer.render("on_button", data, language or None))
