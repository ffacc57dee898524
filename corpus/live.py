"""The live generation, opened once, and the part of it that each group of readers may see."""

import threading
from collections import OrderedDict
from pathlib import Path

from corpus.audiences import FolderRules, Readership, audiences_of
from corpus.contact import require_contact
from corpus.embedder import Embedder
from corpus.index import Index
from corpus.manifest import EmptyCorpus, read_manifest
from corpus.server import Server
from corpus.shared import require_server

MOST_PARTS = 16  # parts kept open; the one unused longest is closed first


class LiveIndex:
    """Follows the live generation of one data directory; another process may switch it."""

    def __init__(
        self, data: Path, embedder: Embedder, rules: FolderRules, server: Server | None = None
    ) -> None:
        self._data = data
        self._embedder = embedder
        self._rules = rules
        self._server = server
        self._lock = threading.Lock()
        require_server(data, server)
        self._whole = Index.open(data, embedder, server)
        self._parts: OrderedDict[frozenset[str], Index] = OrderedDict()

    def readable_by(self, readership: Readership, within: frozenset[str] = frozenset()) -> Index:
        """Return what this reader may see; whoever keeps it is not disturbed by a switch.

        `within` keeps to the documents with these ids; empty, to none in particular. The first
        question to a part of a generation pays for making it. Raises `OutOfTouch` where nobody
        knows any more what may be read.
        """
        if self._server is not None:
            require_contact(self._data, self._server.longest_silence)
        with self._lock:
            if read_manifest(self._data) != self._whole.manifest:
                self._whole = Index.open(self._data, self._embedder, self._server)
                self._parts.clear()
            return self._part(readership, within)

    def _part(self, readership: Readership, within: frozenset[str]) -> Index:
        documents = self._whole.documents
        readable = self._readable(readership)
        if not readable:
            raise EmptyCorpus(
                "Für Sie ist kein Dokument freigegeben.",
                hint="Bitte die Stelle fragen, die den Bildungslotsen betreibt.",
            )
        if within and not (readable := readable & within):
            raise EmptyCorpus(
                "Keines der gewählten Dokumente ist noch im Bestand.",
                hint="Bitte andere Dokumente wählen oder in allen fragen.",
            )
        if len(readable) == len(documents):
            return self._whole
        if readable not in self._parts:
            self._parts[readable] = self._whole.restricted_to(readable)
        self._parts.move_to_end(readable)
        while len(self._parts) > MOST_PARTS:
            self._parts.popitem(last=False)
        return self._parts[readable]

    def _readable(self, readership: Readership) -> frozenset[str]:
        return frozenset(
            one.id
            for one in self._whole.documents
            if readership.may_read(audiences_of(one.source, one.origin, self._rules))
        )
