"""What authors answer when they are asked whether their message may go along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.desk.asker import Asker
from bot.desk.contributions import takes
from bot.desk.gathering.question import (
    KIND,
    Question,
    Step,
    in_person,
    keep,
    on_message,
    open_questions,
    question_of,
)
from bot.desk.services import Services
from bot.platforms.facts import CALL, Looked, Marked, Posted
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from commands.choices import yes_or_no
from commands.reading import read
from commands.said import Where
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from storage.forms import Form


def stood(services: Services, posted: Posted, now: datetime) -> None:
    """A question stands where its author sees it: what is said after that can answer it."""
    if not posted.token.startswith(f"{KIND}-"):
        return
    services.store.posts.forget(posted.token)  # nothing is ever done to that message again
    for question, form in open_questions(services.store, milliseconds(now)):
        if question.token != posted.token or question.step is Step.WORDS:
            continue
        if not posted.message:
            services.store.forms.answered(question.key)
            continue
        at = milliseconds(posted.at or now)
        keep(services, form.dialogue, replace(question, step=Step.ASKED), at)


def answer(services: Services, asker: Asker, other: Form | None, text: str) -> list[Notice] | None:
    """``ja`` or ``nee`` to the question in the personal conversation; None when it is not that,
    or when something else (``other``, a recommendation) was asked there after it."""
    said = yes_or_no(text)
    if asker.where is not Where.PERSONAL or said not in ("yes", "no"):
        return None
    key = in_person(asker.place.platform, asker.origin.account)
    form = services.store.forms.form(key, asker.milliseconds)
    if form is None or form.since > asker.milliseconds or _newer(services, asker, other, form):
        return None
    question = question_of(form)
    if question.step is Step.ASKING:
        return None
    asker.about(services.ledger.states[form.dialogue])
    if said == "no":
        services.store.forms.answered(key)
        return [Notice("gather_no", {})]
    return _agreed(services, asker, form, question)


def _newer(services: Services, asker: Asker, other: Form | None, form: Form) -> bool:
    """Whether ``ja`` here answers something that was asked later."""
    if other is not None and other.since > form.since:
        return True
    offered = services.store.offers.offered(asker.here, "offer", asker.milliseconds)
    if offered is None or not offered.items:
        return False
    dialogue = services.ledger.states.get(offered.dialogue)
    index = dialogue.round_of(offered.items[0]) if dialogue is not None else None
    if dialogue is None or index is None or not services.talk(dialogue.frames[index]).takes_yes:
        return False
    return offered.stood_at > form.since


def ticked(services: Services, asker: Asker, target: str) -> list[Notice] | None:
    """A tick beside the bot's: of the author it is yes, of anybody else it is nothing."""
    key = on_message(str(asker.place), target)
    form = services.store.forms.form(key, asker.milliseconds)
    if form is None or form.since > asker.milliseconds:
        return None
    question = question_of(form)
    if question.step is not Step.ASKED or question.account != asker.origin.account:
        return []
    return _agreed(services, asker, form, question)


def is_asked(services: Services, fact: Marked) -> bool:
    """Whether a mark is on a message whose author is asked there, and by them."""
    key = on_message(str(fact.origin.place), fact.post)
    form = services.store.forms.form(key, milliseconds(fact.origin.at))
    return form is not None and question_of(form).account == fact.origin.account


def _agreed(services: Services, asker: Asker, form: Form, question: Question) -> list[Notice]:
    """Yes: the answer follows with the words."""
    keep(services, form.dialogue, replace(question, step=Step.WORDS), asker.milliseconds)
    return []


def words(
    services: Services, dialogue: Dialogue, question: Question, fact: Looked, at: datetime
) -> str:
    """The message as a word of ours, where there still are a message and a round for it."""
    if fact.account != question.account or not fact.text.strip():
        _tell(services, dialogue, question, Notice("gather_gone", {}), at)
        return ""
    if dialogue.current != question.round or not takes(services, dialogue.open_frame):
        _tell(
            services, dialogue, question, Notice("gather_late", {"round": question.round + 1}), at
        )
        return ""
    if fact.roles:
        return ""  # who works for the town by now speaks for the town
    giving = services.talk(dialogue.frames[question.round]).gives
    assert giving is not None
    reading = read(services.known, fact.text, Where.PERSONAL)  # as of one who left out the ! alone
    given = reading.said if reading is not None else None
    every = tuple(g.said for g in services.talks.giving)
    mine = given.text if isinstance(given, every) else fact.text  # type: ignore[attr-defined]
    return f"{CALL}{giving.word} {mine}"


def _tell(
    services: Services, dialogue: Dialogue, question: Question, notice: Notice, at: datetime
) -> None:
    """Say it where the question was asked; on a message there is no place for a sentence."""
    if question.in_person:
        platform = Place.parse(question.place).platform
        place = Place(platform, PlaceKind.PERSONAL, question.account)
        services.ledger.say(place, notice, at, dialogue.id)
