"""Pages of foreign PDFs as pictures: drawn in the cage, checked here, kept for a while."""

import base64
import binascii
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from corpus.errors import UserFacingError
from corpus.page_views import PageView, Quote
from ingest.cage.limits import Limits
from ingest.cage.process import Died, Overrun
from ingest.cage.protocol import DrawOrder, ViewOrder
from ingest.cage.stock import Stock

AT_ONCE = 2  # pages drawn at the same time; more wait
MOST_KEPT = 48 * 2**20  # bytes of pictures
MOST_VIEWS = 2_000
MOST_SIDE = 20_000  # pixels
_LIMITS = Limits(cpu_seconds=15, wall_seconds=60.0)
_READER = "ingest.readers.pdf_view:draw_page"  # no file is read, so what draws is loaded at once
_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">8sI4sII")  # signature, length and name of the first chunk, width, height
Answer = TypeVar("Answer")
_VIEW: TypeAdapter[PageView] = TypeAdapter(PageView)


class PageNotShown(UserFacingError):
    """A page that cannot be drawn: the file is gone, damaged, protected or too much."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Seite kann nicht als Bild gezeigt werden.",
            hint="Die Originaldatei lässt sich herunterladen.",
        )


class PageDrawer:
    """Draws and measures pages for several readers at a time; what failed is not tried again.

    A file is named by its content, so what is kept never grows old.
    """

    def __init__(self, limits: Limits = _LIMITS, *, reader: str = _READER) -> None:
        self._stock = Stock(limits, reader)
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._pictures: _Kept[bytes] = _Kept(MOST_KEPT, len)
        self._views: _Kept[PageView] = _Kept(MOST_VIEWS, lambda view: 1 + len(view.marks))
        self._failed: _Kept[bool] = _Kept(MOST_VIEWS, lambda _: 1)

    def prepare(self) -> None:
        """Start a process, so that the first page need not wait for it."""
        self._stock.prepare()

    def view(self, path: Path, page: int, quote: Quote | None = None) -> PageView:
        """Measure a page, counted from 1, and find a quote on it; raises `PageNotShown`."""
        order = ViewOrder(str(path), page, quote)
        return self._answer(self._views, order, _VIEW.validate_json)

    def draw(self, path: Path, page: int, dots_per_inch: int) -> bytes:
        """Return a page, counted from 1, as PNG; raises `PageNotShown`."""
        order = DrawOrder(str(path), page, dots_per_inch)
        return self._answer(self._pictures, order, picture_in)

    def close(self) -> None:
        """End the processes."""
        self._stock.close()

    def _answer(
        self,
        kept: "_Kept[Answer]",
        order: ViewOrder | DrawOrder,
        parse: Callable[[bytes], Answer],
    ) -> Answer:
        if (known := kept.get(order)) is not None:
            return known
        if order in self._failed:
            raise PageNotShown
        with self._free:
            try:
                answer = self._stock.ask(order, parse, lambda page, pages: None)
            except (Died, Overrun) as end:
                self._failed.put(order, True)
                raise PageNotShown from end
        kept.put(order, answer)
        return answer


class _Kept(Generic[Answer]):
    """Answers by order, up to a sum of their sizes; the one unused longest goes first."""

    def __init__(self, most: int, size: Callable[[Answer], int]) -> None:
        self._most = most
        self._size = size
        self._sum = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, order: Hashable) -> bool:
        return order in self._answers

    def get(self, order: Hashable) -> Answer | None:
        """Return what was kept, or None."""
        with self._lock:
            if order not in self._answers:
                return None
            self._answers.move_to_end(order)
            return self._answers[order]

    def put(self, order: Hashable, answer: Answer) -> None:
        """Keep an answer as long as there is room."""
        with self._lock:
            if order in self._answers:
                return
            self._answers[order] = answer
            self._sum += self._size(answer)
            while self._sum > self._most:
                _, oldest = self._answers.popitem(last=False)
                self._sum -= self._size(oldest)


def picture_in(line: bytes) -> bytes:
    """Return the PNG in an answer; the process that drew it is not believed."""
    try:
        picture = base64.b64decode(line, validate=True)
        signature, length, name, width, height = _HEAD.unpack_from(picture)
    except (binascii.Error, struct.error) as error:
        raise ValueError("no picture") from error
    is_png = (signature, length, name) == (_PNG, 13, b"IHDR")
    if not is_png or not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError("no picture")
    return picture
