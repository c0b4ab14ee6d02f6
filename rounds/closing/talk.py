"""A closing round in the chat: moderators change the draft, residents vote yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.desk.answering import answer_one, answer_places
from bot.desk.asker import Asker
from bot.desk.figures import Figures
from bot.desk.offers import offer as offer_next
from bot.desk.onward import onward
from bot.desk.services import Services
from bot.desk.talk import BECAUSE, Chosen, NoChoice, Offered, Talk, Wanted, press
from bot.desk.views import has_voted
from commands.choices import as_kept
from commands.help import Hints
from commands.reasons import says_nothing
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Choice, Notice, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from rounds.closing import words
from rounds.closing.rules import offer, vote_opens_at
from rounds.closing.state import (
    AddRecommendation,
    DropRecommendation,
    OrderRecommendations,
    State,
    draft,
)
from rounds.closing.views import listed
from storage.offers import Offer

#: How many recommendations one offer has: all there can be.
_AT_ONCE = 5

BUTTONS = ("yes", "no")


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "closes_at": frame.closes_at,
        "opens_at": vote_opens_at(state),
    }
    if not state.fixed:
        return Offered(Notice("offer_consent_later", data))
    ballot = services.store.participants.ballot_of(dialogue.id, person, frame.index)
    numbers = wanted.of(offer(state, ballot, len(state.fixed)), _AT_ONCE)
    if not numbers:
        return Offered(Notice("offer_consent_done", data), words=("mijn",))
    rows = listed(state, [state.fixed[n] for n in numbers])
    data["items"] = [{"place": place, **row} for place, row in enumerate(rows, 1)]
    return Offered(Notice("offer_consent", data), tuple(numbers))


def _answer(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    many = answer_places(services, asker, dialogue, offered, words.offer_answers, text)
    if many is not None:
        return many
    placed = words.with_reason(text, len(offered.items))
    if placed is None and (len(offered.places) > 1 or isinstance(words.consent(text), Wrong)):
        return None
    place, vote = placed or (offered.places[0], text)
    asked = replace(offered, items=(offered.items[place - 1],))
    if len(offered.items) > 1:
        return [
            *answer_one(services, asker, dialogue, asked, vote),
            *onward(services, asker, dialogue, offered),
        ]
    return [
        *answer_one(services, asker, dialogue, asked, vote),
        *offer_next(services, asker, dialogue),
    ]


def _read(
    _services: Services, _asker: Asker, _dialogue: Dialogue, number: str, rest: str
) -> Chosen:
    consent = words.consent(rest)
    if isinstance(consent, Wrong):
        raise NoChoice(consent.code, **{"item": number, **consent.data})
    reason = consent.reason if consent.choice == "no" else ""
    unkept = consent.choice != "no" and bool(consent.reason)
    return Chosen(as_kept(consent.choice), reason, unkept and not says_nothing(consent.reason))


def _presses(
    _services: Services, _dialogue: Dialogue, _person: str, _item: str
) -> tuple[Choice, ...]:
    """Yes, no, and no with the reason for it."""
    return (*map(press, BUTTONS), press("no", label="choice_no_because", form=BECAUSE))


def _drop(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.AdviceDrop
) -> list[Notice]:
    return _changed(services, asker, dialogue, DropRecommendation(said.item, said.reason))


def _add(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.AdviceAdd
) -> list[Notice]:
    return _changed(services, asker, dialogue, AddRecommendation(said.item, said.reason))


def _order(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.AdviceOrder
) -> list[Notice]:
    return _changed(services, asker, dialogue, OrderRecommendations(tuple(said.items), said.reason))


def _changed(services: Services, asker: Asker, dialogue: Dialogue, intent: object) -> list[Notice]:
    services.act(asker, dialogue, intent)
    return [Notice("advice_changed", {})]


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    if frame is not dialogue.open_frame:
        return Hints()
    state: State = dialogue.states[frame.index]
    if not state.fixed:  # the vote is waited for
        changes = ("help_advice_drop", "help_advice_order") if draft(state) else ()
        return Hints(before=("help_next_round", *changes, "help_advice_add"))
    if asker.staff:
        return Hints()
    voted = has_voted(services, asker, dialogue, frame.index)
    return Hints(resident=("help_join" if asker.where is Where.ROOM or not voted else "help_vote",))


def _figures(values: Mapping[str, Any]) -> list[Figures]:
    return [
        Figures(row["item"], row["text"], (("choice_yes", row["yes"]), ("choice_no", row["no"])))
        for row in values["items"]
        if not row["few"]
    ]


TALK = Talk(
    figures=_figures,
    offer=_offer,
    answer=_answer,
    buttons=BUTTONS,
    presses=_presses,
    read=_read,
    takes_yes=True,
    does={words.AdviceAdd: _add, words.AdviceDrop: _drop, words.AdviceOrder: _order},
    hints=_hints,
)
