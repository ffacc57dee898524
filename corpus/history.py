"""The generation before comes back."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import UserFacingError
from corpus.following import catch_up, fetch_generation
from corpus.generation import UNREADABLE, open_parts, read_generation, segment_folder
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest
from corpus.removal import finish_removals
from corpus.segment import check_seal
from corpus.server import Server
from corpus.transfer import Incomplete
from corpus.upkeep import clear_away, make_live


class NothingToUndo(UserFacingError):
    """There is no generation before the live one."""


def undo(data: Path, server: Server | None = None) -> Manifest:
    """Make the generation before the live one live again; a second call takes that back.

    It gets a number of its own, so that whoever reads notices the switch.
    """
    with write_lock(data):
        catch_up(data, server)
        finish_removals(data, server)
        live = read_manifest(data)
        try:
            if live and server:
                fetch_generation(data, live.previous, server)
            before = read_generation(data, live.previous if live else 0)
            parts = open_parts(data, before.shares)
            for part in parts:
                check_seal(segment_folder(data, part.name))
        except (Incomplete, *UNREADABLE) as error:
            raise NothingToUndo(
                "Es gibt keinen früheren Stand des Index.",
                hint="Einen gibt es nach jedem Einlesen, das etwas ändert; `remove` löscht ihn.",
            ) from error
        number = live.generation if live else 0
        manifest = replace(before.manifest, generation=number + 1, previous=number)
        known = {entry.version for part in parts for entry in part.entries}
        make_live(data, manifest, parts, known=known, server=server)
        clear_away(data, server=server)
        return manifest
