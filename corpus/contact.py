"""How long ago the copy of a shared index was known to be the live one, and when that is too long.

A machine that is cut off cannot tell whether others removed or closed a document meanwhile. The
moment is the time of a file in the data directory: it outlives restarts and holds for commands too.
"""

import os
import time
from pathlib import Path

from corpus.errors import Unavailable
from corpus.shared import holder_file


class OutOfTouch(Unavailable):
    """The copy may hold what was removed or closed elsewhere, so nothing is answered from it."""


def note_contact(data: Path) -> None:
    """Note that the copy here is what is live on the server; without a copy nothing is noted."""
    if holder_file(data).exists():
        os.utime(holder_file(data))


def require_contact(data: Path, most: float) -> None:
    """Raise `OutOfTouch` where the last contact is more than `most` seconds ago."""
    try:
        seconds = time.time() - holder_file(data).stat().st_mtime
    except FileNotFoundError:
        return  # nothing was ever taken over, so there is nothing to answer from either
    if seconds > most:
        raise OutOfTouch(
            f"Der gemeinsame Bestand ist seit {seconds / 60:.0f} min nicht erreichbar. Was dort "
            "inzwischen entfernt oder geschlossen wurde, stünde hier noch, darum antwortet dieser "
            "Rechner nicht.",
            hint="Bitte später noch einmal fragen; den Grund nennt das Protokoll.",
        )
