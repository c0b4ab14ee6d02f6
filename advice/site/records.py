"""What a town's site tells of one dialogue, from its state and the versions of its document. Pure.

A dialogue in preparation, or one that was thrown away, is nobody's business yet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from advice import bundle
from advice.compile import about
from advice.model import Result
from advice.published import Texts, iso
from advice.site.answers import asks, received
from advice.site.drafts import draft
from advice.site.model import Ask, Conversation, Round, Version
from advice.town import agenda
from advice.town.calendar_file import Entry
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame, Stage

#: The folder in which each dialogue has one of its own.
FOLDER = "gesprekken"

#: Words shorter than this are looked for by nobody.
SHORTEST = 3

_WORDS = re.compile(r"\w+")

_OVER = (Stage.CLOSED, Stage.SKIPPED)


@dataclass(frozen=True, slots=True)
class Issued:
    """A version that was issued: its number, when it was asked for, the hash that was posted, its
    result, its public files, and the other forms of it."""

    number: int
    at: datetime
    posted: str
    result: Result
    files: dict[str, bytes]
    forms: dict[str, bytes] = field(default_factory=dict)


class Hour(msgspec.Struct, frozen=True):
    """A round that was planned, as the calendar has it; ``over``: it had its turn."""

    entry: Entry
    over: bool


class Told(msgspec.Struct, frozen=True):
    """All that the site tells of a dialogue: its record (None before it opened), the words by which
    it is found, and its planned rounds."""

    conversation: Conversation | None
    words: str
    hours: list[Hour]


def told(dialogue: Dialogue, versions: Sequence[Issued], words: Texts) -> Told:
    """What the site tells of a dialogue; ``versions`` are the newest first."""
    if dialogue.status is Status.DISCARDED:
        return Told(None, "", [])
    hours = [
        Hour(entry, _is_over(dialogue, index))
        for index, entry in zip(
            sorted(dialogue.announced), agenda.of_dialogue(dialogue), strict=True
        )
    ]
    if dialogue.started_at is None:
        return Told(None, "", hours)
    one = _conversation(dialogue, versions, words)
    return Told(one, _words(dialogue, versions), hours)


def with_follow_up(one: Told, files: list[str]) -> Told:
    """The same, with the names of the files of what became of its newest version."""
    assert one.conversation is not None
    conversation = msgspec.structs.replace(one.conversation, follow_up=files)
    return msgspec.structs.replace(one, conversation=conversation)


def folder_of(dialogue: str, version: int = 0) -> str:
    """Where the files of a dialogue stand in the site, or those of a version."""
    return f"{FOLDER}/{dialogue}" + (f"/versie-{version}" if version else "")


def archive_of(dialogue: str, version: int) -> str:
    """The ZIP file of a version."""
    return f"{folder_of(dialogue, version)}.zip"


def version_files(dialogue: str, version: Issued) -> dict[str, bytes]:
    """The files of a version by their place in the site."""
    folder = folder_of(dialogue, version.number)
    every = version.files | version.forms
    found = {f"{folder}/{name}": data for name, data in every.items()}
    return found | {archive_of(dialogue, version.number): bundle.as_zip(every)}


def plain(text: str) -> str:
    """A text as it is compared in a search: small letters without marks. The script of the index
    does the same to what is typed."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M")).lower()


def _is_over(dialogue: Dialogue, index: int) -> bool:
    return dialogue.closed_at is not None or dialogue.frames[index].stage in _OVER


def _conversation(dialogue: Dialogue, versions: Sequence[Issued], words: Texts) -> Conversation:
    assert dialogue.started_at is not None
    asked = [each for one in versions[:1] for each in asks(dialogue, one.result, words)]
    return Conversation(
        dialogue=about(dialogue),
        state=_state(dialogue, versions, asked),
        simulated=dialogue.simulated,
        opened_at=iso(dialogue.started_at),
        closed_at=_iso(dialogue.closed_at),
        rounds=[_round(frame) for frame in dialogue.frames],
        asks=asked,
        versions=[_version(dialogue.id, each) for each in versions],
        received=received(dialogue),
        draft=draft(dialogue, words) if not versions else None,
    )


def _state(dialogue: Dialogue, versions: Sequence[Issued], asked: Sequence[Ask]) -> str:
    if dialogue.closed_at is None:
        return "open"
    if not versions:
        return "closed"
    advised = versions[0].result.kind == "advies"
    return "answered" if advised and all(one.answered for one in asked) else "documented"


def _round(frame: Frame) -> Round:
    return Round(
        number=frame.index + 1,
        title=frame.plan.title,
        kind=frame.plan.kind,
        state=frame.stage.value,
        opened_at=_iso(frame.opened_at),
        closes_at=_iso(frame.closes_at) if frame.stage is Stage.OPEN else None,
        closed_at=_iso(frame.closed_at),
    )


def _version(dialogue: str, version: Issued) -> Version:
    return Version(
        number=version.number,
        kind=version.result.kind,
        at=iso(version.at),
        sha256=version.posted,
        matches=bundle.manifest_hash(version.files) == version.posted,
        remade=version.result.remade is not None,
        participants=version.result.participants.total,
        folder=folder_of(dialogue, version.number),
        files=sorted(version.files),
        archive=archive_of(dialogue, version.number),
        forms=sorted(version.forms),
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else iso(at)


def _words(dialogue: Dialogue, versions: Sequence[Issued]) -> str:
    """The different words of a dialogue, of its newest version the items that are shown too."""
    charter = dialogue.charter
    texts = [dialogue.title, dialogue.room, charter.fixed, charter.open, charter.audience]
    for version in versions[:1]:
        texts += _shown(version.result)
    found = {word for text in texts for word in _WORDS.findall(plain(text))}
    return " ".join(sorted(word for word in found if len(word) >= SHORTEST))


def _shown(result: Result) -> Iterator[str]:
    rounds: Iterable[Any] = result.rounds
    for round_ in rounds:
        for item in round_.items:
            if item.state == "shown" and item.text is not None:
                yield item.text
    for ask in result.recommendations:
        if ask.text is not None:
            yield ask.text
