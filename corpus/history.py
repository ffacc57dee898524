"""The generation before comes back."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import UserFacingError
from corpus.generation import (
    UNREADABLE,
    Generation,
    open_parts,
    read_generation,
    segment_folder,
    write_generation,
)
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest, switch_to
from corpus.removal import finish_removals
from corpus.segment import check_seal
from corpus.upkeep import clear_away


class NothingToUndo(UserFacingError):
    """There is no generation before the live one."""


def undo(data: Path) -> Manifest:
    """Make the generation before the live one live again; a second call takes that back.

    It gets a number of its own, so that whoever reads notices the switch.
    """
    with write_lock(data):
        finish_removals(data)
        live = read_manifest(data)
        try:
            before = read_generation(data, live.previous if live else 0)
            for part in open_parts(data, before.shares):
                check_seal(segment_folder(data, part.name))
        except UNREADABLE as error:
            raise NothingToUndo(
                "Es gibt keinen früheren Stand des Index.",
                hint="Einen gibt es nach jedem Einlesen, das etwas ändert; `remove` löscht ihn.",
            ) from error
        number = live.generation if live else 0
        manifest = replace(before.manifest, generation=number + 1, previous=number)
        write_generation(data, Generation(manifest, before.shares))
        switch_to(data, manifest)
        clear_away(data)
        return manifest
