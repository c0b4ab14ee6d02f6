"""Native polls (MSC3381): a message with choices as a poll, and a tap in one as a choice.

The form is the one that clients show today, with names of its own; responses are read in the stable
form as well. An answer's id says what the choice stands for, so that nothing has to be kept for it.
"""

from __future__ import annotations

from bot.platforms.facts import Chose, Origin
from bot.platforms.matrix.events import Json, Memory, Seen, table, words
from bot.platforms.messages import Meaning, Message
from bot.platforms.places import Place, PlaceKind

_MSC = "org.matrix.msc3381.poll"
_TEXT = "org.matrix.msc1767.text"

#: The type of a poll.
START = f"{_MSC}.start"

#: The types of what people tap in one.
RESPONSES = frozenset({f"{_MSC}.response", "m.poll.response"})


def poll(message: Message) -> Json:
    """A message with choices as the content of a poll; what is chosen is shown to nobody else."""
    question = message.plain
    answers = [{"id": _id(choice.means), _TEXT: choice.label} for choice in message.choices]
    listed = [f"{number}. {choice.label}" for number, choice in enumerate(message.choices, 1)]
    return {
        START: {
            "question": {_TEXT: question},
            "kind": f"{_MSC}.undisclosed",
            "max_selections": 1,
            "answers": answers,
        },
        _TEXT: "\n".join([question, *listed]),
    }


def _id(means: Meaning) -> str:
    return f"{means.dialogue}/{means.round}/{means.item}/{means.choice}"


def chose(
    event: Seen, place: Place, me: str, roles: frozenset[str], memory: Memory
) -> Chose | None:
    """The fact of a tap in a poll of a personal conversation; a response without an answer takes
    back what was chosen. None where it is no response of ours."""
    relation = event.relation
    target = words(relation.get("event_id"))
    if event.type not in RESPONSES or place.kind is not PlaceKind.PERSONAL or event.sender == me:
        return None
    if relation.get("rel_type") != "m.reference" or memory.elsewhere(target, place):
        return None
    inside = event.content.get(f"{_MSC}.response", event.content.get("m.poll.response"))
    given = table(inside).get("answers", event.content.get("m.selections"))
    if not isinstance(given, list) or not target:
        return None
    means = _meaning(words(given[0])) if given else Meaning("", choice="none")
    if means is None:
        return None
    origin = Origin(event.id, event.at, place, event.sender, roles, event.id, event.late)
    return Chose(origin, means, target)


def _meaning(name: str) -> Meaning | None:
    parts = name.rsplit("/", 3)
    if len(parts) != 4 or not parts[1].isdecimal() or not parts[1].isascii():
        return None
    return Meaning(parts[0], parts[2], parts[3], int(parts[1][:6]))
