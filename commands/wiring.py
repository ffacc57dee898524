"""Settings in, working objects out: the embedder with its cache, the assistant over the index."""

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.audiences import OWNER
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant
    from corpus.embedder import Embedder

# The imports stand in the functions: what only shows something must not load the model.


def open_assistant(data: Path | None) -> "Assistant":
    """Open the index that the settings name; an empty one is a `UserFacingError`."""
    from assistant.dialogue import Assistant
    from corpus.manifest import require_manifest

    settings = load_settings(data=data)
    require_manifest(settings.data)  # says so before the model takes its time
    assistant = Assistant(settings.data, cached_embedder(settings), rules=settings.audiences)
    return assistant.for_reader(OWNER)  # whoever may run a command may read the folder as well


def cached_embedder(settings: Settings) -> "Embedder":
    """Load the model that the settings name, with the cache of its vectors."""
    from corpus.embedder import load_embedder
    from corpus.vector_cache import VectorCache

    return VectorCache(load_embedder(settings), settings.data)
