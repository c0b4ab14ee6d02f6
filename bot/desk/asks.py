"""Refusals that ask something: for each code, how the answer completes the words that were typed.

"verberg S6" is asked for a reason: "2" makes it "verberg S6 2". "tot 20.00" is asked whether today
is meant: "ja" makes it "tot vandaag 20:00". ``completing.py`` keeps the question and reads the
answer.
"""

from __future__ import annotations

import re

from bot.desk.asks_values import before_keys, behind_item, valued
from bot.desk.questions import Asks, Data, Option, Question, Takes, Words
from bot.ledger.names import slug
from commands import said as words
from commands.everyday import numbered, opened
from commands.followup.filling import BODY_WORDS, OUTCOME_WORDS, STATE_WORDS
from commands.meetings.words import MEETING_WORDS
from commands.reading import VOTE
from commands.said import Where

#: The codes that ask which dialogue is meant.
DIALOGUES = frozenset({"no_such_dialogue", "which_dialogue"})


def _which_dialogue(typed: Words, code: str, data: Data) -> Question | None:
    """A staff room is about the answer once; a conversation from then on."""
    _, body, prefixed = opened(typed.text, typed.asker.can.prefix)
    personal = typed.asker.where is Where.PERSONAL
    sign = typed.asker.can.prefix if prefixed else ""
    options = []
    for row in data["options"]:
        name, title = str(row["id"]), str(row["title"])
        text = body if personal else f"@{name} {body}"
        if isinstance(typed.reading.said, words.Choose):
            text = f"kies {name}"
        options.append(Option(sign + text, (name, title, slug(title)), name if personal else ""))
    return Question(code, tuple(options)) if options else None


def _choice_on(_typed: Words, code: str, data: Data) -> Question | None:
    """Which choice on an item; ``before`` is the item."""
    return Question(code, takes=Takes.CHOICE, before=str(data["item"]))


def _choice_again(typed: Words, code: str, data: Data) -> Question | None:
    """As before, where an item was named; to an answer in a list the list stays open."""
    return _choice_on(typed, code, data) if isinstance(typed.reading.said, words.Vote) else None


def _which_item(typed: Words, code: str, _data: Data) -> Question | None:
    said = typed.reading.said
    rest = said.rest if isinstance(said, words.Vote) else ""
    return Question(code, takes=Takes.REST, before=f"{VOTE} ", after=f" {rest}")


def _which_place(typed: Words, code: str, _data: Data) -> Question | None:
    return Question(code, takes=Takes.PLACE, after=f" {typed.text}")


def _hiding(typed: Words, code: str, data: Data) -> Question | None:
    before = f"{_target(typed)}verberg {data['item']} "
    return Question(code, takes=Takes.REASON, before=before)


def _which_room(typed: Words, code: str, data: Data) -> Question | None:
    rooms = [str(room) for room in data["rooms"]]
    options = tuple(Option(f"{typed.text} in={room}", (room,)) for room in rooms)
    return Question(code, options) if len(options) > 1 else None


def _which_staff_room(typed: Words, code: str, data: Data) -> Question | None:
    rooms = [str(room) for room in data["rooms"]]
    options = tuple(Option(f"{typed.text} {room}", (room,)) for room in rooms)
    return Question(code, options) if len(options) > 1 else None


def _near(typed: Words, code: str, data: Data) -> Question | None:
    """Another word or key was probably meant."""
    value, near = str(data.get("value") or data.get("key") or ""), str(data["nearest"])
    text = _replaced(typed.text, value, near) if near else ""
    return Question(code, (Option(text, (near,)),)) if text else None


def _format_or_title(typed: Words, code: str, data: Data) -> Question | None:
    """A word near a format's name: that format, or the first word of the title."""
    word, near = str(data["value"]), str(data["nearest"])
    at = typed.text.find(word)
    if at < 0:
        return None
    before, after = typed.text[:at], typed.text[at:]
    named = Option(before + near + after[len(word) :], (near,))
    return Question(code, (named, Option(f"{before}{words.ORDINARY} {after}", (word,))))


def _one_of(typed: Words, code: str, data: Data) -> Question | None:
    """A value that is none of a few."""
    found = [
        Option(_replaced(typed.text, str(data["value"]), str(option)), (str(option),))
        for option in data["options"]
    ]
    options = tuple(option for option in found if option.text)
    return Question(code, options) if len(options) > 1 else None


def _which_moment(typed: Words, code: str, data: Data) -> Question | None:
    """One of the moments that were suggested, or another."""
    return _suggested(typed, code, data, Takes.MOMENT)


def _how_often(typed: Words, code: str, data: Data) -> Question | None:
    """One of the recurrences that were suggested, or another."""
    return _suggested(typed, code, data, Takes.OFTEN)


def _suggested(typed: Words, code: str, data: Data, takes: Takes) -> Question | None:
    text, value = typed.text, str(data.get("value", ""))
    at = _last(text, value)
    if at < 0:
        return None
    suggested = [str(s) for s in data.get("suggestions", ()) or ()]
    before, after = text[:at], text[at + len(value) :]
    options = tuple(Option(before + s + after, (s,)) for s in suggested)
    return Question(code, options, takes, before, after)


