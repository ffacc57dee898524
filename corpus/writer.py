"""Changes to the index, taken in one document at a time and made live all at once."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from corpus.building import SegmentBuilder, Waiting
from corpus.documents import Passage
from corpus.embedder import Embedder
from corpus.following import catch_up
from corpus.generation import Part, kept_generations, parts_of, save_part
from corpus.index import check_embedder
from corpus.lock import switch_lock, writer_lock
from corpus.manifest import FORMAT, IndexMismatch, Manifest, read_manifest
from corpus.merging import merged
from corpus.originals import keep_original, keep_originals
from corpus.records import IndexedDocument, document_to_json, passage_to_json
from corpus.removal import finish_removals
from corpus.segment import Entry, Segment
from corpus.server import Server
from corpus.shared import overtaken
from corpus.store import load_engine
from corpus.tombstones import lift
from corpus.upkeep import clear_away, clear_files, is_unfinished, make_live

WAITING = 1_024  # passages that wait to be embedded together
FIRST = 128  # in the first batch; each is twice the one before, so that embedding begins soon
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
        server: Server | None,
    ) -> None:
        self._data = data
        self._server = server
        self._embedder = embedder
        self._builder = SegmentBuilder(embedder)
        self._passage_tokens = passage_tokens
        self._progress = progress
        catch_up(data, server)
        self._live = read_manifest(data)
        self._waiting: dict[str, Waiting] = {}
        self._put = self._embedded = 0  # passages
        self._batch = min(FIRST, WAITING)
        if self._live and not rebuild:
            self._check(self._live)
        finish_removals(data, server)
        self._live = read_manifest(data)
        self._rebuild = self._has_changes = rebuild or self.is_outdated
        if is_unfinished(data, self._live, server):
            clear_away(data, server=server)
        self._number = self._live.generation + 1 if self._live else 1
        self._is_switching = False  # from then on what is left lying tells what is left to do
        self._segments = 0
        self._renewed: set[str] = set()
        self._parts = parts_of(data, self._live) if self._live else []
        self._old = {entry.version for part in self._parts for entry in part.entries}
        self._versions = {
            entry.document.origin: entry.version for part in self._parts for entry in part.entries
        }
        self._documents = {
            entry.document.origin: entry.document for part in self._parts for entry in part.entries
        }

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
        server: Server | None = None,
    ) -> "Iterator[IndexWriter]":
        """Lock the data directory for writing; without `commit` nothing is changed.

        `rebuild` takes over an index of another model or passage length and builds all of it anew,
        as it always is where an earlier version embedded other texts.
        `progress` is told how many of the passages that were put in so far are embedded. With a
        `server` the generation is made live there, on top of what is live there now.
        Raises `IndexLocked` while another process writes, `IndexMismatch` for other settings.
        """
        with writer_lock(data):
            with switch_lock(data):
                writer = cls(
                    data,
                    embedder=embedder,
                    passage_tokens=passage_tokens,
                    rebuild=rebuild,
                    progress=progress,
                    server=server,
                )
            try:
                yield writer
            finally:
                writer._clear_up()

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """The documents as they will be after `commit`, by origin."""
        return MappingProxyType(self._documents)

    @property
    def is_outdated(self) -> bool:
        """Whether an earlier version embedded other texts, so that `commit` embeds all anew."""
        return self._live is not None and self._live.is_outdated

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
        version = _version(document, passages, self._embedder.name)
        self._documents[document.origin] = document
        if self._versions.get(document.origin) == version and not self._rebuild:
            if original is not None:
                keep_original(self._data, document.id, original)
            return
        self._versions[document.origin] = version
        self._renewed.add(document.origin)
        self._waiting[document.origin] = Waiting(version, document, passages, original)
        self._has_changes = True
        self._put += len(passages)
        if self._put - self._embedded >= self._batch:
            self._embed()
            self._batch = min(2 * self._batch, WAITING)

    def remove(self, origin: str) -> None:
        """Take out the document of this origin; a KeyError where there is none."""
        del self._documents[origin], self._versions[origin]
        self._waiting.pop(origin, None)
        self._has_changes = True

    def commit(self) -> Manifest:
        """Make all changes live in one step and return the manifest of the new generation.

        Raises `Overtaken` where another machine has changed the index meanwhile.
        """
        if self._rebuild:
            self._put_the_rest_again()
        self._embed()
        with switch_lock(self._data):
            if read_manifest(self._data) != self._live:
                raise overtaken()
            self._is_switching = True
            return self._switch()

    def _switch(self) -> Manifest:
        kept = kept_generations(self._data, self._live)
        parts = merged(self._data, self._current(), self._save)
        manifest = self._manifest(parts)
        make_live(
            self._data,
            manifest,
            parts,
            known=set() if self._rebuild else self._old,
            server=self._server,
        )
        lift(self._data, [one.id for one in self._documents.values()])
        clear_away(self._data, kept, [*self._parts, *parts], self._server)
        return manifest

    def _clear_up(self) -> None:
        """Delete what this machine has left lying since it took over another state meanwhile."""
        if self._is_switching:
            return
        with switch_lock(self._data):
            live = read_manifest(self._data)
            if live and live != self._live:
                clear_files(self._data, live)

    def _embed(self) -> None:
        """Embed what waits and keep it as a segment, which is in no generation yet.

        The copies of the files are written meanwhile: each is waited for until it is on the disk.
        Then the store is loaded that `commit` needs.
        """
        waiting = list(self._waiting.values())
        self._waiting = {}
        if waiting:
            originals = [(one.document.id, one.original) for one in waiting if one.original]
            with ThreadPoolExecutor(1, thread_name_prefix="aside") as aside:
                keeping = aside.submit(keep_originals, self._data, originals)
                aside.submit(load_engine)
                segment = self._builder.build(waiting)
            keeping.result()
            self._parts.append(self._save(segment, segment.entries))
        self._embedded = self._put
        if self._put:
            self._progress(self._embedded, self._put)

    def _save(self, segment: Segment, entries: Sequence[Entry]) -> Part:
        self._segments += 1
        return save_part(self._data, f"{self._number:06d}-{self._segments:04d}", segment)

    def _current(self) -> list[Part]:
        """Return the segments with the documents that count: of each origin the last one put in."""
        found: list[Part] = []
        open_origins = dict(self._versions)
        for part in reversed(self._parts):
            entries = []
            for entry in reversed(part.entries):
                if open_origins.get(entry.document.origin) == entry.version:
                    del open_origins[entry.document.origin]
                    entries.append(entry)
            found.insert(0, replace(part, entries=tuple(reversed(entries))))
        return [part for part in found if part.entries]

    def _put_the_rest_again(self) -> None:
        """Build anew what nobody has put in: its file is gone, its passages are here."""
        rest = [
            (part, entry)
            for part in self._parts
            for entry in part.entries
            if entry.document.origin in self._documents
            and entry.document.origin not in self._renewed
        ]
        for part, entry in rest:
            self.put(entry.document, part.passages(entry))

    def _manifest(self, parts: Sequence[Part]) -> Manifest:
        return Manifest.now(
            generation=self._number,
            embedder=self._embedder.name,
            dimension=self._embedder.dimension,
            passage_tokens=self._passage_tokens,
            documents=len(self._documents),
            passages=sum(one.passages for one in self._documents.values()),
            # Nobody could ask a generation that was embedded otherwise: there is no way back to it.
            previous=self._live.generation if self._live and not self.is_outdated else 0,
        )

    def _check(self, manifest: Manifest) -> None:
        check_embedder(manifest, self._embedder)
        if manifest.passage_tokens != self._passage_tokens:
            raise IndexMismatch(
                f"Der Index hat Passagen von {manifest.passage_tokens} Tokens, "
                f"eingestellt sind {self._passage_tokens}.",
                hint="Einstellung zurücknehmen oder `bildungslotse ingest --rebuild` ausführen.",
            )


def _version(document: IndexedDocument, passages: Sequence[Passage], embedder: str) -> str:
    """Return a hash of all that the index will know of a document, and of what is embedded of it.

    Two machines that share an index know vectors by it.
    """
    lines = [embedder, str(FORMAT), document_to_json(document), *map(passage_to_json, passages)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]
