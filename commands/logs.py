"""The log: one JSON object per line, without any content of questions, answers or documents."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

OURS = ("app", "assistant", "commands", "corpus", "ingest")
FIELDS = ("request", "method", "area", "status", "milliseconds")


class ContentFreeFormatter(logging.Formatter):
    """Writes what the code says and where it stood, never a value that came in from outside.

    A message is written as it stands in the code, its values left out; of an exception, its kind
    and the lines it passed, not its words, which may quote a document. Libraries put values into
    their messages before they get here, so of theirs only the name is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if record.name.partition(".")[0] in OURS:
            line["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["error"] = kind.__name__
            line["at"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)
            ]
        return json.dumps(line, ensure_ascii=False)


def log_to(stream: TextIO | None = None, *, requests: bool = False) -> None:
    """Send all logging to `stream`, by default the error output; requests only if asked for."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(ContentFreeFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("assistant.page.request_log").setLevel(
        logging.INFO if requests else logging.WARNING
    )
