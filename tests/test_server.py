"""How a Chroma server is reached: token, TLS, and what is said when it cannot be."""

import datetime
import ipaddress
import itertools
import socket

import pytest
from chroma_process import chroma_process, proxy_before
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from corpus import server as module
from corpus.errors import Unavailable, UserFacingError
from corpus.server import Refused, Server, server_of
from corpus.settings import Settings, load_settings
from corpus.store import server_store

TOKEN = "geheim-4711"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    with chroma_process(tmp_path_factory.mktemp("chroma")) as process:
        yield process


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return a file with a key and its self-signed certificate for the loopback."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "chroma")])
    now = datetime.datetime.now(datetime.UTC)
    loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([loopback]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "chroma.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def opened(server):
    return len(server_store(server, "probe"))


@pytest.mark.parametrize(
    ("header", "value"), [("Authorization", f"Bearer {TOKEN}"), ("X-Chroma-Token", TOKEN)]
)
def test_the_token_opens_the_server_and_a_wrong_one_is_named(chroma, header, value, tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    with proxy_before(chroma, header, value) as url:
        right = Settings(
            index_url=url, index_token_header=header, index_token_file=tmp_path / "token"
        )
        wrong = Settings(index_url=url, index_token_header=header, index_token="falsch")

        assert opened(server_of(right)) == 0
        with pytest.raises(Refused, match=r"verweigert den Zugang \(401\)") as raised:
            opened(server_of(wrong))

    assert "`index_token`" in raised.value.hint
    assert "falsch" not in str(raised.value)


def test_a_wrong_token_is_not_tried_again_and_again(chroma):
    with proxy_before(chroma, "X-Chroma-Token", TOKEN) as url, pytest.raises(Refused):
        server_store(Server(url), "probe", is_patient=True)  # would wait for a restart


def test_tls_is_checked_against_the_named_certificate(chroma, certificate):
    with proxy_before(chroma, "X-Chroma-Token", TOKEN, certificate=certificate) as url:
        known = Settings(
            index_url=url,
            index_token=TOKEN,
            index_token_header="X-Chroma-Token",
            index_ca=certificate,
        )

        assert opened(server_of(known)) == 0
        with pytest.raises(Refused, match="Zertifikat, dem nicht vertraut wird"):
            opened(server_of(known.model_copy(update={"index_ca": None})))


def test_a_server_that_is_not_there_is_named_and_left_alone_for_a_while(monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    now = 100.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    server = Server(url)
    tries = []
    monkeypatch.setattr(server, "_connect", lambda: tries.append(now) or broken())

    def broken():
        raise ConnectionRefusedError

    for _ in range(200):
        with pytest.raises(Unavailable, match=f"{url} ist nicht erreichbar"):
            server.client()
        now += 0.1

    pauses = [after - before for before, after in itertools.pairwise(tries)]
    assert len(tries) < 12
    assert pauses == sorted(pauses)
    assert max(pauses) == pytest.approx(module.LONGEST_PAUSE, abs=0.11)


def test_what_is_no_chroma_server_is_named(chroma):
    with pytest.raises(Unavailable, match=r"unter .*/anderswo meldet einen Fehler \(404\)"):
        opened(Server(f"{chroma.url}/anderswo"))


def test_no_server_without_an_address():
    assert server_of(Settings()) is None


ELSEWHERE = {"INDEX_URL": "https://chroma.example.org", "INDEX_TOKEN": TOKEN}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"INDEX_TOKEN": ""}, "für alle offen"),
        ({"INDEX_URL": "http://chroma.example.org"}, "`index_url` muss mit https://"),
        ({"INDEX_URL": "https://a:b@chroma.example.org"}, "Zugangsdaten"),
        ({"INDEX_TOKEN_FILE": "/x"}, "nur eines"),
        ({"INDEX_TOKEN_HEADER": "Cookie"}, "index_token_header"),
    ],
)
def test_a_server_elsewhere_needs_tls_and_a_token(changed, message):
    names = {f"BILDUNGSLOTSE_{name}": value for name, value in (ELSEWHERE | changed).items()}

    with pytest.raises(UserFacingError, match=message) as raised:
        load_settings(environment={name: value for name, value in names.items() if value})

    assert TOKEN not in str(raised.value)
    assert TOKEN not in repr(load_settings(environment={"BILDUNGSLOTSE_INDEX_TOKEN": TOKEN}))
