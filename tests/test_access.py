"""The file of users, lock-out, token buckets, sessions: the parts, with a clock of their own."""

import json
import stat

import pytest

from assistant.access import lockout, sessions
from assistant.access.entrance import Entrance, refuse_open_address
from assistant.access.limits import TokenBuckets
from assistant.access.lockout import Lockout
from assistant.access.sessions import Sessions
from assistant.access.users import UserFile
from corpus.errors import UserFacingError
from corpus.settings import Settings

PASSWORD = "drei zufällige Wörter"


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def users(tmp_path):
    file = UserFile(tmp_path)
    file.add("lena", PASSWORD, "editor", ("Amt 40",))
    return file


def test_the_file_holds_no_password_and_only_its_owner_reads_it(users, tmp_path):
    token = users.give_token("lena")
    path = tmp_path / "access" / "users.json"
    text = path.read_text("utf-8")
    (row,) = json.loads(text)["users"]
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in text
    assert token not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_only_the_right_password_opens(users):
    assert users.with_password("lena", PASSWORD).role == "editor"
    assert users.with_password("lena", PASSWORD + "x") is None
    assert users.with_password("Lena", PASSWORD) is None
    assert users.with_password("niemand", PASSWORD) is None


def test_a_token_belongs_to_one_user_and_a_new_one_replaces_it(users):
    old, new = users.give_token("lena"), users.give_token("lena")
    assert users.with_token(old) is None
    assert users.with_token(new).name == "lena"
    users.add("lena", PASSWORD, "reader")
    assert users.with_token(new).role == "reader"


@pytest.mark.parametrize("name", ["", " a", "a\n", "x" * 65])
def test_names_that_nobody_could_type_are_refused(users, name):
    with pytest.raises(UserFacingError, match="Benutzername"):
        users.add(name, PASSWORD, "reader")


@pytest.mark.parametrize("password", ["", "kurz", "x" * 1001])
def test_short_and_endless_passwords_are_refused(users, password):
    with pytest.raises(UserFacingError, match="Zeichen"):
        users.add("kim", password, "reader")


@pytest.mark.parametrize("content", ["", "[]", '{"users": [{"name": "a"}]}'])
def test_a_damaged_file_lets_nobody_in(users, tmp_path, content):
    (tmp_path / "access" / "users.json").write_text(content)
    with pytest.raises(UserFacingError, match="nicht lesbar"):
        UserFile(tmp_path).with_password("lena", PASSWORD)


def test_a_session_expires(users, tmp_path, monkeypatch):
    signed = Sessions(tmp_path, users)
    session = signed.begin(users.users["lena"])
    assert signed.user(session).name == "lena"
    assert Sessions(tmp_path, users).user(session).name == "lena"
    monkeypatch.setattr(sessions, "SECONDS", -1)
    assert signed.user(session) is None


@pytest.mark.parametrize("session", ["", "a.b.c", "ö", "WyJsZW5hIl0.x.y"])
def test_a_forged_session_is_nobodys(users, tmp_path, session):
    signed = Sessions(tmp_path, users)
    assert signed.user(session) is None
    signed.end(session)


def test_another_directory_has_another_key(users, tmp_path):
    session = Sessions(tmp_path, users).begin(users.users["lena"])
    assert Sessions(tmp_path / "b", users).user(session) is None
    assert stat.S_IMODE((tmp_path / "access" / "session.key").stat().st_mode) == 0o600


def test_a_lock_opens_again_and_holds_for_one_pair():
    clock = Clock()
    locks = Lockout(clock)
    for _ in range(lockout.PAIR_ATTEMPTS):
        assert not locks.remaining("lena", "a")
        locks.failed("lena", "a")
    assert locks.remaining("lena", "a") == lockout.SECONDS
    assert not locks.remaining("lena", "b")
    assert not locks.remaining("kim", "a")
    clock.now += lockout.SECONDS
    assert not locks.remaining("lena", "a")


def test_many_addresses_cannot_guess_one_name_and_one_address_not_many():
    locks = Lockout(Clock())
    for n in range(lockout.WIDE_ATTEMPTS):
        locks.failed("lena", str(n))
        locks.failed(str(n), "a")
    assert locks.remaining("lena", "neu")
    assert locks.remaining("neu", "a")
    assert not locks.remaining("neu", "neu")


def test_a_success_forgets_what_was_mistyped():
    locks = Lockout(Clock())
    for _ in range(lockout.PAIR_ATTEMPTS - 1):
        locks.failed("lena", "a")
    locks.succeeded("lena", "a")
    locks.failed("lena", "a")
    assert not locks.remaining("lena", "a")


def test_a_bucket_empties_and_fills():
    clock = Clock()
    buckets = TokenBuckets(6, clock)
    assert [buckets.take("a") for _ in range(6)] == [0.0] * 6
    assert buckets.take("a") == pytest.approx(10)
    assert buckets.take("b") == 0.0
    clock.now += 10
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0


@pytest.mark.parametrize(
    ("host", "values"),
    [("0.0.0.0", {}), ("192.0.2.7", {}), ("::", {}), ("127.0.0.1", {"hosts": "lotse.example"})],
)
def test_others_are_kept_out_until_there_is_a_login(tmp_path, host, values):
    settings = Settings(data=tmp_path, **values)
    with pytest.raises(UserFacingError, match="ohne Anmeldung für andere erreichbar"):
        refuse_open_address(host, settings)
    UserFile(tmp_path).add("lena", PASSWORD, "reader")
    refuse_open_address(host, settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_desk_needs_no_login(tmp_path, host):
    settings = Settings(data=tmp_path)
    refuse_open_address(host, settings)
    assert Entrance(settings).identity({}, "").readership.reads_all
    assert not (tmp_path / "access").exists()


def test_a_short_secret_is_refused():
    with pytest.raises(UserFacingError, match="`proxy_secret` hat 4 Zeichen"):
        Entrance(Settings(proxy_secret="kurz"))


def test_users_are_managed_by_command(call, monkeypatch, data):
    monkeypatch.setattr("typer.prompt", lambda *a, **k: PASSWORD)
    assert call("users", "add", "lena", "--role", "editor", "--group", "Amt 40")[0] == 0
    assert "lena  editor  Amt 40" in call("users", "list")[1]
    code, token, _ = call("users", "token", "lena")
    assert (code, UserFile(data).with_token(token.strip()).name) == (0, "lena")
    assert call("users", "remove", "lena")[0] == 0
    code, _, error = call("users", "remove", "lena")
    assert (code, "gibt es nicht" in error) == (1, True)
    assert call("users", "add", "kim", "--role", "chef")[0] == 1
