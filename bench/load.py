"""Many people at once against one running service: `python -m bench.load [--seconds 300]`.

Starts the service on a free port of the loopback with the starter library, lets one person ask
alone, then many at once with a pause between their questions, most by the REST interface and a
few by the page, then as many as it takes to keep all cores busy. Each figure stands beside its
floor; latencies are ratios to the lone person's. What the cores could do is what the service took
and what they stood idle: neither this client nor others count. `--seconds 1200` is a soak.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from types import MappingProxyType

import httpx

from corpus.cores import usable_cores

QUESTIONS = Path(__file__).parent.parent / "tests" / "evals" / "library.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")
ALONE = 60  # questions of the lone person
PAUSE = 12.0  # mean seconds between two questions of one person in the crowd
BUSY = 8  # people who never pause keep all cores busy
MOST_P95 = 6.0  # times the lone p50
LEAST_THROUGHPUT = 0.8  # of what the cores allow for the processor time of one answer
MOST_GROWTH = 1.05  # of memory, from the first quarter of the crowd's phase to the last
LOG = "service.log"  # in the data folder


@dataclass
class Service:
    """The processes under load, as the kernel sees them."""

    address: str
    secret: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        """What they and those that ended have taken."""
        return sum(sum(map(int, one[11:15])) for one in self._processes().values()) / TICKS

    @property
    def megabytes(self) -> float:
        """What they hold, what some share counted in parts."""
        held = 0
        for pid in self._processes():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
                held += int(text.partition("\nPss:")[2].split()[0])
        return held / 1024

    def _processes(self) -> dict[int, list[str]]:
        """Return the fields after the name in `stat` of the service and of what it started."""
        every = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                every[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
        mine = {self.pid: every[self.pid]}
        for pid in sorted(every):  # parents before children, but where numbers have begun anew
            if int(every[pid][1]) in mine:
                mine[pid] = every[pid]
        return mine


@dataclass
class Tally:
    """What a phase gave."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the crowd's phase")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--on-page", type=int, default=5, help="how many of them use the page")
    parser.add_argument("--workers", type=int, default=usable_cores(), help="processes that answer")
    arguments = parser.parse_args()
    own = {"BILDUNGSLOTSE_WORKERS": str(arguments.workers)}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), own) as service:
        reached = asyncio.run(
            measure(service, arguments.people, arguments.on_page, arguments.seconds)
        )
    raise SystemExit(not reached)


