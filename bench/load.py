"""Many people at once against one running service: `python -m bench.load [--seconds 300]`.

Starts the service on a free port of the loopback with the starter library, lets one person ask
alone, then many at once with a pause between their questions, then as many as it takes to keep
all cores busy, and prints latencies as ratios to the lone person's. `--seconds 1200` is a soak.
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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from types import MappingProxyType

import httpx

QUESTIONS = Path(__file__).parent.parent / "tests" / "evals" / "library.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")
ALONE = 60  # questions of the lone person
PAUSE = 12.0  # mean seconds between two questions of one person in the crowd
MEGABYTE = 1 << 20


@dataclass
class Service:
    """The process under load, as the kernel sees it."""

    address: str
    secret: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def megabytes(self) -> float:
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / MEGABYTE


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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        asyncio.run(measure(service, arguments.people, arguments.seconds))


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
        **own,
    }
    command = [sys.executable, "app.py", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
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


async def measure(service: Service, people: int, seconds: float) -> None:
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=service.address, timeout=120, limits=limits) as client:
        await rounds(client, service, "warm", questions[:20], Tally())
        alone = Tally()
        cpu = service.cpu_seconds
        await rounds(client, service, "allein", questions[:ALONE], alone)
        cost = (service.cpu_seconds - cpu) / ALONE
        lone = median(alone.seconds)
        print(f"alone: p50 {lone * 1000:.0f} ms, {cost * 1000:.0f} ms of CPU for an answer")

        crowd = await phase(client, service, questions, people, seconds, pause=PAUSE)
        show("crowd", crowd, lone)
        show_memory(crowd)

        cpu, idle = service.cpu_seconds, idle_seconds()
        busy = await phase(client, service, questions, 8, min(seconds, 60.0), pause=0.0)
        spent, idle = service.cpu_seconds - cpu, idle_seconds() - idle
        show("busy", busy, lone)
        could = (spent + idle) / cost
        print(
            f"throughput: {len(busy.seconds)} answers on {spent:.0f} s of CPU while {idle:.0f} s "
            f"stood idle, {len(busy.seconds) / could:.0%} of the {could:.0f} that these allow"
        )
    failures = alone.failures + crowd.failures + busy.failures
    if failures:
        raise SystemExit(f"{len(failures)} failures, the first: {failures[0]}")


async def phase(
    client: httpx.AsyncClient,
    service: Service,
    questions: list[str],
    people: int,
    seconds: float,
    *,
    pause: float,
) -> Tally:
    """Let `people` ask at random, each with a mean `pause` after an answer."""
    tally, end = Tally(), time.monotonic() + seconds

    async def person(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, pause))
        while time.monotonic() < end:
            await ask(client, service, f"person {number}", chance.choice(questions), tally)
            await asyncio.sleep(chance.uniform(0, 2 * pause))

    async def watch() -> None:
        while time.monotonic() < end:
            tally.megabytes.append(service.megabytes)
            await asyncio.sleep(1)

    await asyncio.gather(watch(), *(person(number) for number in range(people)))
    return tally


async def rounds(
    client: httpx.AsyncClient, service: Service, name: str, questions: list[str], tally: Tally
) -> None:
    for question in questions:
        await ask(client, service, name, question, tally)


async def ask(
    client: httpx.AsyncClient, service: Service, name: str, question: str, tally: Tally
) -> None:
    headers = {"X-Bildungslotse-Secret": service.secret, "X-Remote-User": name}
    started = time.perf_counter()
    try:
        answer = await client.post("/api/ask", json={"question": question}, headers=headers)
    except httpx.TransportError as error:
        tally.failures.append(type(error).__name__)
        return
    if answer.status_code != 200:
        tally.failures.append(str(answer.status_code))
        return
    tally.seconds.append(time.perf_counter() - started)


def show(name: str, tally: Tally, lone: float) -> None:
    print(
        f"{name}: {len(tally.seconds)} answers, {len(tally.failures)} failures, "
        f"p50 {median(tally.seconds) / lone:.1f} and p95 {tally.p95 / lone:.1f} "
        "times the lone p50"
    )


def show_memory(tally: Tally) -> None:
    quarter = max(1, len(tally.megabytes) // 4)
    first, last = median(tally.megabytes[:quarter]), median(tally.megabytes[-quarter:])
    print(f"memory: {first:.0f} MB in the first quarter, {last:.0f} MB in the last")


def idle_seconds() -> float:
    """Return how long the cores have had nothing to do, whoever else uses this machine."""
    fields = Path("/proc/stat").read_text().partition("\n")[0].split()
    return int(fields[4]) / TICKS


if __name__ == "__main__":
    main()
