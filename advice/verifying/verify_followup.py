"""Verifies what became of an advice: the page from its model, the model from the clerk's journal.

Of public files: the list of them, values that can be, the page, and that it is about the advice
beside it. Of the clerk's, before all that: every line of the journal behind the advice against the
rules, every text against its seal, and the model made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from advice import bundle, manifest
from advice.compile import JournalPoint
from advice.followup import files as followup_files
from advice.followup import model as followup
from advice.followup.model import SCHEMA, FollowUp, Response, followed
from advice.kinds import AllPages
from advice.model import Result
from advice.town import agenda_bundle as agenda
from advice.verifying import allowed, verify_promises
from advice.verifying.allowed import Doubtful
from advice.verifying.checks import is_time
from advice.verifying.differing import first_difference, line_of, why
from advice.verifying.rebuild import checked_texts
from advice.verifying.shelf import Files, of_follow_up
from advice.verifying.verdict import Finding, Verdict, finding
from dialogues.followup.events import Outcome
from dialogues.record import Record

_NOT = Outcome.NOT.value


def is_there(folder: Path) -> bool:
    """Whether a folder has what became of an advice, or something under its names."""
    return any((folder / name).exists() for name in followup_files.NAMES)


def verify_follow_up(folder: Path, record: Record, pages: AllPages) -> Verdict:
    """Verify what became of an advice, in a folder beside its bundle."""
    found = of_follow_up(folder, followup_files.PUBLIC)
    differences, remarks = list(found.differences), list[Finding]()
    if not differences:
        try:
            differences += _contents(folder, found.files, record, pages, remarks)
        except Doubtful as doubt:
            differences.append(finding("followup", followup_files.JOURNAL, why=doubt))
        except Exception as error:  # noqa: BLE001 - a hostile file may break any step
            differences.append(finding("followup_unreadable", followup_files.MODEL, why=why(error)))
    listing = found.files.get(manifest.FOLLOW_UP)
    own = manifest.sha256(listing) if listing is not None else ""
    return Verdict("followup", tuple(differences), tuple(remarks), hash=own)


def _contents(
    folder: Path, files: Files, record: Record, pages: AllPages, remarks: list[Finding]
) -> Iterator[Finding]:
    data = files[followup_files.MODEL]
    found = followup.decode(data)
    if found.schema != SCHEMA:
        yield finding("schema", followup_files.MODEL, found=found.schema, known=SCHEMA)
        return
    if followup.encode(found) != data:
        byte = first_difference(followup.encode(found), data)
        yield finding("not_canonical", followup_files.MODEL, byte=byte)
        return
    result = pages.decode((folder / bundle.RESULT).read_bytes())
    broken = [*_possible(found), *_of_advice(found, result)]
    yield from broken
    if broken:
        return
    yield from _journal(folder, files, found, result, record)
    yield from _promised(folder, found, record, remarks)
    for name, made in followup_files.derived(found, pages.words(found.dialogue.language)).items():
        if files[name] != made:
            yield finding("followup_page", name, line=line_of(made, files[name]))


# -- the public files ------------------------------------------------------------------------------


def _of_advice(found: FollowUp, result: Result) -> Iterator[Finding]:
    """Findings where it is about another advice than the one beside it."""
    asked = [each.number for each in result.recommendations]
    if found.dialogue.id != result.dialogue.id or found.journal.dialogue != found.dialogue.id:
        yield finding("followup_other", followup_files.MODEL, what="dialogue.id")
    elif [each.number for each in found.recommendations] != asked:
        yield finding("followup_other", followup_files.MODEL, what="recommendations")
    elif found.journal.position < result.journal.position:
        yield finding("followup_other", followup_files.MODEL, what="journal.position")
    for each, own in zip(found.recommendations, result.recommendations, strict=False):
        if each.text is not None and each.text != own.text:
            yield finding("followup_other", followup_files.MODEL, what=f"{each.number}.text")


def _possible(found: FollowUp) -> Iterator[Finding]:
    """Findings: values that no answer can have, or times out of order."""
    if found.version < 1:
        yield finding("followup_value", "version", found=found.version)
    if found.received is not None and not (is_time(found.received.at) and found.received.case):
        yield finding("followup_value", "received", found=found.received.at)
    for each in found.recommendations:
        given = [*each.earlier, *([each.response] if each.response is not None else ())]
        if each.earlier and each.response is None:
            yield finding("followup_value", f"{each.number}.response", found="null")
        for one in given:
            if not _can_be(one):
                yield finding("followup_value", f"{each.number}.response", found=one.outcome)
        for noted in each.progress:
            if noted.state not in followup.STATES or not is_time(noted.at):
                yield finding("followup_value", f"{each.number}.progress", found=noted.state)
        for times in ([one.at for one in given], [noted.at for noted in each.progress]):
            if times != sorted(times) or any(at > found.journal.at for at in times):
                yield finding("times", each.number)
        adopted = [one for one in given if one.outcome != _NOT]
        if each.progress and not adopted:
            yield finding("followup_value", f"{each.number}.progress", found="not adopted")
        decided = [one.source is not None for one in given]
        if decided != sorted(decided):  # a decision is corrected only with a decision
            yield finding("followup_value", f"{each.number}.source", found="null")


def _can_be(response: Response) -> bool:
    if response.outcome not in followup.OUTCOMES or not is_time(response.at):
        return False
    if response.due is None:
        return True
    try:
        date.fromisoformat(response.due)
    except ValueError:
        return False
    return response.outcome != _NOT


# -- the clerk's -----------------------------------------------------------------------------------


def _journal(
    folder: Path,
    files: Files,
    found: FollowUp,
    result: Result,
    record: Record,
) -> Iterator[Finding]:
    """Findings where the model made again from the clerk's journal is another."""
    clerk = (folder / bundle.JOURNAL).is_file()
    if not clerk and not any(name in files for name in followup_files.CLERKS):
        return
    missing = [name for name in followup_files.CLERKS if name not in files]
    if missing or not clerk:
        yield finding("missing", missing[0] if missing else bundle.JOURNAL)
        return
    before = (folder / bundle.JOURNAL).read_bytes().splitlines()
    raw = before + files[followup_files.JOURNAL].splitlines()
    lines = [record.read(line) for line in raw]
    state, head = record.blank(lines[0].dialogue), b""
    linked, folding = allowed.linked(lines), record.fold(lines[0].dialogue, raw)
    for line in lines:
        allowed.check(state, line, linked=linked)
        state, head = next(folding)
    words = checked_texts((folder / bundle.TEXTS).read_bytes(), record, lines)
    words |= checked_texts(files[followup_files.TEXTS], record, lines)
    point = JournalPoint(state.position, head.hex(), lines[-1].at)
    made = followed(state, result, point, words.get, found.commitments)
    if made is None:
        yield finding("followup_nothing", followup_files.MODEL)
    elif made != found:
        given, meant = followup.encode(found), followup.encode(made)
        yield finding("followup_again", followup_files.MODEL, line=line_of(meant, given))


def _promised(
    folder: Path, found: FollowUp, record: Record, remarks: list[Finding]
) -> Iterator[Finding]:
    """Findings where its commitments are not those of their journals, if these lie there."""
    beside = (agenda.BASIS, agenda.COMMITMENTS)
    if all((folder / name).is_file() for name in beside):
        files = {name: (folder / name).read_bytes() for name in beside}
        yield from verify_promises.of_follow_up(found, files, record)
    elif found.commitments:
        remarks.append(finding("followup_commitments", followup_files.MODEL))
