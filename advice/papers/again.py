"""Verifies the papers in a folder: each page is written again from its model, and what also stands
in uitslag.json is held against that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from advice import bundle
from advice.differing import first_difference, line_of, why
from advice.kinds import AllPages
from advice.model import Result
from advice.papers import paper as papers
from advice.papers import registry
from advice.papers.paragraph import Paragraph, as_told
from advice.shelf import Files, of_papers
from advice.verdict import Finding, Verdict, finding


def is_there(folder: Path) -> bool:
    """Whether a folder has a paper, or something under the name of one."""
    try:
        return any(papers.is_paper(path.name) for path in folder.iterdir())
    except OSError:
        return False


def verify_papers(folder: Path, pages: AllPages) -> Verdict:
    """Verify the papers in a folder."""
    found = of_papers(folder)
    differences = list(found.differences)
    if not differences:
        names = {name.rpartition(".")[0] for name in found.files if papers.is_paper(name)}
        result = _result(found.files, pages)
        for name in sorted(names):
            try:
                differences += _paper(name, found.files, pages, result)
            except Exception as error:  # noqa: BLE001 - a hostile file may break any step
                differences.append(finding("paper_unreadable", name, why=why(error)))
    return Verdict("papers", tuple(differences))


def _result(files: Files, pages: AllPages) -> Result | None:
    """What uitslag.json beside the papers says; None where there is none that can be read, which
    is found by whoever verifies the bundle."""
    try:
        return pages.decode(files[bundle.RESULT])
    except (KeyError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _paper(name: str, files: Files, pages: AllPages, result: Result | None) -> Iterator[Finding]:
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
    if isinstance(model, Paragraph) and result is not None and model != as_told(result, model):
        told = papers.encode(as_told(result, model))
        yield finding("paper_result", f"{name}.json", line=line_of(told, data))
