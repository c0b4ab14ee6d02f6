"""The pages of a town's site, from its model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advice.document import Line
from advice.drawing import states
from advice.drawing.states import States
from advice.site.looks import Looks
from advice.site.model import Bulletin, Commitment, Conversation
from advice.site.records import folder_of
from advice.writing.lettering import typed
from dialogues.charter import CHOSEN, KEYS
from dialogues.counting import RULES

#: The values of the charter that a page gives, in this order, by their keys in the model.
_AGREED = (
    *("level", "decider", "answer_by", "fixed", "open", "phase", "ballot"),
    *("initiatief", "voor", "adressen", "uitnodiging", "agenda", "besluit"),
)

_CHOSEN = CHOSEN | {KEYS[name] for name in CHOSEN}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A value of the charter: what it is about, and the value."""

    title: str
    line: Line


@dataclass(frozen=True, slots=True)
class Group:
    """Dialogues under one heading, which ``title`` is the code of."""

    title: str
    conversations: tuple[Conversation, ...]


#: What the page about counting explains, before and after what each kind of round says of itself.
_COUNTING = ("ballots", "few", "enough")
_COUNTING_MORE = ("asks", "against", "people", "check")

#: The sections of the page about the site.
_ABOUT = ("what", "privacy", "access", "reuse")


def page_of(one: Conversation, commitments: Sequence[Commitment], looks: Looks) -> dict[str, bytes]:
    """The page of a dialogue, by its place; ``commitments`` are those that come from it."""
    here = f"{folder_of(one.dialogue.id)}/index.html"
    agreed = _agreed(one, looks)
    made = looks.page(
        *("gesprek.html.j2", here),
        one=one,
        agreed=agreed,
        commitments=commitments,
        drawn=_drawn(one, looks),
    )
    return {here: made}


def _drawn(one: Conversation, looks: Looks) -> tuple[States, ...]:
    """What became of each recommendation, as a picture; of a report nothing did."""
    if not one.versions or one.versions[0].kind != "advies":
        return ()
    found = [
        states.State(
            ask.number,
            states.of(ask.response.outcome if ask.response else None, ask.answered, ask.missed),
            ask.progress[-1].state if ask.progress else "",
        )
        for ask in one.asks
    ]
    return states.drawn(found, looks.kinds, "caption_list")


def index(
    conversations: Sequence[Conversation],
    words: Mapping[str, str],
    newsletters: Sequence[Bulletin],
    looks: Looks,
) -> dict[str, bytes]:
    """The list of all dialogues; ``words`` are those by which each is found, by its id."""
    made = looks.page(
        *("index.html.j2", "index.html"),
        script=True,
        groups=_groups(conversations),
        words=words,
        newsletters=newsletters,
    )
    return {"index.html": made}


def fixed(looks: Looks) -> dict[str, bytes]:
    """The pages that are about no dialogue: how we count, and about the site."""
    kinds = (kind for kind in looks.order if f"count.{kind}.title" in looks.kinds.phrases)
    counting = [f"count.{key}" for key in (*_COUNTING, *kinds, *_COUNTING_MORE)]
    about = [f"about.{key}" for key in (*_ABOUT, *(["follow"] if looks.address else []))]
    return {
        "over.html": looks.page("over.html.j2", "over.html", sections=about),
        "tellen.html": looks.page(
            "tellen.html.j2", "tellen.html", sections=counting, rules=sorted(RULES)
        ),
    }


def _groups(conversations: Sequence[Conversation]) -> tuple[Group, ...]:
    """The groups of the list that have a dialogue in them."""
    found: dict[str, list[Conversation]] = {
        "site.group_open": [],
        "site.group_waiting": [],
        "site.group_advised": [],
        "site.group_answered": [],
        "site.group_reported": [],
    }
    for one in conversations:
        found[_group(one)].append(one)
    return tuple(Group(title, tuple(each)) for title, each in found.items() if each)


def _group(one: Conversation) -> str:
    if one.state == "open":
        return "site.group_open"
    if one.state == "closed":
        return "site.group_waiting"
    if one.state == "answered":
        return "site.group_answered"
    return "site.group_advised" if one.versions[0].kind == "advies" else "site.group_reported"


def _agreed(one: Conversation, looks: Looks) -> list[Agreed]:
    values = one.dialogue.charter
    return [
        Agreed(looks.text(f"charter.{key}"), _value(key, values[key], looks))
        for key in _AGREED
        if values.get(key) not in (None, "")
    ]


def _value(key: str, value: object, looks: Looks) -> Line:
    """A value of the charter: a day, a word of ours, or as it was typed."""
    if key == "answer_by":
        return (looks.day(str(value)),)
    if key in _CHOSEN and f"value.{value}" in looks.words.phrases:
        return (looks.text(f"value.{value}"),)
    return (typed(value),)
