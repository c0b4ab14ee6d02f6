"""Accounts that are nobody's yet, which each first vote asks about."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import groupby

#: An account: its platform, and its id there.
Account = tuple[str, str]

#: From so many on, accounts are looked up together.
_SEVERAL = 3


class Strangers:
    """Those that were looked up last and are not there. ``known`` has the accounts at hand;
    ``there`` looks up which of some accounts of a platform are somebody's."""

    def __init__(
        self, known: Container[Account], there: Callable[[str, list[str]], set[str]]
    ) -> None:
        self._known = known
        self._there = there
        self._found: set[Account] = set()
        self._coming: Callable[[], list[Account]] = list

    def drop(self) -> None:
        """Look up again whether an account is somebody's."""
        self._found.clear()

    def expect(self, accounts: Callable[[], list[Account]]) -> None:
        """Give the accounts that are asked for next: with the first of them that is not at hand all
        are looked up."""
        self._coming = accounts

    def have(self, account: Account) -> bool:
        """Whether an account was looked up, alone or with others, and is nobody's."""
        return account in self._found or self._look_up(account)

    def met(self, account: Account) -> None:
        """An account is somebody's now."""
        self._found.discard(account)

    def note(self, account: Account) -> None:
        """An account was looked up alone, and is not there."""
        self._found = {account}

    def _look_up(self, account: Account) -> bool:
        coming, self._coming = self._coming(), list
        unknown = {one for one in coming if one not in self._known}
        if len(unknown) < _SEVERAL or account not in unknown:
            return False
        self._found = unknown
        for platform, of_one in groupby(sorted(unknown), key=lambda one: one[0]):
            there = self._there(platform, [name for _, name in of_one])
            self._found = self._found - {(platform, name) for name in there}
        return account in self._found
