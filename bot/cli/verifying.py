"""The command ``verify``: checks a bundle, and the clerk's form of a town's agenda beside it."""

from __future__ import annotations

from pathlib import Path

from advice import manifest
from advice.archive import packing
from advice.papers import again
from advice.verifying import verify_archive, verify_followup
from advice.verifying.rebuild import rebuilt
from advice.verifying.verdict import Verdict
from advice.verifying.verify import verify
from advice.verifying.verify_agenda import is_there, verify_agenda
from bot.cli.output import FINE, WRONG, as_json, complain, say
from rounds import registry

_FINE = {
    "agenda": "Every figure of this agenda was computed again, from the journals of the meetings "
    "on, and is right.",
    "clerk": "Every figure of this clerk's bundle was computed again, from the journal on, and is "
    "right.",
    "followup": "What became of the advice was computed again and is right.",
    "papers": "Every paper here was written again from its model and is right.",
    "public": "Every figure of this public bundle was computed again and is right.",
}


def verify_bundle(folder: Path, expect: str | None, json_wanted: bool) -> int:
    """Run ``stadsgesprek verify``; returns the exit code. ``expect`` is about the bundle of a
    dialogue, where there is one."""
    if not folder.is_dir():
        return complain(f"{folder} is no folder; name the folder of a bundle")
    if verify_archive.is_there(folder):
        return _archive(folder, expect, json_wanted)
    found = []
    alone = is_there(folder) or again.is_there(folder)
    if not alone or (folder / manifest.PUBLIC).exists():
        pages, record = registry.pages(), registry.record()
        found.append(verify(folder, pages, expect, lambda there: rebuilt(there, record, pages)))
    if is_there(folder):
        found.append(verify_agenda(folder, registry.record(), None if found else expect))
    if verify_followup.is_there(folder):
        record = registry.record()
        found.append(verify_followup.verify_follow_up(folder, record, registry.pages()))
    if again.is_there(folder):
        found.append(again.verify_papers(folder, registry.pages(), registry.record()))
    if json_wanted:
        first, *more = map(_as_data, found)
        as_json({**first, **{str(each["bundle"]): each for each in more}})
    elif wrong := [verdict for verdict in found if not verdict.ok]:
        return complain(wrong[0].differences[0].sentence(), WRONG)
    else:
        for verdict in found:
            _say(verdict)
    return FINE if all(verdict.ok for verdict in found) else WRONG


def _archive(folder: Path, expect: str | None, json_wanted: bool) -> int:
    """Verify an archive, and say of each part what was checked."""
    parts = verify_archive.verify_archive(folder, registry.record(), registry.pages(), expect)
    wrong = [(part, each) for part in parts for each in part.verdict.differences]
    if json_wanted:
        told = [{"part": p.name, "files": p.files, **_as_data(p.verdict)} for p in parts]
        as_json({"bundle": "archive", "ok": not wrong, "parts": told})
    elif wrong:
        part, first = wrong[0]
        where = f"{part.name}: " if part.name else ""
        return complain(f"{where}{first.sentence()}", WRONG)
    else:
        for part in parts:
            _say_part(part)
    return WRONG if wrong else FINE


def _say_part(part: verify_archive.Part) -> None:
    verdict, name = part.verdict, part.name
    says = _PARTS.get(name) or (_WHOLE if not name else _DOCUMENT)
    say(f"{name or 'The archive'}: {says.format(files=part.files)}")
    for remark in verdict.remarks:
        say(f"{name}: {remark.sentence()}")
    if not name:
        say(f"Hash of {packing.SUMS}: {verdict.hash}")
    if not name and not verdict.origin:
        say("The origin was not checked: give --expect a hash that was noted or posted.")


_WHOLE = (
    "each of its {files} files is the one in the list, has metadata beside it, and has the size "
    "and the SHA-256 that this says."
)
_DOCUMENT = (
    "{files} files. Every figure of this version was computed again from its uitslag.json, and "
    "every document and table written again; all of it is right."
)
_PARTS = {
    packing.CLERK: "{files} files. The newest version was made again from the journal, its texts "
    "and its ballots; it is the same.",
    packing.DECISIONS: "The list of decisions was made again from the clerk's journal, with what "
    "was written in them and without; both are the same.",
    packing.FOLLOW_UP: "{files} files. What became of the advice was made again from the clerk's "
    "journal; it is the same.",
}


def _as_data(verdict: Verdict) -> dict[str, object]:
    return {
        "bundle": verdict.bundle,
        "ok": verdict.ok,
        "hash": verdict.hash,
        "origin_checked": verdict.origin,
        "differences": [d.sentence() for d in verdict.differences],
        "remarks": [r.sentence() for r in verdict.remarks],
    }


def _say(verdict: Verdict) -> None:
    say(_FINE[verdict.bundle])
    for remark in verdict.remarks:
        say(remark.sentence())
    if verdict.bundle in ("followup", "papers"):
        return
    say(f"Hash: {verdict.hash}")
    if verdict.origin:
        return
    if verdict.bundle == "agenda":
        say(
            "The origin was not checked: give the hash of an earlier copy with --expect to do that."
        )
    else:
        say("The origin was not checked: give the posted hash with --expect to do that.")
