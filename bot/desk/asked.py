"""Open questions: what the bot asked this person here, kept until it is answered.

Every question that the bot asks is kept by ``ask``, with its place and for whom it was asked, and
``plain.py`` holds bare words against those that were open when they were said, the newest first.
Where nothing else is said, "here" is the place in which somebody typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.asker import Asker
from bot.desk.services import Services
from commands.said import Where
from storage.forms import Form


def ask(
    services: Services, asker: Asker, kind: str, dialogue: str = "", data: Mapping[str, object] = {}
) -> None:
    """Keep a question; one of the same kind that was open here for this person is replaced."""
    form = Form(kind, dialogue, dict(data), asker.milliseconds, _person(asker))
    services.store.forms.ask(asker.here, form)
    _noted(asker, form)


def ask_in_person(
    services: Services, asker: Asker, kind: str, dialogue: str, data: Mapping[str, object]
) -> None:
    """Keep a question that is asked in the personal conversation, wherever they typed."""
    form = Form(kind, dialogue, dict(data), asker.milliseconds)
    services.store.forms.ask(asker.conversation, form)
    if asker.conversation == asker.here:
        _noted(asker, form)


def asked(services: Services, asker: Asker, kind: str) -> Form | None:
    """The question of a kind that is open here for this person, or None."""
    return services.store.forms.form(asker.here, kind, asker.milliseconds, _person(asker))


def open_questions(services: Services, asker: Asker) -> list[Form]:
    """Every question that was open here for this person when they said something, newest first."""
    return services.store.forms.open(asker.here, _person(asker), asker.milliseconds)


def done(services: Services, asker: Asker, kind: str) -> None:
    """The question of a kind is answered, or over."""
    services.store.forms.answered(asker.here, kind, _person(asker))


#: The kind of the question whether the sentence that somebody began with is a contribution.
FIRST = "first"

#: The kind of the mark that somebody was asked for a sentence ("Wilt u er een geven?").
INVITED = "invited"

#: The kind of the mark that a list waits until a question for a reason is answered.
HELD = "held"

#: The kind of the mark that somebody who tapped a card's sign has no list yet.
TAPPED = "tapped"

#: Kinds that only mark something: no yes or no answers them.
MARKS = frozenset({INVITED, HELD, TAPPED})


def _noted(asker: Asker, form: Form) -> None:
    """The answer to this person asks this question."""
    if form.kind not in MARKS:
        asker.asks = form


def passed(services: Services, asker: Asker) -> None:
    """Somebody answers a list or wants another: what was asked before in their conversation is
    over. The sentence that they began with waits on."""
    services.store.forms.remove(asker.conversation, FIRST)


def _person(asker: Asker) -> str:
    """Whose question it is: in a staff room others talk too; a conversation has one person."""
    return asker.person if asker.where is Where.STAFF else ""
