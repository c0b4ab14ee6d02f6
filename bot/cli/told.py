"""What stops many commands, told in one place: a sentence on standard error and an exit code.

What only one command meets, or has more to say of, it tells itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from advice.quotes import Misquoted
from bot.cli.networks import NoSecret
from bot.cli.output import MISUSED, WRONG, complain
from bot.cli.town_of import NoConfig, NoDatabase
from bot.cli.unusable import sentence
from bot.documents.handover import NoSuchDialogue
from bot.town.config_file import ConfigError
from bot.town.keys import KeyFault
from dialogues.record import BrokenJournal
from storage.backup import BadBackup
from storage.database import Unusable

_Given = ParamSpec("_Given")

#: Errors whose own text is the sentence.
_AS_THEY_SAY = (BadBackup, ConfigError, KeyFault, NoConfig, NoDatabase, NoSecret)


def told(command: Callable[_Given, int]) -> Callable[_Given, int]:
    """A command that returns its exit code, also where what it needs is missing or damaged."""

    @wraps(command)
    def run(*given: _Given.args, **named: _Given.kwargs) -> int:
        try:
            return command(*given, **named)
        except _AS_THEY_SAY as error:
            return complain(str(error), MISUSED)
        except Unusable as error:
            return complain(sentence(error), MISUSED)
        except NoSuchDialogue as error:
            known = ", ".join(error.known) or "none yet"
            return complain(f"there is no dialogue {error.name!r}; there is: {known}", MISUSED)
        except BrokenJournal as error:
            return complain(f"the journal is damaged ({error}); restore a backup", WRONG)
        except Misquoted as error:
            what = "a quote is not what was shown, so nothing was written"
            return complain(f"{what}: {error}", WRONG)

    return run
