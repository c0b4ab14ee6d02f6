"""Forms in words: what the desk asks, as a platform shows it."""

from __future__ import annotations

from bot.desk.services import Services
from bot.desk.sheets import sheet
from bot.desk.talk import Line
from bot.desk.youth import said_to
from bot.platforms.menu import Opened
from bot.platforms.messages import Field, Form
from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.core import Notice
from storage.database import or_not_now


class Forms:
    """Makes the forms that people open. Reads only."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        self._services = services
        self._renderer = renderer

    def form(self, opened: Opened) -> Form | None:
        """The form that is opened; None where there is none (any more)."""
        with or_not_now():
            asked = sheet(self._services, opened)
            if asked is None:
                return None
            place, about = opened.place.platform, opened.means.dialogue
            language = spoken(self._services, place, opened.account, opened.language, about)
            fields = tuple(self._field(line, language) for line in asked.lines)
            return Form(opened.form, self._said(asked.title, language), fields)

    def _field(self, line: Line, language: str) -> Field:
        return Field(
            line.name,
            self._said(line.label, language),
            line.most,
            line.least,
            line.long,
            line.value,
            self._said(line.example, language) if line.example is not None else "",
            tuple((value, self._said(told, language)) for value, told in line.options),
            self._said(line.help, language) if line.help is not None else "",
        )

    def _said(self, notice: Notice, language: str) -> str:
        return plain(self._renderer.render(notice.template, notice.data, language or None))


def spoken(services: Services, platform: str, account: str, program: str, dialogue: str) -> str:
    """The language in which somebody is told of a dialogue: their own choice, else that of their
    ``program``; of a dialogue of young people as it is said to them."""
    people = services.store.people
    person = people.known(platform, account)
    own = (people.language(person) if person is not None else "") or program
    about = services.ledger.states.get(dialogue)
    return own if about is None else said_to(services, about.room, own)
