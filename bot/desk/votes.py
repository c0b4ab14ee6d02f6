"""Votes: typed with ``stem``, typed as places and choices, or chosen with a button.

Whatever the way, a vote ends as the same intent on one item, and its answer holds the same
receipt.
"""

from __future__ import annotations

from typing import Any

from bot.desk.asker import Asker, Desk
from bot.desk.youth import is_youth
from commands import ballots, several
from commands.poll_ballots import poll_ballot
from commands.said import PollKind, Vote, Where, Wrong
from dialogues.core import Light, Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.intents import GiveReason, TellRoom
from dialogues.rounds import closing, poll, statements
from dialogues.rounds.machine import require_open
from dialogues.rounds.statements import check_length
from storage.forms import Form


class Cast(Light, frozen=True):
    """A vote that is in: the item, and the choice in words for the answer.

    ``first`` says that this ballot had not voted on the item before.
    """

    item: str
    choice: Any
    round: int
    ballot: str
    first: bool


#: What is said of words that are no choice at all.
_NO_CHOICE = frozenset({"unknown_choice", "unknown_option", "option_unknown", "consent_unreadable"})


def typed(desk: Desk, asker: Asker, dialogue: Dialogue, said: Vote) -> list[Notice]:
    """``stem ITEM KEUZE…``; without an item the one question that is open."""
    may_vote(asker)
    if asker.where is Where.STAFF:  # its answer would show the choice to all staff
        raise Refused("word_not_here", word="stem")
    if asker.where is Where.ROOM and dialogue.confidential:
        desk.act(asker, dialogue, TellRoom())
        return []
    item = said.item or only_open(desk, asker, dialogue)
    cast, more = cast_typed(desk, asker, dialogue, item, said.rest)
    if asker.where is Where.ROOM:
        return []  # an open vote there is answered by the read receipt alone
    return [noted(desk, dialogue, [cast]), *more, *ask_why(desk, asker, dialogue, [cast])]


def without_choice(desk: Desk, asker: Asker, dialogue: Dialogue, number: str) -> list[Notice]:
    """``stem ITEM`` alone: what is missing; or why one cannot vote on that."""
    may_vote(asker)
    if asker.where is Where.STAFF:
        raise Refused("word_not_here", word="stem")
    index = _round_of(desk, asker, dialogue, number)
    require_open(dialogue.frames[index], asker.at)
    if not dialogue.items.shown(number):
        raise Refused("item_not_shown", item=number)
    item, kind = dialogue.items.by_number[number], ""
    if number.startswith("P"):
        state: poll.State = dialogue.states[index]
        kind = state.poll.kind.value if state.poll is not None else ""
    raise Refused("choice_missing", item=number, text=item.label or item.text, poll=kind)


def may_vote(asker: Asker) -> None:
    """Refuse whoever works for the town."""
    if asker.staff:
        raise Refused("staff_no_ballot")


def only_open(desk: Desk, asker: Asker, dialogue: Dialogue) -> str:
    """The item meant when none is named: the one that is open, else the one offered alone."""
    item = _the_open(dialogue)
    if not item and dialogue.open_frame is not None:
        offered = desk.store.offers.offered(asker.here, "offer", asker.milliseconds)
        item = offered.items[0] if offered is not None and len(offered.items) == 1 else ""
    if not item:
        raise Refused("which_item")
    return item


def _the_open(dialogue: Dialogue) -> str:
    """The one item that can be voted on, or "" when there is none or there are more."""
    frame = dialogue.open_frame
    box = None if frame is None else dialogue.machine(frame.index).box(dialogue.states[frame.index])
    shown = [n for n in box.books if dialogue.items.shown(n)] if box is not None else []
    return shown[0] if len(shown) == 1 else ""


def left_out(desk: Desk, asker: Asker, dialogue: Dialogue, text: str) -> list[Notice] | None:
    """A choice with ``stem`` and the item left out, where one question is open; else None."""
    item = _the_open(dialogue)
    return None if several.is_other(text) else chosen(desk, asker, dialogue, item, text)


