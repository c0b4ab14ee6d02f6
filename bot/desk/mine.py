"""What somebody gave: the list of it, and to change or withdraw it by its buttons.

A button only leads to what can be typed as well: a form with the words as they are now, or the
question whether they are sure. Whether it may be done is decided as for the typed word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.desk import contributions
from bot.desk.asked import ask, done
from bot.desk.asker import Asker
from bot.desk.leading import sure
from bot.desk.noting import receipt_of, told
from bot.desk.services import Services
from bot.desk.talk import Line, Sheet
from bot.desk.views import joining
from bot.platforms.messages import Meaning
from commands.choices import agrees
from commands.said import Where
from commitments.announce import values as commitment_values
from dialogues.core import Choice, Context, Notice, Refused, Text, Value
from dialogues.decide import decide
from dialogues.dialogue import Dialogue, Status
from dialogues.followup.announce import stand
from dialogues.followup.days import recommended
from dialogues.intents import ChangeItem, WithdrawItem
from dialogues.items import Item, ItemState
from dialogues.machine import Stage
from storage.forms import Form

#: The form with other words for what somebody gave, and the kind of the question whether to
#: withdraw it.
CHANGE, KIND = "change", "withdraw"

#: What the two buttons stand for. Only the first is a word: the other asks first.
_CHANGES, _WITHDRAWS = "wijzig", "withdraw"

#: What these buttons mean.
BUTTONS = frozenset({_CHANGES, _WITHDRAWS})

#: Before every closing: where only that is not asked.
_AT_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def mine(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    """What this person gave in the dialogue, with the state of each item, and the receipts; or
    that this is not known any more, and since how many days after the dialogue."""
    store = services.store
    if asker.where is Where.STAFF and not asker.staff:  # all staff would read it
        raise Refused("word_not_here", word="mijn", places=("personal",))
    names = services.names(asker, dialogue)
    ballots = [pair for name in names for pair in store.ballots.of(name).items()]
    authors = {*names, *(ballot for _, ballot in ballots)}
    theirs = [item for item in dialogue.items.by_number.values() if item.author in authors]
    given = _with_what_became(services, dialogue, theirs)
    rounds = []
    for index, ballot in sorted(ballots):
        given_votes = _votes(services, dialogue, index, ballot)
        if given_votes:
            row: dict[str, Value] = {
                "round": index + 1,
                "receipt": receipt_of(services, dialogue, index, ballot),
                "votes": given_votes,
                "open": dialogue.frames[index].stage is Stage.OPEN,
            }
            rounds.append(row)
    data: dict[str, Value] = {
        "title": dialogue.title,
        "items": given,
        "rounds": rounds,
        "days": dialogue.objection_days if dialogue.links_destroyed else 0,
        "linked": asker.known.linked,
        "closed": dialogue.status is Status.CLOSED,
        "forgotten": dialogue.follow_up.authors_forgotten,
    }
    choices = tuple(_buttons(services, asker, dialogue, authors))
    if not given and not rounds:
        choices = joining(asker, dialogue)
    return [Notice("mine", data, choices=choices)]


def _with_what_became(
    services: Services, dialogue: Dialogue, theirs: Sequence[Item]
) -> list[dict[str, Value]]:
    """What somebody gave; what became of a recommendation is said once, with the first of it."""
    said: set[str] = set()
    rows: list[dict[str, Value]] = []
    for item in theirs:
        became = _became(dialogue, item, said)
        said |= {str(row["item"]) for row in became}
        promised = _promised(services, dialogue, item)
        rows.append({**_given(dialogue, item), "became": became, "promised": promised})
    return rows


def _promised(services: Services, dialogue: Dialogue, item: Item) -> list[dict[str, Value]]:
    """The commitments about an item."""
    found = services.ledger.commitments.of_item(dialogue.id, item.number)
    return [commitment_values(one) for one in found]


def _given(dialogue: Dialogue, item: Item) -> dict[str, Value]:
    gone = item.state in (ItemState.WITHDRAWN, ItemState.ERASED)
    ruled = dialogue.draft.rulings.get(item.number) if dialogue.draft is not None else None
    return {
        "item": item.number,
        "about": item.about,
        "text": None if gone else item.text,
        "state": item.state.value,
        "ruling": ruled.outcome.value if ruled is not None else "",
    }


def _became(dialogue: Dialogue, item: Item, said: Collection[str]) -> list[dict[str, Value]]:
    """What became of the recommendations that rest on what somebody gave, or that it is about, but
    for those of which it was ``said``."""
    if not dialogue.follow_up.responses:
        return []
    rows = []
    for number in recommended(dialogue):
        asks = dialogue.items.by_number[number]
        if number in said:
            continue
        if item.number == asks.about or item.about == number or item.text.ref == asks.text.ref:
            rows.append(stand(dialogue, number))
    return rows


def _votes(
    services: Services, dialogue: Dialogue, index: int, ballot: str
) -> list[dict[str, Value]]:
    box = dialogue.boxes[index]
    if box is None:
        return []
    rows: list[dict[str, Value]] = []
    for number, book in box.books.items():
        cast = book.votes.get(ballot)
        if cast is None or cast.choice is None:
            continue
        rows.append(told(services, dialogue, index, number, cast.choice))
    return rows


# -- its buttons -----------------------------------------------------------------------------------


def _buttons(
    services: Services, asker: Asker, dialogue: Dialogue, authors: Collection[str]
) -> Iterator[Choice]:
    """What can be pressed for each item that can still be changed or withdrawn."""
    for item in dialogue.items.by_number.values() if asker.can.press else ():
        if item.author not in authors:
            continue
        for intent, choice, form in (
            (_same(services, item), _CHANGES, CHANGE if asker.can.forms else ""),
            (WithdrawItem(item.number), _WITHDRAWS, ""),
        ):
            if _may(dialogue, intent, Context(asker.at, item.author)):
                yield Choice(dialogue.id, item.round, item.number, choice, place=0, form=form)


def _same(services: Services, item: Item) -> ChangeItem:
    """A change into the words that stand there: to find out whether one may be made."""
    return ChangeItem(item.number, Text(services.words(item.text)))


def _may(dialogue: Dialogue, intent: ChangeItem | WithdrawItem, context: Context) -> bool:
    try:
        decide(dialogue, intent, context)
    except Refused:
        return False
    return True


def pressed(services: Services, asker: Asker, means: Meaning) -> list[Notice] | None:
    """Handle one of these buttons; None where it is another, or where the words for a change are
    still to be asked for. Raises ``Refused`` with the reason where it cannot be done any more."""
    if means.choice not in BUTTONS:
        return None
    dialogue = services.ledger.states.get(means.dialogue)
    item = dialogue.items.get(means.item) if dialogue is not None else None
    if dialogue is None or item is None:
        return None
    asker.about(dialogue)
    by = contributions.author(services, asker, dialogue, item)
    context = services.context(asker, dialogue, by)
    if means.choice == _CHANGES:
        decide(dialogue, _same(services, item), context)
        return None
    decide(dialogue, WithdrawItem(item.number), context)
    ask(services, asker, KIND, dialogue.id, {"item": item.number})
    return [Notice("sure_withdraw", {"item": item.number, "text": item.text, "about": item.about})]


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to that question; None for other words, and where it has lapsed."""
    said = agrees(text)
    if said not in ("yes", "no") or asker.milliseconds - form.since > sure.LAPSES:
        return None
    done(services, asker, KIND)
    dialogue, number = asker.about(services.ledger.states[form.dialogue]), str(form.data["item"])
    if said == "no":
        return _and_list(services, asker, dialogue, [Notice("withdrawn_not", {"item": number})])
    withdrawn = contributions.withdraw(services, asker, dialogue, number)
    return _and_list(services, asker, dialogue, withdrawn)


