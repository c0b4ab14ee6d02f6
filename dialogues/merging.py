"""Two who took part turn out to be one, because accounts were linked.

In the open round they are one from then on, also while it is closing; closed rounds stay as they
are.
"""

from __future__ import annotations

from datetime import datetime

from dialogues import events as ev
from dialogues import intents as it
from dialogues.core import Context
from dialogues.dialogue import Dialogue
from dialogues.items import Item, ItemState


def merge_ballots(
    dialogue: Dialogue, intent: it.MergeBallots, _context: Context
) -> list[ev.BallotsMerged]:
    """Nothing where no round is open to votes, or where the ballot that goes did nothing. Also from
    its hour on, as long as it is not closed: what is in counts then, and on one ballot."""
    frame = dialogue.open_frame
    if frame is None:
        return []
    box = dialogue.boxes[frame.index]
    if box is None:
        return []
    voted = bool(box.roll.said_by(intent.gone))
    if not voted and not _reasons(dialogue, frame.index, intent.gone):
        return []
    return [ev.BallotsMerged(frame.index, intent.gone, intent.kept)]


def merge_participants(
    dialogue: Dialogue, intent: it.MergeParticipants, _context: Context
) -> list[ev.ParticipantsMerged]:
    """Nothing where no round is open, or where people vote in it."""
    frame = dialogue.open_frame
    if frame is None:
        return []
    if dialogue.boxes[frame.index] is not None:
        return []
    return [ev.ParticipantsMerged(frame.index, intent.gone, intent.kept)]


def ballots_merged(dialogue: Dialogue, event: ev.BallotsMerged, _at: datetime, _by: str) -> None:
    """Fold in: merge votes and reasons; of two reasons for one vote the newest stays."""
    box = dialogue.boxes[event.round]
    assert box is not None
    box.merge(event.gone, event.kept)
    for reason in _reasons(dialogue, event.round, event.gone):
        reason.author = event.kept
    standing: dict[str, Item] = {}
    for reason in _reasons(dialogue, event.round, event.kept):
        if reason.state in (ItemState.SHOWN, ItemState.PENDING):
            earlier = standing.get(reason.about)
            if earlier is not None:
                earlier.state = ItemState.WITHDRAWN
            standing[reason.about] = reason


def _reasons(dialogue: Dialogue, index: int, ballot: str) -> list[Item]:
    """The reasons given with a ballot in a round, oldest first."""
    items = dialogue.items.by_number
    found = [items[number] for numbers in dialogue.reasons.values() for number in numbers]
    return [item for item in found if item.round == index and item.author == ballot]
