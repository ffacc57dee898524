"""A real HTTPS server on loopback that behaves and misbehaves by path, with a CA of its own."""

import gzip
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST, OTHER, STRANGE = "amt.test", "land.test", "fremd.test"
ETAG, DAY = '"fassung-1"', "Mon, 10 Jan 2022 08:00:00 GMT"
_SLOW = 3.0  # seconds that a slow answer lasts, well beyond the time that tests allow
_PAUSE = 0.05  # seconds between two bytes


def page(text, title="Förderung"):
    return (
        f"<!DOCTYPE html><html lang='de'><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    ).encode()


def certificate_authority():
    """Return the key and certificate of an authority that nobody else knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prüfstelle")])
    builder = _builder(name, name, key).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return key, builder.sign(key, hashes.SHA256())


def issue(authority, folder, hosts):
    """Write a certificate for `hosts` and its key to a folder; return the paths."""
    authority_key, authority_certificate = authority
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    certificate = (
        _builder(name, authority_certificate.subject, key)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in hosts]), False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .sign(authority_key, hashes.SHA256())
    )
    paths = folder / f"{hosts[0]}.crt", folder / f"{hosts[0]}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def _builder(subject, issuer, key):
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


def trusting(authority):
    """Return a context that trusts this authority alone."""
    pem = authority[1].public_bytes(serialization.Encoding.PEM).decode()
    return ssl.create_default_context(cadata=pem)


class Site:
    """The server; `pages` maps a path to bytes, or to a function that answers by itself."""

    def __init__(self, paths):
        self.pages = {}
        self.requests = []  # path and headers of each
        self.ended = threading.Event()  # set when slow answers are to give up
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.requests.append((self.path, dict(self.headers)))
                answer = site.pages.get(self.path.partition("?")[0])
                with suppress(OSError):  # who asked has gone
                    if callable(answer):
                        answer(self)
                    elif answer is None:
                        send(self, b"weg", status=404)
                    else:
                        send(self, answer)
                self.close_connection = True

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *arguments: None  # broken off, as tests want it
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*paths)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()


def send(handler, content, *, status=200, kind="text/html; charset=utf-8", **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def redirecting(target, status=301):
    return lambda handler: send(handler, b"", status=status, Location=target)


def versioned(content, etag=ETAG, day=DAY):
    """Answer 304 to whoever knows this version."""

    def answer(handler):
        if handler.headers.get("If-None-Match") == etag:
            send(handler, b"", status=304)
        else:
            send(handler, content, ETag=etag, Last_Modified=day)

    return answer


def with_status(status, **headers):
    return lambda handler: send(handler, b"Fehler", status=status, **headers)


def of_kind(kind, content=b"MZ"):
    return lambda handler: send(handler, content, kind=kind)


def endless(handler):
    """Send for as long as somebody takes it, without saying how much it will be."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    block = b"x" * 65_536
    while True:
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(block), block))


def bomb(handler):
    """Send 200 MB packed into some 200 kB."""
    send(handler, _bomb(), Content_Encoding="gzip")


@cache
def _bomb():
    return gzip.compress(bytes(200_000_000))


def packed(content):
    return lambda handler: send(handler, gzip.compress(content), Content_Encoding="gzip")


def packed_strangely(handler):
    send(handler, b"...", Content_Encoding="br")


def broken_packing(handler):
    send(handler, b"kein gzip", Content_Encoding="gzip")


def truncated(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<html>nur der Anfang")


def nonsense(handler):
    handler.wfile.write(b"\x00\x01 das ist kein HTTP\r\n\r\n")


def huge_headers(handler):
    handler.send_response(200)
    for number in range(90):
        handler.send_header(f"X-{number}", "x" * 60_000)
    handler.end_headers()


def setting_cookies(content):
    return lambda handler: send(handler, content, Set_Cookie="spur=1; Path=/")


def silent(site):
    """Do not answer, far beyond the time that any test allows."""
    return lambda handler: site.ended.wait(_SLOW)


def dripping(site):
    """Send a byte now and then, so that no single read is late."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        _drip(site, handler)

    return answer


def dripping_headers(site):
    def answer(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Kopf: ")
        _drip(site, handler)

    return answer


def _drip(site, handler):
    """Come to an end at last: who waits for it fails instead of hanging."""
    for _ in range(round(_SLOW / _PAUSE)):
        if site.ended.wait(_PAUSE):
            return
        handler.wfile.write(b"x")
        handler.wfile.flush()
