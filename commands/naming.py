"""Documents as a person names them on the command line."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from corpus.errors import UserFacingError

Item = TypeVar("Item")


def named(
    items: Sequence[Item], names: Sequence[str], names_of: Callable[[Item], tuple[str, ...]]
) -> list[Item]:
    """Return what these file names, paths or titles stand for; an unknown one is an error."""
    chosen: dict[int, Item] = {}
    for name in names:
        found = {place: item for place, item in enumerate(items) if name in names_of(item)}
        if not found:
            raise UserFacingError(
                f"Das Dokument `{name}` ist nicht eingelesen.",
                hint="Alle Namen zeigt `bildungslotse status --documents`.",
            )
        chosen |= found
    return list(chosen.values())
