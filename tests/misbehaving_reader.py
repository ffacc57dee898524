"""A reader that does what its file says, for the tests of the cage."""

import ctypes
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from corpus.documents import Block, Document, Page
from ingest.readers.errors import encrypted, storable_name

AF_INET, SOCK_STREAM = 2, 1


def read(path, *, careful=False, ocr=False, pulse=lambda page, pages: None):
    """Follow the instruction in the file's first line; `%PDF-` may stand before it."""
    word, _, rest = path.read_text("utf-8").removeprefix("%PDF-").partition(" ")
    if careful:
        return document(path, f"careful after {word}")
    return document(path, str(_ACTIONS[word](path, rest, pulse)))


def document(path, text):
    return Document("0" * 12, storable_name(path), "Titel", (Page(1, (Block(text),)),))


def burn(path, rest, pulse):
    while True:
        sum(range(1000))


def steps(path, rest, pulse):
    """Take less than the limit for each page and more than it for the whole file."""
    for page in range(1, int(rest) + 1):
        end = time.process_time() + 0.6
        while time.process_time() < end:
            sum(range(1000))
        pulse(page, int(rest))
    return "finished"


def write(path, rest, pulse):
    Path(rest).write_text("x" * 10)


def complain(path, rest, pulse):
    sys.stdout.write("done {}\n")
    sys.stdout.flush()
    os.write(1, b'last {"name": "forged"}\n')
    return "printed"


def forge(path, rest, pulse):
    """Write nonsense to every open file, so also to the channel for answers."""
    for number in range(3, 20):
        try:
            os.write(number, b"done nonsense\n")
        except OSError:
            continue


def fail(path, rest, pulse):
    raise {"AssertionError": AssertionError, "GeneratorExit": GeneratorExit}[rest]("broken")


def encrypt(path, rest, pulse):
    raise encrypted(path.name)


def connect(path, rest, pulse):
    """Try four ways to open a connection; name those that were not refused."""
    open_ways = []
    for name, way in {
        "socket": lambda: socket.socket(),
        "lookup": lambda: socket.getaddrinfo("localhost", 80),
        "url": lambda: urllib.request.urlopen("http://127.0.0.1:9/"),
        "kernel": _kernel_socket,
        "program": lambda: subprocess.run(
            [sys.executable, "-c", "import socket; socket.socket()"], check=True
        ),
    }.items():
        try:
            way()
        except (OSError, subprocess.CalledProcessError) as error:
            if "Connection refused" in str(error):  # it got through, and nobody was there
                open_ways.append(name)
        else:
            open_ways.append(name)
    return open_ways


def _kernel_socket():
    if ctypes.CDLL(None, use_errno=True).socket(AF_INET, SOCK_STREAM, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")


_ACTIONS = {
    "abort": lambda path, rest, pulse: os.abort(),
    "burn": burn,
    "complain": complain,
    "connect": connect,
    "eat": lambda path, rest, pulse: len(b"x" * (int(rest) * 2**20)),
    "encrypt": encrypt,
    "environment": lambda path, rest, pulse: os.environ.get(rest),
    "exit": lambda path, rest, pulse: os._exit(int(rest)),
    "fail": fail,
    "forge": forge,
    "process": lambda path, rest, pulse: os.getpid(),
    "say": lambda path, rest, pulse: rest,
    "segfault": lambda path, rest, pulse: ctypes.string_at(0),
    "sleep": lambda path, rest, pulse: time.sleep(float(rest)),
    "steps": steps,
    "write": write,
}
