"""An intake that takes nothing in: it reports on files by their names, and waits if told to.

"kaputt" in a name ends in a verdict, "absturz" in a defect, "gesperrt" in an error for people;
"eilig" is overtaken by another machine at the first attempt.
"""

import threading
from collections.abc import Generator, Sequence
from pathlib import Path

from corpus.documents import IngestReport, Verdict
from corpus.errors import UserFacingError
from corpus.progress import ShowProgress, Stage
from corpus.shared import overtaken


class ScriptedIntake:
    def __init__(self) -> None:
        self.taken: list[str] = []  # names of files whose job was done to its end
        self.overtaken: list[str] = []
        self.audiences: list[str] = []
        self.contents: dict[str, bytes] = {}
        self.go_on = threading.Event()
        self.go_on.set()

    def take_in(
        self, files: Sequence[Path], audience: str, progress: ShowProgress
    ) -> Generator[IngestReport, None, None]:
        stage = Stage("Passagen einbetten", "Passagen", 2 * len(files), progress)
        for file in files:
            stage.advance()
            if "eilig" in file.name and file.name not in self.overtaken:
                self.overtaken.append(file.name)
                raise overtaken()
            self.go_on.wait(60)
            stage.advance()
            self.contents[file.name] = file.read_bytes()
            yield self._report(file.name)
        self.taken += [file.name for file in files]
        self.audiences.append(audience)

    def _report(self, name: str) -> IngestReport:
        if "absturz" in name:
            raise ZeroDivisionError("geheimes Detail")
        if "gesperrt" in name:
            raise UserFacingError("Der Index ist gesperrt.", hint="Bitte warten.")
        if "kaputt" in name:
            return IngestReport(
                name,
                "failed",
                message="Die Datei bricht bei `<b>` ab.",
                verdict=Verdict.DAMAGED,
                advice="Neu herunterladen.",
            )
        return IngestReport(name, "added", pages=1, passages=2)
