"""The scripted language model as a process of its own, and how tests speak to it."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from corpus.settings import Settings

PATIENCE = 60.0  # seconds; the machine may be busy


@dataclass(frozen=True, slots=True)
class ScriptedModel:
    """The running server."""

    url: str
    process: subprocess.Popen

    def says(self, *texts: str) -> None:
        """Set what is said, call after call; the last text is said from then on."""
        httpx.post(f"{self.url}/script", json=list(texts))

    def release(self) -> None:
        """Let a reply that waits go on."""
        httpx.post(f"{self.url}/release", json={})

    def kill(self) -> None:
        """End the server as the kernel does it, without a last word."""
        self.process.kill()
        self.process.wait()

    @property
    def log(self) -> list[dict]:
        """The requests since the script was set."""
        return httpx.get(f"{self.url}/log").json()

    def settings(self, reply: str = "good", **values) -> Settings:
        """Return settings under which the model replies in the way that `reply` names."""
        return Settings(llm_url=f"{self.url}/v1", llm_model=reply, **values)


@contextlib.contextmanager
def scripted_model(folder: Path) -> Iterator[ScriptedModel]:
    """Start the server and stop it in the end."""
    port_file = folder / "port"
    program = Path(__file__).with_name("scripted_llm_server.py")
    process = subprocess.Popen([sys.executable, program, port_file])
    try:
        end = time.monotonic() + PATIENCE
        while not port_file.exists():
            if time.monotonic() > end or process.poll() is not None:
                raise TimeoutError("the scripted language model did not start")
            time.sleep(0.02)
        yield ScriptedModel(f"http://127.0.0.1:{port_file.read_text()}", process)
    finally:
        process.kill()
        process.wait()
