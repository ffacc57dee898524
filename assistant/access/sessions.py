"""Signed, expiring sessions: what a browser keeps after a login."""

import os
import secrets
import time
from collections import OrderedDict
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from assistant.access.users import User, UserFile, access_folder

SECONDS = 9 * 3600  # a working day
MOST_ENDED = 10_000  # ended sessions remembered; by then the oldest have expired by themselves
_SALT = "session"


class Sessions:
    """Makes and checks sessions of one data directory; the key is made on first use."""

    def __init__(self, data: Path, users: UserFile) -> None:
        self._users = users
        self._signer = URLSafeTimedSerializer(_key(access_folder(data)), salt=_SALT)
        self._ended: OrderedDict[str, float] = OrderedDict()

    def begin(self, user: User) -> str:
        """Return the text that proves this user until the session expires."""
        return self._signer.dumps([user.name, user.fingerprint, secrets.token_hex(8)])

    def user(self, session: str) -> User | None:
        """Return whose session this is; None when it is forged, expired, ended or outdated."""
        try:
            name, fingerprint, mark = self._signer.loads(session, max_age=SECONDS)
        except (BadSignature, ValueError, TypeError):
            return None
        user = self._users.users.get(name)
        if user is None or user.fingerprint != fingerprint or mark in self._ended:
            return None
        return user

    def end(self, session: str) -> None:
        """Make a session worthless before it expires."""
        try:
            _, _, mark = self._signer.loads(session, max_age=SECONDS)
        except (BadSignature, ValueError, TypeError):
            return
        self._ended[mark] = time.monotonic()
        while len(self._ended) > MOST_ENDED:
            self._ended.popitem(last=False)


def _key(folder: Path) -> bytes:
    """Return the secret key; where two processes start at once, the first one's holds."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "session.key"
    temporary = folder / f"session.key.{os.getpid()}"
    if not path.exists():
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_bytes()
