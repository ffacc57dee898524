"""An OpenAI-compatible server that answers from a script; it writes its port to a file.

The model that is asked for names the reply. `POST /script` sets the text of the replies "said"
(whole, or a list of words in turn), `GET /log` tells what was asked and with which headers,
`POST /release` lets a hanging reply go on. It listens on a free port of the loopback.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STATUS = {"unauthorised": 401, "missing": 404, "busy": 429, "failing": 500}
said: list[str] = ["Das steht da."]
log: list[dict] = []
released = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._json(log if self.path == "/log" else {"path": self.path})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        if self.path == "/script":
            said[:] = body
            log.clear()
            released.clear()
            return self._json({})
        if self.path == "/release":
            released.set()
            return self._json({})
        log.append({"path": self.path, "body": body, "headers": dict(self.headers)})
        return self._chat(body["model"])

    def _chat(self, model):
        if model in STATUS:
            return self._json({"error": {"message": "geheim"}}, STATUS[model])
        if model == "redirect":
            self.send_response(307)
            self.send_header("Location", f"http://{self.headers['Host']}/elsewhere")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if model == "html":
            return self._raw(b"<html>Anmeldung</html>", "text/html")
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            return getattr(self, f"_say_{model}")(said.pop(0) if len(said) > 1 else said[0])
        except (BrokenPipeError, ConnectionResetError):
            return None

    def _say_good(self, text):
        self._delta({"role": "assistant", "content": None})
        for word in text.split(" "):
            self._delta({"content": word + " "})
        self._end()

    def _say_reasoning(self, text):
        for _ in range(3):
            self._delta({"content": None, "reasoning_content": "Mal sehen: 99 Prozent."})
        self._say_good(text)

    def _say_empty(self, _):
        self._delta({"role": "assistant", "content": ""})
        self._end()

    def _say_null(self, _):
        self._delta({"role": "assistant", "content": None})
        self._end()

    def _say_slow(self, text):
        """Signs of life before every word, and a word only when it is let go on."""
        self._delta({"role": "assistant", "content": None})
        while not released.wait(0.01):
            self._line(": ping")
        self._say_good(text)

    def _say_hanging(self, text):
        self._delta({"content": text + " "})
        released.wait(60)

    def _say_mute(self, _):
        released.wait(60)

    def _say_killed(self, text):
        self._delta({"content": text + " "})

    def _say_broken(self, text):
        self._delta({"content": text + " "})
        self._line('data: {"choices": [{"delta"')

    def _say_odd(self, text):
        self._line('data: {"choices": null}')
        self._line("data: [1, 2]")
        self._end()

    def _say_error(self, text):
        self._delta({"content": text + " "})
        self._line('data: {"error": {"message": "kaputt"}}')

    def _say_truncated(self, text):
        self._delta({"content": text + " Und außerdem"})
        self._end("length")

    def _say_endless(self, text):
        for _ in range(100_000):
            self._delta({"content": text + " "})

    def _delta(self, delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self._line("data: " + json.dumps({"id": "1", "choices": [choice]}))

    def _end(self, reason="stop"):
        self._delta({}, reason)
        self._line("data: [DONE]")

    def _line(self, line):
        self.wfile.write(f"{line}\n\n".encode())
        self.wfile.flush()

    def _json(self, value, status=200):
        self._raw(json.dumps(value).encode(), "application/json", status)

    def _raw(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port_file = Path(sys.argv[1])
    made = port_file.with_suffix(".new")
    made.write_text(str(server.server_address[1]))
    made.rename(port_file)
    server.serve_forever()
