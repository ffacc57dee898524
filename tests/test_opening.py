"""The document of the conversation: what Gradio has to know comes with it, and nothing inline."""

import json
import re

import httpx
import pytest
from live_server import serve
from scripted_assistant import ScriptedAssistant

from assistant.page.opening import SCRIPTS, STYLES


@pytest.fixture(scope="module")
def address():
    with serve(ScriptedAssistant) as url:
        yield url


def setup_of(address):
    document = httpx.get(f"{address}/").text
    script = re.search(r'<script src="\.(/aufbau\.js\?v=\w+)">', document)[1]
    return httpx.get(address + script)


def test_gradio_is_told_what_it_would_have_asked_for(address):
    answer = setup_of(address)
    assert "immutable" in answer.headers["cache-control"]
    said = dict(re.findall(r"window\.(\w+)=(\{.*?\});(?=window|$)", answer.text, re.DOTALL))
    config, asked = json.loads(said["gradio_config"]), httpx.get(f"{address}/config").json()
    assert config["root"] == "./"
    assert config["run_history"] is False  # it would keep questions
    for name in ("components", "dependencies", "layout", "theme_hash", "app_id", "version"):
        assert config[name] == asked[name]
    told = json.loads(said["gradio_api_info"])["named_endpoints"]
    served = httpx.get(f"{address}/gradio_api/info").json()["named_endpoints"]
    assert told.keys() == served.keys() == {"/ask", "/search"}
    for name, endpoint in told.items():
        assert endpoint["parameters"] == served[name]["parameters"]
        assert endpoint["returns"] == served[name]["returns"]


def test_no_script_stands_inside_the_document(address):
    document = httpx.get(f"{address}/").text
    assert re.findall(r"<script(?![^>]* src=)", document) == []
    assert "http://" not in document.replace(address, "")
    for name in (*SCRIPTS, *STYLES):
        assert f"/seite/{name}?v=" in document


def test_the_document_speaks_the_language_of_the_reader(address):
    german, english = (
        httpx.get(address, params={"sprache": language}).text for language in ("de", "en")
    )
    assert '<html lang="de">' in german
    assert '<html lang="en">' in english
    assert "<noscript>" in german
    assert httpx.head(f"{address}/").status_code == 200
