"""Settings in, working objects out: the embedder with its cache, the assistant over the index."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corpus.audiences import OWNER
from corpus.errors import UserFacingError
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import LanguageModel
    from assistant.dialogue import Assistant
    from assistant.generation.writer import Writer
    from corpus.embedder import Embedder
    from ingest.catalogue import CatalogueEntry
    from ingest.sync.fetching import Fetcher

# The imports stand in the functions: what only shows something must not load the model.


def open_assistant(data: Path | None) -> "Assistant":
    """Open the index that the settings name; an empty one is a `UserFacingError`."""
    from assistant.dialogue import Assistant
    from corpus.manifest import require_manifest
    from corpus.server import server_of

    settings = load_settings(data=data)
    follow_or_say(settings)
    require_manifest(settings.data)  # says so before the model takes its time
    assistant = Assistant(
        settings.data,
        cached_embedder(settings),
        rules=settings.audiences,
        writer=open_writer(settings),
        server=server_of(settings),
    )
    return assistant.for_reader(OWNER)  # whoever may run a command may read the folder as well


def follow_or_say(settings: Settings) -> None:
    """Bring a copy up to its server; where that is away, say that the copy is used as it is."""
    if not settings.index_url:
        return
    from corpus.errors import Unavailable
    from corpus.following import follow
    from corpus.manifest import read_manifest
    from corpus.server import server_of

    try:
        follow(settings.data, server_of(settings))
    except Unavailable as error:
        manifest = read_manifest(settings.data)
        if manifest is None:
            raise
        typer.echo(f"{error} Es gilt der zuletzt geholte Stand vom {manifest.created}.", err=True)


def language_model(settings: Settings) -> "LanguageModel | None":
    """Return which model words answers and where; None without one."""
    from assistant.answers import LanguageModel

    return LanguageModel(settings.llm_model, settings.llm_host) if settings.has_llm else None


def open_writer(settings: Settings) -> "Writer | None":
    """Return what lets a model word answers, where the settings name one."""
    model = language_model(settings)
    if model is None:
        return None
    from assistant.generation.endpoint import Endpoint
    from assistant.generation.writer import Writer

    return Writer(Endpoint(settings), model)


def cached_embedder(settings: Settings) -> "Embedder":
    """Load the model that the settings name, with the cache of its vectors."""
    from corpus.embedder_choice import load_embedder
    from corpus.vector_cache import VectorCache

    cache = VectorCache(load_embedder(settings), settings.data)
    if settings.embedding_url:
        cache.recognise()
    return cache


def late_embedder(settings: Settings) -> "Embedder":
    """Return the `cached_embedder`; one that built the live index is loaded when it is needed.

    For commands that often find nothing to embed. Only the default model is known by its name
    before it is loaded; should it run differently here, that is an `IndexMismatch` then.
    """
    from corpus.bundled_model import FAST_NAME
    from corpus.embedder import Embedder
    from corpus.embedder_choice import LateEmbedder, load_embedder
    from corpus.index import check_embedder
    from corpus.manifest import read_manifest
    from corpus.vector_cache import VectorCache

    manifest = read_manifest(settings.data)
    if not (manifest and settings.has_default_model and manifest.embedder == FAST_NAME):
        return cached_embedder(settings)

    def load() -> Embedder:
        embedder = load_embedder(settings)
        check_embedder(manifest, embedder)
        return embedder

    late = LateEmbedder(manifest.embedder, manifest.dimension, load)
    return VectorCache(late, settings.data)


def catalogue_of(settings: Settings) -> "Sequence[CatalogueEntry]":
    """Read the catalogue of official pages; a `UserFacingError` where that is not allowed."""
    from ingest.catalogue import BUNDLED, load_catalogue

    if not settings.sync_web:
        raise UserFacingError(
            "Der Abgleich mit Seiten im Netz ist nicht erlaubt.",
            hint="Erlauben: `BILDUNGSLOTSE_SYNC_WEB=1` setzen; gefragt werden nur die Rechner "
            "des Quellenkatalogs.",
        )
    return load_catalogue(settings.sync_catalogue or BUNDLED)


def fetcher_for(entries: "Sequence[CatalogueEntry]") -> "Fetcher":
    """Return what may ask the hosts of these entries and no others."""
    from ingest.sync.fetching import Fetcher

    return Fetcher(hosts=frozenset(entry.host for entry in entries))