@contextlib.contextmanager
def running(folder: Path, own: Mapping[str, str] = MappingProxyType({})) -> Iterator[Service]:
    """Start the service with a login proxy's secret, so that each person has a name.

    `own` are further variables of its environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secret = secrets.token_hex(32)
    environment = {
        **os.environ,
        "BILDUNGSLOTSE_DATA": str(folder),
        "BILDUNGSLOTSE_PROXY_SECRET": secret,
        "BILDUNGSLOTSE_QUESTIONS_PER_MINUTE": "6000",
        "BILDUNGSLOTSE_ADDRESS_QUESTIONS_PER_MINUTE": "60000",
        **own,
    }
    command = [sys.executable, "app.py", "serve", "--port", str(port)]
    folder.mkdir(exist_ok=True)
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    service = Service(f"http://127.0.0.1:{port}", secret, process.pid)
    try:
        wait_until_ready(service, process)
        yield service
    finally:
        process.terminate()
        process.wait(30)


def wait_until_ready(service: Service, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{service.address}/readyz").status_code == 200:
                return
        time.sleep(0.5)
    raise SystemExit("the service ended before it was ready")


async def measure(service: Service, people: int, on_page: int, seconds: float) -> bool:
    """Print every figure; return whether all floors were reached."""
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=service.address, timeout=120, limits=limits) as client:
        desk = Desk(client, service.secret)
        for question in questions[:20]:
            await desk.ask("warm", question, Tally())
        alone, cpu = Tally(), service.cpu_seconds
        for question in questions[:ALONE]:
            await desk.ask("allein", question, alone)
        cost = (service.cpu_seconds - cpu) / ALONE
        lone = median(alone.seconds)
        print(f"alone: p50 {lone * 1000:.0f} ms, {cost * 1000:.0f} ms of CPU for an answer")

        crowd = await phase(desk, service, questions, people, on_page, seconds, pause=PAUSE)
        cpu, idle = service.cpu_seconds, idle_seconds()
        busy = await phase(desk, service, questions, BUSY, 0, min(seconds, 60.0), pause=0.0)
        spent, idle = service.cpu_seconds - cpu, idle_seconds() - idle

    show("crowd", crowd, lone)
    show("busy", busy, lone)
    could = (spent + idle) / cost
    print(f"busy: {spent:.0f} s of CPU were spent and {idle:.0f} s stood idle, for {could:.0f}")
    failures = alone.failures + crowd.failures + busy.failures
    first, last = quarters(crowd.megabytes)
    return all(
        [
            at_most("failures", len(failures), 0, str(failures[:1])),
            at_most("p95 of the crowd", crowd.p95 / lone, MOST_P95, "times the lone p50"),
            at_most("memory", last / first, MOST_GROWTH, f"times {first:.0f} MB"),
            at_most(
                "throughput missed", 1 - len(busy.seconds) / could, 1 - LEAST_THROUGHPUT, "of all"
            ),
        ]
    )


def at_most(name: str, value: float, floor: float, unit: str) -> bool:
    """Print a figure beside its floor and return whether it is reached."""
    is_reached = value <= floor
    print(f"{'ok  ' if is_reached else 'MISS'} {name}: {value:.2f} {unit}, at most {floor:.2f}")
    return is_reached


class Desk:
    """Where people ask: the REST interface, or the page as its browser part does it."""

    def __init__(self, client: httpx.AsyncClient, secret: str) -> None:
        self._client = client
        self._secret = secret
        self._known: tuple[int, int] | None = None

    async def ask(self, name: str, question: str, tally: Tally) -> None:
        """Ask by REST."""
        await self._timed(tally, lambda: self._by_rest(name, question))

    async def ask_on_page(self, name: str, question: str, tally: Tally) -> None:
        """Ask by the page, in a tab of one's own that stays open."""
        await self._timed(tally, lambda: self._by_page(name, question))

    async def _timed(self, tally: Tally, asking: Callable[[], Awaitable[str]]) -> None:
        started = time.perf_counter()
        try:
            failure = await asking()
        except httpx.TransportError as error:
            failure = type(error).__name__
        if failure:
            tally.failures.append(failure)
        else:
            tally.seconds.append(time.perf_counter() - started)

    async def _by_rest(self, name: str, question: str) -> str:
        answer = await self._client.post(
            "/api/ask", json={"question": question}, headers=self._headers(name)
        )
        return "" if answer.status_code == 200 else str(answer.status_code)

    async def _by_page(self, name: str, question: str) -> str:
        """Join Gradio's queue and read its stream to the end of the answer."""
        headers = self._headers(name)
        button, function = await self._event()
        body = {
            "data": [question, None],
            "fn_index": function,
            "trigger_id": button,
            "session_hash": name,
        }
        joined = await self._client.post("/gradio_api/queue/join", json=body, headers=headers)
        if joined.status_code != 200:
            return f"page {joined.status_code}"
        stream = self._client.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": name}, headers=headers
        )
        async with stream as lines:
            async for line in lines.aiter_lines():
                message = json.loads(line.removeprefix("data: ") or "{}")
                if message.get("msg") == "process_completed":
                    return "" if message["success"] else "page"
        return "page: the stream ended"

    async def _event(self) -> tuple[int, int]:
        """Return the send button and the function behind it."""
        if self._known is None:
            config = (await self._client.get("/config", headers=self._headers("warm"))).json()
            function = next(one for one in config["dependencies"] if one["api_name"] == "page_ask")
            self._known = function["targets"][0][0], function["id"]
        return self._known

    def _headers(self, name: str) -> dict[str, str]:
        return {"X-Bildungslotse-Secret": self._secret, "X-Remote-User": name}


async def phase(
    desk: Desk,
    service: Service,
    questions: list[str],
    people: int,
    on_page: int,
    seconds: float,
    *,
    pause: float,
) -> Tally:
    """Let `people` ask at random, each with a mean `pause` after an answer."""
    tally, end = Tally(), time.monotonic() + seconds

    async def person(number: int) -> None:
        chance = random.Random(number)
        ask = desk.ask_on_page if number < on_page else desk.ask
        await asyncio.sleep(chance.uniform(0, pause))
        while time.monotonic() < end:
            await ask(f"person {number}", chance.choice(questions), tally)
            await asyncio.sleep(chance.uniform(0, 2 * pause))

    async def watch() -> None:
        while time.monotonic() < end:
            tally.megabytes.append(service.megabytes)
            await asyncio.sleep(1)

    await asyncio.gather(watch(), *(person(number) for number in range(people)))
    return tally


def show(name: str, tally: Tally, lone: float) -> None:
    print(
        f"{name}: {len(tally.seconds)} answers, {len(tally.failures)} failures, "
        f"p50 {median(tally.seconds) / lone:.1f} and p95 {tally.p95 / lone:.1f} "
        "times the lone p50"
    )


def quarters(values: list[float]) -> tuple[float, float]:
    """Return the medians of the first and of the last quarter."""
    length = max(1, len(values) // 4)
    return median(values[:length]), median(values[-length:])


def idle_seconds() -> float:
    """Return how long the cores have had nothing to do, whoever else uses this machine."""
    fields = Path("/proc/stat").read_text().partition("\n")[0].split()
    return int(fields[4]) / TICKS


if __name__ == "__main__":
    main()
