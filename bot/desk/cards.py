"""Cards: the one message about a round or a meeting in its room. It is pinned, gets the sign to
tap, is edited in place, and is posted again once it is far up.

A meeting's card is pinned from when the meeting is planned until it is over: people look for its
day and place there, besides the card of a dialogue's round, which stays pinned too. A proposal is
not: others' proposals would push away what is planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from bot.desk.services import Services
from bot.desk.youth import is_youth
from bot.ledger import work
from bot.ledger.ledger import Ledger
from bot.platforms.places import Place
from bot.town.town import milliseconds
from dialogues.aggregates import State, kind_of
from dialogues.announce import card, card_changed
from dialogues.core import Notice
from dialogues.machine import Frame, Stage
from meetings import announce as announce_meeting
from meetings.meeting import MEETING, Phase
from storage.posts import Post
from storage.rows import Row, Work

#: The slot of a card begins with this.
CARD = "card-"


def stands(ledger: Ledger, token: str, message: str, at: datetime) -> None:
    """A message was posted, or work on one was done. A new card gets the sign to tap, unless it
    is over, and is pinned; an earlier card of the same round or meeting is removed."""
    store = ledger.store
    landed = store.slots.posted(token, message, milliseconds(at))
    if landed is None or not landed.fresh or not landed.row.slot.startswith(CARD):
        return
    row = landed.row
    post = Post(row.dialogue, row.slot, row.place, message)
    if not _is_over(ledger, row, at):
        # a token of its own: chance must not fall otherwise for whoever shows no sign
        work.do(store, f"{row.token}.{Work.INVITE.value}", post, Work.INVITE, at)
    if kind_of(post.dialogue) != MEETING:
        _pinned_instead(ledger, post, at)
    elif ledger.meetings.by_id[post.dialogue].phase is Phase.PLANNED:
        _do(ledger, post, Work.PIN, at)
    for former in store.posts.take_former(post):
        gone = Post(row.dialogue, row.slot, row.place, former)
        _do(ledger, gone, Work.UNPIN, at)
        _do(ledger, gone, Work.REMOVE, at)


def _pinned_instead(ledger: Ledger, post: Post, at: datetime) -> None:
    """Pin the card of a round instead of the one before it."""
    _do(ledger, post, Work.PIN, at)
    before = ledger.store.posts.newest_besides(post, f"{CARD}*")
    if before is not None:
        _do(ledger, before, Work.UNPIN, at)


def _do(ledger: Ledger, post: Post, what: Work, at: datetime) -> None:
    work.do(ledger.store, ledger.token(), post, what, at)


def card_now(services: Services, dialogue: str, index: int) -> Notice:
    """The notice of a round's card as it is now, or of a meeting's."""
    if kind_of(dialogue) == MEETING:
        meeting = services.ledger.meetings.by_id[dialogue]
        made, room = announce_meeting.card(meeting), meeting.room
    else:
        state = services.ledger.states[dialogue]
        made, room = card(state, index), state.room
    return structs.replace(made, data={**made.data, "youth": is_youth(services, room)})


def renew_cards(ledger: Ledger, platform: str, at: datetime) -> None:
    """Post the cards of open rounds again that are far up and old enough, and in each room that of
    the meeting that comes next."""
    limits = ledger.town.limits
    before = milliseconds(at) - limits.card_minutes * 60_000
    for state, changed in _shown(ledger, at):
        for place in ledger.town.rooms.rooms.get(state.room, ()):
            post = Post(state.id, changed.slot, str(place), "")
            if place.platform != platform:
                continue
            if ledger.store.slots.far_up(post, limits.card_messages, before):
                ledger.store.slots.step_down(post)
                ledger.tell(state, changed, at, place)


def _shown(ledger: Ledger, at: datetime) -> Iterator[tuple[State, Notice]]:
    """What has a card that people need now, each with the notice that its card changed."""
    for room in ledger.town.rooms.rooms:
        dialogue = ledger.open_in(room)
        frame = dialogue.open_frame if dialogue is not None else None
        if dialogue is not None and frame is not None and not over(frame, at):
            yield dialogue, card_changed(frame.index)
    for meeting in ledger.meetings.coming():
        yield meeting, announce_meeting.card_changed()


def over(frame: Frame, at: datetime) -> bool:
    """Whether a round is closed, or its closing hour has passed."""
    return frame.stage is not Stage.OPEN or bool(frame.closes_at and frame.closes_at <= at)


def goes_on(ledger: Ledger, room: str, place: Place, at: datetime) -> None:
    """A room has a successor: post there the card of the open round, and those of all meetings that
    are still to come."""
    dialogue = ledger.open_in(room)
    frame = dialogue.open_frame if dialogue is not None else None
    if dialogue is not None and frame is not None:
        ledger.tell(dialogue, card_changed(frame.index), at, place)
    for meeting in ledger.meetings.shown_in(room):
        ledger.tell(meeting, announce_meeting.card_changed(), at, place)


def stays(ledger: Ledger, row: Row, at: datetime) -> bool:
    """Whether a card that was to be posted again need not be, because its round or meeting is over;
    then the earlier message counts as posted again."""
    if row.edits or row.landed or row.work is not Work.SAY or not row.slot.startswith(CARD):
        return False
    if not _is_over(ledger, row, at):
        return False
    stood = ledger.store.posts.step_up(Post(row.dialogue, row.slot, row.place, ""))
    if stood:
        work.take_sign(ledger.store, row.dialogue, row.slot, at)
    return stood


def _is_over(ledger: Ledger, row: Row, at: datetime) -> bool:
    if kind_of(row.dialogue) == MEETING:
        return ledger.meetings.by_id[row.dialogue].phase not in (Phase.PROPOSED, Phase.PLANNED)
    dialogue = ledger.states.get(row.dialogue)
    return dialogue is not None and over(dialogue.frames[int(row.slot.removeprefix(CARD))], at)
