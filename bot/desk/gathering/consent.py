"""The author's answer to the question whether their message may become a contribution."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.desk.asker import Asker
from bot.desk.contributions import takes
from bot.desk.gathering.question import (
    KIND,
    ConsentQuestion,
    Step,
    in_person,
    keep,
    on_message,
    open_questions,
    question_of,
    take_away,
)
from bot.desk.services import Services
from bot.platforms.facts import CALL, Chose, Looked, Marked, Posted
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from commands.choices import agrees
from commands.reading import read
from commands.said import Where
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from storage.forms import Form

#: The choices below the question that is asked in the room with buttons.
YES, NO = "gather_yes", "gather_no"


def stood(services: Services, posted: Posted, now: datetime) -> None:
    """The question was posted (or could not be): answers after that moment count."""
    if not posted.token.startswith(f"{KIND}-"):
        return
    services.store.posts.forget(posted.token)  # nothing is ever done to that message again
    for question, form in open_questions(services.store, milliseconds(now)):
        if question.token != posted.token or question.step is Step.WORDS:
            continue
        if not posted.message:
            services.store.forms.answered(question.key, KIND)
            continue
        at = milliseconds(posted.at or now)
        asks = posted.message if question.pressed else ""
        keep(services, form.dialogue, replace(question, step=Step.ASKED, asks=asks), at)


def answer(services: Services, asker: Asker, other: Form | None, text: str) -> list[Notice] | None:
    """Handle ``ja`` or ``nee`` in the personal conversation. None for other words, or where another
    question was asked there later."""
    said = agrees(text)
    if asker.where is not Where.PERSONAL or said not in ("yes", "no"):
        return None
    key = in_person(asker.place.platform, asker.origin.account)
    form = services.store.forms.form(key, KIND, asker.milliseconds)
    if form is None or form.since > asker.milliseconds or _newer(services, asker, other, form):
        return None
    question = question_of(form)
    if question.step is Step.ASKING:
        return None
    asker.about(services.ledger.states[form.dialogue])
    if said == "no":
        services.store.forms.answered(key, KIND)
        return [Notice("gather_no", {})]
    return _agreed(services, asker, form, question)


def _newer(services: Services, asker: Asker, other: Form | None, form: Form) -> bool:
    """Whether ``ja`` here answers something that was asked later than ``form``."""
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
    """A tick beside the bot's tick: the author's means yes, anybody else's means nothing. None
    where nothing was asked on this message."""
    key = on_message(str(asker.place), target)
    form = services.store.forms.form(key, KIND, asker.milliseconds)
    if form is None or form.since > asker.milliseconds:
        return None
    question = question_of(form)
    if question.step is not Step.ASKED or question.account != asker.origin.account:
        return []
    return _agreed(services, asker, form, question)


def pressed(services: Services, asker: Asker, fact: Chose) -> list[Notice]:
    """A button below the question in the room was pressed: the author's press counts, anybody else
    reads that theirs does not."""
    means = fact.means
    key = on_message(str(asker.origin.near or asker.place), means.item)
    form = services.store.forms.form(key, KIND, asker.milliseconds)
    question = question_of(form) if form is not None else None
    if form is None or question is None or question.step not in (Step.ASKING, Step.ASKED):
        return [Notice("stale_choice", {})]
    if question.account != asker.origin.account:
        return [Notice("gather_not_yours", {})]
    asker.about(services.ledger.states[form.dialogue])
    question = replace(question, asks=question.asks or fact.post)
    take_away(services, form.dialogue, question, asker.at)
    if means.choice == YES and not asker.staff:
        agreed = replace(question, asks="", language=asker.origin.language)
        return _agreed(services, asker, form, agreed)
    services.store.forms.answered(key, KIND)
    return [Notice("gather_no" if means.choice == NO else "gather_residents_only", {})]


def is_asked(services: Services, fact: Marked) -> bool:
    """Whether a mark was put on a message by its author, who is asked about it there."""
    key = on_message(str(fact.origin.place), fact.post)
    form = services.store.forms.form(key, KIND, milliseconds(fact.origin.at))
    return form is not None and question_of(form).account == fact.origin.account


def _agreed(
    services: Services, asker: Asker, form: Form, question: ConsentQuestion
) -> list[Notice]:
    """The author said yes: look the message up again; the answer comes with its current words."""
    keep(services, form.dialogue, replace(question, step=Step.WORDS), asker.milliseconds)
    return []


def words(
    services: Services, dialogue: Dialogue, question: ConsentQuestion, fact: Looked, at: datetime
) -> str:
    """The message as the word that gives it ("!stelling …"); "" where the message is gone, its
    round is over, or the author became staff."""
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
    services: Services, dialogue: Dialogue, question: ConsentQuestion, notice: Notice, at: datetime
) -> None:
    """Tell the author in the personal conversation, or in answer to their press; nothing where the
    question was a tick on the message."""
    if question.in_person or question.pressed:
        platform = Place.parse(question.place).platform
        place = Place(platform, PlaceKind.PERSONAL, question.account)
        services.ledger.say(place, notice, at, dialogue.id)
