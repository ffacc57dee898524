"""Files and an index in; which files are new, changed, the same, or a copy of another, out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from corpus.documents import Source
from corpus.records import IndexedDocument
from ingest.claims import stated


class Standing(Enum):
    """How a file stands to the index."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    COPY = auto()  # its content stands in another file, and is indexed from there
    CLOSED = auto()  # it cannot be opened


@dataclass(frozen=True, slots=True)
class Compared:
    """One file; `origin` is how the index knows it, `identity` its content, as in `Identities`."""

    path: Path
    origin: str
    standing: Standing
    identity: str = ""
    problem: str = ""  # why it cannot be opened


def compare(
    paths: Iterable[Path],
    known: Mapping[str, IndexedDocument],
    identify: Callable[[Path], str],
    *,
    claims: Mapping[str, Source],
    again: bool = False,
) -> list[Compared]:
    """Compare files with the documents of an index, by origin; each origin once, in order.

    `claims` is what a catalogue says about some origins; a file with other claims has changed.
    With `again` the same counts as changed.
    """
    files = {str(path.resolve()): path for path in paths}
    opened = {origin: _identified(path, identify) for origin, path in files.items()}
    # Content that stays where it is; a file that is about to change does not hold its old one.
    holders = {
        document.id: origin
        for origin, document in known.items()
        if origin not in opened
        or not opened[origin][0]
        or (opened[origin][0] == document.id and not again)
    }
    found = []
    for origin, (identity, problem) in opened.items():
        holder = holders.setdefault(identity, origin) if identity else origin
        if not identity:
            standing = Standing.CLOSED
        elif holder != origin:
            standing = Standing.COPY
        elif origin not in known:
            standing = Standing.NEW
        else:
            standing = _of_known(known[origin], identity, claims.get(origin), again=again)
        found.append(Compared(files[origin], origin, standing, identity, problem))
    return found


def _of_known(
    document: IndexedDocument, identity: str, claims: Source | None, *, again: bool
) -> Standing:
    is_same = document.id == identity and stated(document.source, claims) == document.source
    return Standing.SAME if is_same and not again else Standing.CHANGED


def _identified(path: Path, identify: Callable[[Path], str]) -> tuple[str, str]:
    """Return identity and problem of a file; one of them is empty."""
    try:
        return identify(path), ""
    except OSError as error:
        return "", error.strerror or "unlesbar"
