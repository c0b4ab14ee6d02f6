"""A message as Discord's components: its text, and its choices as buttons and menus.

Everything is plain JSON values, as the REST interface takes them. Nothing is dropped: choices that
do not fit as buttons become menus of 25, which say how to choose what does not fit in those either;
and of a text that is too long the whole goes along as a file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from itertools import groupby
from typing import Any

from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.writing import markdown
from bot.platforms.document import Document
from bot.platforms.messages import Attachment, Choice, Limit, Meaning, Message, Style
from bot.platforms.writing import shortened

#: A component, and what Discord allows of it.
Json = dict[str, Any]
COMPONENTS, TEXT, OPTIONS, IN_A_ROW, LABEL, OPTION = 40, 4_000, 25, 5, 80, 100

#: A short text of our own by its code, in the language of the message.
Word = Callable[[str], str]

#: The flags of a message: its words are components; only one person sees it.
V2, ONLY = 1 << 15, 1 << 6

#: The kinds of components.
ROW, BUTTON, SELECT, WORDS, GALLERY, FILE = 1, 2, 3, 10, 12, 13

#: The most characters of the words for a picture, and of those in an empty menu.
ALT, _ASKS = 1_024, 150

#: The ids within its message of the words and the row that an answer put above what stood there
#: before.
ANSWER, ANSWER_ROW = 901, 902

#: More choices on one item than this are a menu.
_BUTTONS = 10

_STYLES = {Style.MAIN: 1, Style.PLAIN: 2, Style.YES: 3, Style.NO: 4}

#: What is kept free of a text that is cut, and the name of the file with the whole.
_ROOM, _WHOLE = 20, "tekst.txt"

#: Nothing pings anybody, in no message and no edit.
NO_MENTIONS: Json = {"parse": [], "replied_user": False}


#: What was written last, with its document: what is measured is shown soon after.
_WRITTEN: deque[tuple[Document, str]] = deque(maxlen=4)


#: The rows that were made last, with what they were made of.
_ROWS: dict[tuple[int, int, str, int], tuple[object, list[Json]]] = {}
_AT_HAND = 500


def _markdown(document: Document) -> str:
    for same, text in tuple(_WRITTEN):  # the engine's thread measures, the event loop shows
        if same is document:
            return text
    text = markdown(document)
    _WRITTEN.append((document, text))
    return text


def _size(document: Document) -> int:
    return len(_markdown(document))


LIMIT = Limit(TEXT, _size)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as components: its words, what can be chosen, and the buttons of our own below it.
    ``whole`` is its whole text where it was cut, else ""; ``picture`` is shown below its words, and
    the files ``attached`` below that. ``again``: all that can be chosen is to fill in the same form
    again."""

    words: list[Json]
    rows: list[Json] = field(default_factory=list)
    own: list[Json] = field(default_factory=list)
    whole: str = ""
    picture: Attachment | None = None
    attached: tuple[Attachment, ...] = ()
    again: bool = False

    def attach(self, files: Sequence[Attachment]) -> Shown:
        """The same with files below its words."""
        there = [{"type": FILE, "file": {"url": f"attachment://{one.name}"}} for one in files]
        return replace(self, words=[*self.words, *there], attached=tuple(files))

    @property
    def components(self) -> list[Json]:
        return [*self.words, *self.rows, *self.own]


class Own(Enum):
    """Buttons of our own below a message: what can I do here."""

    HELP = Sealed(Sort.WORD, Meaning("", choice="hulp"))


def shown(message: Message, seals: Seals, words: Word, own: Sequence[Own], token: str) -> Shown:
    """A message as components. With a ``token`` one of them carries it, so that the message is
    found by it."""
    written = _markdown(message.document)
    text = written if len(written) <= TEXT else _cut(written)
    parts: list[Json] = [{"type": WORDS, "content": text}] if text.strip() else []
    if text is not written:
        parts.append({"type": FILE, "file": {"url": f"attachment://{_WHOLE}"}})
    if message.picture is not None:
        parts.append(_gallery(message.picture))
    room = COMPONENTS - len(parts) - (1 + len(own) if own else 0)
    made = partial(_rows, message.choices, seals, words, token, room)
    rows = made() if token else _kept((message.choices, seals, message.language, room), made)
    below = [own_row(own, seals, words, token if not rows else "")] if own else []
    whole = written if text is not written else ""
    again = bool(message.choices) and all(choice.again for choice in message.choices)
    return Shown(parts, rows, below, whole, message.picture, again=again)


def _kept(
    of: tuple[tuple[Choice, ...], Seals, str, int], made: Callable[[], list[Json]]
) -> list[Json]:
    """The rows below a message that is not found by a token: many people read the same choices.
    With what is in them they would be looked through each time, so it is asked what they are."""
    choices, seals, language, room = of
    name = id(choices), id(seals), language, room
    known = _ROWS.get(name)
    if known is None:
        if len(_ROWS) >= _AT_HAND:
            _ROWS.clear()
        known = _ROWS[name] = of, made()  # kept too, so nothing else has their name
    return known[1]


def _gallery(picture: Attachment) -> Json:
    shown = {"media": {"url": f"attachment://{picture.name}"}}
    return {"type": GALLERY, "items": [{**shown, "description": shortened(picture.alt, ALT)}]}


def own_row(own: Sequence[Own], seals: Seals, words: Word, token: str = "") -> Json:
    """A row with buttons of our own; the first carries the token."""
    buttons: list[Json] = []
    for one in own:
        sealed = replace(one.value, token=token if not buttons else "")
        buttons.append(button(words(one.name.lower()), seals.write(sealed), Style.PLAIN))
    return _row(buttons)


