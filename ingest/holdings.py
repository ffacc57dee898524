"""The index as a run changes it: each origin has one document, each content stands in it once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from corpus.documents import Passage
from corpus.records import IndexedDocument
from corpus.writer import IndexWriter


class Holdings:
    """Puts documents in and takes them out of a writer, and knows which content is there."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer
        self._documents = dict(writer.documents)
        self._origins = {document.id: origin for origin, document in self._documents.items()}

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """The documents as they are now, by origin."""
        return MappingProxyType(self._documents)

    def get(self, origin: str) -> IndexedDocument | None:
        """Return the document of an origin as it is now."""
        return self._documents.get(origin)

    def with_content(self, identity: str) -> IndexedDocument | None:
        """Return the document that holds this content now."""
        origin = self._origins.get(identity)
        return None if origin is None else self._documents[origin]

    def put(self, document: IndexedDocument, passages: Sequence[Passage], original: Path) -> None:
        """Put a document in the place of what its origin held, and of whoever held its content."""
        holder = self.with_content(document.id)
        if holder is not None and holder.origin != document.origin:
            self.remove(holder.origin)
        if (before := self.get(document.origin)) is not None:
            del self._origins[before.id]
        self._writer.put(document, passages, original=original)
        self._documents[document.origin] = document
        self._origins[document.id] = document.origin

    def remove(self, origin: str) -> None:
        """Take out the document of an origin; a KeyError where there is none."""
        document = self._documents.pop(origin)
        del self._origins[document.id]
        self._writer.remove(origin)
