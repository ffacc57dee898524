"""A cage without a process of its own, for files that a test wrote itself: no start-up time."""

from corpus.documents import Verdict
from ingest.readers import UnreadableDocument, read
from ingest.reading import Reading, failed


class OpenCage:
    def __init__(self, *, ocr=True):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        pass

    def read(self, path, on_page=None):
        try:
            document = read(path)
        except UnreadableDocument as error:
            return failed(path, error)
        verdict = Verdict.EMPTY if document.is_empty else Verdict.OK
        return Reading(document.name, verdict, document)


def open_cages(monkeypatch):
    """Read in this process for the rest of the test."""
    for module in ("ingest.pipeline", "ingest.sync.pages"):
        monkeypatch.setattr(f"{module}.Cage", OpenCage)
