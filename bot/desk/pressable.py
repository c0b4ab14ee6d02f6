"""What can be pressed under an offer, and which words of an item a button was shown with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from bot.desk.services import Services
from bot.desk.standing import wording
from bot.desk.talk import Offered
from bot.desk.talk import press as pressed
from bot.platforms.places import Place
from dialogues.core import Choice, Notice
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame

#: What is pressed to leave it at what was given.
STOP = "stop"

#: How much of the hash of an item's words a button says.
_SHORT = 6


def shown_with(services: Services, dialogue: Dialogue, number: str, mark: str) -> bool:
    """Whether the words of an item are still those that a button with this mark was shown with."""
    return not mark or wording(services, dialogue, number).startswith(mark)


def pressable(
    services: Services,
    place: Place,
    person: str,
    dialogue: Dialogue,
    made: Offered,
    places: Sequence[int] = (),
) -> Notice:
    """The notice of an offer, with what can be pressed under it for these places (none: all)."""
    frame, can = dialogue.open_frame, services.capabilities[place.platform]
    if frame is None:
        return made.notice
    choices = [
        choice
        for at, item in enumerate(made.items, 1)
        if not places or at in places
        for choice in on_item(services, dialogue, person, item, at, press=can.press)
    ]
    if can.press:
        choices += _beside(services, dialogue, frame, made, stop=can.one_at_a_time)
    return structs.replace(made.notice, choices=tuple(choices)) if choices else made.notice


def on_item(
    services: Services, dialogue: Dialogue, person: str, item: str, at: int, *, press: bool
) -> Iterator[Choice]:
    """What a person can press for an item at a place of a list; ``press``: on a platform with
    buttons, of whatever kind."""
    index = dialogue.round_of(item)
    if index is None:
        return
    frame = dialogue.frames[index]
    talk = services.talk(frame)
    found = tuple(map(pressed, talk.buttons))
    if press and talk.presses is not None:
        found = talk.presses(services, dialogue, person, item)
    mark = wording(services, dialogue, item)[:_SHORT] if press and found else ""
    for one in found:
        yield structs.replace(
            one, dialogue=dialogue.id, round=frame.index, item=item, place=at, wording=mark
        )


def _beside(
    services: Services, dialogue: Dialogue, frame: Frame, made: Offered, *, stop: bool
) -> Iterator[Choice]:
    """What can be pressed besides: a contribution, the offer's own words, and to stop."""
    giving = services.talk(frame).gives
    if giving is not None and frame.collecting:
        yield Choice(dialogue.id, frame.index, "", giving.word, form=giving.form)
    for word in made.words:
        yield Choice(dialogue.id, frame.index, "", word)
    if stop and made.items:
        yield Choice(dialogue.id, frame.index, "", STOP)
