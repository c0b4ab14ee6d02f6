"""Gathers what goes to the archive of a dialogue: all its documents, the clerk's files, the list of
decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from advice import bundle, manifest
from advice.archive import decisions, packing
from advice.archive.mdto import Maker
from advice.archive.packing import Dossier, Kind, Part
from advice.followup import files as followup_files
from advice.kinds import AllPages
from advice.published import iso
from advice.verifying.rebuild import texts_bytes
from advice.words import Words
from advice.writing.forms import Form, alone
from advice.writing.forms import follow_up as forms_of_follow_up
from advice.writing.theme import NEUTRAL, Theme
from bot.documents.handover import Handed, NoSuchDialogue, handed_over
from dialogues.dialogue import Dialogue, Status
from storage.reader import Reader


class NotOver(Exception):  # noqa: N818 - says why not
    """Refused: the dialogue is not closed yet, so its files are not whole."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The other forms in which documents are archived, and how they look."""

    wanted: frozenset[Form] = frozenset()
    theme: Theme = NEUTRAL


NO_FORMS = Forms()


def dossier(
    reader: Reader,
    pages: AllPages,
    key: bytes,
    name: str,
    maker: Maker,
    years: Mapping[Kind, int],
    forms: Forms = NO_FORMS,
) -> Dossier:
    """Everything of a dialogue that is closed, its documents in other ``forms`` too. Raises
    ``NoSuchDialogue`` and ``NotOver``."""
    now = reader.folded(name) if name in reader.dialogues() else None
    if now is None or now.dialogue.status is Status.DISCARDED:
        raise NoSuchDialogue(name, reader.dialogues())
    dialogue = now.dialogue
    if dialogue.closed_at is None or dialogue.started_at is None:
        raise NotOver
    words = pages.words(dialogue.language)
    return Dossier(
        id=dialogue.id,
        title=dialogue.title,
        about=words.text("archive.about", town=dialogue.town, format=dialogue.format.id),
        language=dialogue.language,
        begins=_day(dialogue, dialogue.started_at),
        ends=_day(dialogue, dialogue.closed_at),
        parts=tuple(_parts(reader, pages, key, dialogue, words, now.at, forms)),
        maker=maker,
        years=years,
    )


def _day(dialogue: Dialogue, at: datetime) -> date:
    return at.astimezone(ZoneInfo(dialogue.zone)).date()


def _parts(
    reader: Reader,
    pages: AllPages,
    key: bytes,
    dialogue: Dialogue,
    words: Words,
    last: datetime,
    forms: Forms,
) -> Iterator[Part]:
    versions = sorted(a.version for a in dialogue.advice.versions()) if dialogue.advice else [None]
    if dialogue.erased_since_advice and versions[-1] is not None:
        versions.append(versions[-1] + 1)
    documents = [handed_over(reader, pages, key, dialogue.id, version=one) for one in versions]
    yield from (_document(handed, words, pages, forms) for handed in documents)
    whole = handed_over(reader, pages, key, dialogue.id, clerk=True)
    clerks = {name: whole.files[name] for name in (*bundle.CLERKS, manifest.CLERK)}
    clerks |= _onward(reader, dialogue.id, whole)
    read = [*reader.journal(dialogue.id)]
    written = decisions.decisions(dialogue, read, reader.words)
    clerks[decisions.CLERKS_NAME] = decisions.table(written, clerk=True)
    about, limits = words.text("archive.clerk_about"), words.text("archive.clerk_limits")
    at = iso(last)
    yield Part(packing.CLERK, Kind.CLERK, words.text("archive.clerk"), about, clerks, at, limits)
    files = {decisions.NAME: decisions.table(decisions.decisions(dialogue, read))}
    about = words.text("archive.decisions_about")
    yield Part(packing.DECISIONS, Kind.DECISIONS, words.text("archive.decisions"), about, files, at)
    follow_up = documents[-1].followed  # of the newest version, as the clerk's
    if follow_up:
        about = words.text("archive.follow_up_about")
        name = words.text("archive.follow_up")
        made = forms_of_follow_up(follow_up, pages, forms.theme) if Form.PDF in forms.wanted else {}
        yield Part(packing.FOLLOW_UP, Kind.ADVICE, name, about, {**follow_up, **made}, at)


def _onward(reader: Reader, name: str, whole: Handed) -> dict[str, bytes]:
    """How the clerk's journal goes on behind that of the bundle, and its words."""
    if whole.followed:
        return {each: whole.followed[each] for each in followup_files.CLERKS}
    end = whole.files[bundle.JOURNAL].count(b"\n")
    lines = reader.lines(name)[end:]
    known = {row[0] for row in reader.texts(name, end)}
    later = [row for row in reader.texts(name) if row[0] not in known]
    journal = b"".join(line + b"\n" for line in lines)
    return {packing.JOURNAL: journal, packing.TEXTS: texts_bytes(later)} if lines else {}


def _document(handed: Handed, words: Words, pages: AllPages, forms: Forms) -> Part:
    """The public files of one version, and its other forms."""
    result = handed.result
    kind = Kind.ADVICE if result.kind == "advies" else Kind.REPORT
    name = words.text(f"archive.{result.kind}", version=result.version)
    about = words.text("archive.document_about")
    files = {**handed.files, **alone(result, pages, forms.wanted, forms.theme)}
    return Part(f"versie-{result.version}", kind, name, about, files, result.journal.at)
