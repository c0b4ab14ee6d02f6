"""What ``make bench`` runs works, and ``--help`` imports nothing heavy (figures: make bench)."""

from __future__ import annotations

from bench.start import imported_by_help


def test_help_imports_nothing_heavy() -> None:
    assert imported_by_help() == []