def chosen(
    desk: Desk, asker: Asker, dialogue: Dialogue, item: str, text: str
) -> list[Notice] | None:
    """The answer to a choice on an item, typed without ``stem``; None where it is none."""
    if not item:
        return None
    try:
        return typed(desk, asker, dialogue, Vote(item, text))
    except Refused as refusal:
        if refusal.code in _NO_CHOICE:
            return None
        raise


def cast_typed(
    desk: Desk, asker: Asker, dialogue: Dialogue, number: str, rest: str
) -> tuple[Cast, list[Notice]]:
    """Read a choice against the item's kind and put it in the box."""
    index = _round_of(desk, asker, dialogue, number)
    kind = dialogue.frames[index].plan.kind
    if kind is Kind.STATEMENTS and number.startswith("S"):
        word = ballots.statement_choice(rest)
        if word is None:
            raise Refused("unknown_choice", item=number)
        return put(desk, asker, dialogue, number, as_kept(word)), []
    if kind is Kind.POLL and number.startswith("P"):
        return _poll(desk, asker, dialogue, number, index, rest)
    if kind is Kind.CLOSING and number.startswith("A"):
        consent = read(ballots.consent(rest), item=number)
        if consent.choice == "no" and consent.reason:
            check_length(Text(consent.reason), dialogue.frames[index].plan.length)
        cast = put(desk, asker, dialogue, number, as_kept(consent.choice))
        reason = consent.reason if consent.choice == "no" else ""
        return cast, _reason(desk, asker, dialogue, number, reason)
    raise Refused("no_vote_on", item=number)


def _round_of(desk: Desk, asker: Asker, dialogue: Dialogue, number: str) -> int:
    """The round in which an item is voted on."""
    index = dialogue.round_of(number)
    if index is None and number.startswith("A"):
        desk.act(asker, dialogue, closing.CastConsent(number, "yes"))  # says when it opens
    if index is None:
        raise Refused("no_such_item", item=number)
    return index


def as_kept(word: str) -> str | None:
    """A choice as it goes into the box."""
    return None if word == "none" else word


def read(parsed: Any, **data: Value) -> Any:
    """What was read, or a refusal for what could not be."""
    if isinstance(parsed, Wrong):
        raise Refused(parsed.code, **{**data, **parsed.data})
    return parsed


def _poll(
    desk: Desk, asker: Asker, dialogue: Dialogue, number: str, index: int, rest: str
) -> tuple[Cast, list[Notice]]:
    state: poll.State = dialogue.states[index]
    filled = state.poll
    assert filled is not None
    other = several.other_option(rest) if filled.other else None
    if other:
        desk.act(asker, dialogue, poll.SuggestOption(number, Text(other)))
        raise Answered([Notice("option_suggested", {"item": number})])
    options = poll.options(state)
    words = [
        o.text
        if isinstance(o.text, str)
        else desk.words(o.text)
        if o in poll.open_options(state)
        else ""
        for o in options
    ]
    kind = PollKind(filled.kind.value)
    most = min(filled.places, len(words))
    parsed = read(
        poll_ballot(kind, rest, words, filled.at_most or 0, most, filled.points), item=number
    )
    if parsed is None:
        raise Refused("unknown_option", item=number, most=len(words))
    if kind is PollKind.POINTS and parsed:
        given = dict(parsed)
        parsed = tuple(given.get(option, 0) for option in range(1, len(words) + 1))
    return put(desk, asker, dialogue, number, parsed or None), []


class Answered(Exception):  # noqa: N818 - a way out, not a fault
    """The answer is complete already."""

    def __init__(self, notices: list[Notice]) -> None:
        super().__init__("answered")
        self.notices = notices


