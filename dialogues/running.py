"""The round of a dialogue that runs now, for what moderators do with it."""

from __future__ import annotations

from datetime import datetime

from dialogues.core import Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame
from dialogues.pauses import held_by, lasts


def open_frame(dialogue: Dialogue) -> Frame:
    """The round that is open; refuses where there is none."""
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    frame = dialogue.open_frame
    if frame is None:
        raise Refused("no_open_round", title=dialogue.title)
    return frame


def going_on(dialogue: Dialogue, at: datetime) -> Frame:
    """The round that is open; refuses besides where it is paused, or was when it was said."""
    frame = open_frame(dialogue)
    if lasts(frame.pauses) or held_by(frame.pauses, at):
        raise Refused("paused_first", over=lasts(frame.pauses) is None)
    return frame
