"""Pseudonyms: a person's participant id in a dialogue, and their ballot id in each round.

Both names are random. Person, participant and ballot are linked here alone; contributions stand in
the journal under the participant, votes and the reasons with them under the ballot. Where accounts
were linked, a participant can have been merged into another (``storage.merged``).
"""

from __future__ import annotations

from storage.database import AT_HAND, Database
from storage.merged import Merged, changed_merged, merged
from storage.people import every_account, linked
from storage.pseudonyms import Named, Names
from storage.seals import seal_of


class Ballots(Named):
    """The ballots of participants, one in each round."""

    def ballot(self, dialogue: str, participant: str, round: int) -> str:
        """A participant's ballot id in a round, made when new."""
        if not self._names.take_blank(participant):
            row = self._db.execute(
                "SELECT ballot FROM ballots WHERE participant = ? AND round = ?",
                (participant, round),
            ).fetchone()
            if row is not None:
                return str(row[0])
        ballot = self._names.new("b")
        values = (ballot, dialogue, round, participant)
        self._db.execute(
            "INSERT INTO ballots (ballot, dialogue, round, participant, seal)"
            " VALUES (?, ?, ?, ?, ?)",
            (*values, _seal_of_ballot(self._key, *values)),
        )
        return ballot

    def of(self, participant: str) -> dict[int, str]:
        """The participant's ballots by round."""
        return dict(
            self._db.execute(
                "SELECT round, ballot FROM ballots WHERE participant = ?", (participant,)
            ).fetchall()
        )

    def hand_over(self, dialogue: str, gone: str, kept: str) -> None:
        """Make a participant's ballots another's, in the rounds in which that one has none."""
        mine = self.of(kept)
        for index, ballot in self.of(gone).items():
            if index not in mine:
                values = (ballot, dialogue, index, kept)
                self._db.execute(
                    "UPDATE ballots SET participant = ?, seal = ? WHERE ballot = ?",
                    (kept, _seal_of_ballot(self._key, *values), ballot),
                )


class Participants(Named):
    """The ids and their links. ``ballot_of`` is cached, because every vote needs it."""

    def __init__(self, connection: Database, names: Names, key: bytes, ballots: Ballots) -> None:
        super().__init__(connection, names, key)
        self._of_each = ballots
        self._merged = Merged(connection, key)
        self._participants: dict[tuple[str, str], str] = {}
        self._ballots: dict[tuple[str, str, int], str] = {}

    def drop(self) -> None:
        """Clear the cache (after a rollback, or when links were deleted)."""
        self._participants.clear()
        self._ballots.clear()
        self._merged.drop()
        self._names.settle()

    # -- participants -------------------------------------------------------------------------

    def participant(self, dialogue: str, person: str) -> str:
        """A person's participant id in a dialogue, made when new."""
        key = (dialogue, person)
        participant = self._participants.get(key)
        if participant is None:
            row = None
            if not self._names.take_blank(person):
                row = self._db.execute(
                    "SELECT participant FROM participants WHERE dialogue = ? AND person = ?", key
                ).fetchone()
            participant = str(row[0]) if row else self._names.new("p")
            if len(self._participants) >= AT_HAND:
                self._participants.clear()
            self._participants[key] = participant
            if row is None:
                self._db.execute(
                    "INSERT INTO participants (participant, dialogue, person, seal)"
                    " VALUES (?, ?, ?, ?)",
                    (participant, *key, _seal_of_participant(self._key, participant, *key)),
                )
        return participant

    def current(self, person: str) -> dict[str, str]:
        """A person's participant in each dialogue."""
        asked = "SELECT dialogue, participant FROM participants WHERE person = ? ORDER BY dialogue"
        return dict(self._db.execute(asked, (person,)).fetchall())

    def participations(self, person: str) -> list[tuple[str, str]]:
        """Every (dialogue, participant) of a person, those that were merged included."""
        return [
            (dialogue, participant)
            for dialogue, now in self.current(person).items()
            for participant in (now, *sorted(self._merged.others(now)))
        ]

    def others(self, participant: str) -> frozenset[str]:
        """The participants that this one's person was before accounts were linked; they stay so
        when the accounts are parted."""
        return self._merged.others(participant)

    def person_of(self, participant: str) -> str | None:
        """The person behind a participant; None when that was deleted."""
        row = self._db.execute(
            "SELECT person FROM participants WHERE participant = ?",
            (self._merged.now(participant),),
        ).fetchone()
        return str(row[0]) if row else None

    def merge(self, dialogue: str, gone: str, kept: str) -> None:
        """Make ``gone`` another participant of the same person. In rounds where both have a ballot
        they stay two."""
        self._merged.merge(dialogue, gone, kept)
        self._of_each.hand_over(dialogue, gone, kept)
        self._db.execute("DELETE FROM participants WHERE participant = ?", (gone,))
        self.drop()

    def give(self, gone: str, kept: str) -> None:
        """Make the participants of one person those of another."""
        for dialogue, participant in self.current(gone).items():
            seal = _seal_of_participant(self._key, participant, dialogue, kept)
            self._db.execute(
                "UPDATE participants SET person = ?, seal = ? WHERE participant = ?",
                (kept, seal, participant),
            )
        self.drop()

    # -- ballots ------------------------------------------------------------------------------

    def ballot_of(self, dialogue: str, person: str, round: int) -> str:
        """A person's ballot id in a round of a dialogue, made when new."""
        key = (dialogue, person, round)
        ballot = self._ballots.get(key)
        if ballot is None:
            if len(self._ballots) >= AT_HAND:
                self._ballots.clear()
            ballot = self._of_each.ballot(dialogue, self.participant(dialogue, person), round)
            self._ballots[key] = ballot
        return ballot

    def with_ballots(self, dialogue: str) -> list[str]:
        """The persons who voted in a dialogue, or were offered something to vote on."""
        rows = self._db.execute(
            "SELECT DISTINCT person FROM participants JOIN ballots USING (participant)"
            " WHERE ballots.dialogue = ?",
            (dialogue,),
        )
        return [str(row[0]) for row in rows]

    def participant_of(self, ballot: str) -> str | None:
        """The participant of a ballot; None when the links were destroyed."""
        row = self._db.execute(
            "SELECT participant FROM ballots WHERE ballot = ?", (ballot,)
        ).fetchone()
        return self._merged.now(str(row[0])) if row else None

    def links(self, dialogue: str) -> dict[str, str]:
        """As the function of that name."""
        return links(self._db, dialogue)

    def linked(self, dialogue: str) -> frozenset[str]:
        """As the function ``linked_in``."""
        return linked_in(self._db, dialogue)

    def accounts(self, dialogue: str) -> list[tuple[str, str, str]]:
        """As the function ``accounts_in``."""
        return accounts_in(self._db, dialogue)

    # -- forgetting ---------------------------------------------------------------------------

    def destroy_links(self, dialogue: str) -> int:
        """Delete the links between the ballots and participants of a dialogue; returns how many."""
        gone = self._db.execute("DELETE FROM ballots WHERE dialogue = ?", (dialogue,))
        self._ballots.clear()
        return gone.rowcount

    def forget_in(self, aggregate: str) -> int:
        """Delete all participants of an aggregate; returns how many there were."""
        gone = self._db.execute("DELETE FROM participants WHERE dialogue = ?", (aggregate,))
        self.drop()
        return gone.rowcount

    def forget(self, person: str) -> None:
        """Delete a person's participants.

        Their ballots keep the participant's random id, which now leads to nobody, so that the
        totals of closed rounds stay right.
        """
        self._db.execute("DELETE FROM participants WHERE person = ?", (person,))
        self.drop()


