"""A real Chroma server (`chroma run`) that can be killed and restarted, and a proxy before it."""

import contextlib
import http.client
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

PATIENCE = 60.0  # seconds; the machine may be busy


# What the command `chroma` calls, without the seconds that it takes to import the client first.
CHROMA = "import sys; from chromadb_rust_bindings import cli; cli(['chroma', *sys.argv[1:]])"


class ChromaProcess:
    """A server on a free port of the loopback, over files that outlive it."""

    def __init__(self, folder):
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None

    def start(self):
        command = [sys.executable, "-c", CHROMA, "run", "--path", self._folder]
        command += ["--port", str(self.port)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > end or self._process.poll() is not None:
                raise TimeoutError((self._folder / "log").read_text())
            time.sleep(0.05)

    def kill(self):
        self._process.kill()
        self._process.wait()

    def halt(self):
        """Let it hear and not answer."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def collections(self):
        """Return the names of what it holds."""
        return {one["name"] for one in httpx.get(self._address()).json()}

    def empty(self):
        for name in self.collections():
            httpx.delete(f"{self._address()}/{name}").raise_for_status()

    def clean(self):
        """Give back what was deleted, as the operating guide says; it must not run."""
        command = [sys.executable, "-c", CHROMA, "vacuum", "--path", self._folder, "--force"]
        subprocess.run(command, check=True, capture_output=True)
        subprocess.run([sys.executable, "-m", "corpus.unused_room", self._folder], check=True)

    def files_holding(self, content):
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        return [path.name for path in files if content in path.read_bytes()]

    def _address(self):
        return f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"

    def _answers(self):
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/api/v2/heartbeat").status_code == 200


@contextlib.contextmanager
def chroma_process(folder):
    """Start a server and stop it in the end."""
    process = ChromaProcess(folder)
    process.start()
    try:
        yield process
    finally:
        process.go_on()
        process.kill()


@contextlib.contextmanager
def proxy_before(process, header, value, *, certificate=None):
    """Let only requests with this header through, over TLS with a certificate; give the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def _pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get(header) != value:
                return self._send(401, b"Kein Zutritt.", "text/plain")
            server = http.client.HTTPConnection("127.0.0.1", process.port)
            kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            server.request(self.command, self.path, body, kind)
            answer = server.getresponse()
            return self._send(answer.status, answer.read(), answer.headers["Content-Type"])

        def _send(self, status, content, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_PUT = _pass_on

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as proxy:
        proxy.daemon_threads = True
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
            scheme = "https"
        threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True).start()
        yield f"{scheme}://127.0.0.1:{proxy.server_port}"
        proxy.shutdown()
