"""Makes one document in a process of its own: ``python -m bot.runtime.printing``.

What to make comes in on standard input, with the town's key, which so stands in no list of
processes; what was made goes out on standard output. It reads the database read-only, at the line
of the journal that the document was asked for at.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import msgspec

from advice import bundle
from bot.documents.handover import issued, public
from bot.documents.workshop import Printed
from rounds import registry
from storage.database import Served, Unusable, Where
from storage.reader import Reader

#: The exit code where a document cannot be made, however often it is tried; the type of the error
#: stands on standard output.
CANNOT = 3

#: By so much it lets other programs go first.
_NICE = 5


class Order(msgspec.Struct, frozen=True):
    """Which document: the request at ``position`` in the journal of ``dialogue``. Of a town on a
    server the address comes too, which may hold a password."""

    file: str
    address: str
    schema: str
    key: bytes
    dialogue: str
    position: int

    @property
    def where(self) -> Where:
        file = Path(self.file)
        return Served(self.address, self.schema, file) if self.address else file


def order_for(where: Where, key: bytes, dialogue: str, position: int) -> Order:
    """The order for a document of a town, wherever its database is."""
    served = where if isinstance(where, Served) else Served("", "", where)
    return Order(str(served.file), served.address, served.schema, key, dialogue, position)


def printed(order: Order) -> Printed:
    """Make the public bundle of a request."""
    reader, pages = Reader.of(order.where, registry.record()), registry.pages()
    with reader.at_one_moment():
        then = reader.folded(order.dialogue, order.position)
        assert then is not None
        files = public(then.dialogue, issued(reader, pages, then), pages, order.key)
    return Printed(bundle.manifest_hash(files), then.head, then.at, files)


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    os.nice(_NICE)
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    try:
        made = msgspec.msgpack.encode(printed(order))
    except (Unusable, MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - its text may hold words of people
        sys.stdout.write(type(error).__name__)
        return CANNOT
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
