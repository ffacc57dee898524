"""Who sends a request: a name, a role and the groups that decide what may be read."""

from dataclasses import dataclass
from enum import IntEnum

from corpus.audiences import INTERNAL, Readership, audience_named
from corpus.errors import UserFacingError

LONGEST_NAME = 64


class Role(IntEnum):
    """What a person may do; each role may do what the ones before it may."""

    READER = 1
    EDITOR = 2  # takes documents in and out
    ADMINISTRATOR = 3  # sees metrics and settings


ROLES = {role.name.casefold(): role for role in Role}


class Forbidden(UserFacingError):
    """Who asks is known, and may not do this."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or a program. A role opens no document, groups do."""

    name: str
    role: Role
    readership: Readership

    def require(self, role: Role) -> None:
        """Raise `Forbidden` for whoever has a lower role."""
        if self.role < role:
            raise Forbidden(
                "Dafür reichen Ihre Rechte nicht.",
                hint="Bitte die Stelle fragen, die den Bildungslotsen betreibt.",
            )


DESK = Identity("", Role.ADMINISTRATOR, Readership(reads_all=True))  # the one person at a desk


def person(name: str, role: Role, groups: frozenset[str]) -> Identity:
    """Return someone who has logged in, and may therefore read what is internal."""
    named = frozenset(audience_named(group) for group in groups)
    return Identity(name, role, Readership(named | {INTERNAL}))
