"""Which generation of the index is live: one small file, switched by an atomic rename."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.durable import write_whole
from corpus.errors import UserFacingError
from corpus.faults import reached

FORMAT = 4  # raised when a stored index can no longer be read as it is
OUTDATED = 3  # only its vectors, of sentences without their headings, have to be made anew
READABLE = (OUTDATED, FORMAT)


class EmptyCorpus(UserFacingError):
    """There is no index yet, or no document in it."""


class IndexMismatch(UserFacingError):
    """The index was built by something else than what is set now."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity of one generation and of what built it."""

    generation: int
    embedder: str
    dimension: int
    passage_tokens: int
    documents: int
    passages: int
    created: str
    previous: int = 0  # the generation that `undo` brings back; 0: none
    format: int = FORMAT

    @property
    def collection(self) -> str:
        """Name of the collection that holds the vectors of this model."""
        model = hashlib.sha256(self.embedder.encode()).hexdigest()[:12]
        return f"passages-{model}-{self.dimension}"

    @property
    def is_outdated(self) -> bool:
        """Whether other texts were embedded than today: vectors of both must not be compared."""
        return self.format == OUTDATED

    @classmethod
    def now(cls, **values: int | str) -> "Manifest":
        """Make a manifest dated with the current time (UTC)."""
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(**values, created=created)  # type: ignore[arg-type]


def index_folder(data: Path) -> Path:
    """Where the index lies under the data directory."""
    return data / "index"


def read_manifest(data: Path) -> Manifest | None:
    """Return the live manifest, or None where nothing has been ingested yet."""
    path = index_folder(data) / "manifest.json"
    try:
        manifest = Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise IndexMismatch(
            f"Das Verzeichnis `{path}` ist nicht lesbar: {error}.",
            hint="Mit `bildungslotse verify --repair` neu aufbauen lassen.",
        ) from error
    if manifest.format not in READABLE:
        raise IndexMismatch(
            f"Der Index unter `{data}` hat das Format {manifest.format}, erwartet wird {FORMAT}.",
            hint="Mit `bildungslotse verify --repair` neu aufbauen lassen.",
        )
    return manifest


def require_manifest(data: Path) -> Manifest:
    """Return the live manifest; an index without passages is an `EmptyCorpus`."""
    manifest = read_manifest(data)
    if manifest is None or not manifest.passages:
        raise EmptyCorpus(
            f"Unter `{data}` sind noch keine Dokumente eingelesen.",
            hint="Mit `bildungslotse ingest PFAD…` Dokumente einlesen.",
        )
    return manifest


def switch_to(data: Path, manifest: Manifest) -> None:
    """Make a generation the live one; after a crash either the old or the new one is live."""
    content = json.dumps(asdict(manifest), indent=2).encode()
    write_whole(index_folder(data) / "manifest.json", content, step="manifest")
    reached("switch")
