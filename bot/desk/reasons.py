"""Reasons beside votes: given with a word, behind a vote, or as the answer to "Waarom?".

What is a reason is read in ``commands/reasons.py``; one word, and a sentence that nobody asked for
("omdat …"), is asked about first, and kept in the open question until that is answered.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.desk import posts
from bot.desk.asked import ask_in_person, asked, done
from bot.desk.asker import Asker
from bot.desk.onward import let_go
from bot.desk.services import Services
from commands import choices
from commands.reasons import Given, as_reason, gives_reason
from dialogues.ballots import last_choice
from dialogues.core import Context, Notice, Refused, Text, Value
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.intents import GiveReason
from dialogues.machine import Stage
from storage.forms import Form
from storage.sources import Source


class By(NamedTuple):
    """The message that gave an item: its hashed id (``cause``), its place, the platform's id of
    it."""

    cause: bytes
    place: str
    event: str


def message(asker: Asker) -> By:
    """The message that is handled now."""
    return By(asker.cause, str(asker.place), asker.origin.cause)


def hear(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, words: str, by: By | None
) -> list[Notice]:
    """Handle words that were given as a reason; ``by`` None: an edit of their message changes
    nothing. Raises ``Refused``."""
    match as_reason(words):
        case Given.NONE:
            return [Notice("no_reason", {})]
        case Given.REASON:
            return _keep(services, asker, dialogue, item, words, by)
    return _ask(services, asker, dialogue, item, words, by)


def because(services: Services, asker: Asker, dialogue: Dialogue, text: str) -> list[Notice] | None:
    """Ask whether a sentence that only gives a reason ("omdat …") is the one of the vote that this
    person cast last in the open round. None for other words, and where none can be given."""
    frame = dialogue.open_frame
    if frame is None or asker.staff or not gives_reason(text):
        return None
    box = dialogue.boxes[frame.index]
    ballot = services.ballot(asker, dialogue, frame.index)
    last = last_choice(box, ballot) if box is not None else ""
    if not last:
        return None
    try:
        return _ask(services, asker, dialogue, last, text.strip(), message(asker))
    except Refused:
        return None


def _ask(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, words: str, by: By | None
) -> list[Notice]:
    """Ask whether words are a reason, and keep them in the question. What would be refused anyway
    is not worth one: it raises ``Refused``."""
    author = _author(services, asker, dialogue, item)
    decide(dialogue, GiveReason(item, Text(words)), Context(asker.at, author, asker.counted))
    data: dict[str, object] = {"item": item, "words": words}
    if by is not None:
        data |= {"cause": by.cause.hex(), "place": by.place, "event": by.event}
    ask_in_person(services, asker, "why", dialogue.id, data)
    services.store.places.belongs(asker.conversation, asker.person)
    return [Notice("reason_ask", {"item": item, "text": Text(words)})]


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """The answer to "Waarom?", or to the question whether one word is the reason."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    item, word = str(form.data["item"]), str(form.data.get("words", ""))
    said = choices.agrees(text)
    if said == "yes" and word:
        done(services, asker, "why")
        cause = str(form.data.get("cause", ""))
        place, event = (str(form.data.get(key, "")) for key in ("place", "event"))
        by = By(bytes.fromhex(cause), place, event) if cause else None
        kept = _keep(services, asker, dialogue, item, word, by)
        return kept + let_go(services, asker, dialogue)
    if said == "yes":
        raise Refused("why_text")
    if services.known.no_opinion(text) or as_reason(text) is Given.NONE:
        done(services, asker, "why")
        if choices.enough(text):
            return [Notice("stopped", {})]
        return [Notice("no_reason", {}), *let_go(services, asker, dialogue)]
    done(services, asker, "why")
    heard = hear(services, asker, dialogue, item, text, message(asker))
    return heard + unless_asked(services, asker, dialogue)


def unless_asked(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """What was held back for the question for a reason, unless that is asked again."""
    again = asked(services, asker, "why") is not None
    return [] if again else let_go(services, asker, dialogue)


def awaited(services: Services, form: Form) -> bool:
    """Whether the round in which a reason was asked for still accepts reasons."""
    dialogue = services.ledger.states[form.dialogue]
    index = dialogue.round_of(str(form.data["item"]))
    return index is not None and dialogue.frames[index].stage is Stage.OPEN


def may_answer(services: Services, text: str) -> bool:
    """Whether a message can be an answer to "Waarom?"; "weet ik niet" can."""
    known = services.known
    return known.no_opinion(text) or not (known.is_answer(text) or known.is_misspelt(text))


def confirms(form: Form, text: str) -> bool:
    """Whether a message is the yes or no to one word that was given as a reason."""
    return form.kind == "why" and "words" in form.data and choices.agrees(text) is not None


def _author(services: Services, asker: Asker, dialogue: Dialogue, item: str) -> str:
    """The ballot of the asker in the item's round; raises ``Refused``."""
    index = dialogue.round_of(item)
    if index is None:
        raise Refused("no_such_item", item=item)
    return services.ballot(asker, dialogue, index)


def _keep(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, words: str, by: By | None
) -> list[Notice]:
    author = _author(services, asker, dialogue, item)
    events = services.act(asker, dialogue, GiveReason(item, Text(words)), by=author)
    given = events[0]
    if by is not None:
        source = Source(dialogue.id, given.number, asker.person, by.place)
        services.store.sources.gave(by.cause, source)
        posts.gave(services, asker, dialogue, given.number, by.place, by.event)
    data: dict[str, Value] = {"item": item, "reason": given.number, "pending": given.pending}
    return [Notice("reason_noted", data)]