def change_sheet(
    services: Services, dialogue: Dialogue, person: str | None, number: str
) -> Sheet | None:
    """The form with an item's words as they are now; None for others than its author, and where
    they cannot be changed any more."""
    item = dialogue.items.get(number)
    if item is None or person is None or item.author not in authored(services, person, dialogue):
        return None
    if not _may(dialogue, _same(services, item), Context(_AT_ANY_TIME, item.author)):
        return None
    most = dialogue.frames[item.round].plan.length
    label = Notice("sheet_change_words", {})
    line = Line("text", label, most, 1, True, services.words(item.text))
    return Sheet(Notice("sheet_change", {"item": number}), (line,))


def changed(
    services: Services, asker: Asker, dialogue: Dialogue, number: str, words: str
) -> list[Notice]:
    """Handle that form: an item has other words, unless they are as they were."""
    item = dialogue.items.get(number)
    if item is not None and services.words(item.text) == words.strip():
        same = [Notice("changed_not", {"item": number})]
        return _and_list(services, asker, dialogue, same)
    new = contributions.change(services, asker, dialogue, number, words, edited=False)
    return _and_list(services, asker, dialogue, new)


def _and_list(
    services: Services, asker: Asker, dialogue: Dialogue, notices: list[Notice]
) -> list[Notice]:
    """What was done, and the list as it is now, where it can be pressed."""
    return [*notices, *mine(services, asker, dialogue, None)] if asker.can.press else notices


def authored(services: Services, person: str, dialogue: Dialogue) -> frozenset[str]:
    """Who a person is as an author in a dialogue: a participant, and the ballots of reasons."""
    found = services.store.participants.participations(person)
    names = [name for its, name in found if its == dialogue.id]
    ballots = (ballot for name in names for ballot in services.store.ballots.of(name).values())
    return frozenset({*names, *ballots})
