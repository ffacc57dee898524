"""Those who work with two replicas at once: editors who change documents, readers who ask."""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
from gradio_client import Client
from gradio_client.exceptions import AppError

from bench.ledger import NEVER, Fact, Ledger, Seen
from bench.load import Service

GROUPS = ("amt 10", "amt 40")
NAMES = [
    f"{bird}{place}"
    for place in ("hafen", "garten", "wiese", "mühle", "tal", "brücke")
    for bird in (
        *("Kranich", "Eisvogel", "Pirol", "Wiedehopf", "Zeisig"),
        *("Habicht", "Sperling", "Milan", "Stieglitz", "Bussard"),
    )
]
FEWEST = 4  # documents of an editor
PAUSE = 3.0  # mean seconds between two questions of a reader
JOB = re.compile(r"/quellen/auftrag/[\w-]+")
Shown = tuple[str, dict[str, Any] | None]  # all that came back, and the answer in it


@dataclass(slots=True)
class Run:
    """What all threads share."""

    services: list[Service]
    ledger: Ledger
    end: float = NEVER
    seen: list[Seen] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.end


class Editor:
    """Changes documents at one replica, one at a time, each until it is acknowledged."""

    def __init__(self, run: Run, number: int) -> None:
        self._run = run
        self._chance = random.Random(number)
        self._names = NAMES[number::2]
        self._client = client(run.services[number], f"editor {number}", GROUPS, role="editor")
        self._mine: list[Fact] = []  # as they are now

    def work(self) -> None:
        while not self._run.is_over:
            self.change()
            time.sleep(self._chance.uniform(0.0, 2.0))

    def change(self) -> None:
        if len(self._mine) < FEWEST or self._chance.random() < 0.3:
            self.add()
            return
        fact = self._chance.choice(self._mine)
        if self._chance.random() < 0.4:
            self.remove(fact)
        elif fact.audience == "public" and self._chance.random() < 0.4:
            self.put(fact, Fact(fact.name, GROUPS[0], fact.amount, fact.mark))  # closed
        else:
            self.put(fact, self._new(fact.name, fact.audience))

    def add(self) -> None:
        free = [name for name in self._names if name not in {one.name for one in self._mine}]
        if free:
            audience = self._chance.choice(("public", "public", "internal", *GROUPS))
            self.put(None, self._new(self._chance.choice(free), audience))

    def put(self, before: Fact | None, fact: Fact) -> None:
        """Take a document in, in the place of what was there of it."""
        fact.asked = time.monotonic()
        if before:
            before.leaving = fact.asked
        self._run.ledger.facts.append(fact)
        file = ("dateien", (f"{fact.name}.md", fact.text.encode()))
        form = {"leserkreis": fact.audience}
        self._until_done("/quellen/aufnehmen", "added|replaced|unchanged", files=[file], data=form)
        fact.there = time.monotonic()
        if before:
            before.gone = fact.there
            self._mine.remove(before)
        self._mine.append(fact)
        self._run.counts["changes"] += 1

    def remove(self, fact: Fact) -> None:
        fact.leaving = time.monotonic()
        known = documents(self._client)
        self._until_done(f"/quellen/dokument/{known[f'{fact.name}.md']}/entfernen", "removed")
        fact.gone = time.monotonic()
        self._mine.remove(fact)
        self._run.counts["removals"] += 1

    def _new(self, name: str, audience: str) -> Fact:
        amount = f"{self._chance.randrange(100_000, 999_999):,}".replace(",", ".")
        return Fact(name, audience, amount, f"AZ-{self._chance.randrange(16**8):08X}")

    def _until_done(self, path: str, verdicts: str, **form) -> None:
        while True:
            answer = self._client.post(path, follow_redirects=True, **form)
            if answer.status_code == 404 and verdicts == "removed":
                return  # the attempt before went through although it said that it did not
            job = JOB.search(answer.text)
            if job is None:
                raise RuntimeError(f"no job: {answer.status_code} {answer.text[:2000]}")
            state = answer
            while "data-fertig" not in state.text:
                time.sleep(0.2)
                state = self._client.get(f"{job[0]}/stand")
            if 'data-zustand="done"' in state.text and re.search(
                f"urteil ({verdicts})", state.text
            ):
                return
            self._run.counts["changes repeated"] += 1
            time.sleep(1)


