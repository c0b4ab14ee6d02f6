"""Mutation testing of the rules: changes one thing at a time and runs the tests that must fail.

``python -m tests.dialogues.mutants [PART...]`` works on a copy, prints a line a change, and ends
with exit code 1 when a change was not noticed. ``PART`` names the files to change by the beginning
of their path (``rounds/poll``, ``dialogues/counting/one``). A change takes some ten
seconds and there are over six hundred, so all of it takes about two hours on a quiet machine; not
part of ``make test``. The changes of a kind of round stand with its tests
(``tests/rounds/KIND/changes.py``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from rounds.registry import KINDS
from tests.dialogues.changes import COMMITMENTS, FOLLOWUP, OBJECTIONS

ROOT = Path(__file__).parents[2]

#: The folders that are copied; the tests of kinds use the whole program.
PARTS = (
    *(
        "advice",
        "bot",
        "commands",
        "commitments",
        "dialogues",
        "locales",
        "meetings",
        "rounds",
        "storage",
        "tests",
    ),
)

#: A change after which something never ends is noticed too: seconds for one test.
LIMIT = "timeout=60"

#: Counting rule, the text in its file, its replacement.
COUNTING = [
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
    ("recommend", "voters < THRESHOLD:", "voters <= THRESHOLD:"),
    ("recommend", "voters < THRESHOLD:", "voters < 0:"),
    ("recommend", "chosen * 2 > voters", "chosen * 2 >= voters"),
    ("recommend", "max(round_voters, voters)", "voters"),
    ("recommend", "max(round_voters, voters)", "round_voters"),
    ("recommend", "LIMIT = 5", "LIMIT = 6"),
    ("recommend", "-candidate.share", "candidate.share"),
    ("recommend", "-candidate.voters", "candidate.voters"),
    ("recommend", "of_options, int", "not of_options, int"),
    ("recommend", "int(candidate.item[1:])", "candidate.item"),
    ("several", "if n == best) if best else ()", "if n == best)"),
    ("several", "if n == best)", "if n < best)"),
    ("statement", "AGREED_FROM = Fraction(60", "AGREED_FROM = Fraction(61"),
    ("statement", "AGREED_FROM = Fraction(60", "AGREED_FROM = Fraction(59"),
    ("statement", "REJECTED_TO = Fraction(40", "REJECTED_TO = Fraction(41"),
    ("statement", "REJECTED_TO = Fraction(40", "REJECTED_TO = Fraction(39"),
    ("statement", "part >= AGREED_FROM", "part > AGREED_FROM"),
    ("statement", "part <= REJECTED_TO", "part < REJECTED_TO"),
    ("statement", "passed < enough", "passed <= enough"),
    ("statement", "agree + disagree < THRESHOLD", "agree + disagree <= THRESHOLD"),
    ("threshold", "ENOUGH = 30", "ENOUGH = 31"),
    ("threshold", "(round_voters + 1) // 2", "round_voters // 2"),
    ("threshold", "max(THRESHOLD, min(ENOUGH", "max(0, min(ENOUGH"),
    ("statement", "total = agree + disagree", "total = agree + disagree + 1"),
    ("threshold", "THRESHOLD = 5", "THRESHOLD = 4"),
    ("threshold", "THRESHOLD = 5", "THRESHOLD = 6"),
    ("threshold", "0 < people < THRESHOLD", "0 < people <= THRESHOLD"),
    ("threshold", "0 < people < THRESHOLD", "0 <= people < THRESHOLD"),
]

#: The same for what all kinds share, by its file in ``dialogues``.
SHARED = [
    ("ballots", "if before is NOTHING:\n            return choice is not None or",
     "if before is NOTHING:\n            return"),
    ("ballots", "(at, context.order) < votes[context.by].when", "at < votes[context.by].at"),
    ("ballots", "(at, context.order) < votes[context.by].when", "False"),
    ("ballots", "at <= newest", "at < newest"),
    ("ballots", "choice != before or not context.settled", "choice != before"),
    ("ballots", "choice != before or not context.settled", "True"),
    ("ballots", "at > self.newest", "at < self.newest"),
    ("ballots", "        if book.left_out:\n", "        if False:\n"),
    ("ballots", "counted or self.fixed:", "counted:"),
    ("ballots", "1 if counted else -1", "1"),
    ("ballots", "== book.left_out or self.fixed:", "== book.left_out:"),
    ("ballots", "book.left_out | {option} if out", "{option} if out"),
    ("ballots", "tally[before] -= 1", "pass"),
    ("ballots", "tally[key] -= 1", "pass"),
    ("ballots", "book.voters += difference", "book.voters += 1"),
    ("ballots", "if book.counted:", "if True:"),
    ("ballots", "for option in choice if option not in left_out) or None",
     "for option in choice) or None"),
    ("ballots", "rest if any(rest) else None", "rest"),
    ("ballots", "0 if n in left_out else given", "given"),
    ("ballots", "in enumerate(choice))", "in enumerate(choice, 1))"),
    ("ballots", "enumerate(choice, 1) if points)", "enumerate(choice) if points)"),
    ("fold", "event.choice, at, event.order)", "event.choice, at, '')"),
    ("kinds", "charter.level is Level.INFORM and not all(", "not all("),
    ("kinds", "charter.level is Level.INFORM and not all(",
     "charter.level is Level.INFORM and not any("),
    ("lots", '"{seed}|{name}"', '"{name}"'),
    ("participation", 'if item.state in _COUNTED and not item.staff', "if not item.staff"),
    ("participation", "not item.staff and ", ""),
    ("participation", "ItemState.PENDING, ", ""),
    ("participation", " and dialogue.letter(item.number).contribution", ""),
    ("participation", "contributed |= {links.get(one, one) for", "{links.get(one, one) for"),
    ("participation", "links.get(one, one) for one", "one for one"),
    ("participation", "links.get(item.author, item.author)", "item.author"),
    ("participation", "frame.ballots if frame.closed_at else box.roll.holders()", "frame.ballots"),
    ("participation", "{links.get(ballot, ballot) for", "{ballot for"),
    ("participation", 'if reason.state in _COUNTED:', "if True:"),
    ("participation", "contributed.add(links.get(reason.author, reason.author))",
     "contributed.add(reason.author)"),
    ("participation", "len(everybody), ", "len(contributed) + len(voted), "),
    ("participation", "    if dialogue.last_figures is not None:\n", "    if False:\n"),
    ("proposals", "row.state is ItemState.SHOWN and row.counted", "row.counted"),
    ("proposals", "row.state is ItemState.SHOWN and row.counted", "row.state is ItemState.SHOWN"),
    ("proposals", "    if not found:\n", "    if False:\n"),
    ("proposals", " if _option(r) == found.option", ""),
    ("results", "reason.state is not ItemState.SHOWN or box is None", "box is None"),
    ("results", "        if side:\n", "        if True:\n"),
    ("results", "return frame.stage is Stage.CLOSED", "return False"),
    ("results", "    if frame.machine.shows_figures:\n", "    if False:\n"),
    ("results", "not dialogue.confidential and", ""),
    ("results", ' and dialogue.charter.reveal.value == "meteen"', ""),
    ("results", "for item in items if item.state is ItemState.SHOWN]", "for item in items]"),
    ("results", "    voters = frame.voters\n", "    voters = 0\n"),
    ("results", "box.turnout if box is not None else 0", "0"),
    ("results", '"voters": masked(voters)', '"voters": voters'),
    ("results", "item.state is ItemState.HIDDEN for", "item.state is ItemState.SHOWN for"),
    ("results", "        **frame.machine.summary(rows),\n", ""),
    ("results", "few = item.voters < THRESHOLD or not item.counted",
     "few = item.voters < THRESHOLD"),
    ("results", "few = item.voters < THRESHOLD or", "few = item.voters <= THRESHOLD or"),
    ("results", 'item.result if item.counted else "too_few"', "item.result"),
    ("results", "if item.voters < THRESHOLD or not item.counted:", "if not item.counted:"),
    ("results", "if r.side in sides", "if True"),
    ("withdrawal", " and book.votes[ballot].choice is not None", ""),
    ("withdrawal", "if ballot in book.votes and", "if"),
    ("roll", "            self.voters -= 1", "            pass"),
    ("roll", "self.turnout -= self.held[kept]", "pass"),
    ("roll", "self.said[gone] = 0", "pass"),
    ("votes", "if order or columns.orders is not None:", "if order:"),
    ("votes", "len(order) == _DIGITS and ", ""),
    ("votes", "columns.count * _NOT_ONE_IN < number", "False"),
    ("votes", "self._columns.count -= 1", "pass"),
]  # fmt: skip


def changes() -> list[tuple[str, str, str]]:
    """Every change: the file, the text in it, its replacement."""
    found = [(f"dialogues/counting/{name}.py", old, new) for name, old, new in COUNTING]
    found += [(f"dialogues/{name}.py", old, new) for name, old, new in SHARED]
    for folder, of_folder in FOLDERS.items():
        found += [(f"{folder}/{name}.py", old, new) for name, old, new in of_folder]
    for kind in KINDS:
        own = import_module(f"tests.rounds.{kind}.changes").CHANGES
        found += [(f"rounds/{kind}/{name}.py", old, new) for name, old, new in own]
    return found


#: The tests that notice most changes of the code that kinds share.
QUICK = tuple(
    f"tests/dialogues/test_{name}.py"
    for name in ("results", "participation", "withdrawal", "levels")
)


def _played(*names: str) -> tuple[str, ...]:
    """The transcripts with these names."""
    return tuple(f"tests/replay/test_transcripts.py::test_transcript[{name}]" for name in names)


#: The changes of each folder of rules that is no kind of round.
FOLDERS = {
    "commitments": COMMITMENTS,
    "dialogues/followup": FOLLOWUP,
    "dialogues/objections": OBJECTIONS,
}

#: What becomes of an advice, played in the engine.
FOLLOWED = ("clock_of_answers", "answers_to_an_advice", "card_of_what_was_asked")

#: The tests that notice those, in steps.
OF_FOLDER = {
    "commitments": (
        ("tests/commitments",),
        ("tests/engine/test_commitments.py", "tests/engine/test_said_of_commitments.py"),
        _played("toezeggingen"),
    ),
    "dialogues/followup": (
        ("tests/dialogues/test_late_again.py", "tests/dialogues/test_working_days.py"),
        tuple(f"tests/engine/test_{name}.py" for name in FOLLOWED),
        _played("opvolging", "van-zin-tot-antwoord"),
    ),
    "dialogues/objections": (
        ("tests/engine/test_clock_of_a_draft.py", "tests/engine/test_objections.py"),
        ("tests/rounds/closing/test_closing_draft.py", *_played("concept", "van-zin-tot-antwoord")),
    ),
}


def steps(file: str) -> tuple[tuple[str, ...], ...]:
    """The tests that must notice a change of a file, in steps; a step runs only if the one before
    noticed nothing."""
    folder = file.rpartition("/")[0]
    if folder in OF_FOLDER:
        return OF_FOLDER[folder]
    if file.startswith("dialogues/counting/"):
        return (("tests/dialogues/test_counting.py",),)
    if file.startswith("dialogues/"):
        return QUICK, ("tests/rounds",), ("tests/dialogues/test_permutations.py",)
    own = ROOT / "tests/rounds" / file.split("/")[1]
    played = [str(test.relative_to(ROOT)) for test in sorted(own.glob("test_*.py"))]
    machine = [test for test in played if "/test_machine_" in test]
    more = [f"tests/dialogues/test_{name}.py" for name in ("formats", "record", "stages")]
    draft = "tests/rounds/closing/test_closing_draft.py"  # what a kind proposes
    first = [test for test in played if test not in (*machine, draft)]
    return (*QUICK, *first, draft), (*machine, "tests/rounds/test_registry.py", *more)


def main(parts: list[str]) -> int:
    chosen = [change for change in changes() if not parts or change[0].startswith(tuple(parts))]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in PARTS:
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, copy / name, ignore=ignore)
        shutil.copy(ROOT / "pyproject.toml", copy)
        for tests in {step for file, _, _ in chosen for step in steps(file)}:
            if not passes(copy, tests):
                print(f"without any change these fail: {' '.join(tests)}")
                return 1
        for file, old, new in chosen:
            unseen = _unseen(copy, file, old, new)
            missed += unseen
            told = f"{file}: {old!r}  ->  {new!r}"
            print(f"{'NOT SEEN' if unseen else 'seen'}  {told}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} changes seen")
    return 1 if missed else 0


def _unseen(copy: Path, file: str, old: str, new: str) -> bool:
    source = (copy / file).read_text("utf-8")
    assert old in source, (file, old)
    (copy / file).write_text(source.replace(old, new), "utf-8")
    unseen = all(passes(copy, tests) for tests in steps(file))
    (copy / file).write_text(source, "utf-8")
    return unseen


def passes(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider", "-o", LIMIT]
    run = subprocess.run(
        [*command, *tests],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        check=False,
    )
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
