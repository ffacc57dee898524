"""Who may read which document: audiences of documents in, what one reader may see out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Source

PUBLIC = "public"
INTERNAL = "internal"
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
    itself public stays closed in a closed folder.
    """
    folders = {str(folder) for folder in Path(origin).parents}
    ruled = {
        audience_named(audience)
        for folder, audience in rules.items()
        if str(Path(folder).expanduser().resolve()) in folders
    }
    return frozenset(ruled | {audience_named(source.audience)}) - {PUBLIC, ""}
