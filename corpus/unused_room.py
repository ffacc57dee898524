"""Blanks what the vector engine leaves of its memory in the files of its index.

The engine (hnswlib, as Chroma builds it) saves a new table of vectors with the room reserved in it,
which holds whatever lay in that memory before: also vectors of documents that were removed, and on
a server their text. There `python -m corpus.unused_room ORDNER` blanks the files of a halted one.
"""

import struct
import sys
from pathlib import Path

_HEADER = struct.Struct("<iQQQQ")  # version, offset, rows reserved, rows in use, bytes of a row
_VERSION = 1


def blank_unused_room(folder: Path) -> None:
    """Overwrite the unused end of every table under `folder` with zeros.

    A table whose header says something else than its size is left alone; what a removal looks for
    is found there, and its receipt says so.
    """
    for header in folder.glob("*/header.bin"):
        table = header.with_name("data_level0.bin")
        used, size = _extent(header.read_bytes())
        if table.is_file() and table.stat().st_size == size > used:
            with table.open("r+b") as file:
                file.seek(used)
                file.write(bytes(size - used))


def _extent(header: bytes) -> tuple[int, int]:
    """Return how many bytes of the table are in use, and how many it has."""
    if len(header) < _HEADER.size:
        return 0, 0
    version, offset, reserved, rows, width = _HEADER.unpack_from(header)
    if version != _VERSION or offset:
        return 0, 0
    return rows * width, reserved * width


if __name__ == "__main__":
    blank_unused_room(Path(sys.argv[1]))
