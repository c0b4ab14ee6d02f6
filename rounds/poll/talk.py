"""Polls in the chat: filled by a moderator; answered with numbers, words, or 1️⃣ to 9️⃣."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.answering import answer_while_open
from bot.desk.asker import Asker, language_of
from bot.desk.figures import Figures
from bot.desk.leading.preparing import empty_help, empty_notes, filled, to_fill
from bot.desk.services import Services
from bot.desk.talk import Chosen, NoChoice, Offered, Talk, Tappable, Told, Wanted
from bot.desk.views import has_voted
from bot.desk.votes import read
from commands.choices import keycap
from commands.help import Hints
from commands.options import double
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.intents import Hour
from dialogues.items import ItemState
from dialogues.machine import Frame
from rounds.poll.ballot_words import Ballot, poll_ballot
from rounds.poll.date_words import date_ballot, moments
from rounds.poll.example import example_now
from rounds.poll.option_words import is_other, other_option, reserved
from rounds.poll.pressing import FORMS, filled_in, next_place, presses
from rounds.poll.question_words import NewPoll
from rounds.poll.results import dates
from rounds.poll.rules import MACHINE
from rounds.poll.state import (
    FillPoll,
    Option,
    PollFilled,
    PollKind,
    State,
    SuggestOption,
    open_options,
    options,
)
from storage.offers import Offer

#: The kinds of polls that reactions can answer, and with how many options at most.
_TAPPED, _MOST_TAPPED = (PollKind.ONE, PollKind.SEVERAL, PollKind.DATE), 9


#: So many answers a poll of a platform has at most.
_MOST_IN_POLL = 20


def _values(frame: Frame, state: State) -> dict[str, Value]:
    """A poll for a template: its question and the options that can be chosen."""
    filled = state.poll
    assert filled is not None
    return {
        "round": frame.index + 1,
        "item": filled.number,
        "question": filled.question,
        "poll": filled.kind.value,
        "options": [{"number": o.number, "text": o.shown} for o in open_options(state)],
        "points": filled.points,
        "at_most": filled.at_most,
        "places": filled.places,
        "other": filled.other,
        "closes_at": frame.closes_at,
    }


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, _wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    ballot = services.store.participants.ballot_of(dialogue.id, person, frame.index)
    data = _values(frame, state)
    number = str(data["item"])
    data["confidential"] = dialogue.confidential
    data["voted"] = state.box.choice(number, ballot) is not None
    data["next"] = next_place(state, number, ballot)
    data["example"] = example_now(state)
    return Offered(Notice("offer_poll", data), (number,))


def _taps(dialogue: Dialogue, number: str) -> list[Tappable]:
    """The options of a poll of which one is chosen, where there are not too many to show."""
    state, filled = filled_in(dialogue, number)
    there = open_options(state)
    if filled.kind is not PollKind.ONE or len(there) > _MOST_IN_POLL:
        return []
    return [Tappable(str(option.number), (option.number,), option.text) for option in there]


def _answer(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    try:
        return answer_while_open(services, asker, dialogue, offered, text)
    except NoChoice as no_choice:
        if no_choice.code == "unknown_option" and is_other(text):
            raise Refused("other_missing") from None
        if no_choice.code == "unknown_option":
            return None
        raise


def _read(
    services: Services, asker: Asker, dialogue: Dialogue, number: str, rest: str
) -> Chosen | list[Notice]:
    state, filled = filled_in(dialogue, number)
    texts = _texts(services, state)
    other = other_option(rest) if filled.other and not double(rest, filter(None, texts)) else None
    if other:
        read(reserved(other))
        _check_new(services, state, other, (ItemState.SHOWN, ItemState.PENDING))
        services.act(asker, dialogue, SuggestOption(number, Text(other)))
        return [Notice("option_suggested", {"item": number})]
    found = _ballot(asker, dialogue, filled, rest, texts)
    if found is None:
        raise NoChoice("unknown_option", item=number, most=len(texts))
    if isinstance(found, Wrong) and found.code == "option_unknown":
        raise NoChoice(found.code, **{"item": number, **found.data})
    parsed = read(found, item=number)
    if filled.kind is PollKind.POINTS and parsed:
        given = dict(parsed)
        parsed = tuple(given.get(option, 0) for option in range(1, len(texts) + 1))
    return Chosen(parsed or None)


def _ballot(
    asker: Asker, dialogue: Dialogue, filled: PollFilled, rest: str, texts: Sequence[str]
) -> Ballot | Wrong | None:
    """A typed ballot: see ``poll_ballot``, and for dates ``date_ballot``."""
    if filled.kind is PollKind.DATE:
        return date_ballot(rest, texts, filled.dates, asker.at, ZoneInfo(dialogue.zone))
    most = min(filled.places, len(texts))
    return poll_ballot(filled.kind, rest, texts, filled.at_most or 0, most, filled.points)


def _check_new(
    services: Services, state: State, text: str, states: Sequence[ItemState], but: str = ""
) -> None:
    """Raise ``Refused`` where a text reads like an option, or like an idea in one of these states
    (``but`` one of them)."""
    there = options(state)
    known = [_text(services, option) if option.state in states else "" for option in there]
    same = double(text, known)
    if same and (not but or there[same - 1].item != but):
        raise Refused("option_exists", option=same)
    items = (state.scope.items.by_number[number] for number in state.suggested)
    waiting = [i for i in items if i.number not in state.added and i.state in states]
    if double(text, [services.words(i.text) for i in waiting if i.number != but]):
        raise Refused("option_waits")


def _approves(services: Services, dialogue: Dialogue, number: str) -> None:
    """An idea becomes an option only where it reads like no other, shown or hidden."""
    item = dialogue.items.by_number[number]
    state: State = dialogue.states[item.round]
    if number in state.suggested:
        words = services.words(item.text)
        read(reserved(words))
        _check_new(services, state, words, (ItemState.SHOWN, ItemState.HIDDEN), number)


def _texts(services: Services, state: State) -> list[str]:
    """The words of every option in order of number; "" for those that cannot be chosen now."""
    there = open_options(state)
    return [_text(services, option) if option in there else "" for option in options(state)]


def _text(services: Services, option: Option) -> str:
    return option.text if isinstance(option.text, str) else services.words(option.text)


def _told(dialogue: Dialogue, index: int, choice: Any) -> Told:
    """A vote for a template: of points each option with its points; else its options in order."""
    state: State = dialogue.states[index]
    if state.poll is not None and state.poll.kind is PollKind.POINTS:
        return {"said": ", ".join(f"{n}={given}" for n, given in enumerate(choice, 1) if given)}
    texts = {option.number: option.shown for option in options(state)}
    return {"options": [{"number": option, "text": texts[option]} for option in choice]}


def _wording(dialogue: Dialogue, number: str) -> str:
    return repr(filled_in(dialogue, number)[1])


def _asked(dialogue: Dialogue, number: str) -> dict[str, Value]:
    return {"example": example_now(filled_in(dialogue, number)[0])}


def _meaning(dialogue: Dialogue, item: str, emoji: str) -> str | None:
    state, filled = filled_in(dialogue, item)
    option, numbers = keycap(emoji), [o.number for o in open_options(state)]
    usable = filled.kind in _TAPPED and option in numbers and len(numbers) <= _MOST_TAPPED
    return str(option) if usable else None


def _standing(dialogue: Dialogue, item: str, typed: Any, meanings: Sequence[str]) -> Any:
    _, filled = filled_in(dialogue, item)
    reacted = [int(option) for option in reversed(meanings)]
    if filled.kind not in (PollKind.SEVERAL, PollKind.DATE):
        return (reacted[0],) if reacted else typed
    newest = list(dict.fromkeys([*reacted, *(typed or ())]))
    return tuple(sorted(newest[: filled.at_most or len(newest)])) or None


def _on_card(state: State) -> str:
    return state.poll.number if state.poll is not None else ""


def _dates(dialogue: Dialogue, number: str) -> tuple[tuple[Hour, int], ...]:
    return dates(filled_in(dialogue, number)[0], number)


def _fill(services: Services, asker: Asker, dialogue: Dialogue, said: NewPoll) -> list[Notice]:
    """Fill the next poll without a question; else replace the open one, if nobody voted in it."""
    frame = to_fill(dialogue, MACHINE.kind)
    if frame is None:
        raise Refused("no_poll_round", title=dialogue.title)
    options, hours = said.options, tuple[Hour, ...]()
    if said.kind is PollKind.DATE:
        zone = ZoneInfo(dialogue.zone)
        found = read(moments(said.options, language_of(dialogue), asker.at, zone))
        options, hours = tuple(one.text for one in found), tuple(one.hour for one in found)
    intent = FillPoll(
        said.kind.value,
        said.question,
        options,
        frame.index,
        points=said.points,
        at_most=said.at_most or None,
        places=min(said.places or len(said.options), len(said.options)),
        other=said.other,
        dates=hours,
    )
    services.act(asker, dialogue, intent)
    values = _values(frame, dialogue.states[frame.index])
    first = min((hour.at for hour in hours), default=None)
    if first is not None and (frame.closes_at is None or frame.closes_at >= first):
        values["earliest"] = first  # who chooses after it chooses what is past
    return [filled(asker, dialogue, "poll_filled", values)]


def _notes(dialogue: Dialogue, frame: Frame) -> list[dict[str, Value]]:
    return empty_notes(dialogue, frame, "work_poll_empty")


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    resident: tuple[str, ...] = ()
    if frame is dialogue.open_frame and not asker.staff:
        voted = has_voted(services, asker, dialogue, frame.index)
        resident = ("help_join" if asker.where is Where.ROOM or not voted else "help_vote",)
    return Hints(prepared=empty_help(dialogue, frame, "help_poll"), resident=resident)


def _figures(values: Mapping[str, Any]) -> list[Figures]:
    return [
        Figures(
            row["item"],
            _own(row["text"]),
            tuple((_own(option["text"]), option["score"]) for option in row["options"]),
        )
        for row in values["items"]
        if not row["few"]
    ]


def _own(words: Text | str | datetime) -> Text | datetime:
    """Words of a moderator, which may be a plain string, as words: they are no code of a text."""
    return Text(words) if isinstance(words, str) else words


TALK = Talk(
    figures=_figures,
    offer=_offer,
    wording=_wording,
    taps=_taps,
    answer=_answer,
    read=_read,
    told=_told,
    asked=_asked,
    presses=presses,
    forms=FORMS,
    meaning=_meaning,
    standing=_standing,
    on_card=_on_card,
    dates=_dates,
    does={NewPoll: _fill},
    approves=_approves,
    notes=_notes,
    hints=_hints,
    perhaps=lambda _frame, _text: "poll_perhaps",
)
