"""Makes the bundles of a dialogue from its journal: for the room, ``export`` and ``replay``.

The last issued advice is made again from its own position, so its bytes are those whose hash was
posted; without one there is an interim report. What was erased since makes it the next version.
Earlier versions can be made again too, without the words that were erased since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from advice import bundle
from advice.ballots import casts, open_votes, started
from advice.compile import JournalPoint, compiled
from advice.earlier import Then, compared, erased_since, version_of
from advice.followup import files as followup_files
from advice.followup import model as followup
from advice.kinds import AllPages
from advice.model import Result
from advice.town.commitments import of_dialogue
from advice.town.commitments import rows as of_promises
from advice.verifying.rebuild import texts_bytes
from advice.writing.polis import OpenVotes
from commitments.commitment import Commitment
from dialogues.dialogue import Advice, Dialogue, Status
from dialogues.machine import Stage
from dialogues.participation import Figures, figures
from dialogues.receipts import receipts
from storage.reader import Folded, Reader


class NoSuchDialogue(Exception):  # noqa: N818 - says what is missing
    """No dialogue has this name; ``known`` are the names of those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


class NoSuchVersion(Exception):  # noqa: N818 - says what is missing
    """The dialogue has no such version; ``known`` are the numbers of those there are."""

    def __init__(self, version: int, known: tuple[int, ...]) -> None:
        super().__init__(version)
        self.version = version
        self.known = known


class RoundOpen(Exception):  # noqa: N818 - says why not
    """Refused: the clerk's bundle would show ballots of a confidential round that is still open."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A bundle's files, the result they were written from and the state that it was made from, and
    whether its hash was posted; ``followed`` are the files of what became of it, which lie beside
    the bundle."""

    files: dict[str, bytes]
    result: Result
    dialogue: Dialogue
    posted: bool
    followed: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """The public bundle of an advice as it was made at its request: the state it was made from,
    which may have gone on since, and the line of that (``position``)."""

    then: Folded
    position: int
    result: Result
    files: dict[str, bytes]

    def is_of(self, now: Dialogue, advice: Advice) -> bool:
        """Whether it is what would be made of this advice again; not once a text was erased."""
        same = (self.then.dialogue.id, self.position) == (now.id, advice.position)
        return same and not now.erased_since_advice


def handed_over(
    reader: Reader,
    pages: AllPages,
    key: bytes,
    name: str,
    clerk: bool = False,
    version: int | None = None,
    known: Made | None = None,
    now: Folded | None = None,
) -> Handed:
    """The bundle of a dialogue: a ``version`` of its advice, else the last one, also while it is
    being made, or an interim report. Raises ``NoSuchDialogue``, ``NoSuchVersion``, ``RoundOpen``.
    What is ``known`` is not made again, and the dialogue as it is ``now`` not folded.
    """
    if now is None:
        now = reader.folded(name) if name in reader.dialogues() else None
    if now is None or now.dialogue.status is Status.DISCARDED:
        raise NoSuchDialogue(name, reader.dialogues())
    if clerk and now.dialogue.confidential and now.dialogue.open_frame is not None:
        raise RoundOpen
    made = _Making(reader, pages, key, clerk, known)
    versions = _versions(now.dialogue)
    if version is not None and version not in versions:
        raise NoSuchVersion(version, tuple(sorted(versions)))
    if not versions:
        return made.of(now, _interim(reader, pages, now))
    advice = versions[max(versions) if version is None else version]
    if advice is None:
        handed, end = made.of(now, _reissued(reader, pages, now)), now.dialogue.position
    else:
        handed, end = _version(made, now, advice)
    return replace(handed, followed=made.followed(now, handed.result, end))


def issued_versions(
    reader: Reader, pages: AllPages, key: bytes, now: Folded
) -> Iterator[tuple[Advice, Handed]]:
    """The public bundle of every version that was issued, the newest first: with the bytes whose
    hash was posted, or without what was erased since."""
    made = _Making(reader, pages, key, clerk=False)
    for advice in now.dialogue.advice.versions() if now.dialogue.advice is not None else ():
        if advice.manifest:
            yield advice, _version(made, now, advice)[0]


def followed(
    reader: Reader,
    pages: AllPages,
    now: Folded,
    result: Result,
    commitments: Iterable[Commitment],
) -> dict[str, bytes]:
    """The public files of what became of a result; none before anything did. ``commitments`` are
    those of the town that may be shown."""
    found = _followed(reader, now, result, commitments)
    return (
        {} if found is None else followup_files.files(found, pages.words(found.dialogue.language))
    )


def _followed(
    reader: Reader, now: Folded, result: Result, commitments: Iterable[Commitment]
) -> followup.FollowUp | None:
    dialogue = now.dialogue
    promised = of_dialogue(commitments, dialogue.id)
    rows = of_promises(promised, dialogue.charter.language or dialogue.language)
    return followup.followed(dialogue, result, _point(now), reader.words, rows)


def _versions(dialogue: Dialogue) -> dict[int, Advice | None]:
    """The versions of a dialogue's advice by number; None for the one that was not asked for yet,
    but is the next because texts were erased since the last."""
    if dialogue.advice is None:
        return {}
    found: dict[int, Advice | None] = {each.version: each for each in dialogue.advice.versions()}
    if dialogue.erased_since_advice:
        found[dialogue.advice.version + 1] = None
    return found


