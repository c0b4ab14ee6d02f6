"""Accounts that are nobody's yet, which each first vote asks about."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import groupby

from storage.database import Database, one_of

#: An account: its platform, and its id there.
Account = tuple[str, str]

#: From so many on, accounts are looked up together.
_SEVERAL = 3


class Strangers:
    """Those that were looked up last and are not there. ``known`` has the accounts at hand."""

    def __init__(self, connection: Database, known: Container[Account]) -> None:
        self._db = connection
        self._known = known
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
            there = one_of(
                self._db,
                "SELECT account FROM accounts WHERE platform = ? AND account IN",
                [name for _, name in of_one],
                (platform,),
            )
            self._found = self._found - {(platform, str(row[0])) for row in there}
        return account in self._found