#: What a moment behind a word can be meant for.
_WITH_MOMENT = {
    "start": ('start om="{}"', 'start tot="{}"', "start"),
    "volgende": ('volgende tot="{}"', "volgende"),
    "sluit": ("tot {}", "sluit"),
}


def _what_then(typed: Words, code: str, data: Data) -> Question | None:
    """What has to happen at a moment that was typed behind a word that takes none."""
    forms = _WITH_MOMENT.get(str(data["word"]), ())
    target = _target(typed)
    return Question(code, tuple(Option(target + f.format(data["value"])) for f in forms))


def _lacking(typed: Words, code: str, data: Data) -> Question | None:
    takes = Takes.MOMENT if tuple(data.get("what", ())) == ("moment",) else Takes.REST
    return Question(code, takes=takes, before=f"{typed.text} ")


def _sentence_here(typed: Words, code: str, _data: Data) -> Question | None:
    """A sentence of the next message; not among colleagues, who also talk with each other."""
    if typed.asker.where is not Where.PERSONAL:
        return None
    return Question(code, takes=Takes.SENTENCE, before=f"{typed.text} ")


def _keyed(key: str, takes: Takes) -> Asks:
    """The answer is the value of a key."""
    return lambda typed, code, _: Question(
        code, takes=takes, before=f'{typed.text} {key}="', after='"'
    )


def _target(typed: Words) -> str:
    return f"@{typed.reading.target} " if typed.reading.target else ""


def _last(text: str, value: str) -> int:
    """Where a value that was refused stands: behind its key, else the last such words; or -1."""
    if not value:
        return -1
    words_only = rf"(?<!\w){re.escape(value)}(?!\w)"
    keyed = list(re.finditer(rf"(?:=\s*[\"'“”„‘’]?){words_only}", text, re.IGNORECASE))
    if keyed:
        return keyed[-1].end() - len(value)
    found = list(re.finditer(words_only, text, re.IGNORECASE))
    return found[-1].start() if found else -1


def _replaced(text: str, value: str, by: str) -> str:
    """The text with a value replaced; "" where it is not in there."""
    at = _last(text, value)
    return text[:at] + by + text[at + len(value) :] if at >= 0 else ""


def _which_meeting(typed: Words, code: str, data: Data) -> Question | None:
    """Which meeting a word is about."""
    word = next((w for w in MEETING_WORDS if w.dutch == typed.reading.word), None)
    prefix, names = typed.asker.can.prefix, [str(option["id"]) for option in data["options"]]
    if word is None or len(names) < 2:
        return None
    texts = (numbered(word, typed.text, prefix, n, alone="named" in data) for n in names)
    return Question(code, tuple(Option(t, (n,)) for t, n in zip(texts, names, strict=True)))


ASKS: dict[str, Asks] = {
    "body_missing": valued("van", *BODY_WORDS.values()),
    "charter_needs_reason": _keyed("want", Takes.SENTENCE),
    "choice_missing": _choice_on,
    "day_wanted": _keyed("klaar", Takes.DAY),
    "format_near": _format_or_title,
    "item_leading_zero": _near,
    "key_unknown": _near,
    **dict.fromkeys(
        ("meeting_each", "meeting_not_signed_up"),
        lambda _typed, code, data: Question(code, (Option(f"aanmelden {data['meeting']}"),)),
    ),
    "meeting_when": _keyed("wanneer", Takes.MOMENT),
    "missing": _lacking,
    "moment_no_place": _what_then,
    "moment_past": _which_moment,
    "moment_repeats": _which_moment,
    "moment_time_only": _which_moment,
    "moment_two": _which_moment,
    "moment_unreadable": _which_moment,
    "no_such_dialogue": _which_dialogue,
    "option_unknown": _choice_again,
    "other_missing": _sentence_here,
    "outcome_missing": behind_item(*OUTCOME_WORDS.values()),
    "progress_missing": behind_item(*STATE_WORDS.values()),
    "progress_text": before_keys(Takes.SENTENCE),
    "reason_missing": lambda typed, code, _: Question(
        code, takes=Takes.SENTENCE, before=f"{typed.text} "
    ),
    "reason_unknown": _hiding,
    "recurrence_day": _how_often,
    "recurrence_limit": _lacking,
    "recurrence_once": _how_often,
    "recurrence_two": _how_often,
    "recurrence_unreadable": _how_often,
    "recurrence_when": _how_often,
    "response_text": before_keys(Takes.SENTENCE),
    "subword_missing": _lacking,
    "text_missing": _sentence_here,
    "unknown_choice": _choice_again,
    "unknown_option": _choice_again,
    "value_unknown": _one_of,
    "which_dialogue": _which_dialogue,
    "which_item": _which_item,
    "which_meeting": _which_meeting,
    "which_place": _which_place,
    "which_room": _which_room,
    "which_staff_room": _which_staff_room,
}
