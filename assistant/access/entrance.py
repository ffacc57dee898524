"""Whether a login is needed, and who a request comes from."""

import hmac
from collections.abc import Mapping

from assistant.access.identity import DESK, LONGEST_NAME, ROLES, Identity, Role, person
from assistant.access.lockout import Lockout
from assistant.access.sessions import Sessions
from assistant.access.users import User, UserFile
from corpus.errors import UserFacingError
from corpus.settings import Settings

COOKIE = "bildungslotse_sitzung"
SECRET_HEADER = "x-bildungslotse-secret"
USER_HEADER = "x-remote-user"
ROLE_HEADER = "x-remote-role"
GROUPS_HEADER = "x-remote-groups"  # with commas between them
OF_PROXY = (SECRET_HEADER, USER_HEADER, ROLE_HEADER, GROUPS_HEADER)
FEWEST_SECRET_CHARACTERS = 32
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Entrance:
    """Tells people apart; without users and without a proxy everyone is the person at the desk."""

    def __init__(self, settings: Settings) -> None:
        self._secret = _checked_secret(settings.proxy_secret)
        self._data = settings.data
        self._sessions: Sessions | None = None
        self._is_locked = False
        self.users = UserFile(settings.data)
        self.lockout = Lockout()

    @property
    def needs_login(self) -> bool:
        """Whether people have to say who they are: as soon as there is a way to do so.

        That never ends while the program runs: a lost file of users must not open the door.
        """
        self._is_locked = self._is_locked or bool(self._secret or self.users.users)
        return self._is_locked

    @property
    def sessions(self) -> Sessions:
        """The sessions; their key is made when the first one is needed."""
        if self._sessions is None:
            self._sessions = Sessions(self._data, self.users)
        return self._sessions

    def identity(self, headers: Mapping[str, str], cookie: str) -> Identity | None:
        """Return who sends a request with these headers, or None for someone unknown."""
        if not self.needs_login:
            # Whoever came through a proxy is not at the desk.
            return None if any(name in headers for name in FORWARDED) else DESK
        named = self._named_by_proxy(headers)
        if named:
            return named
        user = self._with_token(headers.get("authorization", ""))
        if user is None and cookie:
            user = self.sessions.user(cookie)
        return user.identity if user else None

    def _named_by_proxy(self, headers: Mapping[str, str]) -> Identity | None:
        given = headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        name = headers.get(USER_HEADER, "")
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            return None
        names = list(headers)
        if any(names.count(one) > 1 for one in OF_PROXY):
            return None  # a proxy that adds to what a visitor sent would let anyone be anybody
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return None
        role = ROLES.get(headers.get(ROLE_HEADER, "").casefold(), Role.READER)
        groups = headers.get(GROUPS_HEADER, "").split(",")
        return person(name, role, frozenset(filter(None, map(str.strip, groups))))

    def _with_token(self, authorization: str) -> User | None:
        scheme, _, token = authorization.partition(" ")
        return self.users.with_token(token) if scheme.casefold() == "bearer" and token else None


def _checked_secret(secret: str) -> str:
    if secret and len(secret) < FEWEST_SECRET_CHARACTERS:
        raise UserFacingError(
            f"`proxy_secret` hat {len(secret)} Zeichen.",
            hint=f"Nötig sind mindestens {FEWEST_SECRET_CHARACTERS} zufällige Zeichen, "
            "etwa aus `openssl rand -hex 32`.",
        )
    return secret


def refuse_open_address(host: str, settings: Settings) -> None:
    """Refuse to be reachable for others while nobody has to say who they are."""
    is_here = host in ("127.0.0.1", "localhost", "::1")
    if Entrance(settings).needs_login or (is_here and not settings.host_names):
        return
    where = host if not is_here else ", ".join(settings.host_names)
    raise UserFacingError(
        f"Unter `{where}` wäre die Seite ohne Anmeldung für andere erreichbar.",
        hint="Mit `bildungslotse users add NAME` Benutzer anlegen oder `proxy_secret` setzen; "
        "ohne `--host` und `hosts` ist die Seite nur auf diesem Rechner erreichbar.",
    )
