"""The tools, used by the SDK's own client over both transports."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx2
import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from sample_passages import ELIGIBLE, PASSAGES, RATE, build
from test_restriction import CANARY, CLOSED

from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from corpus.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("daten")
    build(folder, HashingEmbedder(), (CLOSED, *PASSAGES))
    UserFile(folder).add("lena", "drei zufällige Wörter", "reader")
    return folder


@pytest.fixture(scope="module")
def address(data):
    def load():
        return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15))

    with serve(load, Settings(data=data)) as url:
        yield url


@asynccontextmanager
async def over_http(address, token):
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        streamable_http_client(f"{address}/mcp", http_client=http) as (read, write, *_),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


async def used(session):
    """Use every tool once and return what came back, by tool."""
    tools = await session.list_tools()
    found = await session.call_tool("search", {"query": "antragsberechtigt", "k": 2})
    hits = content(found)["hits"]
    return {
        "tools": sorted(tool.name for tool in tools.tools),
        "search": hits,
        "ask": content(
            await session.call_tool("ask", {"question": "Wie hoch ist die Förderquote?"})
        ),
        "get_passage": content(
            await session.call_tool("get_passage", {"passage": hits[0]["passage"]})
        ),
        "missing": await session.call_tool("get_passage", {"passage": CLOSED.id}),
        "empty": await session.call_tool("ask", {"question": "?"}),
    }


def content(result):
    assert not result.is_error, result
    return json.loads(result.content[0].text)


def text_of(result):
    assert result.is_error
    return result.content[0].text


def test_every_tool_works_over_http_within_the_audience(address, data):
    async def story():
        async with over_http(address, UserFile(data).give_token("lena")) as session:
            return await used(session)

    got = asyncio.run(story())
    assert got["tools"] == ["ask", "get_passage", "search"]
    assert got["search"][0]["text"] == ELIGIBLE
    assert got["ask"]["citations"][0]["quote"] in RATE
    assert got["get_passage"]["locator"] == "S. 1 (PDF-Seite 3)"
    assert got["get_passage"]["after"] == RATE
    assert "Diese Passage gibt es nicht." in text_of(got["missing"])
    assert "Die Frage ist leer." in text_of(got["empty"])
    assert CANARY not in str({key: got[key] for key in ("search", "ask", "get_passage")})


def test_nobody_uses_the_tools_without_a_token(address):
    answer = httpx2.post(f"{address}/mcp", json={})
    assert answer.status_code == 401


@pytest.mark.evals
def test_every_tool_works_over_standard_input_and_output(tmp_path, model_data):
    (tmp_path / "models").symlink_to(model_data / "models")
    folder = tmp_path / "unterlagen"
    folder.mkdir()
    (folder / "leitfaden.txt").write_text(f"{ELIGIBLE}\n\n{RATE}\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BILDUNGSLOTSE_DATA": str(tmp_path)}

    async def story():
        ingest = await asyncio.create_subprocess_exec(
            sys.executable, "app.py", "ingest", folder, cwd=ROOT, env=environment
        )
        assert await ingest.wait() == 0
        server = StdioServerParameters(
            command=sys.executable, args=["app.py", "mcp"], cwd=ROOT, env=environment
        )
        async with (
            stdio_client(server) as (read, write),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await used(session)

    got = asyncio.run(story())
    assert got["tools"] == ["ask", "get_passage", "search"]
    assert "60 Prozent" in got["ask"]["text"]
    assert got["get_passage"]["document"] == "leitfaden.txt"
