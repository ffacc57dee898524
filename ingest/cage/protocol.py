"""What our process and a reading process say to each other, one line each.

The order goes down as JSON; up come signs of life and at the end the reading. A process that
foreign files have touched is not believed: its lines are parsed as data, never unpickled.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

PAGE, DONE, LAST = b"page ", b"done ", b"last "  # how a line from the reading process begins
MAX_LINE = 300_000_000  # bytes; ten million characters, escaped and with all that is around them


@dataclass(frozen=True, slots=True)
class Order:
    """One file to read; `careful` asks for the slower way that bombs cannot abort."""

    path: str
    careful: bool = False
    ocr: bool = False  # recognise text in images


def order_line(path: Path, *, careful: bool, ocr: bool) -> bytes:
    """Write an order; half characters of foreign file names survive as JSON escapes."""
    return json.dumps(asdict(Order(str(path), careful, ocr))).encode("ascii") + b"\n"


def parse_order(line: bytes) -> Order:
    """Read what `order_line` wrote."""
    return Order(**json.loads(line))
