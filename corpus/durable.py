"""Files that only the owner reads, and that are whole or not there, also after a power cut."""

import os
from pathlib import Path

from corpus.faults import reached


def private_folder(folder: Path) -> Path:
    """Make a folder, and those above it that are missing, for the owner alone."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    return folder


def for_owner(path: str, flags: int) -> int:
    """Open a file as `open` does, new ones for the owner alone."""
    return os.open(path, flags, mode=0o600)


def write_whole(path: Path, content: bytes, *, step: str = "") -> None:
    """Replace a file by one move that survives a power cut; `step` is reached before the move."""
    temporary = path.with_name(f"{path.name}.new")
    with open(temporary, "wb", opener=for_owner) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    reached(step)
    os.replace(temporary, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable; Windows has no directory handles and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
