"""The reading process: reads one file after another under limits, until nobody asks any more."""

import base64
import importlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from corpus.documents import Document, Verdict
from ingest.cage.isolation import cut_off
from ingest.cage.limits import Limits, confine, grant_cpu, peak_megabytes
from ingest.cage.protocol import DONE, LAST, PAGE, DrawOrder, ReadOrder, ViewOrder, parse_order
from ingest.readers.errors import UnreadableDocument, damaged, too_large
from ingest.reading import Reading, failed, to_wire

Read = Callable[..., Document]

_MAX_FILES = 200  # then a fresh process takes over, so that nothing piles up
_MAX_PEAK = 0.4  # share of the memory limit; a process that grew further makes place

NO_TEXT = "Kein Text gefunden, deshalb nicht durchsuchbar."
NO_TEXT_ADVICE = (
    "Ist die Datei gescannt: mit Texterkennung (OCR) neu speichern oder Tesseract mit deutschen "
    "Sprachdaten (tesseract-ocr-deu) installieren, dann erneut einlesen. Sonst ist sie wirklich "
    "leer: neu herunterladen oder neu speichern."
)


def main(configuration: str) -> None:
    """Answer orders from standard input; `configuration` is the JSON that `process` wrote."""
    values = json.loads(configuration)
    limits = Limits(**values["limits"])
    orders, answers = _private_channels()
    confine(limits)
    cut_off()
    module, _, function = values["reader"].partition(":")
    read: Read = getattr(importlib.import_module(module), function)
    for number, line in enumerate(iter(orders.readline, b""), 1):
        grant_cpu(limits.cpu_seconds)
        order = parse_order(line)
        if isinstance(order, ReadOrder):
            answer = _read(read, order, limits, _Pulse(answers, limits))
        else:
            answer = _view(order)
        is_last = number >= _MAX_FILES or peak_megabytes() > _MAX_PEAK * limits.memory_megabytes
        _say(answers, (LAST if is_last else DONE) + answer)
        if is_last:
            return


def _private_channels() -> tuple[BinaryIO, BinaryIO]:
    """Keep both pipes to ourselves: a parser that prints or reads must not disturb them."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return orders, answers


class _Pulse:
    """Says which page is being read; every sign of life renews the limits on time."""

    def __init__(self, answers: BinaryIO, limits: Limits) -> None:
        self._answers = answers
        self._limits = limits

    def __call__(self, page: int, pages: int) -> None:
        grant_cpu(self._limits.cpu_seconds)
        _say(self._answers, PAGE + f"{page} {pages}".encode())


def _say(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


def _read(read: Read, order: ReadOrder, limits: Limits, pulse: _Pulse) -> bytes:
    """Read one file; whatever a parser raises becomes a verdict."""
    path = Path(order.path)
    try:
        return to_wire(_reading(read(path, careful=order.careful, ocr=order.ocr, pulse=pulse)))
    except UnreadableDocument as error:
        is_memory = isinstance(error.__cause__, MemoryError)
        failure = _too_much(path, limits) if is_memory else error
    except MemoryError:
        failure = _too_much(path, limits)
    except OSError as error:
        failure = damaged(path.name, error.strerror or "")
    except BaseException as error:  # parsers raise everything, panics of native code included
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        failure = damaged(path.name, type(error).__name__)
    return to_wire(failed(path, failure))


def _view(order: ViewOrder | DrawOrder) -> bytes:
    """Measure or draw a page; the answer for one that cannot be is empty."""
    from ingest.readers.pdf_view import draw_page, view_page

    path = Path(order.path)
    try:
        if isinstance(order, DrawOrder):
            return base64.b64encode(draw_page(path, order.page, order.dots_per_inch))
        return json.dumps(asdict(view_page(path, order.page, order.quote))).encode("ascii")
    except Exception:  # pdfium raises everything, and the one who asked learns only that it failed
        return b""


def _reading(document: Document) -> Reading:
    remarks = " ".join(document.health.remarks)
    if document.is_empty:
        message = f"{NO_TEXT} {remarks}".rstrip()
        return Reading(document.name, Verdict.EMPTY, document, message, NO_TEXT_ADVICE)
    return Reading(document.name, Verdict.OK, document, remarks)


def _too_much(path: Path, limits: Limits) -> UnreadableDocument:
    return too_large(path.name, f"mehr als {limits.memory_megabytes} MB Speicher")
