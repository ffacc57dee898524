"""An OpenAI-compatible embedding server over the hashing embedder; the model's name is a reply."""

import contextlib
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hashing_embedder import HashingEmbedder

STATUS = {"unauthorised": 401, "missing": 404, "busy": 429, "failing": 500}


class EmbeddingServer(ThreadingHTTPServer):
    """Notes each request; `failures` are answered first, with status 503 or no answer at all."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.log = []
        self.tries = Counter()
        self.failures = []
        self.is_other_model = False
        self.released = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.log.append({"path": self.path, "body": body, "headers": dict(self.headers)})
        model = body["model"]
        self.server.tries[model] += 1
        if self.server.failures:
            if (failure := self.server.failures.pop(0)) == "closed":
                self.close_connection = True
                return None
            return self._send({"error": {"message": "geheim"}}, int(failure))
        if model in STATUS:
            return self._send({"error": {"message": "geheim"}}, STATUS[model])
        if model == "mute":
            return self.server.released.wait(60)
        return self._send({"data": self._rows(model, body["input"])})

    def _rows(self, model, texts):
        vectors = HashingEmbedder().encode_document(texts) * 3  # not of length one
        if self.server.is_other_model:
            vectors = vectors[:, ::-1]
        rows = [
            {"index": number, "embedding": vector.tolist()} for number, vector in enumerate(vectors)
        ]
        if model == "few":
            rows.pop()
        if model == "short":
            rows[-1]["embedding"].pop()
        if model == "zero":
            rows[-1]["embedding"] = [0.0] * vectors.shape[1]
        if model == "words":
            rows[-1]["embedding"] = ["a"] * vectors.shape[1]
        return rows[::-1]  # the index counts, not the order

    def _send(self, value, status=200):
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("retry-after-ms", "1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def embedding_server():
    """Start the server in a thread and stop it in the end."""
    with EmbeddingServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.released.set()
        server.shutdown()
