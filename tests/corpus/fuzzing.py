"""Bytes that reach new places of the code, tried by atheris on one reader: of what people type
(``words``), or of a sort of file.

``python -m tests.corpus.fuzzing SORT SECONDS FOLDER`` keeps what it makes in an empty folder. Exit
code 0 where nothing was raised but what the reader says it raises. Atheris is none of the project's
dependencies: it has programs for few machines (``pip install atheris``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["advice", "bot", "commands", "dialogues", "rounds"]):
    from commands.reading import read
    from commands.said import Where
    from dialogues.core import Role
    from rounds import registry
    from tests.corpus.reading import families, family
    from tests.corpus.test_odd_files import READS, good_files

#: What is tried, and the file of a sort that has other bytes.
FILES = {
    "config": "config.toml",
    "format": "eigen.toml",
    "public bundle": "uitslag.json",
    "transcript": "avond.jsonl",
}
SORTS = ("words", *FILES)

#: With about so many texts it begins.
_FIRST = 50

#: How long the longest input is, in bytes.
_MOST = 20_000


def typed() -> Callable[[bytes], None]:
    known, roles = registry.vocabulary(), frozenset(Role)

    def reads(data: bytes) -> None:
        read(known, data.decode("utf-8", "surrogateescape"), Where.PERSONAL, roles)

    return reads


def in_a_file(sort: str, good: Path) -> Callable[[bytes], None]:
    reads = READS[sort]
    (file,) = (good / reads.folder).rglob(FILES[sort])

    def one(data: bytes) -> None:
        file.write_bytes(data)
        with suppress(*reads.raises):
            reads.read(good / reads.folder)

    return one


def main(sort: str, seconds: int, folder: Path) -> None:
    """Never returns: atheris ends the process."""
    (folder / "good").mkdir()
    begin = folder / "begin"
    begin.mkdir()
    if sort == "words":
        tries = typed()
        every = [text for name in sorted(families()) for text in family(name)]
        first = [text.encode("utf-8", "surrogatepass") for text in every[:: len(every) // _FIRST]]
    else:
        good = good_files(folder / "good")
        (file,) = (good / READS[sort].folder).rglob(FILES[sort])
        first, tries = [file.read_bytes()], in_a_file(sort, good)
    for number, data in enumerate(first):
        (begin / str(number)).write_bytes(data)
    options = (f"-max_total_time={seconds}", f"-max_len={_MOST}", "-timeout=20", "-verbosity=0")
    kept = f"-artifact_prefix={folder}/"
    atheris.Setup([sys.argv[0], *options, kept, str(begin)], tries)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
