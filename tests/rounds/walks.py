"""How each surface of a kind is walked: one function each, which fails where a seam is left out.

All go through the real engine. ``WALKS`` names them; each is given the kind and an empty folder.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from advice import bundle, manifest
from advice.model import encode
from advice.words import LANGUAGES
from bot.delivery.prepare import Asked
from bot.documents.handover import Handed
from bot.engine.reception import Cursor
from bot.platforms.facts import Chose, Said
from bot.platforms.messages import Meaning
from rounds import registry
from tests.engine.live import LIVE, WHOLE, Chat, Live, person
from tests.engine.talk import Talk
from tests.replay.playing import CHARTER
from tests.rounds.surfaces import (
    Evening,
    Forgotten,
    Gathered,
    Hidden,
    Lacking,
    Line,
    Pressed,
    Reacted,
    Surface,
    surface,
)
from tests.rounds.walking import Walk
from tests.verifying import verified

WORDS_OF_ONE = "Er moet een bank bij de vijver komen."


def walked(surface: Surface, folder: Path, *, youth: bool = False) -> Walk:
    """A walk with the round of the kind open."""
    walk = Walk(folder / "town.db", youth=youth)
    walk.begin(surface)
    return walk


# -- what is said ----------------------------------------------------------------------------


def filled(kind: str, folder: Path) -> None:
    """Before it is filled a round does not open and asks for it in the list of work."""
    its = surface(kind)
    walk = Walk(folder / "town.db")
    walk.prepare(its)
    if isinstance(its.filled, Lacking):
        walk.ask("vera", "werk")
        (work,) = walk.answers
        notes: Any = work.data["notes"]
        assert not [row for row in notes if row["what"] in _own_texts(kind)]
    else:
        walk.go(its.filled)
    walk.go(its.fills)
    walk.ask("vera", "start")
    assert walk.codes == ["course"]
    walk.close()


def typed(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.typed)
    told = [line.text.lstrip("~!") for line in (*its.fills, *its.opens, *its.typed)]
    unsaid = [word for word in its.words if not any(t.startswith(word) for t in told)]
    assert unsaid == []
    walk.close()


def offered(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.offered)
    walk.close()


def helped(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.helped)
    walk.close()


def heard(kind: str, folder: Path) -> None:
    """Talk in the room without a sign before it; most kinds hear none of it."""
    its = surface(kind)
    walk = walked(its, folder)
    if isinstance(its.heard, Lacking):
        before = walk.events()
        walk.go([Line("anna", f"~{WORDS_OF_ONE}", ()), Line("bram", "~ja", ())])
        assert walk.events() == before
    else:
        walk.go(its.heard)
    walk.close()


def status(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    said = walk.ask("anna", "status")
    assert walk.codes == ["status"]
    assert walk.dialogue.frames[its.round].machine.kind == kind
    shown = "\n".join([said, *walk.in_room()])
    missing = [words for words in its.status if words not in shown]
    assert missing == [], shown
    walk.close()


# -- votes without words -----------------------------------------------------------------------


def reacted(kind: str, folder: Path) -> None:
    """Signs in the room of an open ballot, each by somebody else, on what shows the item."""
    its = surface(kind)
    if isinstance(its.reacted, Lacking):
        talk = _talked(its, folder / "none.db", its.fills)
        before = talk.dialogue.position
        for number, sign in enumerate(("👍", "👎", "🤷", "1️⃣", "2️⃣", "❤️")):
            talk.react(f"buur{number}", sign, talk.card)
        assert talk.dialogue.position == before
        talk.close()
        return
    for number, case in enumerate(its.reacted):
        talk = _talked(its, folder / f"{number}.db", case.fills or its.fills)
        _react(talk, case)
        talk.close()


def _talked(its: Surface, file: Path, fills: tuple[Line, ...]) -> Talk:
    talk = Talk(file)
    talk.staff(f"gesprek nieuw {its.format} Ons gesprek {CHARTER} minimum=5 stemming=open")
    _tell(talk, (*fills, Line("vera", "start", ()), *its.opens))
    assert talk.dialogue.current == its.round
    return talk


def _tell(talk: Talk, lines: tuple[Line, ...]) -> None:
    for line in lines:
        if line.who == "vera":
            talk.staff(line.text)
            talk.engine.receive((), Cursor("matrix", "s", talk.clock())).whole()  # all is read back
            talk.settle()
        else:
            talk.tell(line.who, line.text)


def _react(talk: Talk, case: Reacted) -> None:
    message = talk.card if case.on == "card" else talk.shown(case.on)
    counted: Counter[object] = Counter(_tally(talk, case.item))
    for number, (sign, choice) in enumerate(case.signs.items()):
        talk.react(f"buur{number}", sign, message)
        counted[choice] += 1
        assert _tally(talk, case.item) == counted, sign
    talk.react("buur", "🎉", message)
    assert _tally(talk, case.item) == counted
    signs, choices = case.both
    for sign in signs:
        talk.react("beiden", sign, message)
    given = talk.last
    assert _tally(talk, case.item) == counted + Counter(choices), signs
    talk.tell("beiden", f"stem {case.item} {case.typed}")
    talk.unreact("beiden", given)
    assert _tally(talk, case.item) == counted + Counter(case.left)


def _tally(talk: Talk, item: str) -> dict[object, int]:
    index = talk.dialogue.round_of(item)
    assert index is not None
    box = talk.dialogue.machine(index).box(talk.dialogue.states[index])
    assert box is not None
    return {choice: n for choice, n in box.books[item].tally.items() if n}


def pressed(kind: str, folder: Path) -> None:
    """The choices under an offer; each counts as it would typed."""
    its = surface(kind)
    walk = walked(its, folder)
    walk.ask("pieter", "meedoen")
    walk.ask("pieter", "ja")
    offer = walk.answers[-1]
    if isinstance(its.pressed, Lacking):
        assert offer.choices == ()
        if its.item:
            walk.put(Chose(walk.fact("pieter", "").origin, Meaning("ons-gesprek", "", "agree", 0)))
            assert walk.votes(its.item) == {} or walk.codes != ["votes_noted"]
        walk.close()
        return
    mine = [choice.choice for choice in offer.choices if choice.item == its.item]
    assert tuple(mine) == its.pressed.choices
    for choice in its.pressed.choices:
        before = walk.votes(its.item).get(choice, 0)
        means = Meaning("ons-gesprek", its.item, choice, its.round)
        walk.put(Chose(walk.fact("pieter", "").origin, means))
        assert walk.codes == ["votes_noted"]
        assert walk.votes(its.item)[choice] == before + 1
    if its.pressed.waited:
        _waited(its, its.pressed, folder / "live.db")
    walk.close()


def _waited(its: Surface, case: Pressed, file: Path) -> None:
    """Somebody whose answer had to wait on a live platform of buttons."""
    live = Live(file, Chat(capabilities=replace(LIVE, press=True)))
    live.open(its.format)
    for line in (*its.opens, *case.more):
        live.say(line.who, line.text)
    live.say("wachter", "meedoen")
    live.deliver()
    (reply,) = live.put(Said(live.origin("wachter", person("wachter")), "ja"))
    (composed,) = live.answering.composed([Asked((reply,), True)], WHOLE)
    choices = composed.messages[-1].choices
    assert len({choice.means.item for choice in choices}) == case.waited
    live.store._db.close()


# -- contributions -----------------------------------------------------------------------------


def gathered(kind: str, folder: Path) -> None:
    """What somebody said in the room and a moderator marked: asked about, or said why not."""
    its = surface(kind)
    talk = _talked(its, folder / "town.db", its.fills)
    if isinstance(its.gathered, Gathered):
        _tell(talk, its.gathered.before)
    talk.tell("anna", "status")
    talk.heard.clear()
    talk.react("vera", "📌", talk.say("anna", WORDS_OF_ONE))
    if isinstance(its.gathered, Lacking):
        assert talk.told_staff() == ["gather_not_now"]
        assert talk.asked("anna") == 0
    else:
        assert talk.asked("anna") == 1
        assert talk.tell("anna", "ja") == [its.gathered.noted]
    talk.close()


def hidden(kind: str, folder: Path) -> None:
    """What is hidden is gone from the chat, the offer, and what is handed over."""
    its = surface(kind)
    walk = walked(its, folder)
    if isinstance(its.hidden, Lacking):
        if its.item:
            walk.go([Line("vera", f"verberg {its.item} onderwerp", ("refused_cannot_hide",))])
            assert walk.dialogue.items.shown(its.item)
        walk.close()
        return
    _hide(walk, its.hidden)
    walk.close()


def _hide(walk: Walk, case: Hidden) -> None:
    walk.go(case.before)
    hiding = Line("vera", f"verberg {case.item} onderwerp", ("hidden",))
    walk.go([hiding, *case.after])
    assert not walk.dialogue.items.shown(case.item)
    _end(walk)
    files = walk.session.hand_over("ons-gesprek").files
    assert [name for name, data in files.items() if case.words.encode() in data] == []
    found = [i for r in json.loads(files["uitslag.json"])["rounds"] for i in r["items"]]
    states = [item["state"] for item in found if item["number"] == case.item]
    options = [
        line
        for line in files["teksten.csv"].decode("utf-8-sig").splitlines()
        if line.startswith(f"{case.item};")
    ]
    assert states == ["hidden"] or (not states and not options)


def _end(walk: Walk) -> None:
    while walk.dialogue.open_frame is not None:
        walk.ask("vera", "sluit")
        if walk.codes != ["course"]:
            walk.ask("vera", "volgende")
    walk.ask("vera", "advies")


def forgotten(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    case = its.forgotten
    walk.go(case.before)
    walk.go([Line("anna", "vergeetmij", ("forget_ask",))])
    walk.go([Line("anna", "ja, vergeet mij", ("forgotten",))])
    assert {item: walk.votes(item) for item in case.votes} == case.votes
    items = walk.dialogue.items.by_number
    assert {item: items[item].state.value for item in case.states} == case.states
    walk.go(case.after)
    walk.close()
    kept = b"".join(path.read_bytes() for path in folder.glob("town.db*"))
    assert not case.words or case.words.encode() not in kept


# -- what is handed over -----------------------------------------------------------------------


#: Where the evenings lie that several walks read.
_EVENINGS = TemporaryDirectory(prefix="evenings-")


@cache
def _played(kind: str, number: int, *parts: object) -> Walk:
    """An evening, played to its end once with these parts of the kinds."""
    case = surface(kind).exported[number]
    walk = Walk(Path(_EVENINGS.name) / f"{kind}-{number}-{hash(parts)}.db")
    walk.prepare(replace(surface(kind), format=case.format), case.more)
    for who, text in case.says:
        walk.ask(who, text)
    _end(walk)
    return walk


def handed(kind: str, number: int, clerk: bool = False) -> Handed:
    """What is handed over of an evening, written by the pages that there are now."""
    walk = _played(kind, number, registry.talks(), registry.vocabulary())
    walk.session._pages = registry.pages()
    return walk.session.hand_over("ons-gesprek", clerk)


def exported(kind: str, _folder: Path) -> None:
    its = surface(kind)
    assert registry.pages().by_kind[kind].order == its.order
    for number, case in enumerate(its.exported):
        _export(kind, case, handed(kind, number, clerk=True))


def _export(kind: str, case: Evening, found: Handed) -> None:
    text = {name: data.decode("utf-8-sig") for name, data in found.files.items()}
    rounds = [str(n) for n, one in enumerate(found.result.rounds, 1) if _kind(one) == kind]
    assert rounds
    rows = [line for line in text["uitslag.csv"].splitlines() if line.split(";")[0] in rounds]
    assert rows == list(case.rows)
    page = text.get("advies.md") or text["verslag.md"]
    assert [words for words in case.page if words not in page] == [], page
    assert [words for words in case.absent if words in page] == [], page
    places = [page.index(words) for words in case.page]
    assert places == sorted(places), list(zip(places, case.page, strict=True))
    texts = text["teksten.csv"].splitlines()
    assert [line for line in case.texts if line not in texts] == []
    cast = [line.split(";") for line in text["stemmen.csv"].splitlines()[1:]]
    assert sorted(row[3] for row in cast if row[0] in rounds) == sorted(case.typed)
    votes = [line.split(",")[-1] for line in text.get("votes.csv", "").splitlines()[1:]]
    assert sorted(votes) == sorted(case.polis)


def _kind(round_: Any) -> str:
    return str(round_.__struct_config__.tag)


def forged(kind: str, folder: Path) -> None:
    """verify finds an honest bundle right, and names each figure that was changed."""
    its = surface(kind)
    for number in range(len(its.exported)):
        out = folder / f"honest-{number}"
        bundle.write(handed(kind, number).files, out)
        found = verified(out).differences
        assert found == (), [difference.sentence() for difference in found]
    for number, case in enumerate(its.forged):
        files = handed(kind, case.evening).files
        result = json.loads(files["uitslag.json"])
        place = result
        for key in case.path[:-1]:
            place = place[key]
        value = case.value
        place[case.path[-1]] = value(place[case.path[-1]]) if callable(value) else value
        files = {n: d for n, d in files.items() if n != manifest.PUBLIC}
        files["uitslag.json"] = encode(registry.pages().decode(json.dumps(result).encode()))
        out = folder / f"forged-{number}"
        bundle.write(files | {manifest.PUBLIC: manifest.listing(files)}, out)
        codes = {difference.code for difference in verified(out).differences}
        assert set(case.codes) <= codes, (case, codes)


# -- languages and young people ------------------------------------------------------------------


def _own_texts(kind: str) -> Mapping[str, str]:
    (folder,) = [folder for folder in registry.texts() if folder.name == kind]
    found: Mapping[str, str] = tomllib.loads((folder / "nl.toml").read_text())["chat"]
    return found


def languages(kind: str, folder: Path) -> None:
    """Everything that the walks say can be said in every language, and every text is said."""
    its, used = surface(kind), set[str]()
    for name in SAYING:
        (folder / name).mkdir()
        walk = Walk(folder / name / "town.db")
        _say(walk, its, name)
        renderer: Any = walk.session.speaker._renderer
        compiled = renderer._compiled

        def noted(language: str, code: str, compiled: Any = compiled) -> Any:
            used.add(code)
            return compiled(language, code)

        renderer._compiled = noted
        for template, data in walk.texts:
            for language in LANGUAGES:
                walk.render(template, data, language)
        walk.close()
    unsaid = {code for code in _own_texts(kind) if not code.startswith("refused_")} - used
    assert unsaid == set(its.unsaid)


#: What is said in every language; the last is an evening with an open ballot.
SAYING = ("filled", "offered", "typed", "helped", "heard", "hidden", "forgotten", "exported")


def _say(walk: Walk, its: Surface, name: str) -> None:
    """Say what a surface says, whatever comes back, and then what is to be read of it."""
    case = getattr(its, name)
    lines = () if isinstance(case, Lacking) else case
    if name == "filled":
        walk.prepare(its)
        walk.go([*lines, *its.fills])
        return
    if name == "exported":
        case = its.exported[-1]
        walk.prepare(replace(its, format=case.format), "minimum=5 stemming=open")
        for who, text in case.says:
            walk.ask(who, text)
    else:
        walk.begin(its)
    if isinstance(case, Hidden):
        walk.go(case.before)
        walk.ask("vera", f"verberg {case.item} onderwerp")
        walk.ask("vera", f"toon {case.item}")
    elif isinstance(case, Forgotten):
        walk.go(case.before)
    elif name != "exported":
        walk.go(lines)
    for text in ("mijn", "status", "uitslag", "hulp"):
        walk.ask("anna", text)
    _end(walk)
    walk.ask("anna", "uitslag")


def youth(kind: str, folder: Path) -> None:
    """In a room of young people, and the same elsewhere."""
    its = surface(kind)
    case = its.youth
    walk = Walk(folder / "town.db", youth=True)
    walk.prepare(its)
    walk.go(its.fills)
    walk.ask("vera", "start")
    walk.go(case.opens)
    walk.go(case.says)
    walk.close()
    (folder / "other").mkdir()
    other = walked(its, folder / "other")
    more: Counter[str] = Counter()
    for line in case.says:
        other.ask(line.who, line.text)
        more.update(Counter(other.codes) - Counter(line.codes))
        assert not Counter(line.codes) - Counter(other.codes)
    other.close()
    assert dict(more) == ({} if isinstance(case.left_out, Lacking) else {case.left_out: 1})


WALKS: Mapping[str, Callable[[str, Path], None]] = {
    "exported": exported,
    "filled": filled,
    "forgotten": forgotten,
    "gathered": gathered,
    "heard": heard,
    "helped": helped,
    "hidden": hidden,
    "languages": languages,
    "offered": offered,
    "pressed": pressed,
    "reacted": reacted,
    "status": status,
    "typed": typed,
    "verified": forged,
    "youth": youth,
}
