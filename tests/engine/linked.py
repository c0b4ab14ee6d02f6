"""One resident with an account on two networks, for tests."""

from __future__ import annotations

from tests.engine.networks import Networks

BUS = "De bus moet vaker rijden."

TREES = "Er moeten meer bomen komen."


def code(both: Networks, who: str = "anna", network: str = "matrix") -> str:
    (given,) = both.heard(who, "koppel", network)
    assert given.template == "link_code"
    return str(given.data["code"])


def link(both: Networks, who: str = "anna", there: str = "anna77"):
    """Link an account on Matrix to one on Discord; the answer."""
    (linked,) = both.heard(there, f"koppel {code(both, who)}", "discord")
    assert linked.template == "linked"
    return linked


def box(both: Networks):
    state = both.dialogue
    return state.machine(state.current).box(state.states[state.current])


def given(both: Networks) -> None:
    both.open()
    both.heard("zoe", f"stelling {BUS}")
    both.heard("zoe", f"stelling {TREES}")


def words(both: Networks) -> list[str]:
    """Every event of the dialogue since the last call, by name."""
    return [type(event).__name__ for _, event in events(both)]


def events(both: Networks) -> list[tuple[str, object]]:
    record = both.store.record
    return [
        (line.by, line.event) for line in map(record.read, both.store.reader().lines("ons-gesprek"))
    ]