def links(db: Database, dialogue: str) -> dict[str, str]:
    """Every ballot of a dialogue with its participant, none once they were destroyed; and every
    participant that was merged, with what it is now."""
    now = merged(db, dialogue)
    rows = db.execute("SELECT ballot, participant FROM ballots WHERE dialogue = ?", (dialogue,))
    return {**{str(ballot): now.get(whose, str(whose)) for ballot, whose in rows}, **now}


def linked_in(db: Database, dialogue: str) -> frozenset[str]:
    """The participants of a dialogue whose person has accounts on several networks."""
    found = linked(db)
    return frozenset(p for p, person in people(db, dialogue).items() if person in found)


def accounts_in(db: Database, dialogue: str) -> list[tuple[str, str, str]]:
    """The participants of a dialogue with their accounts: each with a platform and its id."""
    whose = people(db, dialogue)
    named = {person: participant for participant, person in whose.items()}
    every = every_account(db)
    return [(named[who], platform, account) for who, platform, account in every if who in named]


def people(db: Database, dialogue: str) -> dict[str, str]:
    """Every participant of a dialogue with the person behind it."""
    return dict(
        db.execute(
            "SELECT participant, person FROM participants WHERE dialogue = ?", (dialogue,)
        ).fetchall()
    )


def changed(db: Database, key: bytes, dialogue: str) -> int:
    """How many participants and ballots of a dialogue are another's than they were stored with."""
    whose = db.execute(
        "SELECT participant, dialogue, person, CAST(seal AS BLOB) FROM participants"
        " WHERE dialogue = ?",
        (dialogue,),
    )
    cast = db.execute(
        "SELECT ballot, dialogue, round, participant, CAST(seal AS BLOB) FROM ballots"
        " WHERE dialogue = ?",
        (dialogue,),
    )
    return (
        len([1 for *of, seal in whose if seal != _seal_of_participant(key, *of)])
        + len([1 for *of, seal in cast if seal != _seal_of_ballot(key, *of)])
        + changed_merged(db, key, dialogue)
    )


def sealed(db: Database, key: bytes, most: int) -> list[bool]:
    """Of ``most`` participants, whether each was stored with this key of the town."""
    rows = db.execute(
        "SELECT participant, dialogue, person, CAST(seal AS BLOB) FROM participants"
        " WHERE length(seal) > 0 LIMIT ?",
        (most,),
    )
    return [seal == _seal_of_participant(key, *of) for *of, seal in rows]


def dialogues(db: Database) -> set[str]:
    """Every dialogue in which there is a participant or a ballot."""
    rows = db.execute("SELECT dialogue FROM participants UNION SELECT dialogue FROM ballots")
    return {str(row[0]) for row in rows}


def _seal_of_participant(key: bytes, participant: str, dialogue: str, person: str) -> bytes:
    return seal_of(key, "participants", participant, dialogue, person)


def _seal_of_ballot(key: bytes, ballot: str, dialogue: str, round: int, participant: str) -> bytes:
    return seal_of(key, "ballots", ballot, dialogue, str(round), participant)
