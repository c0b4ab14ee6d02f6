"""Questions for what a word lacks in its middle: a word behind its item, a text, a key."""

from __future__ import annotations

import re

from bot.desk.questions import Asks, Data, Option, Question, Takes, Words
from commands import keyvalues


def before_keys(takes: Takes) -> Asks:
    """The answer comes behind what was typed, before the first key with a value."""

    def asks(typed: Words, code: str, _data: Data) -> Question | None:
        said, keyed = keyvalues.head(typed.text)
        return Question(code, takes=takes, before=f"{said} ", after=f" {keyed}".rstrip())

    return asks


def behind_item(*options: str) -> Asks:
    """One of a few words, behind the item."""

    def asks(typed: Words, code: str, data: Data) -> Question | None:
        item = re.search(
            rf"(?<!\w){re.escape(str(data['item']))}\b[:,.]?", typed.text, re.IGNORECASE
        )
        if item is None:
            return None
        before, after = typed.text[: item.end()], typed.text[item.end() :]
        return Question(code, tuple(Option(f"{before} {o}{after}", (o,)) for o in options))

    return asks


def valued(key: str, *values: str) -> Asks:
    """One of a few values of a key."""
    return lambda typed, code, _: Question(
        code, tuple(Option(f"{typed.text} {key}={value}", (value,)) for value in values)
    )
