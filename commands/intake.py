"""What is uploaded on the page into the index, by the same way as files on the command line."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.desk.jobs import Reports
from corpus.audiences import PUBLIC, folder_for
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.progress import ShowProgress, show_nothing
from corpus.settings import Settings
from corpus.shared import Overtaken
from ingest.pipeline import IngestRun

FOLDER = "uploads"  # under the data folder: where documents that were uploaded come from


class UploadIntake:
    """Implements `assistant.desk.intake.Intake`."""

    def __init__(self, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        self._settings = settings
        self._embedder = embedder

    def take_in(
        self,
        files: Sequence[Path],
        audience: str = PUBLIC,
        progress: ShowProgress = show_nothing,
    ) -> Reports:
        """Yield one report for each file; it replaces one of the same name and audience.

        Each audience has a folder of its own, so that nobody replaces, or learns of, a file that
        is closed to them. What did not become a document is not kept either.
        """
        folder = self._settings.data / FOLDER
        own = folder if audience == PUBLIC else folder / folder_for(audience)
        try:
            placed = [_place(file, own) for file in files]
            yield from IngestRun(
                placed, settings=self._settings, embedder=self._embedder(), progress=progress
            )
        except Overtaken:
            for file in files:  # for the next attempt
                os.replace(own / file.name, file)
            raise
        finally:
            _drop_strays(folder, self._settings.data)


def _place(file: Path, folder: Path) -> Path:
    try:
        for one in (folder.parent, folder):
            one.mkdir(mode=0o700, exist_ok=True)
        os.replace(file, folder / file.name)
    except OSError as error:
        raise UserFacingError(
            f"`{file.name}` lässt sich unter `{folder}` nicht ablegen ({error.strerror}).",
            hint="Schreibrechte und freien Platz prüfen, dann noch einmal versuchen.",
        ) from error
    return folder / file.name


def _drop_strays(folder: Path, data: Path) -> None:
    kept = {one.origin for one in live_documents(data)}
    for file in folder.rglob("*"):
        if file.is_file() and str(file.resolve()) not in kept:
            file.unlink(missing_ok=True)
