"""Changes to the index, taken in one document at a time and made live all at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from corpus.build import build_generation, write_lock
from corpus.documents import Passage
from corpus.embedder import Embedder
from corpus.index import Index, IndexedDocument, check_embedder
from corpus.manifest import IndexMismatch, Manifest, read_manifest
from corpus.originals import keep_original

Progress = Callable[[int, int], None]


class IndexWriter:
    """The one writer of a data directory; readers see nothing of it before `commit`.

    Documents are known by their origin: putting one in replaces the one of the same origin.
    """

    def __init__(
        self,
        data: Path,
        *,
        embedder: Embedder,
        passage_tokens: int,
        rebuild: bool,
        progress: Progress,
    ) -> None:
        self._data = data
        self._embedder = embedder
        self._passage_tokens = passage_tokens
        self._progress = progress
        self._has_changes = rebuild
        self._entries: dict[str, tuple[IndexedDocument, Sequence[Passage]]] = {}
        manifest = read_manifest(data)
        if manifest and not rebuild:
            self._check(manifest)
        if manifest:
            self._entries = _existing(data, manifest)

    @classmethod
    @contextmanager
    def open(
        cls,
        data: Path,
        *,
        embedder: Embedder,
        passage_tokens: int,
        rebuild: bool = False,
        progress: Progress = lambda done, total: None,
    ) -> "Iterator[IndexWriter]":
        """Lock the data directory for writing; without `commit` nothing is changed.

        `rebuild` takes over an index of another model or passage length and builds all of it anew.
        `progress` is told how many of the passages that were put in so far are embedded.
        Raises `IndexLocked` while another process writes, `IndexMismatch` for other settings.
        """
        with write_lock(data):
            yield cls(
                data,
                embedder=embedder,
                passage_tokens=passage_tokens,
                rebuild=rebuild,
                progress=progress,
            )

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """The documents as they will be after `commit`, by origin."""
        return MappingProxyType({origin: entry[0] for origin, entry in self._entries.items()})

    @property
    def has_changes(self) -> bool:
        """Whether `commit` would make a new generation."""
        return self._has_changes

    def put(
        self,
        document: IndexedDocument,
        passages: Sequence[Passage],
        *,
        original: Path | None = None,
    ) -> None:
        """Add a document, or replace the one of the same origin.

        `original` is the file it was read from; a copy is kept, so that the index can be rebuilt.
        Embeds in large batches, so a call may take a while or no time at all.
        """
        if original is not None:
            keep_original(self._data, document.id, original)
        self._entries[document.origin] = (document, passages)
        self._has_changes = True

    def remove(self, origin: str) -> None:
        """Take out the document of this origin; a KeyError where there is none."""
        del self._entries[origin]
        self._has_changes = True

    def commit(self) -> Manifest:
        """Make all changes live in one step and return the manifest of the new generation."""
        return build_generation(
            self._data,
            [document for document, _ in self._entries.values()],
            [passage for _, passages in self._entries.values() for passage in passages],
            embedder=self._embedder,
            passage_tokens=self._passage_tokens,
            progress=self._progress,
        )

    def _check(self, manifest: Manifest) -> None:
        check_embedder(manifest, self._embedder)
        if manifest.passage_tokens != self._passage_tokens:
            raise IndexMismatch(
                f"Der Index hat Passagen von {manifest.passage_tokens} Tokens, "
                f"eingestellt sind {self._passage_tokens}.",
                hint="Einstellung zurücknehmen oder `bildungslotse ingest --rebuild` ausführen.",
            )


def _existing(
    data: Path, manifest: Manifest
) -> dict[str, tuple[IndexedDocument, Sequence[Passage]]]:
    """Return the documents of a generation with their passages, by origin."""
    index = Index.pinned(data, manifest)
    passages: dict[str, list[Passage]] = {document.id: [] for document in index.documents}
    for passage in index.passages(range(len(index))):
        passages[passage.document_id].append(passage)
    return {document.origin: (document, passages[document.id]) for document in index.documents}
