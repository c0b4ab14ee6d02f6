"""Several processes share many towns on a server: those of one that is killed are taken over by the
others, and every vote with a receipt is counted once."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

import pytest

from bench import town_worker
from bench.town_worker import Desk, Plan
from bench.towns import Fleet, prepare, recount, shared
from storage.database import TakenOver, Unusable, Where
from tests.generated import LONG, figure
from tests.postgres import by_hand, served

#: Two kills a second, until all is said, in seconds ``MOST`` at most; ten times as many votes in a
#: long run.
PLAN = Plan(30, 400, 5, 4, 5.0) if LONG else Plan(6, 150, 4, 2, 0.5)
MOST = 1_800.0 if LONG else 300.0


def places(folder: Path, plan: Plan) -> list[Where]:
    return [served(folder / str(number) / "stadsgesprek.db") for number in range(plan.towns)]


@pytest.mark.timeout(MOST + 200)
def test_what_a_killed_process_had_goes_on_elsewhere(tmp_path: Path) -> None:
    found = shared(places(tmp_path, PLAN), PLAN, seconds=MOST)
    figure("killed while sharing towns", found.kills)
    assert found.kills >= 1
    assert found.sound, found
    assert found.receipted >= 0.9 * found.counted


def test_a_recount_sees_what_is_lost_and_what_is_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(1, 10, 2, 1, 1000.0)
    towns = places(tmp_path, plan)
    prepare(towns, plan)
    fleet = Fleet(towns, plan)
    desk = Desk(towns[0], plan)
    while not desk.done:
        fleet.codes[0].update(desk.step())
    desk.close()
    fleet.codes[0].add("000000000000")  # of a vote that is in no journal
    recount(towns, plan, fleet.codes, fleet.outcome)
    assert (fleet.outcome.lost, fleet.outcome.doubled, fleet.outcome.counted) == (1, 0, 20)
    assert not fleet.outcome.sound


def test_a_process_tries_no_town_that_somebody_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try is a connection of its own; those of a hundred towns took all of a second."""
    plan = Plan(4, 30, 1, 2, 1000.0)
    towns = places(tmp_path, plan)
    prepare(towns, plan)
    others = [Desk(town, plan) for town in towns[:2]]
    tried: list[Where] = []

    def desk(where: Where, plan: Plan) -> Desk:
        tried.append(where)
        return Desk(where, plan)

    monkeypatch.setattr(town_worker, "Desk", desk)
    told: list[object] = []
    done = multiprocessing.Array("b", plan.towns)
    worker = town_worker._Worker(towns, plan, done, told.append, random.Random(1))
    worker.turn()
    assert sorted(map(str, tried)) == sorted(map(str, towns[2:]))
    worker.turn()
    assert len(tried) == 2  # it has its share, and looks again in a second
    others[0].close()
    monkeypatch.setattr(town_worker, "PATIENCE", 0.0)
    worker.turn()
    assert tried[2:] == towns[:1]
    assert [one.town for one in told if isinstance(one, town_worker.Took)][-1] == 0
    for held in (*worker._held.values(), others[1]):
        held.close()


def test_a_town_is_one_processs_at_a_time(tmp_path: Path) -> None:
    plan = Plan(1, 60, 2, 1, 1000.0)
    towns = places(tmp_path, plan)
    prepare(towns, plan)
    one = Desk(towns[0], plan)
    one.step()
    with pytest.raises(Unusable, match="in_use"):
        Desk(towns[0], plan)
    by_hand(f"SELECT pg_terminate_backend({one.scene.store._db._pg.info.backend_pid})")  # type: ignore[attr-defined]
    other = Desk(towns[0], plan)
    other.step()
    with pytest.raises(TakenOver):
        one.step()
    while not other.done:
        other.step()
    other.close()
    fleet = Fleet(towns, plan)
    recount(towns, plan, fleet.codes, fleet.outcome)
    assert (fleet.outcome.counted, fleet.outcome.doubled) == (120, 0)