def _cut(text: str) -> str:
    """The beginning of a text, to the end of a line where there is one."""
    head = text[: TEXT - _ROOM]
    end = head.rfind("\n")
    return f"{head[: end if end > TEXT // 2 else len(head)]}\n…"


def _rows(
    choices: Sequence[Choice], seals: Seals, words: Word, token: str, room: int
) -> list[Json]:
    """The choices as rows of buttons, those of each item together; as menus where there are many.
    ``room`` is how many components there may be. What does not fit in menus either can be said in
    words, and each menu says so."""
    groups = [list(group) for _, group in groupby(choices, lambda one: one.means.item)]
    for made in (_as_buttons(groups), _as_menus(groups), _as_menus([list(choices)])):
        rows = list(_written(made, seals, words("choose"), token))
        if count(rows) <= room:
            return rows
    some = list(choices[: room // 2 * OPTIONS])
    return list(_written(_as_menus([some]), seals, words("choose_some"), token))


def _as_buttons(groups: Sequence[list[Choice]]) -> Iterator[tuple[bool, list[Choice]]]:
    """Menus where choices are those of a list or many, buttons else."""
    for group in groups:
        few = len(group) <= _BUTTONS
        for kind, same in groupby(group, lambda one: (one.listed, one.together)):
            menu = kind != (False, 0) or not few
            yield from ((menu, part) for part in _parts(list(same), OPTIONS if menu else IN_A_ROW))


def _as_menus(groups: Sequence[list[Choice]]) -> Iterator[tuple[bool, list[Choice]]]:
    return ((True, part) for group in groups for part in _parts(group, OPTIONS))


def _parts(group: list[Choice], most: int) -> Iterator[list[Choice]]:
    return (group[at : at + most] for at in range(0, len(group), most))


def _written(
    parts: Iterator[tuple[bool, list[Choice]]], seals: Seals, asks: str, token: str
) -> Iterator[Json]:
    """The rows; the first component carries the token."""
    number = 0
    for menu, part in parts:
        sealed = []
        for choice in part:
            carried = token if number == 0 and not menu else ""
            sort = Sort.AGAIN if choice.again else Sort.CHOICE
            what = Sealed(sort, choice.means, choice.form, carried, number)
            sealed.append((choice, seals.write(what)))
            number += 1
        if menu:
            first = number - len(part)
            own = Sealed(Sort.MENU, token=token if first == 0 else "", number=number)
            yield _row([_menu(seals.write(own), sealed, asks, part[0].together)])
        else:
            yield _row([button(choice.label, one, choice.style) for choice, one in sealed])


def _row(inside: list[Json]) -> Json:
    return {"type": ROW, "components": inside}


def button(label: str, custom_id: str, style: Style) -> Json:
    return {
        "type": BUTTON,
        "style": _STYLES[style],
        "label": shortened(label, LABEL),
        "custom_id": custom_id,
    }


def link_row(label: str, address: str) -> Json:
    """A row with a button that leads somewhere."""
    return _row([{"type": BUTTON, "style": 5, "label": label, "url": address}])


def _menu(custom_id: str, sealed: Sequence[tuple[Choice, str]], asks: str, together: int) -> Json:
    """A menu; with ``together`` so many may be chosen at once. ``asks`` stands in it while nothing
    is chosen."""
    options = [{"label": shortened(choice.label, OPTION), "value": one} for choice, one in sealed]
    made = {
        "type": SELECT,
        "custom_id": custom_id,
        "placeholder": shortened(_begins([choice.label for choice, _ in sealed]) or asks, _ASKS),
        "options": options,
    }
    return made | {"min_values": 1, "max_values": min(together, len(options))} if together else made


def _begins(labels: Sequence[str]) -> str:
    """What all choices of a menu begin with, up to a colon: without it one cannot see of which item
    a menu is, nor what it does. "" where there is no such thing."""
    same, colon, _ = labels[0].partition(": ")
    shared = colon and len(labels) > 1 and all(one.startswith(same + colon) for one in labels)
    return f"{same}: …" if shared else ""


def count(components: Sequence[Json]) -> int:
    """How many components there are, those in rows included."""
    return sum(1 + count(one.get("components", ())) for one in components)


def ids(components: Sequence[Any]) -> Iterator[str]:
    """The ``custom_id`` of each component that has one."""
    for one in components:
        if one.get("custom_id"):
            yield one["custom_id"]
        yield from ids(one.get("components") or ())


def above(answer: Shown, before: Sequence[Json]) -> Shown | None:
    """An answer, whose choices are one row at most, put above a message that stays as it is, with
    its buttons, but for an earlier answer there; None where that is too much for one message."""
    kept = [_plain(one) for one in before if one.get("id") not in (ANSWER, ANSWER_ROW)]
    words = [{**one, "id": ANSWER} if one["type"] == WORDS else one for one in answer.words]
    rows = [{**row, "id": ANSWER_ROW} for row in answer.rows]
    both = Shown([*words, *rows, *kept], again=answer.again)
    length = sum(len(one["content"]) for one in both.words if one["type"] == WORDS)
    fits = length <= TEXT and count(both.words) <= COMPONENTS
    return both if fits and not any(one["type"] == FILE for one in both.words) else None


def over(before: Sequence[Json], own: Json) -> Shown:
    """A message as it stands when its choices are gone: its words, and buttons of our own."""
    kept = [_plain(one) for one in before if one["type"] != ROW]
    return Shown(kept, own=[own])


def _plain(component: Json) -> Json:
    """A component as it came from Discord, as it can be sent again."""
    kept = {key: value for key, value in component.items() if key != "id"}
    if "components" in kept:
        kept["components"] = [_plain(one) for one in kept["components"]]
    return kept
