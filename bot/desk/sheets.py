"""What a form asks, made anew when it is opened, and what is done with what was filled in.

Nothing of it is kept: a form follows from what the choice that opens it stands for, and from what
is stored. What was filled in is read again as if it had been typed, so it is refused alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from bot.desk import contributions, mine, paused, reasons, votes
from bot.desk.asked import asked, done
from bot.desk.asker import Asker
from bot.desk.leading.charter_sheets import FORMS as CHARTER
from bot.desk.leading.charter_sheets import charter_sheet, filled_in
from bot.desk.meetings import series
from bot.desk.offers import offer
from bot.desk.services import Services
from bot.desk.standing import words_of
from bot.desk.talk import BECAUSE, Filling, Giving, Line, Sheet
from bot.platforms.facts import PersonalFact, Submitted
from bot.platforms.menu import Opened
from commands.said import SetCharter
from dialogues.core import Choice, Notice, Refused, Role
from dialogues.dialogue import Dialogue
from dialogues.items import ItemState

#: The form of a reason for a vote.
WHY = "why"

#: The form of an answer to a question of the bot, whatever it asked.
ANSWER = "answer"

#: The field of a form with one sentence.
TEXT = "text"

#: How long an answer may be, in characters.
_LONGEST = 2_000


def sheet(services: Services, opened: Opened) -> Sheet | None:
    """The form that is opened; None where there is none (any more)."""
    if opened.form == ANSWER:
        name = Notice("choice_answer", {})
        return Sheet(name, (Line(TEXT, name, _LONGEST, 1, True),))
    dialogue = services.ledger.states.get(opened.means.dialogue)
    if dialogue is None:
        return None
    if opened.form in CHARTER:
        return charter_sheet(dialogue, opened.form) if opened.roles else None
    giving = _giving(services, opened.form)
    if giving is not None:
        return _contribution(services, dialogue, giving)
    item = opened.means.item
    person = services.store.people.known(opened.place.platform, opened.account)
    if opened.form == mine.CHANGE:
        return mine.change_sheet(services, dialogue, person, item)
    index = dialogue.round_of(item) if item else None
    if index is None or not dialogue.items.shown(item):
        return None
    if opened.form in (WHY, BECAUSE):
        return _reason(services, dialogue, item)
    filling = _filling(services, dialogue, item, opened.form)
    return filling.sheet(services, dialogue, person or "", item) if filling is not None else None


def _giving(services: Services, form: str) -> Giving | None:
    return next((giving for giving in services.talks.giving if giving.form == form), None)


def _filling(services: Services, dialogue: Dialogue, item: str, form: str) -> Filling | None:
    """The form of this name that the kind of the item's round has."""
    index = dialogue.round_of(item)
    talk = services.talk(dialogue.frames[index]) if index is not None else None
    return talk.forms.get(form) if talk is not None else None


def _contribution(services: Services, dialogue: Dialogue, giving: Giving) -> Sheet | None:
    """One sentence, with the newest one that is shown as an example."""
    frame = dialogue.open_frame
    if frame is None or services.talk(frame).gives is not giving or not frame.collecting:
        return None
    shown = (
        item
        for item in reversed(dialogue.items.by_number.values())
        if item.number[0] == giving.letter and item.state is ItemState.SHOWN
    )
    newest = next(shown, None)
    example = Notice(f"sheet_{giving.form}_example", {"text": newest.text if newest else ""})
    name = Notice(f"sheet_{giving.form}", {})
    return Sheet(name, (Line(TEXT, name, frame.plan.length, 1, True, example=example),))


def _reason(services: Services, dialogue: Dialogue, item: str) -> Sheet | None:
    index = dialogue.round_of(item)
    frame = dialogue.frames[index] if index is not None else None
    if frame is None or frame is not dialogue.open_frame:
        return None
    about = Notice("sheet_why_about", {"item": item, **words_of(dialogue.items.by_number[item])})
    example = Notice("sheet_why_example", {})
    line = Line(TEXT, about, frame.plan.length, 1, True, example=example)
    return Sheet(Notice("sheet_why", {}), (line,))


# -- what was filled in ----------------------------------------------------------------------------


def submitted(services: Services, asker: Asker, fact: Submitted) -> list[Notice]:
    """Handle a form that was filled in. On a platform without forms it is a contribution that an
    import brings."""
    means, values = fact.means, fact.values
    dialogue = services.ledger.states.get(means.dialogue)
    giving = _giving(services, fact.form)
    if dialogue is None:
        return [Notice("stale_choice", {})]
    asker.about(dialogue)
    if fact.form not in CHARTER:
        paused.check(asker, dialogue)
    if fact.form in CHARTER:
        if Role.MODERATOR not in asker.roles:
            raise Refused("word_not_yours", word="gesprek afspraken")
        filled = SetCharter(filled_in(values), "")
        return series.agreed(services, asker, dialogue, filled)
    if giving is not None and TEXT in values:
        elsewhere = not asker.can.forms
        words = values[TEXT]
        said = contributions.given(services, asker, dialogue, giving, words, elsewhere=elsewhere)
        return said + _onward(services, asker, dialogue)
    if fact.form == WHY and TEXT in values:
        return _why(services, asker, dialogue, means.item, values[TEXT])
    if fact.form == mine.CHANGE and TEXT in values:
        return mine.changed(services, asker, dialogue, means.item, values[TEXT])
    filling = _filling(services, dialogue, means.item, fact.form)
    if fact.form == BECAUSE and TEXT in values:
        rest = f"{means.choice} {values[TEXT]}"
    elif filling is not None:
        rest = filling.rest(values)
    else:
        return [Notice("stale_choice", {})]
    return votes.pressed(services, asker, dialogue, means.item, rest, means.wording)


def _onward(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The next offer, where items come one at a time: the one that the form was opened under may
    say that there is nothing, or that everything was answered."""
    begun = services.store.places.begun(asker.conversation, dialogue.id)
    if not (asker.can.one_at_a_time and begun) or asked(services, asker, "same") is not None:
        return []
    return offer(services, asker, dialogue)


def again(
    services: Services, asker: Asker, fact: PersonalFact, notices: Sequence[Notice]
) -> list[Notice]:
    """The answer to what was refused. Where that was a form, which can be opened still, a button
    opens it as it was filled in, so that nobody has to write everything anew."""
    if not (isinstance(fact, Submitted) and asker.can.forms and notices):
        return list(notices)
    means, origin = fact.means, asker.origin
    opened = Opened(origin.account, origin.roles, origin.place, fact.form, means)
    if means.round is None or sheet(services, opened) is None:
        return list(notices)
    button = Choice(
        means.dialogue,
        means.round,
        means.item,
        means.choice,
        label="choice_fill_in_again",
        form=fact.form,
        wording=means.wording,
        question=means.question,
        again=True,
    )
    last = notices[-1]
    return [*notices[:-1], structs.replace(last, choices=(*last.choices, button))]


def _why(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, words: str
) -> list[Notice]:
    """A reason: the answer to the question for it, where that is about this item."""
    form = asked(services, asker, "why")
    if form is not None and (form.dialogue, form.data["item"]) == (dialogue.id, item):
        done(services, asker, "why")
        heard = reasons.hear(services, asker, dialogue, item, words, reasons.message(asker))
        return heard + reasons.unless_asked(services, asker, dialogue)
    votes.may_vote(asker)
    return reasons.hear(services, asker, dialogue, item, words, reasons.message(asker))
