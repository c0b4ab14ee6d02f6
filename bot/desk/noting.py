"""What is told of votes: each with its choice and what it was on, and the receipt of a ballot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.desk.services import Services
from bot.desk.standing import label_and_text
from bot.desk.talk import Cast
from dialogues.core import Notice, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.items import ItemState
from dialogues.receipts import receipt

_SHOWN = ItemState.SHOWN  # looked up once: every vote needs it


def noted(services: Services, dialogue: Dialogue, casts: Sequence[Cast]) -> Notice:
    """The answer to cast votes: each with its choice, and the receipt of a ballot that is in."""
    index, ballot = casts[0].round, casts[0].ballot
    votes, given, changed = [], False, False
    for cast in casts:
        row = told(services, dialogue, cast.round, cast.item, cast.choice)
        if cast.choice is not None:
            given = changed = True
        else:
            row["word"] = "choice_taken_back" if cast.back else "choice_never_given"
            changed = changed or cast.back
        votes.append(row)
    data: dict[str, Value] = {
        "votes": votes,
        "given": given,
        "changed": changed,
        "receipt": receipt_of(services, dialogue, index, ballot),
        "closes_at": dialogue.frames[index].closes_at,
        "confidential": dialogue.confidential,
    }
    return Notice("votes_noted", data)


def receipt_of(services: Services, dialogue: Dialogue, index: int, ballot: str) -> str:
    """The receipt of a ballot in a round; "" where it has no vote that counts now."""
    box = dialogue.boxes[index]
    if box is None or not box.roll.stands(ballot):
        return ""
    return receipt(services.town.key, ballot)


def told(
    services: Services, dialogue: Dialogue, index: int, number: str, choice: Any
) -> dict[str, Value]:
    """One vote as values for a template: the code of its word, or its options, or figures; and the
    words of what was voted on, while they are shown."""
    item = dialogue.items.by_number.get(number)
    label, word = "", ""
    text: Text | str = ""
    more: dict[str, Value] | None = None
    if item is not None and item.state is _SHOWN:
        label, text = label_and_text(item)
    if choice is not None:
        tells = services.talks.by_kind[dialogue.frames[index].machine.kind].told
        if tells is None:
            word = f"choice_{choice}"
        else:
            more = tells(dialogue, index, choice)
    row: dict[str, Value] = {"item": number, "word": word, "label": label, "text": text}
    return row if more is None else row | {"options": (), "said": ""} | more
