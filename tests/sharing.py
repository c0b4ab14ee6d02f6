"""How the workers of pytest-xdist divide the tests."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

#: Tests that wait for a homeserver, a browser or a program more than they compute.
WAITING = (
    "tests/browser/",
    "tests/console/test_live.py",
    "tests/discord/test_an_evening_of_25.py",
    "tests/discord/test_described_interactions.py",
    "tests/discord/test_kills.py",
    "tests/discord/test_minutes_of_stop.py",
    "tests/discord/test_ready_again.py",
    "tests/discord/test_secrets.py",
    "tests/discord/test_told_to_wait.py",
    "tests/docs/test_examples.py",
    "tests/matrix/",
)

#: Of those: files whose tests share an evening or a server, and stay together.
TOGETHER = (
    "tests/browser/test_site.py",
    "tests/matrix/evening/test_evening.py",
    "tests/matrix/faults/test_exactly_once.py",
    "tests/matrix/faults/test_tokens.py",
    "tests/matrix/platform/test_behaviour.py",
)

#: Of those: a file whose tests share all evenings on some networks, the first of their parameters.
BY_NETWORKS = "tests/matrix/dialogue/test_same_transcript.py"

#: Files that read all documents of the catalogues: one worker makes those, for all of them.
CATALOGUES = "tests/locales/of the catalogues"
OF_CATALOGUES = (
    "tests/locales/test_catalogues.py",
    "tests/locales/test_lock_screen.py",
    "tests/locales/test_words_to_type.py",
)

#: Files that read the whole source of the program: one worker parses it, for all of them.
SOURCES = "tests/of the sources"
OF_SOURCES = (
    "tests/locales/test_parts.py",
    "tests/locales/test_uses.py",
    "tests/test_kinds_stand_apart.py",
    "tests/test_sizes.py",
)

#: Slow tests, the slowest first, so that none is left for the end.
LONG = (
    "tests/matrix/evening/",
    "tests/browser/test_meeting.py",
    "tests/browser/test_walk.py",
    "tests/matrix/faults/test_kills.py",
    BY_NETWORKS,
    "tests/browser/",
    "tests/matrix/promises/test_one_person.py",
    "tests/matrix/dialogue/test_always_on.py",
    *TOGETHER,
    "tests/matrix/platform/test_limits.py",
    "tests/matrix/promises/test_confidential.py",
    "tests/matrix/dialogue/test_same_outcome.py",
    "tests/matrix/faults/test_server_restarts.py",
    "tests/matrix/promises/test_forgetting.py",
    "tests/matrix/promises/test_true_events.py",
    "tests/matrix/faults/test_minutes_of_stop.py",
    "tests/matrix/dialogue/test_a_walk.py",
    "tests/matrix/promises/test_polls.py",
    "tests/discord/test_kills.py",
    CATALOGUES,
    "tests/engine/test_one_language.py",
    "tests/replay/test_polis.py",
    "tests/docs/test_examples.py",
    "tests/discord/",
    "tests/test_odd_files.py",
    "tests/console/",
    "tests/rounds/test_s",
    "tests/engine/test_faults.py",
    "tests/engine/test_faults_live.py",
    "tests/site/test_cut_off.py",
    "tests/faults/",
    "tests/engine/test_o",
    "tests/engine/test_expressions.py",
    "tests/engine/test_roles.py",
    "tests/advice/test_verify",
    "tests/commands/test_speed.py",
    "tests/test_bench.py",
    "tests/replay/",
    "tests/locales/",
    "tests/rounds/",
    "tests/dialogues/",
    "tests/engine/",
)


#: Of the workers that begin with what waits half, and with what computes a third: as many as there
#: are processors. The others begin once nothing is left to compute: then those that wait leave the
#: processors to others, and more of them can wait at once. Were it a third that waits at first, too
#: much of that would be left for the end: by calculation half a minute more, on two processors.
WAIT, COMPUTE = 1 / 2, 1 / 3

#: Up to so many workers all begin at once, and one of them takes what waits.
FEW = 3

#: So many tests that wait a worker may hold: the one it runs, and the next, which it has to know.
HELD = 2


class Scheduling(LoadScopeScheduling):
    """The tests of a file stay together, so that what they share is made once; tests that mostly
    wait go one by one. Of the workers that begin at once some take the tests that wait, the others
    those that compute, so that the processors are busy all the time."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file in OF_CATALOGUES:
            return CATALOGUES
        if file in OF_SOURCES:
            return SOURCES
        if file == BY_NETWORKS:
            return nodeid.partition("-")[0]
        return nodeid if file.startswith(WAITING) and file not in TOGETHER else file

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give a worker what it is to do next; nothing to one that begins later."""
        if node in self._late():
            return
        waits = self.nodes.index(node) < _part(WAIT, len(self.nodes))
        scope = min(self.workqueue, key=lambda s: (s.startswith(WAITING) is not waits, _place(s)))
        self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        """What waits is shared out as late as can be, so that no worker has several tests before it
        while others have none."""
        self._fill(node)
        if self._left() <= {True}:
            for other in self.nodes:
                if not self._pending_of(self.assigned_work[other]):
                    self._fill(other)

    def _fill(self, node: WorkerController) -> None:
        """Let a worker have as many tests as it may hold; it ends where there are no more."""
        before = -1
        while before != (before := self._pending_of(self.assigned_work[node])):
            if before >= HELD and self._left() == {True}:
                return
            super()._reschedule(node)

    def _left(self) -> set[bool]:
        """Whether what nobody has yet waits, or computes, or both."""
        return {scope.startswith(WAITING) for scope in self.workqueue}

    def _late(self) -> list[WorkerController]:
        """The workers that begin once there is nothing left to compute."""
        size = len(self.nodes)
        some = size > FEW and len(self._left()) > 1
        return self.nodes[_part(WAIT, size) + _part(COMPUTE, size) :] if some else []


def _part(share: float, workers: int) -> int:
    """So many of the workers, at least one; of few of them it is one that waits."""
    return max(1, int(workers * share)) if workers > FEW else 1


def _place(nodeid: str) -> int:
    return next((n for n, name in enumerate(LONG) if nodeid.startswith(name)), len(LONG))
