"""Fixtures that several test files share, and the guard that keeps every test offline."""

import ipaddress
import os
import socket
from datetime import date

import pytest
from hashing_embedder import HashingEmbedder
from open_cage import open_cages
from sample_passages import build
from scripted_llm import scripted_model

from assistant.dialogue import Assistant
from corpus.bundled_model import bundled_model
from corpus.index import Index

os.environ.setdefault("HF_HUB_OFFLINE", "1")


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "evals: runs with the bundled model and takes a minute or more"
    )


def pytest_collection_modifyitems(items):
    """Run browser tests last: while Playwright lives, no other event loop runs in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def is_loopback(host):
    """Tell whether a host name or address stays on this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback or name in ("0.0.0.0", "::")
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def offline():
    """Refuse to look up any name but those of this machine."""
    look_up = socket.getaddrinfo

    def refuse(host, *args, **kwargs):
        if not is_loopback(host):
            raise AssertionError(f"a test wanted to reach {host!r}")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(autouse=True)
def _default_settings(monkeypatch):
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("BILDUNGSLOTSE_")]:
        if name != "CHROMIUM_PATH":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def model_data(tmp_path_factory):
    """Return a data folder with the bundled model unpacked, once per test run."""
    data = tmp_path_factory.mktemp("data")
    bundled_model(data)
    return data


@pytest.fixture
def data(tmp_path):
    """Return an empty data folder."""
    folder = tmp_path / "daten"
    folder.mkdir()
    return folder


@pytest.fixture
def embedder():
    return HashingEmbedder()


@pytest.fixture
def corpus_index(indexed, embedder):
    """Return an open index of the small invented corpus."""
    return Index.open(indexed, embedder)


@pytest.fixture
def assistant(corpus_index, data, embedder):
    return Assistant(data, embedder, today=lambda: date(2031, 6, 15))


@pytest.fixture
def without_cage(monkeypatch):
    """Read files in this process; for those that a test wrote itself."""
    open_cages(monkeypatch)


@pytest.fixture
def folder_of(tmp_path):
    """Return a function that makes a folder of text files, by their paths in it."""

    def make(texts):
        made = tmp_path / "unterlagen"
        for name, text in texts.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(text, "utf-8")
        return made

    return make


@pytest.fixture
def indexed(data, embedder):
    """Return a data folder with the small invented corpus in its index."""
    build(data, embedder)
    return data


@pytest.fixture
def call(monkeypatch, capsys, data, embedder):
    """Return a function that runs a command and gives exit code, stdout and stderr."""
    import app

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["bildungslotse", *map(str, arguments)])
        code = 0
        try:
            app.main()
        except SystemExit as end:
            code = end.code
        return code, *capsys.readouterr()

    monkeypatch.setattr("corpus.embedder_choice.load_embedder", lambda settings: embedder)
    monkeypatch.setenv("BILDUNGSLOTSE_DATA", str(data))
    return run


@pytest.fixture(scope="session")
def language_model(tmp_path_factory):
    """Return a scripted language model that runs in a process of its own."""
    with scripted_model(tmp_path_factory.mktemp("llm")) as model:
        yield model
