"""What fits behind a word while somebody fills it in, as it reads."""

from __future__ import annotations

from bot.delivery.buttons import labelled
from bot.delivery.forms import spoken
from bot.desk.searching import CHOICES, LABEL, choosable, fitting, search
from bot.desk.services import Services
from bot.platforms.menu import Searched, Suggestion
from bot.platforms.writing import shortened
from bot.text.templates import Renderer
from storage.database import NotNow, or_not_now


class Suggesting:
    """Says what may be filled in. Reads only."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        self._services = services
        self._renderer = renderer

    def fits(self, searched: Searched) -> tuple[Suggestion, ...]:
        """What fits and holds what was typed so far; nothing while the store cannot be read."""
        try:
            with or_not_now():
                if searched.suggests == CHOICES:
                    return fitting(searched, self._choices(searched))
                return search(self._services, searched)
        except NotNow:
            return ()

    def _choices(self, searched: Searched) -> tuple[Suggestion, ...]:
        """What can be chosen on an item: what is typed for it, and what stands on its button."""
        found = choosable(self._services, searched)
        place = searched.place
        if not found or place is None:
            return ()
        account, own = searched.account, searched.language
        language = spoken(self._services, place.platform, account, own, found[0].dialogue)
        read = ((one.choice, labelled(self._renderer, one, language)) for one in found)
        return tuple(Suggestion(choice, shortened(label, LABEL)) for choice, label in read)