def put(desk: Desk, asker: Asker, dialogue: Dialogue, number: str, choice: Any) -> Cast:
    """Put one choice in the box; raises ``Refused`` when it does not go in."""
    index = dialogue.round_of(number)
    if index is None:
        raise Refused("no_such_item", item=number)
    vote = _VOTES.get(dialogue.frames[index].plan.kind)
    if vote is None:
        raise Refused("no_vote_on", item=number)
    ballot = desk.ballot(asker, dialogue, index)
    book = dialogue.states[index].box.books.get(number)
    first = book is not None and ballot not in book.votes
    desk.act(asker, dialogue, vote(number, choice), by=ballot)
    return Cast(number, choice, index, ballot, first)


#: The kinds of round with a ballot box, and how one votes there.
_VOTES: dict[Kind, Any] = {
    Kind.CLOSING: closing.CastConsent,
    Kind.POLL: poll.CastPoll,
    Kind.STATEMENTS: statements.CastVote,
}


def noted(desk: Desk, dialogue: Dialogue, casts: list[Cast]) -> Notice:
    """The answer to votes that are in: each with its choice, and the ballot's receipt."""
    index = casts[0].round
    data: dict[str, Value] = {
        "votes": [told(dialogue, index, cast.item, cast.choice) for cast in casts],
        "receipt": desk.receipt(casts[0].ballot),
        "closes_at": dialogue.frames[index].closes_at,
        "confidential": dialogue.confidential,
    }
    return Notice("votes_noted", data)


def told(dialogue: Dialogue, index: int, number: str, choice: Any) -> dict[str, Value]:
    """One vote for a template: a word's name; of points who got how many; else the options that
    a ballot of a poll names, in its order."""
    if choice is None or isinstance(choice, str):
        return {"item": number, "choice": choice or "none", "options": ()}
    state: poll.State = dialogue.states[index]
    if state.poll is not None and state.poll.kind is poll.PollKind.POINTS:
        given = ", ".join(f"{n}={p}" for n, p in enumerate(choice, 1) if p)
        return {"item": number, "choice": given, "options": ()}
    texts = {option.number: option.text for option in poll.options(state)}
    options = [{"number": option, "text": texts[option]} for option in choice]
    return {"item": number, "choice": "", "options": options}


def _reason(desk: Desk, asker: Asker, dialogue: Dialogue, number: str, words: str) -> list[Notice]:
    if not words:
        return []
    index = dialogue.round_of(number)
    assert index is not None
    ballot = desk.ballot(asker, dialogue, index)
    events = desk.act(asker, dialogue, GiveReason(number, Text(words)), by=ballot)
    given = events[0]
    data: dict[str, Value] = {"item": number, "reason": given.number, "pending": given.pending}
    return [Notice("reason_noted", data)]


def ask_why(desk: Desk, asker: Asker, dialogue: Dialogue, casts: list[Cast]) -> list[Notice]:
    """Ask for a reason, at most once for every third statement somebody voted on."""
    frame = dialogue.open_frame
    if frame is None or frame.plan.kind is not Kind.STATEMENTS or not frame.plan.reason_every:
        return []
    if is_youth(desk, dialogue.room):
        return []
    opinions = [c for c in casts if c.choice in ("agree", "disagree")]
    if not opinions:
        return []
    ballot = desk.ballot(asker, dialogue, frame.index)
    state: statements.State = dialogue.states[frame.index]
    done = sum(ballot in book.votes for book in state.box.books.values())
    every = frame.plan.reason_every
    if done // every == (done - sum(cast.first for cast in casts)) // every:
        return []
    given = {
        dialogue.items.by_number[n].about
        for cast in opinions
        for n in dialogue.reasons.get(cast.item, ())
        if dialogue.items.by_number[n].author == ballot
    }
    fresh = [cast for cast in opinions if cast.item not in given]
    if not fresh:
        return []
    cast = next((c for c in reversed(fresh) if c.choice == "disagree"), fresh[-1])
    form = Form("why", dialogue.id, {"item": cast.item}, asker.milliseconds)
    desk.store.forms.ask(str(asker.personal), form)
    return [Notice("ask_why", {"item": cast.item, "choice": cast.choice})]
