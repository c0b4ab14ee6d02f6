"""What can be pressed under a question of the bot, so that nobody has to type yes, no or a number.

A button answers the question that it was shown with, and no other: it says its kind and when it was
asked. Once that is answered or has lapsed, the button changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import structs

from bot.desk import completing, evaluating, hearing, mine
from bot.desk.asked import FIRST, open_questions
from bot.desk.asker import Asker
from bot.desk.followup import following
from bot.desk.leading import newsletters, sure
from bot.desk.leading.charter_form import KIND as CHARTER
from bot.desk.pressable import on_item
from bot.desk.questions import IN_WORDS, Question, Takes
from bot.desk.services import Services
from bot.desk.sheets import ANSWER, WHY
from commands.said import Where
from dialogues.core import Choice, Notice
from dialogues.intents import HideReason
from storage.forms import Form

#: What is typed for what is pressed, where that is another.
_TYPED = {"yes": "ja", "no": "nee", "forget": "ja, vergeet mij"}

#: Under these kinds of questions the answer is yes or no.
_YES_OR_NO = frozenset(
    {"begin", following.KIND, hearing.KIND, mine.KIND, newsletters.KIND, sure.KIND, FIRST}
)


def with_answers(
    services: Services, asker: Asker, form: Form, notices: list[Notice]
) -> list[Notice]:
    """The notices of an answer, with buttons under the question ``form`` that they ask."""
    if not asker.can.press:
        return notices
    places = [n for n, one in enumerate(notices) if not one.template.startswith("offer_")]
    if not places:
        return notices
    choices = tuple(_choices(services, asker, form))
    at = places[-1]
    asked = structs.replace(notices[at], choices=(*notices[at].choices, *choices))
    return [*notices[:at], asked, *notices[at + 1 :]]


def question_of(services: Services, asker: Asker, mark: str) -> Form | None:
    """The question that a button with this mark was shown under, while it is open."""
    return next((form for form in open_questions(services, asker) if _mark(form) == mark), None)


def is_over(services: Services, asker: Asker, mark: str) -> bool:
    """Whether a question that others see too is open for nobody any more."""
    kind, _, since = mark.rpartition(".")
    if asker.where is not Where.STAFF or not since:
        return False
    stands = services.store.forms.stands
    return not stands(asker.here, kind, int(since, 16), asker.milliseconds)


def takes_words(form: Form) -> bool:
    """Whether a question waits for words that no button of its own gives."""
    if form.kind == completing.KIND:
        return msgspec.convert(form.data, Question).takes in IN_WORDS
    return form.kind == CHARTER


def typed(choice: str) -> str:
    """What is pressed under a question, as it would be typed."""
    return _TYPED.get(choice, choice)


def _mark(form: Form) -> str:
    return f"{form.kind}.{form.since:x}"


def _choices(services: Services, asker: Asker, form: Form) -> Iterator[Choice]:
    def says(choice: str, label: str = "", text: str = "", number: int = 0) -> Choice:
        return Choice(
            form.dialogue,
            0,
            "",
            choice,
            text=text,
            number=number,
            label=label or f"choice_say_{choice}",
            listed=label.startswith("reason_"),
            question=_mark(form),
        )

    if form.kind in _YES_OR_NO or (form.kind == WHY and "words" in form.data):
        yield from (says("yes"), says("no"))
    elif form.kind == "same":
        yield from (says("yes", "choice_same_yes"), says("no", "choice_same_no"))
    elif form.kind == "forget":
        yield from (says("forget"), says("no"))
    elif form.kind == WHY:
        index = services.ledger.states[form.dialogue].current
        item = str(form.data["item"])
        label, mark = "choice_give_reason", _mark(form)
        yield Choice(form.dialogue, index, item, "", label=label, form=WHY, question=mark)
        yield says("no", "choice_no_reason")
    elif form.kind == evaluating.KIND:
        yield from (says(str(number), code) for number, code in evaluating.answers(form))
    elif form.kind == completing.KIND:
        yield from _options(services, asker, form, says)
    if asker.can.forms and takes_words(form):
        label = f"choice_{ANSWER}"
        yield Choice(form.dialogue, 0, "", "", label=label, form=ANSWER, question=_mark(form))


def _options(
    services: Services, asker: Asker, form: Form, says: Callable[..., Choice]
) -> Iterator[Choice]:
    """What completes words that could not be carried out."""
    question = msgspec.convert(form.data, Question)
    options: Sequence[str] = [(one.labels or (one.text,))[0] for one in question.options]
    if len(options) == 1:
        yield from (says("yes"), says("no"))
    for number, label in enumerate(options, 1) if len(options) > 1 else ():
        yield says(str(number), text=label, number=number)
    if question.takes is Takes.REASON:
        for number, reason in enumerate(HideReason, 1):
            yield says(str(number), f"reason_{reason.value}")
    dialogue = services.ledger.states.get(form.dialogue)
    if question.takes is Takes.CHOICE and dialogue is not None:
        yield from on_item(services, dialogue, asker.person, question.before, 1, press=True)
