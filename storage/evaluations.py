"""What people think of a dialogue: how often each answer was given, and who answered already.

The two are apart. An answer is one more in a count, under no name and with no hour; that a question
was answered is a mark of a participant, without the answer. Both are ordered by their keys, so
that the file does not tell in which order they came. Both are erased with the links.
"""

from __future__ import annotations

from collections.abc import Iterable

from storage.database import Database


class Evaluations:
    """The counts and marks of dialogues that closed not long ago."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def answered(self, dialogue: str, participants: Iterable[str]) -> frozenset[str]:
        """The names of the questions that one of these participants of a dialogue answered."""
        rows = [
            self._db.execute(
                "SELECT question FROM evaluated WHERE dialogue = ? AND participant = ?",
                (dialogue, participant),
            )
            for participant in participants
        ]
        return frozenset(str(row[0]) for found in rows for row in found)

    def answer(self, dialogue: str, participant: str, question: str, answer: int) -> None:
        """Count an answer, and mark that the participant gave one."""
        self._db.execute(
            "INSERT INTO evaluated (dialogue, participant, question) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (dialogue, participant, question),
        )
        self._db.execute(
            "INSERT INTO evaluation_counts (dialogue, question, answer, times)"
            " VALUES (?, ?, ?, 1)"
            " ON CONFLICT (dialogue, question, answer) DO UPDATE SET"
            " times = evaluation_counts.times + 1",
            (dialogue, question, answer),
        )

    def counts(self, dialogue: str) -> dict[tuple[str, int], int]:
        """How often each answer (from 0) to a question was given."""
        rows = self._db.execute(
            "SELECT question, answer, times FROM evaluation_counts WHERE dialogue = ?", (dialogue,)
        )
        return {(str(question), int(answer)): int(times) for question, answer, times in rows}

    def forget(self, dialogue: str, participant: str) -> None:
        """Delete the marks of a participant; what was counted stays counted."""
        self._db.execute(
            "DELETE FROM evaluated WHERE dialogue = ? AND participant = ?", (dialogue, participant)
        )

    def erase(self, dialogue: str) -> None:
        """Delete the counts and marks of a dialogue."""
        self._db.execute("DELETE FROM evaluated WHERE dialogue = ?", (dialogue,))
        self._db.execute("DELETE FROM evaluation_counts WHERE dialogue = ?", (dialogue,))
