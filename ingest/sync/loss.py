"""When so much would go that it is more likely a mistake than a wish."""

from corpus.errors import UserFacingError


class DeletionRefused(UserFacingError):
    """A guarded plan was to be applied without a word about its deletions."""


def guard_against_loss(place: str, gone: int, known: int) -> str:
    """Say that more than a third of a place's documents would go; empty where it is less."""
    if 3 * gone <= known:
        return ""
    return f"Aus {place} würden {gone} von {known} Dokumenten entfallen."
