"""Choices without words: buttons in the personal conversation, reactions in an open ballot's room.

A reaction stands until somebody takes it away. The newest that stands counts (where several may
be chosen: all that stand); typed and reacted votes are ordered by time.
"""

from __future__ import annotations

from typing import Any

from bot.desk.asker import Asker, Desk
from bot.desk.votes import may_vote, noted, put
from bot.town.town import milliseconds
from commands.ballots import reaction_option, reaction_statement
from commands.said import Where
from dialogues.core import Context, Notice
from dialogues.dialogue import Dialogue, Status
from dialogues.format import Kind
from dialogues.intents import TellRoom
from dialogues.rounds import poll, statements
from dialogues.rounds.machine import Stage


def chose(desk: Desk, asker: Asker, dialogue: Dialogue, item: str, choice: str) -> list[Notice]:
    """A button: dialogue, item and choice are ready-made."""
    may_vote(asker)
    cast = put(desk, asker, dialogue, item, None if choice == "none" else choice)
    return [noted(desk, dialogue, [cast])]


def reacted(desk: Desk, asker: Asker, shown: str, item: str, emoji: str) -> list[Notice]:
    """A reaction on what shows an item of the dialogue ``shown`` (empty: of the room's); where
    nothing shows it, or it means nothing: no effect."""
    dialogue = _here(desk, asker)
    if dialogue is None or (shown and dialogue.id != shown):
        return []
    if asker.where is not Where.ROOM or not item:
        return []
    if dialogue.confidential:
        if _meaning(dialogue, item, emoji) is not None and not asker.staff:
            desk.act(asker, dialogue, TellRoom())
        return []
    meaning = _meaning(dialogue, item, emoji)
    index = dialogue.round_of(item)
    if meaning is None or index is None or dialogue.frames[index].stage is not Stage.OPEN:
        return []
    may_vote(asker)
    ballot = desk.ballot(asker, dialogue, index)
    desk.store.sources.react(
        asker.cause, dialogue.id, item, ballot, meaning, asker.milliseconds, asker.origin.order
    )
    put(desk, asker, dialogue, item, _standing(desk, dialogue, index, item, ballot))
    return []


def unreacted(desk: Desk, asker: Asker, target: bytes) -> list[Notice]:
    """A reaction was taken away: what stands now counts, unless a newer typed vote does."""
    gone = desk.store.sources.unreact(target)
    if gone is None:
        return []
    name, item, ballot, _meaning_gone, at, tie = gone
    dialogue = desk.ledger.states.get(name)
    index = dialogue.round_of(item) if dialogue is not None else None
    if dialogue is None or index is None or dialogue.frames[index].stage is not Stage.OPEN:
        return []
    box = dialogue.machine(index).box(dialogue.states[index])
    cast = box.books[item].votes.get(ballot) if box is not None else None
    if (
        cast is not None
        and not _several(dialogue, index)
        and (milliseconds(cast[0]), cast[1]) > (at, tie)
    ):
        return []
    choice = _standing(desk, dialogue, index, item, ballot)
    intent: Any = (
        statements.CastVote(item, choice)
        if dialogue.frames[index].plan.kind is Kind.STATEMENTS
        else poll.CastPoll(item, choice)
    )
    context = Context(asker.at, ballot, frozenset(), asker.origin.order, settled=False)
    desk.ledger.act(name, intent, context)
    return []


def _here(desk: Desk, asker: Asker) -> Dialogue | None:
    room = desk.town.rooms.room_at(asker.place)
    if room is None:
        return None
    found = desk.ledger.open_in(room)
    return found if found is not None and found.status is Status.OPEN else None


def _meaning(dialogue: Dialogue, item: str, emoji: str) -> str | None:
    """What a reaction says about an item that is shown, as kept with it."""
    if not dialogue.items.shown(item):
        return None
    index = dialogue.round_of(item)
    kind = dialogue.frames[index].plan.kind if index is not None else None
    if kind is Kind.STATEMENTS and item.startswith("S"):
        return reaction_statement(emoji)
    if kind is Kind.POLL and item.startswith("P"):
        state: poll.State = dialogue.states[index or 0]
        option = reaction_option(emoji)
        numbers = [o.number for o in poll.open_options(state)]
        usable = state.poll is not None and state.poll.kind in (
            poll.PollKind.ONE,
            poll.PollKind.SEVERAL,
        )
        if usable and option in numbers and len(numbers) <= 9:
            return str(option)
    return None


def _several(dialogue: Dialogue, index: int) -> bool:
    state = dialogue.states[index]
    filled = getattr(state, "poll", None)
    return filled is not None and filled.kind is poll.PollKind.SEVERAL


def _standing(desk: Desk, dialogue: Dialogue, index: int, item: str, ballot: str) -> Any:
    """What the reactions of a ballot that still stand say together."""
    standing = desk.store.sources.standing(dialogue.id, item, ballot)
    if not standing:
        return None
    if dialogue.frames[index].plan.kind is Kind.STATEMENTS:
        return standing[-1][0]
    if _several(dialogue, index):
        chosen = sorted({int(choice) for choice, _, _ in standing})
        state: poll.State = dialogue.states[index]
        most = state.poll.at_most if state.poll is not None else None
        if most and len(chosen) > most:
            newest = dict.fromkeys(int(choice) for choice, _, _ in reversed(standing))
            chosen = sorted(list(newest)[:most])
        return tuple(chosen)
    return (int(standing[-1][0]),)
