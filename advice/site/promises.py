"""The register of a town's site: what was promised and agreed, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advice.published import iso
from advice.site.looks import Looks
from advice.site.model import Commitment, Conversation, Progress
from commitments.commitment import Commitment as Made
from commitments.commitment import Note, State

#: The states in the order of the page, each with the code of its heading.
_GROUPS = {
    State.LATE: "promise.group_late",
    State.OPEN: "promise.group_open",
    State.DONE: "promise.group_done",
    State.STOPPED: "promise.group_stopped",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Commitments under one heading, which ``title`` is the code of."""

    title: str
    commitments: tuple[Commitment, ...]


def promised(made: Made, known: Collection[str]) -> Commitment:
    """A commitment as the site tells of it; ``known`` are the dialogues that have a page."""
    what, source = made.said, made.source
    assert made.at is not None
    return Commitment(
        number=made.name,
        kind=what.kind.value,
        text=what.text or None,
        who=what.who,
        body=None if what.body is None else what.body.value,
        due=what.due,
        state=made.state.value,
        at=iso(made.at),
        item=source.name,
        dialogue=source.dialogue if source.dialogue in known else None,
        progress=[_noted(each) for each in made.notes],
    )


def register(
    commitments: Sequence[Commitment], conversations: Iterable[Conversation], looks: Looks
) -> dict[str, bytes]:
    """The page of the register."""
    titles = {one.dialogue.id: one.dialogue.title for one in conversations}
    groups = [
        Group(title, tuple(one for one in commitments if one.state == state.value))
        for state, title in _GROUPS.items()
    ]
    here = "register.html"
    made = looks.page(
        "register.html.j2", here, groups=[g for g in groups if g.commitments], titles=titles
    )
    return {here: made}


def _noted(note: Note) -> Progress:
    return Progress(note.state.value, note.text, note.source or None, iso(note.at))
