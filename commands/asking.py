"""Questions about the bot itself, as people put them: what must I do, who reads this, may I change?

They are no contribution, no reason and no vote, whatever the bot waits for. Only a message that is
such a question as a whole is taken for one.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from commands.cleaning import plain_word


class About(Enum):
    """What somebody asks about."""

    BRING = auto()
    CHANGE = auto()
    ENGLISH = auto()
    EVERYTHING = auto()
    HELP = auto()
    PRIVACY = auto()
    STOP = auto()


_NOW = "(?: (?:nu|dan|hier|nou|eigenlijk|now|here|then))*"
_CHANGED = "(?:veranderen|aanpassen|wijzigen|terugnemen|terugtrekken|intrekken|change)"
_WHAT = "(?:stem|stemmen|keuze|antwoord|vote|votes|choice|answer)"

_DONE = "(?:doen|typen|zeggen|kiezen|sturen)"
_OWN = "(?:dit|dat|het|mijn stem|wat ik (?:stem|zeg|schrijf|typ)|hier)"
_DIALOGUE = "(?: (?:dit|het|mee|een gesprek|het gesprek|een peiling))?"

_SOMEBODY = (
    "(?:iemand|een (?:vriend|vriendin|kennis|buurman|buurvrouw)|anderen|mensen|kinderen|vrienden"
    "|(?:mijn|m n) [a-z]{2,20})"
)
_SOMEONE = "(?:someone|somebody|anyone|a friend|others|people|friends|(?:my) [a-z]{2,20})"

_ASKED: dict[About, tuple[str, ...]] = {
    About.BRING: (
        (
            rf"(?:mag|kan|kun|kunnen|mogen) (?:ik|je|we|wij)(?: ook| nog| er)* {_SOMEBODY}"
            "(?: ook)? (?:meenemen|meebrengen)(?: .{1,30})?"
        ),
        rf"ik (?:neem|breng)(?: ook| graag)* {_SOMEBODY} mee(?: .{{1,30}})?",
        rf"ik wil(?: ook| graag)* {_SOMEBODY} (?:meenemen|meebrengen)",
        rf"(?:can|may|could) i (?:bring|take) {_SOMEONE}(?: along| with me)?(?: .{{1,30}})?",
    ),
    About.CHANGE: (
        (
            rf"(?:mag|kan|kun|hoe kan|hoe) (?:ik|je) (?:nog )?(?:mijn|m n|je) {_WHAT}"
            rf" (?:nog |later )?{_CHANGED}"
        ),
        rf"(?:mag|kan) (?:mijn|m n) {_WHAT} nog {_CHANGED}",
        rf"ik wil (?:graag )?(?:mijn|m n) {_WHAT} (?:nog )?{_CHANGED}",
        rf"(?:can|may|how (?:do|can)|could) i (?:still )?{_CHANGED} my {_WHAT}(?: later)?",
        rf"i want to {_CHANGED} my {_WHAT}",
    ),
    About.ENGLISH: (
        "(?:(?:hi|hello|sorry) )?i (?:do ?n ?t|cannot|can ?t) (?:speak|understand|read) dutch",
        "(?:do you speak |in )?english(?: please)?",
        "no dutch",
        "(?:ik )?spreek geen nederlands",
    ),
    About.EVERYTHING: (
        (
            r"(?:wat|welke gegevens) (?:weet|bewaart?|hebt?|hebben|heeft)"
            r" (?:je|jij|u|jullie|(?:deze|de) bot|de gemeente)(?: allemaal| eigenlijk)?"
            r" (?:van|over) mij"
        ),
        r"(?:what|which data) do you (?:know|have|keep|store) (?:about|of|on) me",
    ),
    About.HELP: (
        (
            "(?:sorry )?(?:ik )?(?:snap|begrijp) (?:het|dit|er|hier)(?: echt)? (?:niet|niks|niets)"
            rf"(?: van)?{_NOW}"
        ),
        rf"wat (?:moet|kan|mag) ik{_NOW} {_DONE}{_NOW}|wat nu|en nu",
        rf"hoe (?:werkt|gaat|moet|doe ik) (?:dit|het|dat){_NOW}|wat is dit{_NOW}",
        rf"hoe (?:begin|start|open|sluit|maak|doe|stem) ik{_DIALOGUE}{_NOW}",
        rf"what (?:do|should|can|must) i do{_NOW}|what now|how does (?:this|it) work|what is this",
        "i (?:do ?n ?t) (?:understand|get)(?: (?:it|this|anything))?",
        "how do i (?:begin|start|open|close|vote|join)(?: (?:this|it|a dialogue|the dialogue))?",
    ),
    About.PRIVACY: (
        rf"wie (?:ziet|leest|kan|kunnen|weet) {_OWN}(?: (?:allemaal|zien|lezen|meelezen))*",
        "(?:is|blijft) (?:dit|het|mijn stem|dat) (?:wel |echt )?(?:anoniem|geheim|prive|veilig)",
        "who (?:sees|reads|can (?:see|read)) (?:this|it|my vote|that)",
        "is (?:this|it|my vote|that) (?:anonymous|secret|private|safe)",
    ),
    About.STOP: (
        "hoe (?:kan ik )?stop(?:pen)?(?: ik)?(?: hiermee| ermee)?",
        "ik wil (?:weg|eruit)",
        "how (?:do|can) i (?:stop|leave|quit)",
        "i want to (?:stop|leave|quit)",
    ),
}
_FORMS = {about: re.compile("|".join(forms)) for about, forms in _ASKED.items()}

#: The longest text that is compared with these, in characters.
_LONGEST = 80


def asks(text: str) -> About | None:
    """What a message asks about the bot, where it is such a question as a whole."""
    if len(text) > _LONGEST:
        return None
    said = " ".join(re.sub(r"[^\w\s]|_", " ", plain_word(text)).split())
    return next((about for about, form in _FORMS.items() if form.fullmatch(said)), None)
