"""The console's own sentences, in Dutch and English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "ahead_0": ("gelijk met de echte klok", "the real clock"),
    "ahead": ("{ahead} vooruit", "{ahead} ahead"),
    "bad_clock": (
        "Zo kan de klok niet verzet worden. Typ bijvoorbeeld: /klok +10m, +2u of +1d.",
        "The clock cannot be moved like that. Type for example: /clock +10m, +2h or +1d.",
    ),
    "bad_name": (
        "Een naam is één woord van letters en cijfers, hoogstens 40 tekens.",
        "A name is one word of letters and digits, at most 40 characters.",
    ),
    "bad_role": (
        "De rol «{role}» is er niet. Kies uit: {roles}.",
        "There is no role “{role}”. Choose from: {roles}.",
    ),
    "clock": ("Het is {now} ({ahead}).", "It is {now} ({ahead})."),
    "clock_back": (
        "De klok gaat alleen vooruit.",
        "The clock only goes forward.",
    ),
    "closing_failed": (
        "De laatste regel van de database is niet opgeschreven: {why}.",
        "The last row of the database was not noted: {why}.",
    ),
    "moved_before": (
        "Let op: in deze database is de klok verzet ({ahead}). Het is daar {now}.",
        "Note: the clock of this database was moved ({ahead}). It is {now} there.",
    ),
    "new_room": ("Nieuwe groep: {room}.", "New room: {room}."),
    "no_sidecar": (
        "Let op: {file} ontbreekt. Ik kan niet nagaan of deze database de nieuwste is.",
        "Note: {file} is missing. Nobody can tell whether this database is the newest.",
    ),
    "no_such_message": (
        "Het bericht «{id}» is er niet. Het nummer staat voor elke regel: m1, m2, …",
        "There is no message “{id}”. The number stands before each line: m1, m2, …",
    ),
    "person_taken": (
        "{name} is een mens, geen groep. Typ: /wie {name}, en dan /plek prive.",
        "{name} is a person, not a room. Type: /who {name}, and then /place private.",
    ),
    "places": ("U bent in {here}. Er zijn: {places}.", "You are in {here}. There are: {places}."),
    "room_taken": (
        "{name} is een groep, geen mens. Typ: /plek {name}.",
        "{name} is a room, not a person. Type: /place {name}.",
    ),
    "unknown_slash": (
        "/{word} ken ik niet. {nearest}Typ /hulp. Woorden voor de bot hebben geen schuine streep.",
        "I do not know /{word}. {nearest}Type /help. Words for the bot have no slash.",
    ),
    "meant": ("Bedoelt u /{word}? ", "Do you mean /{word}? "),
    "usage": ("Typ: {usage}", "Type: {usage}"),
    "welcome": (
        "Dit is de console: u speelt iedereen. Typ /hulp. Stoppen: /uit. Alles staat in {file}.",
        "This is the console: you play everybody. Type /help. To end: /quit. It is in {file}.",
    ),
    "who": ("U bent {who} ({roles}).", "You are {who} ({roles})."),
}

_RESIDENT = ("bewoner", "resident")
_PRIVATE = ("prive", "private")
_UNITS = (
    (86_400, ("dag", "dagen"), ("day", "days")),
    (3600, ("uur", "uur"), ("hour", "hours")),
    (60, ("minuut", "minuten"), ("minute", "minutes")),
    (1, ("seconde", "seconden"), ("second", "seconds")),
)


class Words:
    """The console's sentences in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._column = 1 if language == "en" else 0

    def __call__(self, code: str, **values: object) -> str:
        return _WORDS[code][self._column].format(**values)

    @property
    def resident(self) -> str:
        return _RESIDENT[self._column]

    @property
    def private(self) -> str:
        """The name of the personal conversation in prompt and lists."""
        return _PRIVATE[self._column]

    def pick(self, both: tuple[str, str]) -> str:
        return both[self._column]

    def ahead(self, seconds: int) -> str:
        """How far a moved clock is ahead."""
        if not seconds:
            return self("ahead_0")
        parts = []
        for size, *names in _UNITS:
            count, seconds = divmod(seconds, size)
            if count:
                parts.append(f"{count} {names[self._column][count != 1]}")
        return self("ahead", ahead=" ".join(parts))