def _version(made: _Making, now: Folded, advice: Advice) -> tuple[Handed, int]:
    """A version that was asked for, as it was posted or without what was erased since; then the
    clerk's journal goes on to the erasures. Also the line to which the clerk's journal goes."""
    reader, name, known = made.reader, now.dialogue.id, made.known
    if known is not None and known.is_of(now.dialogue, advice):
        posted, then = bool(advice.manifest), known.then
        if made.clerk and then.dialogue.position != advice.position:
            then = _folded(reader, name, advice.position)
        handed = made.of(then, known.result, advice.position, posted, known.files)
        return handed, advice.position
    then = _folded(reader, name, advice.position)
    erased = erased_since(then.dialogue, reader.journal(name, since=advice.position))
    result = version_of(advice, then.dialogue, made.pages, _point(then), reader.words, erased)
    result = compared(result, then.dialogue, made.pages, reader.words, _earlier(reader, name))
    upto = now.dialogue.position if erased else advice.position
    return made.of(then, result, upto, bool(advice.manifest) and not erased), upto


def issued(reader: Reader, pages: AllPages, then: Folded) -> Result:
    """The result of an advice, from the dialogue's state at the line of its request."""
    advice = then.dialogue.advice
    assert advice is not None
    assert advice.position == then.dialogue.position
    made = version_of(advice, then.dialogue, pages, _point(then), reader.words, [])
    earlier = _earlier(reader, then.dialogue.id)
    return compared(made, then.dialogue, pages, reader.words, earlier)


def _earlier(reader: Reader, name: str) -> Then:
    """The states of a dialogue at earlier lines of its journal."""

    def then(position: int) -> tuple[Dialogue, JournalPoint]:
        folded = _folded(reader, name, position)
        return folded.dialogue, _point(folded)

    return then


def _interim(reader: Reader, pages: AllPages, now: Folded) -> Result:
    name = now.dialogue.id
    found = figures(now.dialogue, reader.links(name), reader.linked(name))
    return compiled(now.dialogue, pages, _point(now), found, reader.words, interim=True)


def _reissued(reader: Reader, pages: AllPages, now: Folded) -> Result:
    """The next version of an issued advice, made because texts were erased since."""
    advice = now.dialogue.advice
    assert advice is not None
    shown = Figures(advice.contributed, advice.voted, advice.total, advice.linked)
    erased = now.dialogue.erased_since_advice
    version = advice.version + 1
    made = compiled(now.dialogue, pages, _point(now), shown, reader.words, version, erased=erased)
    return compared(made, now.dialogue, pages, reader.words, _earlier(reader, now.dialogue.id))


def _folded(reader: Reader, name: str, position: int) -> Folded:
    """A dialogue at a line that is there."""
    found = reader.folded(name, position)
    assert found is not None
    return found


def _point(folded: Folded) -> JournalPoint:
    return JournalPoint(folded.dialogue.position, folded.head, folded.at)


@dataclass(frozen=True, slots=True)
class _Making:
    """What a bundle is made with; ``clerk``: the clerk's files too; ``known`` was made already."""

    reader: Reader
    pages: AllPages
    key: bytes
    clerk: bool
    known: Made | None = None

    def of(
        self,
        folded: Folded,
        result: Result,
        upto: int | None = None,
        posted: bool = False,
        files: dict[str, bytes] | None = None,
    ) -> Handed:
        """The bundle of a result, with its public ``files`` where they were made; the clerk's
        journal goes to line ``upto``, else to that of the state."""
        dialogue, reader = folded.dialogue, self.reader
        if files is None:
            files = public(dialogue, result, self.pages, self.key)
        if self.clerk:
            end = dialogue.position if upto is None else upto
            journal = b"".join(line + b"\n" for line in reader.lines(dialogue.id, end))
            texts = texts_bytes(reader.texts(dialogue.id, end))
            files = bundle.clerk(files, journal, texts, casts(dialogue, self.pages, reader.words))
        return Handed(files, result, dialogue, posted)

    def followed(self, now: Folded, result: Result, end: int) -> dict[str, bytes]:
        """The files of what became of an advice, nothing before anything did; the clerk's with the
        journal behind line ``end``, where that of the bundle ends."""
        reader, name = self.reader, now.dialogue.id
        found = _followed(reader, now, result, reader.commitments())
        if found is None:
            return {}
        words = self.pages.words(found.dialogue.language)
        if not self.clerk:
            return followup_files.files(found, words)
        known = {row[0] for row in reader.texts(name, end)}
        later = [row for row in reader.texts(name) if row[0] not in known]
        return followup_files.files(found, words, reader.lines(name)[end:], texts_bytes(later))


def public(dialogue: Dialogue, result: Result, pages: AllPages, key: bytes) -> dict[str, bytes]:
    """The public bundle of a result; ``dialogue`` is the state that it was made from."""
    codes: dict[int, list[str]] = {}
    for number, frame in started(dialogue):
        box = dialogue.boxes[frame.index]
        if box is not None and frame.stage is Stage.CLOSED:
            codes[number] = receipts(key, frame.ballots)
    return bundle.public(result, pages, codes, OpenVotes(tuple(open_votes(dialogue, pages))))
