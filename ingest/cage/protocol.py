"""What our process and a reading process say to each other, one line each.

The order goes down as JSON; up come signs of life and at the end the answer. A process that
foreign files have touched is not believed: its lines are parsed as data, never unpickled.
"""

import json
from dataclasses import asdict, dataclass

from corpus.page_views import Quote

PAGE, DONE, LAST = b"page ", b"done ", b"last "  # how a line from the reading process begins
MAX_LINE = 300_000_000  # bytes; ten million characters, escaped and with all that is around them


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """One file to read; `careful` asks for the slower way that bombs cannot abort."""

    path: str
    careful: bool
    ocr: bool  # recognise text in images


@dataclass(frozen=True, slots=True)
class ViewOrder:
    """One page of a PDF to measure, counted from 1, and a quote to find on it."""

    path: str
    page: int
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """One page of a PDF to draw, counted from 1."""

    path: str
    page: int
    dots_per_inch: int


Order = ReadOrder | ViewOrder | DrawOrder


def order_line(order: Order) -> bytes:
    """Write an order; half characters of foreign file names survive as JSON escapes."""
    return json.dumps({type(order).__name__: asdict(order)}).encode("ascii") + b"\n"


def parse_order(line: bytes) -> Order:
    """Read what `order_line` wrote."""
    ((kind, values),) = json.loads(line).items()
    if kind == "ReadOrder":
        return ReadOrder(**values)
    if kind == "DrawOrder":
        return DrawOrder(**values)
    quote = Quote(**values.pop("quote")) if values["quote"] else None
    return ViewOrder(**values | {"quote": quote})
