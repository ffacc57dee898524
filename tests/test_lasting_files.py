"""Files with lasting names are compressed once and kept; the others are asked for again."""

import os

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.page.lasting_files import LastingFiles

SCRIPT = "const größe = 1;\n" * 100


@pytest.fixture
def client(tmp_path):
    (tmp_path / "a.js").write_text(SCRIPT, "utf-8")
    (tmp_path / "schrift.woff2").write_bytes(b"wOF2")
    app = FastAPI()
    app.mount("/fest", LastingFiles(tmp_path, names_change=True))
    app.mount("/lose", LastingFiles(tmp_path, names_change=False))
    return TestClient(app)


def test_a_script_is_compressed_for_whoever_takes_that(client):
    small = client.get("/fest/a.js")
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(SCRIPT) / 10
    plain = client.get("/fest/a.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert small.text == plain.text == SCRIPT
    assert small.headers["content-type"].startswith("text/javascript")
    assert {small.headers["vary"], plain.headers["vary"]} == {"Accept-Encoding"}


def test_what_is_compressed_already_or_asked_for_in_part_comes_as_it_is(client):
    assert client.get("/fest/schrift.woff2").content == b"wOF2"
    part = client.get("/fest/a.js", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.text) == (206, "const")


def test_only_an_address_that_changes_with_the_file_is_kept(client):
    assert "immutable" in client.get("/fest/a.js").headers["cache-control"]
    assert "immutable" in client.get("/lose/a.js?v=1").headers["cache-control"]
    assert "cache-control" not in client.get("/lose/a.js").headers


def test_a_changed_file_is_compressed_anew(client, tmp_path):
    assert client.get("/lose/a.js").text == SCRIPT
    (tmp_path / "a.js").write_text("neu();", "utf-8")
    os.utime(tmp_path / "a.js", ns=(1, 1))
    assert client.get("/lose/a.js").text == "neu();"


@pytest.mark.parametrize("path", ["/fest/fehlt.js", "/fest/../geheim", "/fest/%2e%2e/geheim"])
def test_nothing_else_is_served(client, path):
    assert client.get(path).status_code == 404
