"""Some documents of the starter library in an index, without the bundled model."""

from pathlib import Path

from hashing_embedder import HashingEmbedder

from assistant.dialogue import Assistant
from corpus.origins import library_folder
from corpus.settings import Settings
from ingest.pipeline import IngestRun

# Who advises in a Land, as the starter documents say; for the others they name nobody.
ADVISED = {
    "Bayern": "REAB Bayern",
    "Brandenburg": "REAB Brandenburg",
    "Hessen": "REAB Hessen",
    "Niedersachsen": "REAB Niedersachsen",
    "Nordrhein-Westfalen": "REAB NRW",
    "Rheinland-Pfalz": "REAB Rheinland-Pfalz – Saarland",
    "Saarland": "REAB Rheinland-Pfalz – Saarland",
    "Sachsen": "REAB Mitteldeutschland",
    "Sachsen-Anhalt": "REAB Mitteldeutschland",
    "Thüringen": "REAB Mitteldeutschland",
}
NAMES = "dkbm glossar lernen-vor-ort module-ueberblick bildungskommunen-ueberblick".split()


def library_assistant(data: Path) -> Assistant:
    """Take the documents in and return an assistant over them."""
    embedder = HashingEmbedder()
    files = [library_folder() / f"{name}.md" for name in NAMES]
    for _ in IngestRun(files, settings=Settings(data=data), embedder=embedder):
        pass
    return Assistant(data, embedder)
