"""How many people took part over all rounds; needs the links between ballots and participants."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from dialogues.dialogue import Dialogue
from dialogues.items import ItemState

#: The states in which what somebody gave counts as taking part.
_COUNTED = (ItemState.SHOWN, ItemState.PENDING, ItemState.UNREVIEWED)


@dataclass(frozen=True, slots=True)
class Figures:
    """The number of people with something shown or not reviewed (or who took part in another way of
    their kind), of people with a vote that counts (in an open round: with any vote), of people
    with either, and of those of them who linked accounts."""

    contributed: int
    voted: int
    total: int
    linked: int = 0


def figures(
    dialogue: Dialogue, links: Mapping[str, str], linked: Set[str] = frozenset()
) -> Figures:
    """The figures; ``links`` gives the participant of each ballot, and of each participant that was
    merged what it is now; ``linked`` are the participants who linked accounts. After the links were
    destroyed: the figures kept from then."""
    if dialogue.last_figures is not None:
        return Figures(*dialogue.last_figures)
    contributed, voted = took_part(dialogue, links)
    everybody = contributed | voted
    return Figures(len(contributed), len(voted), len(everybody), len(everybody & linked))


def took_part(dialogue: Dialogue, links: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The participants who contributed, and those who voted; ``links`` as for ``figures``."""
    contributed = {
        links.get(item.author, item.author)
        for item in dialogue.items.by_number.values()
        if item.state in _COUNTED and not item.staff and dialogue.letter(item.number).contribution
    }
    voted: set[str] = set()
    for frame in dialogue.frames:
        state = dialogue.states[frame.index]
        contributed |= {links.get(one, one) for one in frame.machine.took_part(state)}
        box = dialogue.boxes[frame.index]
        if box is not None:
            ballots = frame.ballots if frame.closed_at else box.roll.holders()
            voted |= {links.get(ballot, ballot) for ballot in ballots}
    for numbers in dialogue.reasons.values():
        for number in numbers:
            reason = dialogue.items.by_number[number]
            if reason.state in _COUNTED:
                contributed.add(links.get(reason.author, reason.author))
    return contributed, voted
