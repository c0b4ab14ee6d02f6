"""Who is who: account, person, participant, ballot. Names and links stand here and nowhere else.

An account is (platform, id); a person may have several; a participant is that person in one
dialogue, a ballot that participant in one round. A person's id never leaves this file's tables
and the places people write from; the journal knows participants and ballots only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from storage.journal import links

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"

#: How many looked-up rows are kept at hand of each sort.
_AT_HAND = 20_000


def crockford(data: bytes) -> str:
    """Bytes as Crockford base 32 in small letters (5 bits a character, rounded down)."""
    number = int.from_bytes(data)
    count = len(data) * 8 // 5
    return "".join(_CROCKFORD[(number >> 5 * i) & 31] for i in reversed(range(count)))


@dataclass(slots=True)
class Known:
    """What every fact needs of its author: roles comma-separated and sorted; language or ""."""

    person: str
    roles: str
    language: str


class People:
    """``met`` and ``ballot_of`` are asked for at every vote, so what they found stays at hand."""

    def __init__(self, connection: sqlite3.Connection, chance: Callable[[int], bytes]) -> None:
        self._db = connection
        self._chance = chance
        self._met: dict[tuple[str, str], Known] = {}
        self._known: dict[str, Known] = {}
        self._participants: dict[tuple[str, str], str] = {}
        self._ballots: dict[tuple[str, str, int], str] = {}

    def _new(self, letter: str) -> str:
        return letter + crockford(self._chance(10))

    def drop(self) -> None:
        """Forget what is at hand (after a rollback, or when people were forgotten)."""
        self._met.clear()
        self._known.clear()
        self._participants.clear()
        self._ballots.clear()

    def met(self, platform: str, account: str) -> Known | None:
        """Who is behind an account, if somebody is; the same object until ``drop``."""
        key = (platform, account)
        known = self._met.get(key)
        if known is None:
            row = self._db.execute(
                "SELECT person FROM accounts WHERE platform = ? AND account = ?", key
            ).fetchone()
            if row is not None:
                known = self._meet(key, self._of(str(row[0])))
        return known

    def _meet(self, key: tuple[str, str], known: Known) -> Known:
        if len(self._met) >= _AT_HAND:
            self._met.clear()
            self._known.clear()
        self._met[key] = self._known[known.person] = known
        return known

    def _of(self, person: str) -> Known:
        known = self._known.get(person)
        if known is None:
            row = self._db.execute(
                "SELECT roles, language FROM persons WHERE person = ?", (person,)
            ).fetchone()
            if len(self._known) >= 2 * _AT_HAND:
                self._met.clear()
                self._known.clear()
            known = self._known[person] = Known(person, *(row or ("", "")))
        return known

    def known(self, platform: str, account: str) -> str | None:
        """The person behind an account, if there is one."""
        known = self.met(platform, account)
        return known.person if known is not None else None

    def person(self, platform: str, account: str) -> str:
        """The person behind an account, made when new."""
        person = self.known(platform, account)
        if person is None:
            person = self._new("h")
            self._meet((platform, account), Known(person, "", ""))
            self._db.execute("INSERT INTO persons (person) VALUES (?)", (person,))
            self._db.execute(
                "INSERT INTO accounts (platform, account, person) VALUES (?, ?, ?)",
                (platform, account, person),
            )
        return person

    def roles(self, person: str) -> str:
        """The roles last heard of for a person, comma-separated and sorted."""
        return self._of(person).roles

    def set_roles(self, person: str, roles: str) -> None:
        self._of(person).roles = roles
        self._db.execute("UPDATE persons SET roles = ? WHERE person = ?", (roles, person))

    def language(self, person: str) -> str:
        """The language a person asked for, or ""."""
        return self._of(person).language

    def set_language(self, person: str, language: str) -> None:
        self._of(person).language = language
        self._db.execute("UPDATE persons SET language = ? WHERE person = ?", (language, person))

    def participant(self, dialogue: str, person: str) -> str:
        """The person's pseudonym in a dialogue, made when new."""
        key = (dialogue, person)
        participant = self._participants.get(key)
        if participant is None:
            row = self._db.execute(
                "SELECT participant FROM participants WHERE dialogue = ? AND person = ?", key
            ).fetchone()
            participant = str(row[0]) if row else self._new("p")
            if len(self._participants) >= _AT_HAND:
                self._participants.clear()
            self._participants[key] = participant
            if row is None:
                self._db.execute(
                    "INSERT INTO participants (participant, dialogue, person) VALUES (?, ?, ?)",
                    (participant, *key),
                )
        return participant

    def ballot(self, dialogue: str, participant: str, round: int) -> str:
        """The participant's ballot in a round, made when new."""
        row = self._db.execute(
            "SELECT ballot FROM ballots WHERE participant = ? AND round = ?", (participant, round)
        ).fetchone()
        if row is not None:
            return str(row[0])
        ballot = self._new("b")
        self._db.execute(
            "INSERT INTO ballots (ballot, dialogue, round, participant) VALUES (?, ?, ?, ?)",
            (ballot, dialogue, round, participant),
        )
        return ballot

    def ballot_of(self, dialogue: str, person: str, round: int) -> str:
        """The ballot of a person in a round, made when new."""
        key = (dialogue, person, round)
        ballot = self._ballots.get(key)
        if ballot is None:
            if len(self._ballots) >= _AT_HAND:
                self._ballots.clear()
            ballot = self.ballot(dialogue, self.participant(dialogue, person), round)
            self._ballots[key] = ballot
        return ballot

    def ballots_of(self, participant: str) -> dict[int, str]:
        """The participant's ballots by round."""
        return dict(
            self._db.execute(
                "SELECT round, ballot FROM ballots WHERE participant = ?", (participant,)
            ).fetchall()
        )

    def participations(self, person: str) -> list[tuple[str, str]]:
        """Every (dialogue, participant) of a person."""
        return self._db.execute(
            "SELECT dialogue, participant FROM participants WHERE person = ? ORDER BY dialogue",
            (person,),
        ).fetchall()

    def person_of(self, participant: str) -> str | None:
        row = self._db.execute(
            "SELECT person FROM participants WHERE participant = ?", (participant,)
        ).fetchone()
        return str(row[0]) if row else None

    def participant_of(self, ballot: str) -> str | None:
        row = self._db.execute(
            "SELECT participant FROM ballots WHERE ballot = ?", (ballot,)
        ).fetchone()
        return str(row[0]) if row else None

    def links(self, dialogue: str) -> dict[str, str]:
        return links(self._db, dialogue)

    def destroy_links(self, dialogue: str) -> None:
        """Delete which ballot was whose; nobody can tell afterwards."""
        self._db.execute("DELETE FROM ballots WHERE dialogue = ?", (dialogue,))
        self._db.execute("DELETE FROM reactions WHERE dialogue = ?", (dialogue,))
        # A reason stands under its ballot in the journal: who wrote it must go as well.
        self._db.execute("DELETE FROM sources WHERE dialogue = ? AND item LIKE 'R%'", (dialogue,))
        self._ballots.clear()

    def forget(self, person: str) -> None:
        """Delete a person, the accounts, and which participant they were.

        Ballots keep their participant, a random id that leads nowhere now, so that totals of
        closed rounds stay right.
        """
        for table in ("accounts", "persons", "sources", "places"):
            self._db.execute(f"DELETE FROM {table} WHERE person = ?", (person,))  # noqa: S608
        self._db.execute("DELETE FROM participants WHERE person = ?", (person,))
        known = self._of(person)  # whoever holds it must not go on with what is gone
        known.roles = known.language = ""
        self.drop()
