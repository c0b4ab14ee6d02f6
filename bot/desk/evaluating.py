"""``evaluatie``: three questions once a dialogue is over, to whoever took part and to staff.

They are asked one at a time, in somebody's own conversation and only there, because they asked for
it. An answer is counted, and who gave it is marked as having answered; the two are kept apart
(``storage/evaluations.py``). In a room of young people nobody is told that they can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.desk import asked, mine
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.which import option, which
from bot.desk.youth import is_youth
from commands.choices import numbers
from dialogues.core import Choice, Notice, Refused, Role, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.evaluation import BY_NAME, QUESTIONS, Question, Side
from dialogues.items import ItemState
from storage.forms import Form

#: The kind of the open question's form.
KIND = "evaluation"

#: The roles with which somebody works on a dialogue. A councillor is asked nothing.
_WORKS = frozenset({Role.CLERK, Role.MODERATOR, Role.OFFICIAL, Role.YOUTH_WORKER})

_GONE = frozenset({ItemState.ERASED, ItemState.WITHDRAWN})


def evaluate(services: Services, asker: Asker, target: str) -> list[Notice]:
    """The first question that is left about the dialogue that is meant: the one that was named, or
    the only one there is something left to ask about."""
    if target:
        dialogue = which(services, asker, target)
    else:
        found = list(_mine(services, asker))
        left = [one for one in found if _left(services, asker, one)] or found
        if not left:
            raise Refused("evaluation_none")
        if len(left) > 1:
            options = [option(one) for one in left]
            raise Refused("which_dialogue", options=options, staff=asker.staff)
        dialogue = asker.about(left[0])
    if dialogue.status is not Status.CLOSED or _side(services, asker, dialogue) is None:
        raise Refused("evaluation_none")
    if dialogue.links_destroyed:
        raise Refused("evaluation_over", title=dialogue.title)
    if not _left(services, asker, dialogue):
        raise Refused("evaluation_done", title=dialogue.title)
    return [_ask(services, asker, dialogue)]


def offered(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """That the questions can be asked for, to whoever has some left; nothing in a room of young
    people, where the bot begins nothing."""
    if dialogue.status is not Status.CLOSED or dialogue.links_destroyed:
        return []
    if is_youth(services, dialogue.room) or asker.here != asker.conversation:
        return []
    if not _left(services, asker, dialogue):
        return []
    choices = (Choice(dialogue.id, 0, "", "evaluatie"),) if asker.can.press else ()
    return [Notice("evaluation_offer", {"title": dialogue.title}, choices=choices)]


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to an open question, by its number; None for other words, and where a list of
    another dialogue was shown since."""
    said = numbers(text)
    dialogue = services.ledger.states.get(form.dialogue)
    if said is None or len(said) != 1 or dialogue is None or _passed(services, asker, form):
        return None
    asker.about(dialogue)
    question = BY_NAME[str(form.data["question"])]
    if not 1 <= said[0] <= len(question.answers):
        raise Refused("evaluation_choose", most=len(question.answers))
    asked.done(services, asker, KIND)
    if dialogue.links_destroyed:
        raise Refused("evaluation_over", title=dialogue.title)
    left = _left(services, asker, dialogue)
    if question in left:
        participant = services.participant(asker, dialogue)
        evaluations = services.store.evaluations
        evaluations.answer(dialogue.id, participant, question.name, said[0] - 1)
        left = _left(services, asker, dialogue)
    if not left:
        days = 0 if dialogue.held else dialogue.objection_days  # nobody knows when it is let go
        return [Notice("evaluation_thanks", {"days": days})]
    return [_ask(services, asker, dialogue)]


def answers(form: Form) -> Iterator[tuple[int, str]]:
    """The answers to an open question: the number of each, and the code of its text."""
    for number, name in enumerate(BY_NAME[str(form.data["question"])].answers, 1):
        yield number, f"choice_evaluation_{name}"


def _ask(services: Services, asker: Asker, dialogue: Dialogue) -> Notice:
    """Ask the first question that is left."""
    side = _side(services, asker, dialogue)
    assert side is not None
    question = _left(services, asker, dialogue)[0]
    asked.ask(services, asker, KIND, dialogue.id, {"question": question.name})
    every = QUESTIONS[side]
    data: dict[str, Value] = {
        "title": dialogue.title,
        "question": question.name,
        "number": every.index(question) + 1,
        "of": len(every),
        "answers": list(question.answers),
    }
    return Notice("evaluation_ask", data)


def _left(services: Services, asker: Asker, dialogue: Dialogue) -> tuple[Question, ...]:
    """The questions that somebody has not answered yet; none for whoever is asked nothing."""
    side = _side(services, asker, dialogue)
    if side is None or dialogue.links_destroyed:
        return ()
    known = [name for its, name in _participations(services, asker) if its == dialogue.id]
    done = services.store.evaluations.answered(dialogue.id, known)
    return tuple(question for question in QUESTIONS[side] if question.name not in done)


def _side(services: Services, asker: Asker, dialogue: Dialogue) -> Side | None:
    """Who somebody is asked as; None for whoever neither took part nor works there."""
    if asker.roles_in(dialogue.room) & _WORKS:
        return Side.STAFF
    if asker.staff or not _took_part(services, asker, dialogue):
        return None
    return Side.RESIDENTS


def _took_part(services: Services, asker: Asker, dialogue: Dialogue) -> bool:
    """Whether somebody voted, or gave something that still stands."""
    names = mine.authored(services, asker.person, dialogue)
    if any(i.author in names and i.state not in _GONE for i in dialogue.items.by_number.values()):
        return True
    for frame, state in zip(dialogue.frames, dialogue.states, strict=True):
        if not names.isdisjoint(frame.ballots) or names & frame.machine.took_part(state):
            return True
    return False


def _mine(services: Services, asker: Asker) -> Iterator[Dialogue]:
    """The dialogues that closed not long ago in which somebody took part or works."""
    for dialogue in services.ledger.states.values():
        closed = dialogue.status is Status.CLOSED and not dialogue.links_destroyed
        if closed and _side(services, asker, dialogue) is not None:
            yield dialogue


def _participations(services: Services, asker: Asker) -> list[tuple[str, str]]:
    return services.store.participants.participations(asker.person)


def _passed(services: Services, asker: Asker, form: Form) -> bool:
    """Whether a list was shown here after the question: a bare number is about that."""
    newest = services.store.offers.offered(asker.here, "offer", asker.milliseconds)
    return newest is not None and newest.stood_at > form.since
