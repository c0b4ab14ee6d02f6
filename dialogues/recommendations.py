"""A recommendation: a proposal to the council, and the item it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``item`` is where it comes from, with the ``option`` of it where only that is asked.

    ``label`` holds the town's words (a question and an option of it, or only the question where a
    resident suggested the option: ``suggested`` is then its number, and its text is kept there).
    ``number`` is the one that it was first shown with.
    """

    number: str
    item: str
    option: int | None = None
    label: str = ""
    suggested: str = ""

    @property
    def asks(self) -> tuple[str, int | None]:
        """What it asks for: an item, or an option of one."""
        return self.item, self.option

    @property
    def rests_on(self) -> str:
        """The item that has to be shown for this recommendation to stand."""
        return self.suggested or self.item
