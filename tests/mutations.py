"""Mutation testing of whole evenings: changes one thing at a time, and plays them again.

``python -m tests.mutations`` works on a copy: every rule of counting (the changes of
``tests.dialogues.mutants``) and the places where figures pass through. It prints a line a change
and ends with exit code 1 when one was not seen. Takes some ten minutes; not part of ``make test``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.dialogues.mutants import COUNTING, PARTS

ROOT = Path(__file__).parents[1]
TESTS = (
    "tests/replay/test_transcripts.py",
    "tests/replay/test_evening.py",
    "tests/engine/test_counting_edges.py",
    "tests/engine/test_deliveries.py",
)

#: Changes that no evening can show: a poll has two options or more; its voters are its round's.
SAME_FROM_OUTSIDE = {
    ("one", "best > 0"),
    ("recommend", "max(round_voters, voters)"),
}

#: File, the text in it, its replacement.
OTHERS = [
    ("advice/published.py", "item.voters < THRESHOLD or", "item.voters < THRESHOLD - 1 or"),
    ("advice/published.py", "THRESHOLD or not item.counted", "THRESHOLD"),
    ("advice/compile.py", "total >= dialogue.charter.minimum", "total > dialogue.charter.minimum"),
    ("rounds/closing/pages.py", "if no > opposed else", "if no >= opposed else"),
    ("rounds/closing/pages.py", "no if known else 0", "no"),
    ("rounds/closing/pages.py", "known and minority.divided(yes, no)", "minority.divided(no, yes)"),
    ("rounds/statements/words.py", '"oneens": "disagree"', '"oneens": "agree"'),
    ("rounds/statements/words.py", '"👎": "disagree"', '"👎": "agree"'),
    ("dialogues/ballots.py", "tally[key] -= 1", "pass"),
    ("dialogues/ballots.py", "book.voters += difference", "book.voters += 1"),
    ("dialogues/ballots.py", "if book.counted:", "if True:"),
    ("dialogues/ballots.py", "enumerate(choice))", "enumerate(choice, 1))"),
    ("dialogues/participation.py", "not item.staff and ", ""),
    ("dialogues/participation.py", "len(everybody), ", "len(contributed) + len(voted), "),
    ("dialogues/participation.py", "if reason.state in _COUNTED:", "if True:"),
    ("dialogues/machine.py", "at < frame.closes_at", "at <= frame.closes_at"),
    ("rounds/poll/results.py", "poll.points + 1", "poll.points"),
    ("rounds/poll/talk.py", "given.get(option, 0)", "given.get(option, 1)"),
    ("bot/desk/talk.py", "return meanings[-1] if", "return meanings[0] if"),
    ("storage/sources.py", "AND standing = 1 ORDER BY at, tie", "ORDER BY at, tie"),
]


def main() -> int:
    rules = [change for change in COUNTING if change[:2] not in SAME_FROM_OUTSIDE]
    changes = [(f"dialogues/counting/{rule}.py", old, new) for rule, old, new in rules] + OTHERS
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in PARTS:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if not passes(copy):
            print("the tests fail without any change")
            return 1
        for name, old, new in changes:
            file = copy / name
            source = file.read_text(encoding="utf-8")
            assert old in source, (name, old)
            file.write_text(source.replace(old, new), encoding="utf-8")
            unseen = passes(copy)
            file.write_text(source, encoding="utf-8")
            missed += unseen
            print(f"{'NOT SEEN' if unseen else 'seen'}  {name}: {old}  ->  {new}", flush=True)
    print(f"{len(changes) - missed} of {len(changes)} changes seen")
    return 1 if missed else 0


def passes(copy: Path) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, *TESTS],
        cwd=copy,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(copy)},
    )
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
