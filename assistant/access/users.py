"""The file of users: names, roles, groups and what proves them, never a password itself."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from assistant.access.identity import LONGEST_NAME, ROLES, Identity, person
from corpus.errors import UserFacingError

FEWEST_CHARACTERS = 12  # of a password
LONGEST_PASSWORD = 1_000  # characters; hashing a novel would keep a core busy


@dataclass(frozen=True, slots=True)
class User:
    """One line of the file. `token_hash` is the SHA-256 of a random token, empty without one."""

    name: str
    password_hash: str
    role: str
    groups: tuple[str, ...] = ()
    token_hash: str = ""

    @property
    def identity(self) -> Identity:
        """Who this is to the rest of the program."""
        return person(self.name, ROLES[self.role], frozenset(self.groups))

    @property
    def fingerprint(self) -> str:
        """Changes with the password, so that a new one ends all sessions."""
        return hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]


class UserFile:
    """Reads the file again whenever it has changed; a removed user is out at once."""

    def __init__(self, data: Path) -> None:
        self._path = access_folder(data) / "users.json"
        self._seen: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}

    @property
    def users(self) -> dict[str, User]:
        """All users by name, sorted."""
        try:
            state = self._path.stat()
        except FileNotFoundError:
            self._seen, self._users = None, {}
            return self._users
        seen = (state.st_mtime_ns, state.st_size, state.st_ino)
        if seen != self._seen:
            self._users = _read(self._path)
            self._seen = seen
        return self._users

    def with_password(self, name: str, password: str) -> User | None:
        """Return the user whose password this is; an unknown name takes as long as a wrong one."""
        user = self.users.get(name)
        known = user.password_hash if user else _nobodys_hash()
        try:
            _hasher().verify(known, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return user

    def with_token(self, token: str) -> User | None:
        """Return the user whose token this is."""
        wanted = _digest(token)
        found = None
        for user in self.users.values():  # all of them, so that the time tells nothing
            if user.token_hash and hmac.compare_digest(user.token_hash, wanted):
                found = user
        return found

    def add(self, name: str, password: str, role: str, groups: tuple[str, ...] = ()) -> None:
        """Add a user or give a known one a new password, role and groups."""
        _check_name(name)
        check_password(password)
        with self._changing() as users:
            token_hash = users[name].token_hash if name in users else ""
            users[name] = User(name, _hasher().hash(password), role, groups, token_hash)

    def give_token(self, name: str) -> str:
        """Make a new token for programs, which replaces an older one, and return it once."""
        token = secrets.token_urlsafe(32)
        with self._changing() as users:
            users[name] = replace(_existing(users, name), token_hash=_digest(token))
        return token

    def remove(self, name: str) -> None:
        """Take a user out; running sessions and the token end with it."""
        with self._changing() as users:
            _existing(users, name)
            del users[name]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, User]]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(self._path.with_suffix(".lock"), timeout=10):
            users = dict(self.users)
            yield users
            _write(self._path, users)


def access_folder(data: Path) -> Path:
    """Where users and the key of the sessions lie under the data directory."""
    return data / "access"


def check_password(password: str) -> None:
    """Refuse a password that is too short or too long."""
    if len(password) < FEWEST_CHARACTERS or len(password) > LONGEST_PASSWORD:
        raise UserFacingError(
            f"Das Passwort hat {len(password)} Zeichen.",
            hint=f"Nötig sind mindestens {FEWEST_CHARACTERS}, etwa drei zufällige Wörter.",
        )


def _existing(users: dict[str, User], name: str) -> User:
    if name not in users:
        raise UserFacingError(
            f"Den Benutzer `{name}` gibt es nicht.",
            hint="Alle Namen zeigt `bildungslotse users list`.",
        )
    return users[name]


def _check_name(name: str) -> None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise UserFacingError(
            "Dieser Benutzername geht nicht.",
            hint=f"Erlaubt sind 1 bis {LONGEST_NAME} sichtbare Zeichen ohne Leerzeichen am Rand.",
        )


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _read(path: Path) -> dict[str, User]:
    try:
        rows = json.loads(path.read_text("utf-8"))["users"]
        users = [User(**{**row, "groups": tuple(row["groups"])}) for row in rows]
        if unknown := [user.role for user in users if user.role not in ROLES]:
            raise ValueError(unknown[0])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserFacingError(
            f"Die Benutzerdatei `{path}` ist nicht lesbar.",
            hint="Aus der Sicherung zurückholen oder löschen und die Benutzer neu anlegen.",
        ) from error
    return {user.name: user for user in sorted(users, key=lambda one: one.name)}


def _write(path: Path, users: dict[str, User]) -> None:
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        rows = [asdict(user) for user in users.values()]
        json.dump({"users": rows}, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
