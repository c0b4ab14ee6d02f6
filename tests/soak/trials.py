"""What a soak tries: for each promise the tests that show it, and what their figures have to be.

A test's own assertions are what holds or does not; a figure is judged besides only where it is a
time, which no test judges, or where a promise names how many there have to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: The figures that tests told, by name, over the whole soak.
Figures = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Bound:
    """A figure that has to be at most so much. ``most`` is in the figure's own unit."""

    name: str
    of: Callable[[Sequence[float]], float]
    figure: str
    most: float
    unit: str


@dataclass(frozen=True)
class Trial:
    """``promise`` is its number in docs/promises.md; ``tests`` are files, or tests in them.
    ``share``: it runs this many times in each turn of the soak, until ``wanted`` of its first
    count is reached (0: always once)."""

    promise: int
    what: str
    tests: tuple[str, ...]
    counts: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = field(default=())
    share: int = 1
    wanted: int = 0


def p95(values: Sequence[float]) -> float:
    """The value that 95 in a hundred do not exceed."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


READY = Bound("ready again p95, less what others had of the processors", p95,
              "ready again by itself", 5.0, "s")  # fmt: skip
CLOCK = Bound("by the clock", p95, "ready again", 60.0, "s")
LOOP = Bound("loop stood still longer", min, "loop stood still longer", 0.05, "s")

TRIALS: tuple[Trial, ...] = (
    Trial(1, "SIGKILL at random moments while people vote; receipts recounted",
          ("tests/engine/test_kills.py",), ("kills",), share=5, wanted=3_000),
    Trial(1, "the program in a town of 100,000 votes, killed and started from nothing,"
          " to the first vote answered",
          ("tests/discord/test_ready_again.py",), ("starts",), (READY, CLOCK)),
    Trial(1, "several processes share towns on a PostgreSQL server, one killed now and then",
          ("tests/storage/test_shared_towns.py",), ("killed while sharing towns",)),
    Trial(2, "killed before and after every step, said again",
          ("tests/engine/test_faults.py", "tests/faults/test_files.py",
           "tests/site/test_cut_off.py"),
          ("kills", "points")),
    Trial(3, "every event one to five times, also after kills",
          ("tests/engine/test_deliveries.py", "tests/discord/test_figures.py"), ("deliveries",)),
    Trial(4, "vote, change, take back and close in every order",
          ("tests/dialogues/test_permutations.py", "tests/engine/test_order_of_events.py")),
    Trial(6, "forged ids, and old buttons after a restart",
          ("tests/discord/test_promises.py",), ("forged ids",)),
    Trial(7, "clocks that jump, both changes of the clocks, outages",
          ("tests/meetings/test_hours.py", "tests/engine/test_schedule.py")),
    Trial(8, "outages of a minute, six hours, eight days",
          ("tests/matrix/faults/test_outages.py", "tests/engine/test_outage.py")),
    Trial(9, "no room for another byte, and a held file",
          ("tests/engine/test_full_disk.py", "tests/discord/test_full_disk.py",
           "tests/storage/test_not_now.py", "tests/storage/test_small_disk.py")),
    Trial(10, "another program holds the file for 3 s",
          ("tests/engine/test_locked.py",), bounds=(LOOP,)),
    Trial(11, "flipped bytes, cut logs, older and other databases",
          ("tests/storage/test_sidecar.py", "tests/storage/test_other_key.py")),
    Trial(12, "killed around all that is asked of a platform; stop, lost questions and answers",
          ("tests/engine/test_faults_live.py", "tests/engine/test_courier.py"),
          ("kills", "points")),
    Trial(18, "odd and huge input",
          ("tests/engine/test_odd_input.py",), ("odd inputs",)),
    Trial(22, "one resident on two networks, linked and forgotten at any moment",
          ("tests/discord/test_races.py", "tests/engine/test_linked_evenings.py",
           "tests/engine/test_linked_meetings.py"), ("votes of one person on two networks",)),
    Trial(24, "the same evening with other votes looks the same",
          ("tests/replay/test_two_worlds.py",)),
    Trial(25, "no figures before a blind round closes",
          ("tests/replay/test_blind.py",)),
    Trial(27, "rows altered, removed, added, put in another order, also with all hashes after them",
          ("tests/storage/test_chain.py", "tests/replay/test_posted_heads.py"),
          ("alterations", "altered journals against a posted head")),
    Trial(28, "forgotten after whatever was typed",
          ("tests/engine/test_forgotten.py", "tests/storage/test_forgetting.py")),
)  # fmt: skip
