"""Checksums of the files of the vector store, made by whoever writes to it.

Chroma opens half of some files, and answers wrongly or dies with others. Readers leave its graph
files alone; in its database they note that they were there, so that is compared table by table.
"""

import json
import sqlite3
from contextlib import closing
from hashlib import file_digest, sha256
from pathlib import Path

from corpus.durable import sync_folder, write_whole

DATABASE = "chroma.sqlite3"
_SEAL = "seal.json"
_SAVED = "index_metadata.pickle"  # beside a graph; until there is one, every opening makes it anew
_OF_READERS = "acquire_write"  # a table that every opening adds a row to
_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name != ? ORDER BY name"


def seal_store(folder: Path) -> None:
    """Note what the files hold now; the engine must have written all it has to write."""
    write_whole(folder / _SEAL, json.dumps(_sums(folder)).encode())


def break_seal(folder: Path) -> None:
    """Note that the files are about to change; whoever ends in between leaves no seal behind."""
    if is_sealed(folder):
        (folder / _SEAL).unlink()
        sync_folder(folder)


def is_sealed(folder: Path) -> bool:
    """Return whether the last change of the files was brought to its end."""
    return (folder / _SEAL).exists()


def broken_parts(folder: Path) -> list[str]:
    """Return the files and tables that are not what was sealed, or the seal where it is no use."""
    try:
        expected = json.loads((folder / _SEAL).read_text("ascii"))
        found = _sums(folder)
        names = sorted(expected.keys() | found.keys())
    except sqlite3.Error:
        return [DATABASE]
    except (OSError, ValueError, AttributeError):
        return [_SEAL]
    return [name for name in names if expected.get(name) != found.get(name)]


def _sums(folder: Path) -> dict[str, str]:
    graphs = [path for saved in folder.glob(f"*/{_SAVED}") for path in saved.parent.iterdir()]
    sums = {path.relative_to(folder).as_posix(): _digest(path) for path in graphs}
    address = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        (answer,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        tables = [name for (name,) in database.execute(_NAMES, [_OF_READERS])]
        sums |= {f"{DATABASE}/{name}": _table_digest(database, name) for name in tables}
    return {**sums, DATABASE: answer}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _table_digest(database: sqlite3.Connection, name: str) -> str:
    digest = sha256()
    for row in database.execute(f'SELECT * FROM "{name}"'):
        digest.update(repr(row).encode())
    return digest.hexdigest()
