"""Foreign files are read in processes of their own, under limits; a crash costs one file.

`Cage.read` is the one way from a path to a document that the product uses, `PageDrawer` in
`ingest/cage/drawing.py` the one way to a picture of a page.
"""

import signal
from pathlib import Path
from types import TracebackType

from ingest.cage.limits import Limits
from ingest.cage.process import Died, OnPage, Overrun
from ingest.cage.protocol import ReadOrder
from ingest.cage.stock import Stock
from ingest.readers.errors import damaged, too_large
from ingest.readers.formats import PDF_HEADER_WITHIN, has_pdf_header
from ingest.reading import Reading, failed, from_wire

__all__ = ["Cage", "Limits", "OnPage", "Reading"]

_READER = "ingest.readers:read"
_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)  # Windows has no such limit


class Cage:
    """Reads files in a stock of processes.

    `read` may be called from several threads; each call then has a process to itself. With `ocr`
    text in images is recognised, where the program for it is installed.
    """

    def __init__(
        self, limits: Limits | None = None, *, ocr: bool = True, reader: str = _READER
    ) -> None:
        self._limits = limits or Limits()
        self._ocr = ocr
        self._stock = Stock(self._limits, reader)

    def __enter__(self) -> "Cage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, path: Path, on_page: OnPage = lambda page, pages: None) -> Reading:
        """Read one file and return its verdict; never raises because of the file.

        `on_page` is told, of the pages whose text has to be recognised, how many are done and how
        many there are.
        """
        try:
            return self._ask(path, on_page, careful=False)
        except (Died, Overrun) as end:
            # pdfium ends its process where memory runs out; pypdf is slower and gives up in order.
            if not (_is_crash(end) and _is_pdf(path)):
                return self._verdict(path, end)
        try:
            return self._ask(path, on_page, careful=True)
        except (Died, Overrun) as end:
            return self._verdict(path, end)

    def _ask(self, path: Path, on_page: OnPage, *, careful: bool) -> Reading:
        return self._stock.ask(ReadOrder(str(path), careful, self._ocr), from_wire, on_page)

    def _verdict(self, path: Path, end: Died | Overrun) -> Reading:
        if isinstance(end, Overrun):
            error = too_large(path.name, f"länger als {self._limits.wall_seconds:g} Sekunden")
        elif not _is_crash(end):
            error = too_large(path.name, f"mehr als {self._limits.cpu_seconds} Sekunden Rechenzeit")
        else:
            error = damaged(path.name, "das Lesen ist abgestürzt")
        return failed(path, error)

    def close(self) -> None:
        """End the idle processes."""
        self._stock.close()


def _is_crash(end: Died | Overrun) -> bool:
    """Whether a process ended by itself, and not because its time was up."""
    return isinstance(end, Died) and -end.code != _OUT_OF_TIME


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return has_pdf_header(file.read(PDF_HEADER_WITHIN))
    except OSError:
        return False
