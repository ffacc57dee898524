"""Documents as a person names them on the command line."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from corpus.errors import UserFacingError

Item = TypeVar("Item")


def named(
    items: Sequence[Item], names: Sequence[str], names_of: Callable[[Item], tuple[str, ...]]
) -> list[Item]:
    """Return what these file names, paths or titles stand for; an unknown one is an error.

    An umlaut is the same whether a file system keeps it as one character or as two.
    """
    chosen: dict[int, Item] = {}
    for name in names:
        found = {
            place: item
            for place, item in enumerate(items)
            if _composed(name) in map(_composed, names_of(item))
        }
        if not found:
            raise UserFacingError(
                f"Das Dokument `{name}` ist nicht eingelesen.",
                hint="Alle Namen zeigt `bildungslotse status --documents`.",
            )
        chosen |= found
    return list(chosen.values())


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
