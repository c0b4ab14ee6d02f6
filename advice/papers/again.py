"""Verifies the papers in a folder: each page is written again from its model, and what also stands
in uitslag.json is held against that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from advice import bundle
from advice.followup import files as followup_files
from advice.followup import model as followup
from advice.kinds import AllPages
from advice.model import Result
from advice.papers import letter, newsletter, paragraph, registry
from advice.papers import paper as papers
from advice.papers.evaluation import Evaluation, answers, impossible
from advice.papers.letter import Letter
from advice.papers.paper import Paper
from advice.papers.paragraph import Paragraph
from advice.papers.writing import encode
from advice.town.agenda_bundle import head_of
from advice.verifying.allowed import Doubtful
from advice.verifying.differing import first_difference, line_of, why
from advice.verifying.rebuild import whole_lines
from advice.verifying.shelf import Files, of_papers
from advice.verifying.verdict import Finding, Verdict, finding
from dialogues import events as ev
from dialogues.newsletter_events import NewsletterReleased
from dialogues.record import TOWN, Record


def is_there(folder: Path) -> bool:
    """Whether a folder has a paper, or something under the name of one."""
    try:
        return any(papers.is_paper(path.name) for path in folder.iterdir())
    except OSError:
        return False


def verify_papers(folder: Path, pages: AllPages, record: Record | None = None) -> Verdict:
    """Verify the papers in a folder; with ``record`` also from the clerk's journal beside them."""
    found = of_papers(folder)
    differences, remarks = list(found.differences), list[Finding]()
    if not differences:
        names = {name.rpartition(".")[0] for name in found.files if papers.is_paper(name)}
        result = _result(found.files, pages)
        for name in sorted(names):
            try:
                differences += _paper(name, found.files, pages, result, record)
            except Exception as error:  # noqa: BLE001 - a hostile file may break any step
                differences.append(finding("paper_unreadable", name, why=why(error)))
        if not differences:
            differences += _newsletters(found.files, record, remarks)
    return Verdict("papers", tuple(differences), tuple(remarks))


def _newsletters(files: Files, record: Record | None, remarks: list[Finding]) -> Iterator[Finding]:
    """Findings where a newsletter is not as it was released, by the town's own journal; without
    that it was held against its model alone, which is said."""
    names = sorted(name for name in files if name.endswith(".json") and papers.is_monthly(name))
    raw = files.get(papers.TOWN_JOURNAL)
    if record is None or raw is None:
        remarks += [finding("newsletter_alone", name) for name in names]
        return
    try:
        released = _released(raw, record)
    except Exception as error:  # noqa: BLE001 - a hostile file may break any step
        yield finding("paper_unreadable", papers.TOWN_JOURNAL, why=why(error))
        return
    for name in names:
        made, line = released.get(name.removesuffix(".json"), (b"", 0))
        if made != files[name]:
            yield finding("newsletter_journal", name, byte=first_difference(made, files[name]))
        else:
            remarks.append(finding("newsletter_released", name, line=line))
    head = head_of(TOWN, raw.splitlines())
    remarks.append(finding("town_head", papers.TOWN_JOURNAL, head=head))


def _released(raw: bytes, record: Record) -> dict[str, tuple[bytes, int]]:
    """The newest newsletter of each month by the name of its files, and its line in the journal."""
    found = {}
    for seq, each in enumerate(whole_lines(papers.TOWN_JOURNAL, raw), 1):
        line = record.read(each)
        if (line.dialogue, line.seq) != (TOWN, seq):
            raise Doubtful(f"line {seq} is of another place in a journal")
        if isinstance(line.event, NewsletterReleased):
            model = newsletter.newsletter(line.event, line.at)
            found[newsletter.name(line.event.month)] = (encode(model), seq)
    return found


def _result(files: Files, pages: AllPages) -> Result | None:
    """What uitslag.json beside the papers says; None where there is none that can be read, which
    is found by whoever verifies the bundle."""
    try:
        return pages.decode(files[bundle.RESULT])
    except (KeyError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _paper(
    name: str, files: Files, pages: AllPages, result: Result | None, record: Record | None
) -> Iterator[Finding]:
    """Findings about one paper."""
    missing = [f"{name}.{form}" for form in papers.FORMS if f"{name}.{form}" not in files]
    if missing:
        yield finding("missing", missing[0])
        return
    data = files[f"{name}.json"]
    model = registry.decoded(name, data)
    written = registry.written(name, model, pages)
    for file, made in written.items():
        if files[file] != made and file.endswith(".json"):
            yield finding("not_canonical", file, byte=first_difference(made, data))
        elif files[file] != made:
            yield finding("paper", file, line=line_of(made, files[file]))
    if isinstance(model, Letter):
        yield from _letter(model, files)
    if isinstance(model, Evaluation):
        yield from _evaluation(model, files, record)
    told = _as_told(model, result)
    if model != told:
        yield finding("paper_result", f"{name}.json", line=line_of(encode(told), data))


def _evaluation(model: Evaluation, files: Files, record: Record | None) -> Iterator[Finding]:
    """Findings where figures cannot be, or are not those of the journal."""
    name = f"{Paper.EVALUATION.value}.json"
    if wrong := impossible(model):
        yield finding("paper_figures", name, question=wrong)
    if record is None or bundle.JOURNAL not in files:
        return
    raw = files[bundle.JOURNAL] + files.get(followup_files.JOURNAL, b"")
    lines = [record.read(line) for line in raw.splitlines()]
    events = [line.event for line in lines]
    if not any(isinstance(event, ev.LinksDestroyed) for event in events):
        return  # the journal ends before
    counted = [event for event in events if isinstance(event, ev.EvaluationCounted)]
    meant = answers(counted[-1] if counted else None)
    if meant != model.answers:
        one = next(a for a, b in zip(model.answers, meant, strict=True) if a != b)
        yield finding("paper_journal", name, question=one.question)


def _as_told(model: Any, result: Result | None) -> Any:
    """A model with all that also stands in uitslag.json as it stands there."""
    if result is not None and isinstance(model, Paragraph):
        return paragraph.as_told(result, model)
    if result is not None and isinstance(model, Letter):
        return letter.as_told(result, model)
    return model


def _letter(model: Letter, files: Files) -> Iterator[Finding]:
    """Findings where an answer is not the one in opvolging.json, of the same line of the
    journal."""
    if followup_files.MODEL not in files:
        return
    found = followup.decode(files[followup_files.MODEL])
    if found.journal != model.journal:
        return
    meant = {each.number: each.response for each in found.recommendations}
    for each in model.asked:
        given, other = each.answer, meant.get(each.number)
        told = other and (other.outcome, other.text, other.source, other.at, other.due)
        said = given and (
            given.outcome, given.text, given.source or None, given.at, given.due or None,
        )  # fmt: skip
        if told != said:
            yield finding("paper_answer", f"{Paper.LETTER.value}.json", item=each.number)
