"""Is a wrong figure seen? Changes each rule of counting, one thing at a time, and runs its tests.

``python -m tests.dialogues.mutants`` works on a copy, prints a line a change, and ends with exit
code 1 when a change was not noticed. Takes about a minute; not part of ``make test``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: File, what stands there, what is put in its place.
CHANGES = [
    ("minority", "max(disagree, no)", "min(disagree, no)"),
    ("minority", "max(disagree, no)", "disagree"),
    ("minority", "against >= 2", "against >= 1"),
    ("minority", "against >= 2", "against > 2"),
    ("minority", "against * 10 >=", "against * 10 >"),
    ("minority", "against * 10", "against * 11"),
    ("minority", "no > yes", "no >= yes"),
    ("one", "best > 0", "best >= 0"),
    ("one", "len(top) == 1", "len(top) >= 1"),
    ("one", "max(", "min("),
    ("points", "int(points) * ballots", "ballots"),
    ("points", "int(points) * ballots", "int(points)"),
    ("ranked", "(len(places) - k)", "(len(places) - k - 1)"),
    ("ranked", "(len(places) - k)", "(len(places) + k)"),
    ("ranked", "* ballots", ""),
    ("recommend", "part < statement", "part <= statement"),
    ("recommend", "voters < THRESHOLD or", "voters <= THRESHOLD or"),
    ("recommend", "voters < THRESHOLD or", ""),
    ("recommend", "voters * 2 < round_voters", "voters * 2 <= round_voters"),
    ("recommend", "voters < THRESHOLD:", "voters <= THRESHOLD:"),
    ("recommend", "voters < THRESHOLD:", "voters < 0:"),
    ("recommend", "* 2 <= voters", "* 2 < voters"),
    ("recommend", "max(round_voters, voters)", "voters"),
    ("recommend", "max(round_voters, voters)", "round_voters"),
    ("recommend", "LIMIT = 5", "LIMIT = 6"),
    ("recommend", "-candidate.share", "candidate.share"),
    ("recommend", "-candidate.voters", "candidate.voters"),
    ("recommend", "is_poll, int", "not is_poll, int"),
    ("recommend", "int(candidate.item[1:])", "candidate.item"),
    ("several", "one.winners(counts)", "()"),
    ("statement", "AGREED_FROM = Fraction(60", "AGREED_FROM = Fraction(61"),
    ("statement", "AGREED_FROM = Fraction(60", "AGREED_FROM = Fraction(59"),
    ("statement", "REJECTED_TO = Fraction(40", "REJECTED_TO = Fraction(41"),
    ("statement", "REJECTED_TO = Fraction(40", "REJECTED_TO = Fraction(39"),
    ("statement", "part >= AGREED_FROM", "part > AGREED_FROM"),
    ("statement", "part <= REJECTED_TO", "part < REJECTED_TO"),
    ("statement", "voters < THRESHOLD", "voters <= THRESHOLD"),
    ("statement", "voters * 2 < round_voters", "voters * 2 <= round_voters"),
    ("statement", "voters = agree + disagree + passed", "voters = agree + disagree"),
    ("statement", "total = agree + disagree", "total = agree + disagree + 1"),
    ("threshold", "THRESHOLD = 5", "THRESHOLD = 4"),
    ("threshold", "THRESHOLD = 5", "THRESHOLD = 6"),
    ("threshold", "0 < people < THRESHOLD", "0 < people <= THRESHOLD"),
    ("threshold", "0 < people < THRESHOLD", "0 <= people < THRESHOLD"),
]


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("dialogues", "tests/dialogues"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        if not passes(copy):
            print("the tests fail without any change")
            return 1
        for rule, old, new in CHANGES:
            file = copy / "dialogues" / "counting" / f"{rule}.py"
            source = file.read_text()
            assert old in source, (rule, old)
            file.write_text(source.replace(old, new))
            unseen = passes(copy)
            file.write_text(source)
            missed += unseen
            print(f"{'NOT SEEN' if unseen else 'seen'}  {rule}: {old}  ->  {new}", flush=True)
    print(f"{len(CHANGES) - missed} of {len(CHANGES)} changes seen")
    return 1 if missed else 0


def passes(copy: Path) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "tests/dialogues/test_counting.py"], cwd=copy, capture_output=True, check=False
    )
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
