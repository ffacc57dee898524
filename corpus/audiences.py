"""Who may read which document: audiences of documents in, what one reader may see out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from corpus.documents import Source
from corpus.errors import UserFacingError

PUBLIC = "public"
INTERNAL = "internal"
_FOLDER = "leserkreis="  # begins the name of a folder that closes what lies in it
_GERMAN = {"öffentlich": PUBLIC, "intern": INTERNAL}
FolderRules = Mapping[str, str]  # folder → the audience of what lies in it


@dataclass(frozen=True, slots=True)
class Readership:
    """What one person may read; public documents always."""

    groups: frozenset[str] = frozenset()  # `internal` among them for whoever belongs to the house
    reads_all: bool = False

    def may_read(self, audiences: frozenset[str]) -> bool:
        """Whether this reader belongs to every one of a document's audiences."""
        return self.reads_all or audiences <= self.groups | {PUBLIC}


ANYONE = Readership()
OWNER = Readership(reads_all=True)


def audience_named(word: str) -> str:
    """Return the audience that a person wrote, in the one form in which they are compared."""
    name = " ".join(word.casefold().split())
    return _GERMAN.get(name, name)


def audiences_of(source: Source, origin: str, rules: FolderRules) -> frozenset[str]:
    """Return all audiences of a document; a reader has to belong to each of them.

    What a document says about itself can therefore only close it further: a file that calls
    itself public stays closed in a closed folder. A folder is closed by a rule or by its name.
    """
    ruled = {
        audience_named(audience) for folder, audience in rules.items() if _holds(folder, origin)
    }
    return frozenset(ruled | _named(origin) | {audience_named(source.audience)}) - {PUBLIC, ""}


def folder_for(audience: str) -> str:
    """Return the name of a folder that closes what lies in it for all but this audience."""
    return f"{_FOLDER}{quote(audience_named(audience), safe=' ')}"


def check_rules(rules: FolderRules, origins: Iterable[str]) -> None:
    """Refuse a rule that closes nothing: its folder is not there and no document came from it.

    `origins` are those of the documents of the index. A mistyped path would leave open what is
    meant to be closed, and nobody would notice.
    """
    known = tuple(origins)
    for folder in rules:
        if _place(folder).is_dir() or any(_holds(folder, origin) for origin in known):
            continue
        raise UserFacingError(
            f"Die Regel in `audiences` für den Ordner `{folder}` schützt nichts: "
            "Es gibt ihn nicht, und kein Dokument stammt daraus.",
            hint="Den Pfad berichtigen oder die Regel entfernen.",
        )


def _named(origin: str) -> set[str]:
    if _FOLDER not in origin:
        return set()
    names = (part for part in Path(origin).parts[:-1] if part.startswith(_FOLDER))
    return {audience_named(unquote(name.removeprefix(_FOLDER))) for name in names}


def _holds(folder: str, origin: str) -> bool:
    return _place(folder) in Path(origin).parents


def _place(folder: str) -> Path:
    return Path(folder).expanduser().resolve()