class Reader:
    """Asks for documents that are there, were there, or are closed to them, at either replica."""

    def __init__(self, run: Run, groups: frozenset[str], number: int) -> None:
        self._run = run
        self._groups = groups
        self._chance = random.Random(100 + number)
        self._clients = [client(one, f"reader {number}", groups) for one in run.services]
        self._pages = [
            Client(
                one.address,
                headers=dict(each.headers),
                verbose=False,
                analytics_enabled=False,
                download_files=False,
            )
            for one, each in zip(run.services, self._clients, strict=True)
        ]

    def work(self) -> None:
        ways = (self._rest, self._mcp, self._page, self._desk)
        while not self._run.is_over:
            self.look(self._chance.choice(ways), self._chance.randrange(len(self._clients)))
            time.sleep(self._chance.uniform(0, 2 * PAUSE))

    def look(self, way: Callable[[int, str], Shown], at: int) -> None:
        fact = self._chance.choice(self._run.ledger.facts)
        name = way.__name__.strip("_")
        began = time.monotonic()
        try:
            shown, answer = way(at, fact.question)
            is_unavailable = False
        except Told as problem:
            shown, answer, is_unavailable = str(problem), None, True
        except (httpx.HTTPError, AppError) as problem:
            self._run.defects.append(f"{name}: {problem!r}")
            return
        ended = time.monotonic()
        quotes = tuple(one["quote"] for one in answer["citations"]) if answer else ()
        self._run.counts[f"{name} unavailable" if is_unavailable else name] += 1
        text = answer["text"] if answer else None
        self._run.seen.append(
            Seen(began, ended, self._groups, name, fact.name, shown, text, quotes, is_unavailable)
        )

    def _rest(self, at: int, question: str) -> Shown:
        answer = self._clients[at].post("/api/ask", json={"question": question})
        return told(answer).text, answer.json()

    def _mcp(self, at: int, question: str) -> Shown:
        call = {"name": "ask", "arguments": {"question": question}}
        answer = self._clients[at].post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
            headers={"Accept": "application/json, text/event-stream"},
        )
        result = told(answer).json()["result"]
        text = result["content"][0]["text"]
        if result.get("isError"):
            raise Told(text)
        return answer.text, json.loads(text)

    def _page(self, at: int, question: str) -> Shown:
        try:
            answer = self._pages[at].predict(question, api_name="/ask")
        except AppError as error:
            if "upstream Gradio app" in str(error):  # a defect that tells nothing
                raise
            raise Told(str(error)) from error
        return json.dumps(answer, ensure_ascii=False), answer

    def _desk(self, at: int, question: str) -> Shown:
        return told(self._clients[at].get("/quellen", params={"q": question})).text, None


class Told(Exception):
    """There was no answer, and the reader was told so."""


def told(answer: httpx.Response) -> httpx.Response:
    if answer.status_code == 503:
        raise Told(answer.text)
    return answer.raise_for_status()


def client(
    service: Service, name: str, groups: Iterable[str], *, role: str = "reader"
) -> httpx.Client:
    headers = {
        "X-Bildungslotse-Secret": service.secret,
        "X-Remote-User": name,
        "X-Remote-Role": role,
        "X-Remote-Groups": ",".join(groups),
        "Accept-Language": "de",
    }
    return httpx.Client(base_url=service.address, headers=headers, timeout=120)


def documents(someone: httpx.Client) -> dict[str, str]:
    """Return the ids of all documents that someone may read, by name."""
    found = told(someone.get("/api/documents", params={"limit": 500})).json()["documents"]
    return {one["name"]: one["id"] for one in found}
