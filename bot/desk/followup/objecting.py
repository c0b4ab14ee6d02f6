"""The draft of a document in the chat: residents object to it, a moderator rules on that."""

from __future__ import annotations

from bot.desk import posts
from bot.desk.asker import Asker
from bot.desk.completing import Again, waits_for_text
from bot.desk.reasons import message
from bot.desk.services import Services
from bot.desk.which import which
from commands.followup.objection_words import Decided, NotRight, contested
from commands.reasons import says_nothing
from commands.said import Where
from dialogues.core import Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.objections.events import Ruling
from dialogues.objections.intents import Object, Rule
from dialogues.objections.rules import hears, recommended, undecided
from storage.sources import Source


def not_right(services: Services, asker: Asker, dialogue: Dialogue, said: NotRight) -> list[Notice]:
    """Keep what somebody says is wrong with a recommendation."""
    if says_nothing(said.text):
        raise Refused("objection_empty", item=said.item)
    intent = Object(said.item, Text(said.text), took_part(services, asker, dialogue))
    (made,) = services.act(asker, dialogue, intent)
    by = message(asker)
    source = Source(dialogue.id, made.number, asker.person, by.place)
    services.store.sources.gave(by.cause, source)
    services.store.places.belongs(asker.conversation, asker.person)
    posts.gave(services, asker, dialogue, made.number, by.place, by.event)
    assert dialogue.draft is not None
    data: dict[str, Value] = {
        "item": made.number,
        "about": made.about,
        "pending": made.pending,
        "quotes": dialogue.charter.quotes,
        "ruled_until": dialogue.draft.ruled_until,
    }
    return [Notice("objection_noted", data)]


def decided(services: Services, asker: Asker, dialogue: Dialogue, said: Decided) -> list[Notice]:
    """A moderator rules on an objection."""
    intent = Rule(said.item, said.outcome, Text(said.reason), Text(said.text))
    services.act(asker, dialogue, intent)
    item = dialogue.items.by_number[said.item]
    left: list[Value] = list(undecided(dialogue))
    data: dict[str, Value] = {
        "item": said.item,
        "about": item.about,
        "adjusted": said.outcome is Ruling.ADJUSTED,
        "left": left,
    }
    return [Notice("ruled", data)]


def took_part(services: Services, asker: Asker, dialogue: Dialogue) -> bool:
    """Whether somebody voted, contributed or took part in another way of a kind of round."""
    names = services.names(asker, dialogue)
    mine = {b for name in names for b in services.store.ballots.of(name).values()} | names
    if any(item.author in mine for item in dialogue.items.by_number.values()):
        return True
    for frame in dialogue.frames:
        state = dialogue.states[frame.index]
        box = dialogue.boxes[frame.index]
        voted = box is not None and any(map(box.roll.has_held, mine))
        if voted or not mine.isdisjoint(frame.ballots) or mine & frame.machine.took_part(state):
            return True
    return False


def said_so(services: Services, asker: Asker, text: str) -> Again | None:
    """Words such as "A2 klopt niet, want …" while a draft can be objected to, as the word that says
    the same; None for other words."""
    if asker.where is not Where.PERSONAL or asker.staff or waits_for_text(services, asker):
        return None
    found = contested(text)
    if found is None:
        return None
    item, reason = found
    word = services.known.by_dutch["kloptniet"]
    try:
        dialogue = which(services, asker, "", word, item)
    except Refused:
        return None
    asked = recommended(dialogue)
    if not hears(dialogue, asker.at) or (item and item not in dialogue.items.by_number):
        return None
    item = item or (asked[0] if len(asked) == 1 else "")
    return Again(f"{word.dutch} {item} {reason}".strip())


def hints(asker: Asker, dialogue: Dialogue) -> tuple[str, ...]:
    """What the draft of a document adds to help."""
    if asker.staff:
        return ("help_ruling",) if undecided(dialogue) and not _over(dialogue) else ()
    return ("help_not_right",) if hears(dialogue, asker.at) else ()


def _over(dialogue: Dialogue) -> bool:
    return dialogue.draft is None or dialogue.draft.over


def standing(dialogue: Dialogue) -> dict[str, Value]:
    """Until when the draft can be objected to, and when it goes out, for a template."""
    draft = dialogue.draft
    stands = draft is not None and not draft.over
    return {
        "heard_until": draft.heard_until if draft is not None and stands else None,
        "ruled_until": draft.ruled_until if draft is not None and stands else None,
    }
