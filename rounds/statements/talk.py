"""Statements in the chat: five in an offer, a reason asked now and then, 👍 👎 🤷 in the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.desk import contributions, votes
from bot.desk.answering import answer_places
from bot.desk.asked import ask_in_person
from bot.desk.asker import Asker
from bot.desk.figures import Figures
from bot.desk.noting import noted
from bot.desk.services import Services
from bot.desk.standing import row, words_of
from bot.desk.talk import Cast, Chosen, Giving, NoChoice, Offered, Talk, Wanted
from bot.desk.views import has_voted
from bot.desk.youth import is_youth
from commands.choices import as_kept
from commands.help import Hints
from commands.said import Where
from dialogues.core import Notice, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from rounds.statements import words
from rounds.statements.rules import LETTER, MACHINE, GiveStatement, Settings, State, offer, shown
from storage.offers import Offer

#: The choices for which a reason is asked.
_TAKES_REASON = frozenset({"agree", "disagree"})

#: What is read of a choice in one of the known words, as it is typed or pressed.
_CHOSEN = {typed: Chosen(as_kept(choice)) for typed, choice in words.CHOICES.items()}

#: The size of an offer to somebody who waited long for it.
PATIENT = 10


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    settings: Settings = frame.settings
    ballot = services.store.participants.ballot_of(dialogue.id, person, frame.index)
    offered = services.store.offers.times(dialogue.id)
    there = shown(state)
    fresh = offer(state, ballot, len(there), offered)
    numbers = wanted.of(fresh, settings.offer)
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "done": len(there) - len(fresh),
        "total": len(there),
        "collecting": frame.collecting,
        "length": frame.plan.length,
        "closes_at": frame.closes_at,
        "confidential": dialogue.confidential,
        "youth": is_youth(services, dialogue.room),
    }
    if not numbers:
        template = "offer_done" if there else "offer_none"
        own = ("mijn",) if there else ()
        return Offered(Notice(template, data), invites=frame.collecting, words=own)
    data["items"] = [row(dialogue, place, n) for place, n in enumerate(numbers, 1)]
    return Offered(Notice("offer_statements", data), tuple(numbers))


def _answer(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    return answer_places(services, asker, dialogue, offered, words.offer_answers, text)


def _read(
    _services: Services, _asker: Asker, _dialogue: Dialogue, number: str, rest: str
) -> Chosen:
    known = _CHOSEN.get(rest)
    if known is not None:  # nearly always: a button stands for one of these words
        return known
    choice = words.choice(rest)
    if choice is None:
        raise NoChoice("unknown_choice", item=number, kind=MACHINE.kind)
    return Chosen(as_kept(choice))


def _ask_why(
    services: Services, asker: Asker, dialogue: Dialogue, casts: Sequence[Cast]
) -> list[Notice]:
    """Ask for a reason, at most once for every third statement somebody voted on."""
    index, ballot = casts[0].round, casts[0].ballot
    every = dialogue.frames[index].settings.reason_every
    if not every:
        return []
    state: State = dialogue.states[index]
    fresh = 0
    for one in casts:
        if one.first:
            fresh += 1
    if state.box.roll.said_by(ballot) % every >= fresh:
        return []
    cast = None  # the last of those without a reason, rather one that disagrees
    for one in casts:
        if one.choice not in _TAKES_REASON or _has_reason(dialogue, one.item, ballot):
            continue
        if cast is None or one.choice == "disagree" or cast.choice == "agree":
            cast = one
    if cast is None or is_youth(services, dialogue.room):
        return []
    ask_in_person(services, asker, "why", dialogue.id, {"item": cast.item})
    item = words_of(dialogue.items.by_number[cast.item])
    asked: dict[str, Value] = {"item": cast.item, "choice": cast.choice, **item}
    return [Notice("ask_why", {**asked, "quotes": dialogue.charter.quotes})]


def _has_reason(dialogue: Dialogue, item: str, ballot: str) -> bool:
    reasons = dialogue.reasons.get(item, ())
    return any(dialogue.items.by_number[number].author == ballot for number in reasons)


def _agree(services: Services, asker: Asker, dialogue: Dialogue, item: str) -> list[Notice]:
    votes.may_vote(asker)
    return [noted(services, dialogue, [votes.put(services, asker, dialogue, item, "agree")])]


def _threshold(settings: Settings) -> int:
    return settings.threshold if settings.near_duplicates else 0


GIVING = Giving(
    words.Statement,
    "stelling",
    "statement",
    LETTER.letter,
    GiveStatement,
    "statement_noted",
    "looks_like",
    _agree,
    _threshold,
    lambda sentence: not sentence.rstrip().endswith("?"),
)


def _give(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Statement
) -> list[Notice]:
    return contributions.given(services, asker, dialogue, GIVING, said.text)


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    if frame is not dialogue.open_frame or asker.staff:
        return Hints()
    voted = has_voted(services, asker, dialogue, frame.index)
    codes = ["help_join" if asker.where is Where.ROOM or not voted else "help_vote"]
    codes += ["help_statement"] * frame.collecting
    codes += ["help_why"] * (voted and asker.where is Where.PERSONAL)
    return Hints(resident=tuple(codes))


def _figures(values: Mapping[str, Any]) -> list[Figures]:
    """Those of the statements that the text of a result names."""
    rows = [*values["agreed"][:3], *values["divided"][:2], *values["rejected"][:2]]
    return [
        Figures(row["item"], row["text"], tuple((f"choice_{of}", row[of]) for of in TALK.buttons))
        for row in rows
    ]


TALK = Talk(
    offer=_offer,
    patient=PATIENT,
    answer=_answer,
    buttons=("agree", "disagree", "pass"),
    read=_read,
    after=_ask_why,
    meaning=lambda _dialogue, _item, emoji: words.reaction(emoji),
    shows_items=True,
    does={words.Statement: _give},
    gives=GIVING,
    hints=_hints,
    figures=_figures,
)
